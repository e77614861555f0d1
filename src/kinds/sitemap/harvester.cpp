#include "formats/words/dates.hpp"
#include "kinds/options.hpp"
#include "kinds/sitemap/options.hpp"
#include "kinds/sitemap/page.hpp"
#include "kinds/sitemap/robots.hpp"
#include "kinds/sitemap/site_map.hpp"
#include "kinds/sitemap/sitemap.hpp"
#include "kinds/sitemap/state.hpp"
#include "kinds/url.hpp"
#include "kinds/xml_answer.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <map>
#include <unordered_set>
#include <utility>

namespace terracat::kinds::sitemap {
namespace {

using Reason = fetch::FetchError::Reason;

constexpr std::size_t most_requests_for_page = 50;
constexpr std::size_t most_bytes_on_page = std::size_t{16} << 20;
constexpr std::size_t most_maps = 10'000; ///< of a run
constexpr std::size_t most_hosts = 100;   ///< whose rules are kept

/// So many pages that cannot be had before any was are no bad pages but a bad server.
constexpr std::size_t most_failures_at_first = 10;

std::string_view path_of(std::string_view url) {
  auto const path = url.substr(origin_of(url).size());
  return path.empty() || path.front() != '/' ? std::string_view("/") : path;
}

/// With its port, whatever the scheme.
std::string host_of(std::string_view url) {
  auto const origin = without_credentials(origin_of(url));
  return lowered(origin.substr(std::min(origin.find("://"), origin.size())));
}

bool is_robots(std::string_view url) {
  return path_of(url) == "/robots.txt";
}

bool is_gone(fetch::FetchError const& error) {
  return error.reason() == Reason::status && error.status() >= 400 && error.status() < 500 &&
         error.status() != 429;
}

/// Errors that another page of the same server may not meet.
bool may_lie_in_a_page(fetch::FetchError const& error) {
  bool const is_its_own = error.reason() == Reason::too_large ||
                          error.reason() == Reason::malformed ||
                          error.reason() == Reason::address_refused;
  return is_its_own || is_gone(error) ||
         (error.reason() == Reason::status && error.status() == 500);
}

class SitemapHarvester : public Harvester {
 public:
  SitemapHarvester(Source const& source, fetch::Fetcher& fetcher, std::string_view checkpoint,
                   What what, std::optional<model::Instant> since = std::nullopt)
      : fetcher_(fetcher), what_(what), since_(since), address_(source.address) {
    auto const options = read_options(options_schema, source.options);
    contains_ = *options.root().string("contains");
    max_pages_ = whole_number(*options.root().member("max_pages"));
    called_.emplace_back("terracat");
    if (!source.user_agent.empty()) called_.push_back(source.user_agent);
    query_ = address_ + '\n' + contains_ + (what == What::ids ? "\nids" : "") +
             (since ? "\nsince " + model::to_iso8601(*since) : "");
    state_.maps.push_back(address_);
    if (!checkpoint.empty()) state_ = State::from_checkpoint(checkpoint, query_);
    known_.insert(state_.maps.begin(), state_.maps.end());
  }

  [[nodiscard]] std::optional<Page> next(std::stop_token stop) override {
    if (state_.maps.empty()) return std::nullopt;
    Page page;
    std::size_t bytes = 0;
    for (std::size_t requests = 0; requests < most_requests_for_page; ++requests) {
      if (state_.maps.empty() || bytes >= most_bytes_on_page) break;
      if (!std::exchange(is_read_, true)) {
        read_map(page, stop);
      } else if (next_page_ < pages_.size()) {
        bytes += take(pages_[next_page_++], page, stop);
      }
      if (is_read_ && next_page_ == pages_.size()) leave_map();
    }
    if (state_.maps.empty()) end(page);
    page.checkpoint = state_.to_checkpoint(query_);
    return page;
  }

  [[nodiscard]] bool complete() const noexcept override {
    return state_.maps.empty() && state_.failed == 0 && (state_.given || since_);
  }

  [[nodiscard]] Coverage coverage() const noexcept override { return Coverage::records; }

 private:
  // ---- Robots

