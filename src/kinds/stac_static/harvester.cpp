#include "kinds/counted_list.hpp"
#include "kinds/one_by_one.hpp"
#include "kinds/stac_api/paging.hpp"
#include "kinds/stac_static/document.hpp"
#include "kinds/stac_static/options.hpp"
#include "kinds/stac_static/stac_static.hpp"
#include "kinds/stac_static/state.hpp"
#include "kinds/url.hpp"

#include <terracat/json.hpp>
#include <terracat/text.hpp>

#include <algorithm>
#include <utility>

namespace terracat::kinds::stac_static {
namespace {

constexpr std::size_t most_requests_for_page = 50;
/// A list of items may name a collection for each of them.
constexpr std::size_t most_requests_within_page = 1'000;

constexpr std::size_t most_bytes_on_page = std::size_t{16} << 20;

/// Lists in lists: more are a list that makes up another one each time.
constexpr std::size_t most_depth = 30;
constexpr std::size_t most_lists = 200'000;

/// Addresses that wait to be followed, of all lists on the path together.
constexpr std::size_t most_waiting_bytes = std::size_t{32} << 20;

/// Ids of items that are compared with later ones: some 50 MB.
constexpr std::size_t most_remembered = 1'000'000;

constexpr std::size_t most_remarks = 20;

/// What links from one list lead to and was not visited yet.
struct Waiting {
  std::vector<Step> steps; ///< the next one last
  std::size_t bytes = 0;
  std::string collection; ///< whose items lie here: the nearest one above
};

/// A document that links led to.
struct Fetched {
  std::string url; ///< after redirects
  json::Document document;

  [[nodiscard]] json::Value root() const noexcept { return document.root(); }
};

class StaticHarvester : public Harvester {
 public:
  StaticHarvester(Source const& source, fetch::Fetcher& fetcher, std::string_view checkpoint,
                  What what)
      : fetcher_(fetcher),
        documents_(fetcher),
        what_(what),
        address_(source.address),
        options_(parse_options(source.options)) {
    query_ = address_ + (options_.items ? "\nitems" : "\n") +
             (options_.other_hosts ? "\nother hosts" : "\n") + (what_ == What::ids ? "\nids" : "") +
             options_.choice.to_text();
    if (!checkpoint.empty()) state_ = State::from_checkpoint(checkpoint, query_);
  }

  [[nodiscard]] std::optional<Page> next(std::stop_token stop) override {
    if (state_.is_done()) return std::nullopt;
    Page page;
    requests_ = 0;
    bytes_ = 0;
    if (!state_.started) {
      begin(page, stop);
    } else if (waiting_.empty()) {
      go_back_to_where_it_stood(page, stop);
    }
    while (!state_.path.empty() && requests_ < most_requests_for_page &&
           bytes_ < most_bytes_on_page) {
      step(page, stop);
    }
    if (state_.path.empty()) end(page);
    page.checkpoint = state_.to_checkpoint(query_);
    return page;
  }

  [[nodiscard]] bool complete() const noexcept override {
    return state_.is_done() && state_.given && state_.failed == 0;
  }

  [[nodiscard]] Coverage coverage() const noexcept override {
    return options_.items ? Coverage::everything : Coverage::records;
  }

 private:
  // ---- The way

  void begin(Page& page, std::stop_token const& stop) {
    ++requests_;
    auto response = fetcher_.fetch(stac_api::get(address_), stop);
    auto document = json::Document::parse(response.body);
    auto const part = document ? part_of(document->root()) : Part::none;
    if (part != Part::catalogue && part != Part::collection) {
      refuse_page(response.body, "catalogue of STAC");
    }
    host_ = host_of(response.url);
    Fetched const root{.url = std::move(response.url), .document = std::move(*document)};
    bool const is_api = root.root().member("conformsTo").has_value();
    if (is_api && steps_of(root.root(), root.url, following()).steps.empty()) {
      throw ProtocolError("this is a STAC API, which the kind stac-api harvests");
    }
    state_.started = true;
    state_.seen.insert(list_key(address_));
    enter(address_, root, page);
  }

  /// Reads the lists on the path again, for a run that goes on: a checkpoint does not hold what
  /// they lead to. Where one cannot be had any more, what lies below it is lost.
  void go_back_to_where_it_stood(Page& page, std::stop_token const& stop) {
    auto const path = std::exchange(state_.path, {});
    for (auto const& level : path) {
      auto const list = fetched(level.address, page, stop);
      if (!list) return;
      if (waiting_.empty()) host_ = host_of(list->url);
      auto const part = part_of(list->root());
      if (part != Part::catalogue && part != Part::collection) {
        return lose(
            {FindingCode::unexpected_root, place(level.address), excerpt(list->root().text())},
            page);
      }
      wait_for(level.address, *list, page);
      auto& steps = waiting_.back().steps;
      while (!steps.empty() && steps.back() <= level.last) steps.pop_back();
      state_.path.back().last = level.last;
    }
  }

