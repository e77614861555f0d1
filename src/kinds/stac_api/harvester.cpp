#include "kinds/stac_api/options.hpp"
#include "kinds/stac_api/paging.hpp"
#include "kinds/stac_api/search.hpp"
#include "kinds/stac_api/stac_api.hpp"
#include "kinds/stac_api/state.hpp"
#include "kinds/url.hpp"

#include <terracat/json.hpp>

#include <algorithm>
#include <map>
#include <unordered_set>
#include <utility>

namespace terracat::kinds::stac_api {
namespace {

using Reason = fetch::FetchError::Reason;

/// So many empty pages in a row that each name a next one are the end.
constexpr std::size_t most_idle_pages = 3;

/// Ids of items of one list that are compared with later ones: some 50 MB.
constexpr std::size_t most_remembered = 1'000'000;

/// So many collections in a row whose items cannot be had are no bad collections but a bad server.
constexpr std::size_t most_failures_in_a_row = 3;

/// A page of JSON, with the request that brought it.
struct Fetched {
  fetch::Request asked;
  std::string url; ///< after redirects
  json::Document document;

  [[nodiscard]] json::Value root() const noexcept { return document.root(); }
};

/// Errors that say nothing about the list that was asked for.
bool concerns_the_server(fetch::FetchError const& error) {
  switch (error.reason()) {
  case Reason::stopped:
  case Reason::unreachable:
    return true;
  case Reason::status:
    return error.status() == 401 || error.status() == 403 || error.status() == 429 ||
           error.status() == 503;
  default:
    return false;
  }
}

std::optional<std::size_t> announced(json::Value const& page) {
  auto const context = page.member("context");
  auto const count = page.member("numberMatched");
  auto const number = count ? count->integer() : std::nullopt;
  if (number && *number >= 0) return static_cast<std::size_t>(*number);
  auto const matched = context ? context->member("matched") : std::nullopt;
  auto const old_number = matched ? matched->integer() : std::nullopt;
  if (old_number && *old_number >= 0) return static_cast<std::size_t>(*old_number);
  return std::nullopt;
}

std::vector<json::Value> elements_of(json::Value const& array) {
  std::vector<json::Value> out;
  for (auto const element : array.elements()) out.push_back(element);
  return out;
}

std::string ids_of(std::vector<json::Value> const& documents) {
  std::string ids;
  for (auto const& document : documents) {
    ids += std::string(document.string("id").value_or("")) + '\n';
  }
  return ids;
}

/// Without a last slash.
std::string trimmed_url(std::string_view url) {
  url = url.substr(0, url.find_first_of("?#"));
  while (url.ends_with('/')) url.remove_suffix(1);
  return std::string(url);
}

class StacHarvester : public Harvester {
 public:
  /// \param since  nothing: everything is wanted
  StacHarvester(Source const& source, fetch::Fetcher& fetcher, std::string_view checkpoint,
                What what, std::optional<model::Instant> since = std::nullopt)
      : fetcher_(fetcher),
        what_(what),
        since_(since ? model::to_iso8601(*since) : std::string()),
        address_(source.address),
        options_(parse_options(source.options)) {
    if (!checkpoint.empty()) state_ = State::from_checkpoint(checkpoint, query());
    collected_all_targets_ = checkpoint.empty();
    if (since && !options_.items) throw ChangesUnknown("collections alone are harvested");
  }

  [[nodiscard]] std::optional<Page> next(std::stop_token stop) override {
    if (state_.phase == Phase::done) return std::nullopt;
    if (collections_url_.empty()) discover(stop);
    if (state_.phase == Phase::collections) return collections_page(stop);
    if (!collected_all_targets_) collect_targets(stop);
    return items_page(stop);
  }

  [[nodiscard]] bool complete() const noexcept override {
    return state_.phase == Phase::done && !state_.unproven && state_.failed == 0;
  }

