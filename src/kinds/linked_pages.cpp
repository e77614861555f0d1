#include "kinds/linked_pages.hpp"

#include "kinds/url.hpp"

#include <utility>

namespace terracat::kinds {
namespace {

using Reason = fetch::FetchError::Reason;

/// No server has larger pages, and a run is kept page by page.
constexpr std::size_t most_on_page = 10'000;

/// Errors by which a server says that it does not know a page any more.
bool concerns_the_page(fetch::FetchError const& error) {
  return error.reason() == Reason::status && (error.status() == 400 || error.status() == 404 ||
                                              error.status() == 410 || error.status() == 422);
}

} // namespace

void LinkedPages::begin(LinkedList list, std::string_view checkpoint) {
  told_ = std::move(list);
  if (!checkpoint.empty()) list_ = CountedList(checkpoint, query());
}

std::string LinkedPages::query() const {
  return told_.first_url + (told_.query.empty() ? "" : '\n' + told_.query) +
         (what_ == What::ids ? "\nids" : "");
}

std::optional<Page> LinkedPages::next(std::stop_token stop) {
  if (list_.is_done()) return std::nullopt;
  Page page;
  if (!fetched_) fetched_.emplace(fetch_page(page, stop));
  auto const root = fetched_->document.root();
  auto const entries = *entries_of(root);
  auto const went = take_entries(entries, fetched_->taken, page, stop);
  if (went == Went::so_far) {
    list_.end_part(page);
  } else {
    auto next = went == Went::too_far ? std::string() : place_after(root, fetched_->url, page);
    if (next.empty() && told_.trusts_last_page) list_.trust_end();
    list_.end_page(std::move(next), entries.size() == 0, page);
    fetched_.reset();
  }
  page.checkpoint = list_.to_checkpoint(query());
  return page;
}

LinkedPages::Fetched LinkedPages::fetch_page(Page& page, std::stop_token const& stop) {
  bool const is_first = !list_.has_begun();
  auto response = fetched(stop);
  auto document = json::Document::parse(response.body);
  auto const entries = document ? entries_of(document->root()) : std::nullopt;
  if (!entries || !entries->is_array()) refuse_page(response.body, told_.expected);
  auto const total = total_of(document->root());
  if (total && *total > told_.most) {
    throw ProtocolError("the list has " + std::to_string(*total) + " entries, more than " +
                        std::to_string(told_.most) + ": " + told_.narrower);
  }
  list_.begin_page(total, page);
  if (is_first && entries->size() == 0) {
    list_.doubt(FindingCode::list_cut_short, "an empty list", page);
  }
  return {.document = std::move(*document), .url = std::move(response.url)};
}

LinkedPages::Went LinkedPages::take_entries(json::Value const& entries, std::size_t& taken,
                                            Page& page, std::stop_token const& stop) {
  std::size_t number = 0;
  auto const before = list_.count();
  for (auto const entry : entries.elements()) {
    if (number++ < taken) continue;
    if (told_.most_at_once > 0 && list_.count() - before >= told_.most_at_once) {
      return Went::so_far;
    }
    auto const had = list_.count();
    if (taken == most_on_page || taken_ == told_.most) {
      list_.doubt(FindingCode::list_cut_short, "more entries than are taken", page);
      return Went::too_far;
    }
    ++taken;
    take(entry, list_, page, stop);
    taken_ += list_.count() - had;
  }
  return Went::to_the_end;
}

std::string LinkedPages::place_after(json::Value const& root, std::string_view url, Page& page) {
  auto const href = next_of(root);
  if (href.empty()) return place_instead({});
  auto target = link_target(url, href);
  if (!target.empty() && is_same_host(target, url)) return place_instead(std::move(target));
  list_.doubt(FindingCode::list_cut_short,
              "the next page is at another host: " + without_credentials(href), page);
  return {};
}

fetch::Response LinkedPages::fetched(std::stop_token const& stop) {
  auto const request = [this] {
    fetch::Request out;
    out.url = list_.place().empty() ? told_.first_url
                                    : with_credentials_of(told_.first_url, list_.place());
    out.accept = "application/json, application/geo+json;q=0.9";
    return out;
  };
  try {
    return fetcher_.fetch(request(), stop);
  } catch (fetch::FetchError const& error) {
    if (!concerns_the_page(error)) throw;
    if (auto other = place_after_refusal(); !other.empty()) {
      list_.go_to(std::move(other));
    } else if (!list_.begin_again()) {
      throw;
    }
    return fetcher_.fetch(request(), stop);
  }
}

} // namespace terracat::kinds