  void step(Page& page, std::stop_token const& stop) {
    auto& waiting = waiting_.back();
    if (waiting.steps.empty()) {
      waiting_bytes_ -= waiting.bytes;
      waiting_.pop_back();
      state_.path.pop_back();
      return;
    }
    auto const next = std::move(waiting.steps.back());
    waiting.steps.pop_back();
    state_.path.back().last = next;
    visit(next, page, stop);
  }

  void visit(Step const& step, Page& page, std::stop_token const& stop) {
    if (step.leads_down && !is_new_list(step.address, page)) return;
    if (!step.leads_down && seen_items_.size() < most_remembered &&
        !seen_items_.insert(step.address)) {
      return;
    }
    auto const document = fetched(step.address, page, stop);
    if (!document) return;
    auto const part = part_of(document->root());
    if (part == Part::catalogue || part == Part::collection) {
      if (step.leads_down || is_new_list(step.address, page)) enter(step.address, *document, page);
    } else if (part == Part::item || part == Part::items) {
      if (options_.items) take_items(*document, part, page, stop);
    } else {
      lose({FindingCode::unexpected_root, place(step.address), excerpt(document->root().text())},
           page);
    }
  }

  [[nodiscard]] bool is_new_list(std::string const& address, Page& page) {
    if (state_.seen.contains(list_key(address))) return false;
    if (waiting_.size() >= most_depth || state_.seen.size() >= most_lists) {
      lose({FindingCode::list_in_circles, place(address), {}}, page);
      return false;
    }
    state_.seen.insert(list_key(address));
    return true;
  }

  void enter(std::string const& address, Fetched const& list, Page& page) {
    bool const is_collection = part_of(list.root()) == Part::collection;
    if (is_collection && !state_.seen.contains(alone_key(address))) take_collection(list, page);
    wait_for(address, list, page);
  }

  void wait_for(std::string const& address, Fetched const& list, Page& page) {
    auto const id = part_of(list.root()) == Part::collection ? list.root().string("id")
                                                             : std::optional<std::string_view>();
    auto owner = waiting_.empty() ? std::string() : waiting_.back().collection;
    if (id) owner = *id;
    auto follow = following();
    if (!owner.empty() && !options_.choice.wants(owner)) follow.items = false;
    auto found = steps_of(list.root(), list.url, follow);
    if (!found.is_whole) lose({FindingCode::list_cut_short, place(address), "its links"}, page);
    if (found.elsewhere > 0) remark_elsewhere(address, found, page);
    std::ranges::reverse(found.steps);
    waiting_bytes_ += found.bytes;
    waiting_.push_back(
        {.steps = std::move(found.steps), .bytes = found.bytes, .collection = std::move(owner)});
    state_.path.push_back({.address = address, .last = {}});
  }

  void remark_elsewhere(std::string const& address, Steps const& found, Page& page) {
    if (remarks_++ >= most_remarks) return;
    page.remarks.push_back(excerpt(std::to_string(found.elsewhere) +
                                   " links to other hosts are passed by: of " + place(address) +
                                   " to " + place(found.first_elsewhere)));
  }

  void end(Page& page) {
    for (auto const& wanted : options_.choice.collections) {
      if (state_.seen.contains(record_key(wanted))) continue;
      ++state_.failed;
      page.failures.push_back(
          {.native_id = wanted, .finding = {FindingCode::not_at_source, "collections", wanted}});
    }
    if (!state_.given) lose({FindingCode::list_cut_short, {}, "nothing was had"}, page);
  }

  // ---- Documents

  [[nodiscard]] std::optional<Fetched> fetched(std::string const& address, Page& page,
                                               std::stop_token const& stop) {
    ++requests_;
    auto had = documents_.answer(stac_api::get(address), state_.given, stop);
    if (auto* const finding = std::get_if<Finding>(&had)) {
      if (finding->where.empty()) finding->where = place(address);
      lose(std::move(*finding), page);
      return std::nullopt;
    }
    auto& response = std::get<fetch::Response>(had);
    auto document = json::Document::parse(response.body);
    if (!document) {
      lose({FindingCode::json_malformed, place(address), excerpt(response.body)}, page);
      return std::nullopt;
    }
    return Fetched{.url = std::move(response.url), .document = std::move(*document)};
  }

  void take_collection(Fetched const& collection, Page& page) {
    auto const id = collection.root().string("id").value_or("");
    if (id.empty()) return lose_unnamed(collection, page);
    if (!options_.choice.wants(id)) return;
    if (!state_.seen.insert(record_key(id))) return repeat(id, collection, page);
    give("stac-collection", id, {}, collection.root(), collection.url, page);
  }