  [[nodiscard]] Coverage coverage() const noexcept override {
    return options_.items ? Coverage::everything : Coverage::records;
  }

 private:
  /// What a checkpoint refers to.
  [[nodiscard]] std::string query() const {
    auto text = address_ + (options_.items ? "\nitems" : "\n") +
                (options_.items_by_search ? "\nsearch" : "\n") +
                (what_ == What::ids ? "\nids" : "");
    text += options_.choice.to_text();
    if (!options_.filter.empty()) text += "\nfilter " + options_.filter;
    return since_.empty() ? text : text + "\nsince " + since_;
  }

  [[nodiscard]] Fetched fetched(fetch::Request request, std::stop_token const& stop) const {
    auto response = fetcher_.fetch(request, stop);
    auto document = json::Document::parse(response.body);
    if (!document) {
      throw ProtocolError("the answer is no JSON: " + document.error().where + ' ' +
                          document.error().detail);
    }
    if (!document->root().is_object()) throw ProtocolError("the answer is no JSON object");
    return {.asked = std::move(request),
            .url = std::move(response.url),
            .document = std::move(*document)};
  }

  // ---- Finding the way

  /// The address is a list of collections if it says so, else the page there tells what it is.
  void discover(std::stop_token const& stop) {
    constexpr std::string_view list = "/collections";
    auto const address = trimmed_url(address_);
    if (address.ends_with(list)) {
      demand_abilities();
      collections_url_ = address_;
      search_url_ = address.substr(0, address.size() - list.size()) + "/search";
      return;
    }
    auto page = fetched(get(address_), stop);
    auto const root = page.root();
    search_url_ = link_url(root, "search", page.url);
    abilities_ = abilities_of(root, options_.items_by_search, since_, options_.filter);
    demand_abilities();
    if (search_url_.empty()) search_url_ = trimmed_url(page.url) + "/search";
    bool const is_list = root.member("collections").has_value();
    if (is_list || root.string("type") == "Collection") {
      collections_url_ = page.url;
      first_list_ = std::move(page);
      return;
    }
    collections_url_ = link_url(root, "data", page.url);
    if (collections_url_.empty()) collections_url_ = trimmed_url(page.url) + std::string(list);
  }

  void demand_abilities() const {
    if (!since_.empty() && abilities_.changes.empty()) {
      throw ChangesUnknown("the server does not say that searches can be limited to changes");
    }
    // A server that does not know filters may pass over one, and deliver everything.
    if (!options_.filter.empty() && !abilities_.filters) {
      throw ProtocolError("options/filter: the page at the address does not say that searches can "
                          "be filtered by CQL2 in JSON; it must be the landing page of the API");
    }
  }

  [[nodiscard]] fetch::Request list_request() const {
    if (!options_.collections_by_post) return get(collections_url_);
    return post(collections_url_, R"({"limit":)" + std::to_string(options_.page_size) + '}');
  }

  [[nodiscard]] fetch::Request items_request(std::string_view collection,
                                             std::string const& items_url) const {
    bool const wants_less = what_ == What::ids && abilities_.leaves_members_out;
    if (!options_.items_by_search) {
      Parameters parameters{{"limit", std::to_string(options_.page_size)}};
      if (wants_less) parameters.emplace_back("fields", "id,collection");
      return get(with_parameters(items_url, parameters));
    }
    auto more = filtered_by(options_.filter);
    if (wants_less) {
      more += more.empty() ? "" : ",";
      more += R"("fields":{"include":["id","collection"]})";
    }
    return search(search_url_, collection, options_.page_size, more);
  }

