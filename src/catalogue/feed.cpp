#include "catalogue/feed.hpp"

#include "catalogue/identity.hpp"
#include "store/walked.hpp"

#include <algorithm>
#include <set>

namespace terracat::catalogue {
namespace {

/// Changes that are looked at for one page, most of which may be of what is not asked for.
constexpr std::size_t most_looked_at = 20'000;
constexpr std::size_t read_at_once = 1'000;

class FeedReader {
 public:
  FeedReader(View& view, FeedRequest const& request) : view_(view), request_(request) {}

  std::optional<FeedPage> read() {
    auto const known = std::max(request_.since, request_.began);
    if (!view_.reader().changes(known, 1)) return std::nullopt;
    page_.next = request_.since;
    for (std::size_t looked_at = 0; looked_at < most_looked_at && taken_ < request_.most;) {
      auto changes = view_.reader().changes(store::walked(page_.next), read_at_once);
      bool const is_last = changes->size() < read_at_once;
      looked_at += changes->size();
      for (auto& change : *changes) {
        if (taken_ == request_.most) return std::move(page_);
        page_.next = change.sequence;
        take(std::move(change));
      }
      page_.at_end = is_last;
      if (is_last) break;
    }
    return std::move(page_);
  }

 private:
  void take(store::Change&& change) {
    bool const is_item = change.subject == store::Subject::item;
    if (is_item && !request_.items) return;
    FeedEntry entry{.change = std::move(change), .record = {}, .item = {}, .collection = {}};
    if (is_item ? find_item(entry) : find_record(entry)) {
      page_.entries.push_back(std::move(entry));
      ++taken_;
    }
  }

  [[nodiscard]] bool find_record(FeedEntry& entry) {
    if (entry.change.operation == store::Operation::remove) {
      auto const* const sources = view_.scope().sources();
      entry.has_moved = view_.reader().record(entry.change.collection).has_value();
      return sources == nullptr ||
             std::ranges::find(*sources, entry.change.source) != sources->end();
    }
    entry.record = view_.record(entry.change.id);
    if (!entry.record) return false;
    entry.yielded_to = heir_of(entry.record->row);
    return true;
  }

  /// Who has the id that a record wanted, if it was there first.
  [[nodiscard]] std::optional<RecordNumber> heir_of(store::RecordRow const& row) {
    auto const wanted = wanted_id(row.id, row.source);
    auto const heir = wanted.empty() ? std::nullopt : view_.reader().record_by_id(wanted);
    return heir && *heir > row.number ? heir : std::nullopt;
  }

  [[nodiscard]] bool find_item(FeedEntry& entry) {
    auto const& change = entry.change;
    entry.collection = view_.shown_id(change.collection);
    if (entry.collection.empty()) return false;
    if (change.operation == store::Operation::remove) return true;
    auto const row = view_.reader().item(change.collection, change.id);
    if (!row) return false;
    entry.item = row->number;
    tell_ahead(entry);
    return true;
  }

  /// An item is of no use to who does not know its collection.
  void tell_ahead(FeedEntry const& item) {
    if (!known_.insert(item.change.collection).second) return;
    auto record = view_.record(item.collection);
    if (!record || record->row.sequence <= item.change.sequence) return;
    store::Change change{.sequence = item.change.sequence - 1,
                         .operation = store::Operation::put,
                         .subject = store::Subject::record,
                         .id = item.collection,
                         .collection = item.change.collection,
                         .at = item.change.at,
                         .title = {},
                         .source = {}};
    page_.entries.push_back({.change = std::move(change),
                             .record = std::move(record),
                             .item = {},
                             .collection = {},
                             .is_ahead = true});
  }

  View& view_;
  FeedRequest const& request_;
  FeedPage page_;
  std::size_t taken_ = 0;
  std::set<RecordNumber> known_; ///< collections of items on this page
};

} // namespace

std::optional<FeedPage> read_feed(View& view, FeedRequest const& request) {
  return FeedReader(view, request).read();
}

InScope count_in_scope(View& view) {
  auto const* const sources = view.scope().sources();
  InScope out;
  store::RecordSearch search{.limit = 1};
  if (sources != nullptr) search.sources = *sources;
  // A scope of no sources shows nothing; to a search none means all.
  bool const is_empty = sources != nullptr && sources->empty();
  out.records = is_empty ? 0 : view.reader().records(search).matched;
  for (auto const& collection : view.every_collection()) {
    out.items += static_cast<std::size_t>(collection.entry->derived.items);
  }
  return out;
}

} // namespace terracat::catalogue
