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
  return error.reason() == Reason::status &&
         (error.status() == 400 || error.status() == 404 || error.status() == 410);
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
  bool const is_first = !list_.has_begun();
  auto const response = fetched(stop);
  auto const document = json::Document::parse(response.body);
  auto const entries = document ? entries_of(document->root()) : std::nullopt;
  if (!entries || !entries->is_array()) refuse_page(response.body, told_.expected);
  auto const root = document->root();
  auto const total = total_of(root);
  if (total && *total > told_.most) {
    throw ProtocolError("the list has " + std::to_string(*total) + " entries, more than " +
                        std::to_string(told_.most) + ": " + told_.narrower);
  }
  list_.begin_page(total, page);
  bool const goes_on = take_entries(*entries, page, stop);
  bool const is_empty = entries->size() == 0;
  if (is_first && is_empty) list_.doubt(FindingCode::list_cut_short, "an empty list", page);
  auto next = goes_on ? place_after(root, response.url, page) : std::string();
  if (next.empty() && told_.trusts_last_page) list_.trust_end();
  list_.end_page(std::move(next), is_empty, page);
  page.checkpoint = list_.to_checkpoint(query());
  return page;
}

/// \return  false if there are more than anybody wants
bool LinkedPages::take_entries(json::Value const& entries, Page& page,
                               std::stop_token const& stop) {
  std::size_t count = 0;
  for (auto const entry : entries.elements()) {
    if (count++ == most_on_page || taken_++ == told_.most) {
      list_.doubt(FindingCode::list_cut_short, "more entries than are taken", page);
      return false;
    }
    take(entry, list_, page, stop);
  }
  return true;
}

std::string LinkedPages::place_after(json::Value const& root, std::string_view url, Page& page) {
  auto const href = next_of(root);
  if (href.empty()) return {};
  auto target = link_target(url, href);
  if (!target.empty() && is_same_host(target, url)) return target;
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
    if (!concerns_the_page(error) || !list_.begin_again()) throw;
    taken_ = 0;
    return fetcher_.fetch(request(), stop);
  }
}

} // namespace terracat::kinds