  /// A search for what has changed of a collection; nothing if its items do not tell when.
  [[nodiscard]] std::optional<fetch::Request> changes_request(std::string_view collection,
                                                              std::stop_token const& stop) const {
    auto const sample =
        fetched(search(search_url_, collection, 1, filtered_by(options_.filter)), stop);
    auto const items = sample.root().member("features");
    if (!items || !items->is_array()) throw ProtocolError("the answer has no list of items");
    for (auto const item : items->elements()) {
      auto const properties = item.member("properties");
      if (!properties || !properties->string("updated")) return std::nullopt;
    }
    return search(search_url_, collection, options_.page_size, abilities_.changes);
  }

  // ---- Pages of a list, whatever is in it

  /// Counts a page and decides what to ask for next; nothing at the end of the list.
  void advance(Fetched const& fetched, std::size_t received, Page& page) {
    auto& progress = state_.progress;
    ++progress.pages;
    auto const repeated = std::exchange(repeated_, 0);
    progress.received += received - repeated;
    progress.idle_pages = received == 0 ? progress.idle_pages + 1 : 0;
    if (auto const count = announced(fetched.root())) progress.matched = count;
    bool const has_all = progress.matched && progress.received >= *progress.matched;
    bool const is_short = progress.matched && progress.received < *progress.matched;
    // Where something stands twice, something else may be left out; only a number can tell.
    if (repeated > 0 && !progress.matched) state_.unproven = true;
    asked_.insert(stable_hash(to_json(fetched.asked)));
    state_.request = next_request(fetched, received, has_all);
    if (!state_.request) {
      if (is_short) cut_short(FindingCode::list_cut_short, fetched, page);
    } else if (received == 0 && has_all) {
      state_.request.reset(); // a server that names a next page for ever
    } else if (progress.idle_pages == most_idle_pages ||
               !asked_.insert(stable_hash(to_json(*state_.request))).second) {
      cut_short(FindingCode::list_in_circles, fetched, page);
    } else if (progress.pages >= options_.max_pages) {
      cut_short(FindingCode::list_cut_short, fetched, page);
    }
  }

  [[nodiscard]] std::optional<fetch::Request>
  next_request(Fetched const& fetched, std::size_t received, bool has_all) const {
    if (options_.paging == Paging::links) {
      return next_by_link(fetched.root(), fetched.asked, fetched.url);
    }
    if (received == 0 || has_all) return std::nullopt;
    return with_page(fetched.asked, state_.progress.pages + 1);
  }

  void cut_short(FindingCode code, Fetched const& fetched, Page& page) {
    state_.request.reset();
    state_.unproven = true;
    page.failures.push_back({.native_id = state_.collection,
                             .finding = {code, excerpt(without_credentials(fetched.url)),
                                         std::to_string(state_.progress.received) + " received"}});
  }

  /// True if the page has the same ids as the one before: the server does not move on.
  [[nodiscard]] bool is_the_same_page_again(std::string const& ids) {
    if (ids.empty()) return false;
    auto const before = std::exchange(state_.progress.last_page, stable_hash(ids));
    return before == state_.progress.last_page;
  }

  void begin_list() {
    state_.progress = {};
    asked_.clear();
    seen_items_ = {};
  }

  void fail(Page& page, std::string id, Finding finding) {
    ++state_.failed;
    page.failures.push_back({.native_id = std::move(id), .finding = std::move(finding)});
  }

  [[nodiscard]] Page finished(Page page) const {
    page.checkpoint = state_.to_checkpoint(query());
    return page;
  }

  // ---- Collections

  [[nodiscard]] Page collections_page(std::stop_token const& stop) {
    auto const list = list_page(state_.request, stop);
    auto const members = collections_in(list);
    Page page;
    if (is_the_same_page_again(ids_of(members))) {
      cut_short(FindingCode::list_in_circles, list, page);
    } else {
      for (auto const& member : members) take_collection(member, list.url, page);
      advance(list, members.size(), page);
    }
    if (!options_.items && options_.choice.to_text().empty()) {
      page.announced = state_.progress.matched;
    }
    if (!state_.request) end_collections(page);
    return finished(std::move(page));
  }