  /// A site without a robots.txt forbids nothing; of one that does not answer nobody can tell.
  Robots const& robots_of(std::string_view url, std::stop_token const& stop) {
    std::string origin(origin_of(url));
    auto const found = robots_.find(origin);
    if (found != robots_.end()) return found->second;
    if (robots_.size() >= most_hosts) robots_.clear();
    fetch::Request request;
    request.url = origin + "/robots.txt";
    Robots robots;
    try {
      auto const text = fetcher_.fetch(request, stop).body;
      if (!starts_like_html(text)) robots = Robots::read(text, called_);
    } catch (fetch::FetchError const& error) {
      if (!is_gone(error)) throw;
    }
    return robots_.emplace(std::move(origin), std::move(robots)).first->second;
  }

  // ---- Maps

  void read_map(Page& page, std::stop_token const& stop) {
    auto const address = state_.maps.back();
    bool const is_first = !std::exchange(state_.started, true);
    if (is_robots(address)) {
      auto const& robots = robots_of(address, stop);
      for (auto const& map : robots.maps()) enter({{link_target(address, map), {}}}, page);
      if (!robots.has_all_maps()) lose_rest_of_map(page);
      if (is_first && state_.maps.size() == 1) {
        throw ProtocolError("the site's robots.txt names no site map");
      }
      return;
    }
    fetch::Request request;
    request.url = address;
    request.accept = "application/xml, text/xml;q=0.9, text/plain;q=0.5, */*;q=0.1";
    try {
      auto const response = fetcher_.fetch(request, stop);
      if (starts_like_html(response.body)) {
        refuse(is_first, {FindingCode::not_delivered, {}, "an HTML page"}, page);
        return;
      }
      auto map = read_site_map(response.body, address);
      if (map) {
        take(std::move(*map), page);
      } else {
        refuse(is_first, map.error(), page);
      }
    } catch (fetch::FetchError const& error) {
      if (is_first || !may_lie_in_a_page(error)) throw;
      refuse(false, {FindingCode::not_delivered, {}, excerpt(error.what())}, page);
    }
  }

  /// Without the first map there is nothing; any other is told, and the others are read.
  void refuse(bool is_first, Finding finding, Page& page) {
    if (is_first) {
      throw ProtocolError("the answer is no site map: " + std::string(sentence(finding.code)) +
                          (finding.excerpt.empty() ? "" : ": " + finding.excerpt));
    }
    finding.where = excerpt(without_credentials(state_.maps.back()));
    lose(std::move(finding), page);
  }

  void lose_rest_of_map(Page& page) {
    lose({FindingCode::list_cut_short, excerpt(without_credentials(state_.maps.back())),
          "it is longer than is read"},
         page);
  }

  void take(SiteMap map, Page& page) {
    if (!map.is_whole) lose_rest_of_map(page);
    auto const says_changes = [](Entry const& entry) { return !entry.changed.empty(); };
    bool const is_list = !map.pages.empty();
    if (since_ && is_list && state_.pages == 0 && state_.after.empty() &&
        std::ranges::none_of(map.pages, says_changes)) {
      throw ChangesUnknown("the site map does not say when pages were changed");
    }
    std::erase_if(map.maps, [this](Entry const& entry) { return is_old(entry); });
    enter(map.maps, page);
    std::erase_if(map.pages, [this](Entry const& entry) {
      return entry.address.find(contains_) == std::string::npos || is_old(entry);
    });
    for (auto& entry : map.pages) pages_.push_back(std::move(entry.address));
    auto const rest = std::ranges::upper_bound(pages_, state_.after);
    next_page_ = state_.after.empty() ? 0 : static_cast<std::size_t>(rest - pages_.begin());
  }

  /// True for what the map says has not changed since; where it cannot be read, it says nothing.
  [[nodiscard]] bool is_old(Entry const& entry) const {
    if (!since_ || entry.changed.empty()) return false;
    auto const changed = formats::read_date(entry.changed).at.latest();
    return changed && *changed < *since_;
  }

  /// The map that is read stays last until it is left.
  void enter(std::vector<Entry> const& maps, Page& page) {
    auto const here = std::prev(state_.maps.end());
    std::vector<std::string> more;
    for (auto const& [map, changed] : maps) {
      if (map.empty() || known_.contains(map)) continue;
      if (known_.size() >= most_maps) {
        lose({FindingCode::list_in_circles, excerpt(without_credentials(map)), {}}, page);
        break;
      }
      known_.insert(map);
      more.push_back(map);
    }
    state_.maps.insert(here, std::make_move_iterator(more.rbegin()),
                       std::make_move_iterator(more.rend()));
  }

  void leave_map() {
    state_.maps.pop_back();
    state_.after.clear();
    is_read_ = false;
    pages_.clear();
    next_page_ = 0;
  }