  void take_items(Fetched const& document, Part part, Page& page, std::stop_token const& stop) {
    if (part == Part::item) return take_item(document.root(), document, page, stop);
    auto const features = document.root().member("features");
    if (features) {
      for (auto const item : features->elements()) take_item(item, document, page, stop);
    }
    if (!stac_api::link_url(document.root(), "next", document.url).empty()) {
      lose({FindingCode::list_cut_short, place(document.url), "a list of an API in pages"}, page);
    }
  }

  void take_item(json::Value const& item, Fetched const& document, Page& page,
                 std::stop_token const& stop) {
    auto const id = item.string("id").value_or("");
    if (id.empty()) return lose_unnamed(document, page);
    std::string collection(item.string("collection").value_or(""));
    if (collection.empty()) collection = waiting_.back().collection;
    if (!options_.choice.wants(collection)) return;
    bool const has_record = collection.empty() || state_.seen.contains(record_key(collection));
    if (!has_record) fetch_alone(collection_link(item, document.url, following()), page, stop);
    bool const is_compared = seen_items_.size() < most_remembered;
    if (is_compared && !seen_items_.insert(collection + '\n' + std::string(id))) {
      repeat(id, document, page); // and handed out: among so many, two ids may share a hash
    }
    give("stac-item", id, std::move(collection), item, document.url, page);
  }

  /// A collection to which no list led so far.
  void fetch_alone(std::string const& address, Page& page, std::stop_token const& stop) {
    if (address.empty() || state_.seen.size() >= most_lists) return;
    if (requests_ >= most_requests_within_page) {
      return lose({FindingCode::list_cut_short, place(address), "too many collections"}, page);
    }
    if (!seen_items_.insert(alone_key(address))) return; // it was tried
    auto const document = fetched(address, page, stop);
    if (!document) return;
    if (part_of(document->root()) != Part::collection) {
      lose({FindingCode::unexpected_root, place(address), excerpt(document->root().text())}, page);
    } else if (state_.seen.insert(alone_key(address))) {
      take_collection(*document, page);
    }
  }

  void give(std::string_view format, std::string_view id, std::string collection,
            json::Value const& document, std::string const& url, Page& page) {
    state_.given = true;
    auto bytes = what_ == What::ids ? std::string() : document.text();
    bytes_ += bytes.size();
    page.documents.push_back({.native_id = std::string(id),
                              .format = std::string(format),
                              .bytes = std::move(bytes),
                              .address = without_credentials(url),
                              .collection = std::move(collection)});
  }

  static void repeat(std::string_view id, Fetched const& document, Page& page) {
    page.failures.push_back(
        {.native_id = std::string(id),
         .finding = {FindingCode::record_repeated, place(document.url), excerpt(id)}});
  }

  void lose_unnamed(Fetched const& document, Page& page) {
    lose({FindingCode::no_identifier, place(document.url), excerpt(document.root().text())}, page);
  }

  void lose(Finding finding, Page& page) {
    ++state_.failed;
    page.failures.push_back({.native_id = {}, .finding = std::move(finding)});
  }

  // ---- Words

  [[nodiscard]] Following following() const {
    return {.items = options_.items,
            .host = options_.other_hosts ? std::string_view() : host_,
            .most_bytes = most_waiting_bytes - std::min(most_waiting_bytes, waiting_bytes_)};
  }

  [[nodiscard]] static std::string place(std::string_view url) {
    return excerpt(without_credentials(url));
  }

  [[nodiscard]] static std::string list_key(std::string_view address) {
    return "list\n" + std::string(address);
  }

  [[nodiscard]] static std::string alone_key(std::string_view address) {
    return "alone\n" + std::string(address);
  }

  [[nodiscard]] static std::string record_key(std::string_view id) {
    return "record\n" + std::string(id);
  }

  fetch::Fetcher& fetcher_;
  OneByOne documents_;
  What what_;
  std::string address_;
  Options options_;
  std::string query_; ///< what a checkpoint refers to
  State state_;
  std::string host_; ///< of the root, after redirects

  std::vector<Waiting> waiting_; ///< of each list on the path
  std::size_t waiting_bytes_ = 0;
  SeenIds seen_items_;       ///< of this run, by address and by id
  std::size_t requests_ = 0; ///< for the page
  std::size_t bytes_ = 0;    ///< on the page
  std::size_t remarks_ = 0;
};

} // namespace

std::unique_ptr<Harvester> start(Source const& source, Means means, std::string_view checkpoint,
                                 What what) {
  return std::make_unique<StaticHarvester>(source, means.fetcher, checkpoint, what);
}

} // namespace terracat::kinds::stac_static