  [[nodiscard]] Fetched list_page(std::optional<fetch::Request> const& request,
                                  std::stop_token const& stop) {
    if (!request && first_list_) return *std::exchange(first_list_, std::nullopt);
    return fetched(request ? *request : list_request(), stop);
  }

  /// The collections on a page of the list; the page itself if it is one.
  [[nodiscard]] static std::vector<json::Value> collections_in(Fetched const& list) {
    auto const root = list.root();
    auto const members = root.member("collections");
    if (members && members->is_array()) return elements_of(*members);
    if (root.string("type") == "Collection") return {root};
    throw ProtocolError("the answer has no list of collections");
  }

  void take_collection(json::Value const& collection, std::string const& page_url, Page& page) {
    auto const id = collection.string("id");
    if (!id || id->empty()) {
      fail(page, {}, {FindingCode::no_identifier, "/id", excerpt(collection.text())});
      return;
    }
    if (!options_.choice.wants(*id)) return;
    if (!state_.seen.insert(*id)) return repeat(*id, page);
    note_target(collection, page_url);
    page.documents.push_back(
        {.native_id = std::string(*id),
         .format = "stac-collection",
         .bytes = bytes_of(collection),
         .address =
             address_of(collection, page_url, trimmed_url(collections_url_) + '/' + encoded(*id))});
  }

  void repeat(std::string_view id, Page& page) {
    ++repeated_;
    page.failures.push_back({.native_id = std::string(id),
                             .finding = {FindingCode::record_repeated, "/id", excerpt(id)}});
  }

  [[nodiscard]] static std::string address_of(json::Value const& document,
                                              std::string const& page_url,
                                              std::string const& otherwise) {
    auto const self = link_url(document, "self", page_url);
    return without_credentials(self.empty() ? otherwise : self);
  }

  void end_collections(Page& page) {
    for (auto const& wanted : options_.choice.collections) {
      if (state_.seen.contains(wanted)) continue;
      fail(page, wanted, {FindingCode::not_at_source, "collections", wanted});
    }
    state_.phase = options_.items ? Phase::items : Phase::done;
    begin_list();
  }

  // ---- Items

  /// Remembers where the items of a collection are. One without such a link has none.
  void note_target(json::Value const& collection, std::string const& page_url) {
    auto url = options_.items_by_search ? search_url_ : link_url(collection, "items", page_url);
    if (!url.empty()) targets_.emplace(*collection.string("id"), std::move(url));
  }

  /// Reads the list again, for a run that goes on: a checkpoint does not hold it.
  void collect_targets(std::stop_token const& stop) {
    SeenIds listed;
    std::optional<fetch::Request> request;
    for (std::size_t pages = 1; pages <= options_.max_pages; ++pages) {
      auto const list = list_page(request, stop);
      auto const known = listed.size();
      for (auto const& member : collections_in(list)) {
        auto const id = member.string("id");
        if (!id || id->empty() || !listed.insert(*id) || !options_.choice.wants(*id)) continue;
        note_target(member, list.url);
      }
      request = options_.paging == Paging::links ? next_by_link(list.root(), list.asked, list.url)
                                                 : std::optional(with_page(list.asked, pages + 1));
      if (!request || listed.size() == known) break;
    }
    collected_all_targets_ = true;
  }

  [[nodiscard]] std::optional<Page> items_page(std::stop_token const& stop) {
    if (!state_.request && !begin_next_collection()) {
      state_.phase = Phase::done;
      return std::nullopt;
    }
    try {
      limit_to_changes(stop);
      auto const list = fetched(*state_.request, stop);
      auto page = page_of_items(list);
      failures_in_a_row_ = 0;
      return finished(std::move(page));
    } catch (fetch::FetchError const& error) {
      if (concerns_the_server(error) || ++failures_in_a_row_ == most_failures_in_a_row) throw;
      return given_up(error.what());
    } catch (ProtocolError const& error) {
      if (++failures_in_a_row_ == most_failures_in_a_row) throw;
      return given_up(error.what());
    }
  }