  // ---- Pages

  /// \return  how many bytes it brought
  std::size_t take(std::string const& address, Page& page, std::stop_token const& stop) {
    state_.after = address;
    if (!is_of_site(address) || !robots_of(address, stop).allows(path_of(address))) {
      ++state_.unwanted;
      return 0;
    }
    if (state_.pages >= max_pages_) {
      lose({FindingCode::list_cut_short, {}, std::to_string(state_.pages) + " pages"}, page);
      state_.maps.resize(1);
      next_page_ = pages_.size();
      return 0;
    }
    ++state_.pages;
    fetch::Request request;
    request.url = address;
    request.accept = "text/html, application/ld+json;q=0.9, */*;q=0.1";
    try {
      auto const body = fetcher_.fetch(request, stop).body;
      has_any_ = true;
      return body.size() + take_datasets(body, without_credentials(address), page);
    } catch (fetch::FetchError const& error) {
      if (!may_lie_in_a_page(error)) throw;
      lose_page(address, error, page);
      return 0;
    }
  }

  /// Of the source's host, or of the map's.
  [[nodiscard]] bool is_of_site(std::string_view address) const {
    auto const host = host_of(address);
    return host == host_of(address_) || host == host_of(state_.maps.back());
  }

  void lose_page(std::string const& address, fetch::FetchError const& error, Page& page) {
    if (++failures_ >= most_failures_at_first && !has_any_ && !state_.given) {
      throw ProtocolError(std::string("the site map names pages, but none can be had: ") +
                          error.what());
    }
    bool const is_large = error.reason() == Reason::too_large;
    lose({is_large ? FindingCode::too_large : FindingCode::not_delivered,
          excerpt(without_credentials(address)), excerpt(error.what())},
         page);
  }

  /// A data set that several pages describe, as lists do beside its own, is had once.
  /// \return  how many bytes its documents have
  std::size_t take_datasets(std::string_view body, std::string const& address, Page& page) {
    std::size_t bytes = 0;
    for (auto& document : datasets_in(body, address, parser_)) {
      if (!document.native_id.empty() && !state_.seen.insert(document.native_id)) {
        page.failures.push_back({.native_id = document.native_id,
                                 .finding = {FindingCode::record_repeated, excerpt(address),
                                             excerpt(document.native_id)}});
        continue;
      }
      state_.given = true;
      if (what_ == What::ids && !document.native_id.empty()) document.bytes.clear();
      bytes += document.bytes.size();
      page.documents.push_back(std::move(document));
    }
    return bytes;
  }

  void end(Page& page) {
    if (state_.unwanted > 0) {
      page.remarks.push_back(std::to_string(state_.unwanted) +
                             " pages are of other hosts or not for robots, and were not fetched");
    }
    if (!state_.given && !since_) {
      lose({FindingCode::list_cut_short, {}, "no page has a data set"}, page);
    }
  }

  void lose(Finding finding, Page& page) {
    ++state_.failed;
    page.failures.push_back({.native_id = {}, .finding = std::move(finding)});
  }

  fetch::Fetcher& fetcher_;
  What what_;
  std::optional<model::Instant> since_;
  std::string address_;
  std::string contains_;
  std::size_t max_pages_ = 0;
  std::vector<std::string> called_; ///< names of this program
  std::string query_;               ///< what a checkpoint refers to
  State state_;

  std::map<std::string, Robots, std::less<>> robots_; ///< by origin
  std::unordered_set<std::string> known_;             ///< maps of this run
  bool is_read_ = false;                              ///< the map that is read
  std::vector<std::string> pages_;                    ///< its pages
  std::size_t next_page_ = 0;                         ///< of these
  bool has_any_ = false;                              ///< a page was had in this run
  std::size_t failures_ = 0;                          ///< of this run
  json::Parser parser_;
};

} // namespace

std::unique_ptr<Harvester> start(Source const& source, Means means, std::string_view checkpoint,
                                 What what) {
  return std::make_unique<SitemapHarvester>(source, means.fetcher, checkpoint, what);
}

std::unique_ptr<Harvester> start_changes(Source const& source, Means means,
                                         std::string_view checkpoint, model::Instant since) {
  return std::make_unique<SitemapHarvester>(source, means.fetcher, checkpoint, What::documents,
                                            since);
}

} // namespace terracat::kinds::sitemap