  /// Once for each list, before its first page.
  void limit_to_changes(std::stop_token const& stop) {
    if (since_.empty() || state_.progress.pages > 0) return;
    if (auto request = changes_request(state_.collection, stop)) state_.request = *request;
  }

  [[nodiscard]] bool begin_next_collection() {
    auto const target = targets_.upper_bound(state_.collection);
    if (target == targets_.end()) return false;
    begin_list();
    state_.collection = target->first;
    state_.request = items_request(target->first, target->second);
    return true;
  }

  [[nodiscard]] Page given_up(std::string_view why) {
    Page page;
    fail(page, state_.collection,
         {FindingCode::not_delivered, excerpt(without_credentials(state_.request->url)),
          excerpt(why)});
    state_.request.reset();
    return finished(std::move(page));
  }

  [[nodiscard]] Page page_of_items(Fetched const& list) {
    auto const member = list.root().member("features");
    if (!member || !member->is_array()) throw ProtocolError("the answer has no list of items");
    auto const features = elements_of(*member);
    Page page;
    if (is_the_same_page_again(ids_of(features))) {
      cut_short(FindingCode::list_in_circles, list, page);
    } else {
      for (auto const& feature : features) take_item(feature, list.url, page);
      advance(list, features.size(), page);
    }
    return page;
  }

  void take_item(json::Value const& item, std::string const& page_url, Page& page) {
    auto const id = item.string("id");
    if (!id || id->empty()) {
      fail(page, {}, {FindingCode::no_identifier, "/id", excerpt(item.text())});
      return;
    }
    auto const built =
        trimmed_url(collections_url_) + '/' + encoded(state_.collection) + "/items/" + encoded(*id);
    auto const named = item.string("collection").value_or("");
    auto collection = named.empty() ? state_.collection : std::string(named);
    bool const is_compared = seen_items_.size() < most_remembered;
    if (is_compared && !seen_items_.insert(collection + '\n' + std::string(*id))) {
      repeat(*id, page); // and handed out: among so many, two ids may share a hash
    }
    page.documents.push_back({.native_id = std::string(*id),
                              .format = "stac-item",
                              .bytes = bytes_of(item),
                              .address = address_of(item, page_url, built),
                              .collection = std::move(collection)});
  }

  [[nodiscard]] std::string bytes_of(json::Value const& document) const {
    return what_ == What::ids ? std::string() : document.text();
  }

  fetch::Fetcher& fetcher_;
  What what_;
  std::string since_; ///< empty: everything is wanted
  std::string address_;
  Options options_;
  State state_;

  std::string collections_url_; ///< empty until found
  std::string search_url_;
  Abilities abilities_;               ///< as the landing page tells
  std::optional<Fetched> first_list_; ///< if it came while the way was looked for

  SeenIds seen_items_;       ///< in the list that is read, since it or the run was begun
  std::size_t repeated_ = 0; ///< documents of the page that is read, that were there before

  std::map<std::string, std::string, std::less<>> targets_; ///< where the items of collections are
  bool collected_all_targets_; ///< false in a run that goes on, which has not seen all collections

  std::unordered_set<std::uint64_t> asked_; ///< requests for pages of the list that is being read
  std::size_t failures_in_a_row_ = 0;
};

} // namespace

std::unique_ptr<Harvester> start(Source const& source, Means means, std::string_view checkpoint,
                                 What what) {
  return std::make_unique<StacHarvester>(source, means.fetcher, checkpoint, what);
}

std::unique_ptr<Harvester> start_changes(Source const& source, Means means,
                                         std::string_view checkpoint, model::Instant since) {
  return std::make_unique<StacHarvester>(source, means.fetcher, checkpoint, What::documents, since);
}

} // namespace terracat::kinds::stac_api
