#include "store/memory/memory_reader.hpp"

#include "query/order.hpp"
#include "store/turns.hpp"

#include <algorithm>
#include <span>

namespace terracat::store {
namespace {

class StoredFacts : public query::Facts {
 public:
  explicit StoredFacts(StoredItem const& stored) : stored_(stored) {}

  RecordNumber collection() const override { return stored_.row.collection; }

  std::string_view id() const override { return stored_.row.id; }

  std::string_view native_id() const override { return stored_.row.native_id; }

  std::optional<model::Instant> time() const override { return stored_.item.time(); }

  std::optional<model::Instant> start() const override { return stored_.item->start; }

  std::optional<model::Instant> end() const override { return stored_.item->end; }

  std::optional<model::Interval> period() const override { return stored_.item.period(); }

  model::Geometry const* footprint() const override {
    return stored_.item->footprint ? &*stored_.item->footprint : nullptr;
  }

  std::optional<model::HeightRange> heights() const override { return stored_.item->heights; }

  std::string words() const override { return properties().words(); }

  std::optional<query::Value> own(std::string_view name, query::Type type) const override {
    return properties().value(name, type);
  }

 private:
  query::BodyProperties const& properties() const {
    if (!parsed_) {
      parsed_.emplace();
      parsed_->parse(stored_.item->body);
    }
    return *parsed_;
  }

  StoredItem const& stored_;
  mutable std::optional<query::BodyProperties> parsed_; ///< when a property is asked for
};

bool matches(StoredRecord const& record, RecordSearch const& search) {
  auto const is_any_of = [](std::vector<std::string> const& wanted, std::string const& value) {
    return wanted.empty() || std::ranges::find(wanted, value) != wanted.end();
  };
  if (!is_any_of(search.types, record.row.type)) return false;
  if (!is_any_of(search.sources, record.row.source)) return false;
  if (search.period && (!record.period || !record.period->intersects(*search.period))) return false;
  if (!search.intersects) return true;
  return record.footprint && geometry::Prepared(*search.intersects).intersects(*record.footprint);
}

/// By title, then newest first.
bool precedes(StoredRecord const& a, StoredRecord const& b) {
  if (a.title_key != b.title_key) return a.title_key < b.title_key;
  return a.row.number > b.row.number;
}

ItemPlace place_of(StoredItem const& stored, std::span<query::Property const> wanted) {
  auto const& item = stored.item;
  ItemPlace place{.number = stored.row.number,
                  .collection = stored.row.collection,
                  .time = item.time(),
                  .period = item.period()};
  if (item->footprint) {
    place.bbox = item->footprint->bbox();
    place.is_box = item->footprint->is_box();
    place.is_connected = item->footprint->type() <= model::GeometryType::polygon;
    if (!place.is_box) {
      place.outline = model::outline_from_wkb(item->footprint->wkb(), ItemPlace::most_corners);
    }
  }
  if (!wanted.empty()) {
    query::BodyProperties properties;
    properties.parse(item->body);
    place.values = properties.values(wanted);
  }
  return place;
}

} // namespace

MemoryState const& MemoryReader::state() const {
  if (!state_) throw std::logic_error("a reader reads between begin and end");
  return *state_;
}

void MemoryReader::check_deadline() const {
  if (std::chrono::steady_clock::now() > deadline_) throw DeadlinePassed();
}

Revision MemoryReader::begin() {
  state_ = newest_();
  return state_->revision;
}

std::optional<RecordRow> MemoryReader::record(RecordNumber number) {
  auto const found = find_in(state().records, number);
  return found ? std::optional((*found)->row) : std::nullopt;
}

std::optional<RecordTexts> MemoryReader::record_texts(RecordNumber number) {
  auto const found = find_in(state().records, number);
  return found ? std::optional((*found)->texts) : std::nullopt;
}

std::optional<std::string> MemoryReader::record_text(RecordNumber number,
                                                     std::string RecordTexts::*which) {
  auto const found = find_in(state().records, number);
  return found ? std::optional((*found)->texts.*which) : std::nullopt;
}

RecordPage MemoryReader::records(RecordSearch const& search) {
  check_place(*this, search);
  std::vector<StoredRecord const*> found;
  for (auto const& [number, record] : state().records) {
    check_deadline();
    if (matches(*record, search)) found.push_back(record.get());
  }
  std::ranges::sort(found, [](auto const* a, auto const* b) { return precedes(*a, *b); });
  RecordPage page{.rows = {}, .matched = found.size()};
  if (search.after) {
    auto const& last = *state().records.at(*search.after);
    std::erase_if(found, [&](auto const* record) { return !precedes(last, *record); });
  }
  for (auto const* record : found) {
    if (page.rows.size() == search.limit) break;
    page.rows.push_back(record->row);
  }
  page.has_more = found.size() > page.rows.size();
  return page;
}

std::optional<RecordNumber> MemoryReader::record_by_id(std::string_view id) {
  for (auto const& [number, record] : state().records) {
    if (record->row.id == id) return number;
  }
  return std::nullopt;
}

std::optional<RecordNumber> MemoryReader::record_by_native(std::string_view source,
                                                           std::string_view native_id) {
  for (auto const& [number, record] : state().records) {
    if (record->row.source == source && record->row.native_id == native_id) return number;
  }
  return std::nullopt;
}

std::vector<RecordNumber> MemoryReader::records_by_identifier(std::string_view id) {
  std::vector<RecordNumber> numbers;
  for (auto const& [known, number] : state().identifiers) {
    if (known == id) numbers.push_back(number);
  }
  return numbers;
}

std::vector<std::string> MemoryReader::keys(RecordNumber record) {
  auto const keys = find_in(state().keys, record).value_or(std::set<std::string>());
  return {keys.begin(), keys.end()};
}

std::vector<RecordNumber> MemoryReader::records_with_key(std::string_view key, std::size_t limit) {
  std::vector<RecordNumber> out;
  for (auto const& [record, keys] : state().keys) {
    if (out.size() < limit && keys.contains(std::string(key))) out.push_back(record);
  }
  return out;
}

std::vector<SharedKey> MemoryReader::shared_keys(std::size_t most) {
  std::map<std::string, std::vector<RecordNumber>> all;
  for (auto const& [record, keys] : state().keys) {
    for (auto const& key : keys) all[key].push_back(record);
  }
  std::vector<SharedKey> out;
  for (auto& [key, records] : all) {
    if (records.size() > 1 && records.size() <= most) out.push_back({key, std::move(records)});
  }
  return out;
}

std::optional<std::string> MemoryReader::derived(RecordNumber number) {
  return find_in(state().derived, number);
}

std::optional<ItemRow> MemoryReader::item(RecordNumber collection, std::string_view id) {
  auto const numbers = find_in(state().items_of, collection);
  std::optional<ItemRow> by_native;
  for (auto const number : numbers.value_or(std::set<ItemNumber>())) {
    auto const& row = state().items.at(number)->row;
    if (row.id == id) return row;
    if (row.native_id == id) by_native = row;
  }
  return by_native;
}

std::optional<ItemRow> MemoryReader::item_by_native(RecordNumber collection,
                                                    std::string_view native_id) {
  auto const numbers = find_in(state().items_of, collection);
  for (auto const number : numbers.value_or(std::set<ItemNumber>())) {
    auto const& row = state().items.at(number)->row;
    if (row.native_id == native_id) return row;
  }
  return std::nullopt;
}

std::optional<ItemRow> MemoryReader::item(ItemNumber number) {
  auto const found = find_in(state().items, number);
  return found ? std::optional((*found)->row) : std::nullopt;
}

std::vector<std::string> MemoryReader::differences(RecordNumber number, RecordWrite const& write) {
  auto const& record = *state().records.at(number);
  std::vector<std::string> out;
  if (record.row.type != write.type) out.emplace_back("type");
  if (record.row.title != write.title) out.emplace_back("title");
  if (record.period != write.period) out.emplace_back("period");
  if (record.footprint != write.footprint) out.emplace_back("footprint");
  // Those that other rules made, and those that are missing, are made anew (Catalogue).
  if (record.words.version == write.words.version && record.words != write.words) {
    out.emplace_back("words");
  }
  return out;
}

std::vector<std::string> MemoryReader::differences(ItemNumber number, ItemWrite const& write) {
  auto const& item = state().items.at(number)->item;
  std::vector<std::string> out;
  if (item->datetime != write.item->datetime || item->start != write.item->start ||
      item->end != write.item->end) {
    out.emplace_back("time");
  }
  if (item->footprint != write.item->footprint) out.emplace_back("footprint");
  if (item->heights != write.item->heights) out.emplace_back("heights");
  return out;
}

ItemPage MemoryReader::items(query::ItemSearch const& search) {
  struct Found {
    query::Anchor anchor;
    StoredItem const* item;
  };

  query::Evaluator const evaluate(search.where);
  std::vector<Found> found;
  for (auto const& [number, stored] : state().items) {
    check_deadline();
    StoredFacts const facts(*stored);
    if (evaluate(facts) != query::Truth::yes) continue;
    query::Anchor anchor{.values = {}, .number = number};
    for (auto const& key : search.sort) {
      anchor.values.push_back(query::sort_value(key.property, facts, collation_));
    }
    found.push_back({std::move(anchor), stored.get()});
  }
  auto const in_order = [&](Found const& a, Found const& b) {
    return query::precedes(a.anchor, b.anchor, search.sort);
  };
  std::ranges::sort(found, in_order);
  ItemPage page;
  if (search.count) page.matched = found.size();
  if (search.after) {
    std::erase_if(found, [&](Found const& one) {
      return !query::precedes(*search.after, one.anchor, search.sort);
    });
  }
  if (search.before) {
    std::erase_if(found, [&](Found const& one) {
      return !query::precedes(one.anchor, *search.before, search.sort);
    });
  }
  auto const all = std::span<Found const>(found);
  auto const size = std::min(search.limit, all.size());
  auto const shown = search.before ? all.last(size) : all.first(size);
  for (auto const& one : shown) {
    page.rows.push_back({.number = one.item->row.number, .collection = one.item->row.collection});
  }
  turn(page, search, shown.empty() ? nullptr : &shown.front().anchor,
       shown.empty() ? nullptr : &shown.back().anchor, size < all.size());
  return page;
}

class MemoryReader::Test : public ItemTest {
 public:
  Test(MemoryReader const& reader, query::Expression const& condition)
      : reader_(reader), evaluate_(condition) {}

  bool holds(ItemNumber number) override {
    reader_.check_deadline();
    auto const found = find_in(reader_.state().items, number);
    return found && evaluate_(StoredFacts(**found)) == query::Truth::yes;
  }

 private:
  MemoryReader const& reader_;
  query::Evaluator evaluate_;
};

std::unique_ptr<ItemTest> MemoryReader::item_test(query::Expression const& condition) {
  return std::make_unique<Test>(*this, condition);
}

void MemoryReader::body(ItemNumber number, std::string& out) {
  out += state().items.at(number)->item->body;
}

void MemoryReader::shown(ItemNumber number, ShownItem& out) {
  auto const& stored = *state().items.at(number);
  out.id = stored.row.id;
  out.has_local_assets = stored.row.has_local_assets;
  out.body = stored.item->body;
}

std::optional<std::vector<Change>> MemoryReader::changes(Sequence since, std::size_t limit) {
  // Nobody misses anything at the beginning, nor as store::walked() says it.
  if (since > 0 && since < state().horizon) return std::nullopt;
  std::vector<Change> out;
  for (auto at = state().changes.upper_bound(std::abs(since)); at != state().changes.end(); ++at) {
    if (out.size() == limit) break;
    out.push_back(at->second);
  }
  return out;
}

std::optional<Change> MemoryReader::removal(Subject subject, RecordNumber owner,
                                            std::string_view id) const {
  auto const sequence = find_in(state().change_of, std::tuple(subject, owner, std::string(id)));
  auto const change = sequence ? find_in(state().changes, *sequence) : std::nullopt;
  return change && change->operation == Operation::remove ? change : std::nullopt;
}

std::optional<Change> MemoryReader::removed_record(std::string_view id) {
  return removal(Subject::record, RecordNumber{}, id);
}

std::optional<Change> MemoryReader::removed_item(RecordNumber collection, std::string_view id) {
  return removal(Subject::item, collection, id);
}

Sequence MemoryReader::last_item_change(RecordNumber collection) {
  return find_in(state().last_item_changes, collection).value_or(0);
}

std::size_t MemoryReader::count_items(RecordNumber collection) {
  auto const found = state().items_of.find(collection);
  return found == state().items_of.end() ? 0 : found->second.size();
}

std::vector<ItemNumber> MemoryReader::item_numbers(RecordNumber collection) {
  auto const numbers = find_in(state().items_of, collection).value_or(std::set<ItemNumber>());
  return {numbers.begin(), numbers.end()};
}

std::vector<ItemExtent> MemoryReader::item_extents(RecordNumber collection, ItemNumber after,
                                                   std::size_t limit) {
  std::vector<ItemExtent> out;
  auto const numbers = find_in(state().items_of, collection).value_or(std::set<ItemNumber>());
  for (auto at = numbers.upper_bound(after); at != numbers.end() && out.size() < limit; ++at) {
    auto const& item = state().items.at(*at)->item;
    ItemExtent extent{.number = *at, .bbox = {}, .period = item.period()};
    if (item->footprint) extent.bbox = item->footprint->bbox();
    out.push_back(extent);
  }
  return out;
}

std::vector<ItemPlace> MemoryReader::item_places(ItemNumber after, std::size_t limit,
                                                 std::span<query::Property const> wanted) {
  check_deadline();
  std::vector<ItemPlace> out;
  auto const& items = state().items;
  for (auto at = items.upper_bound(after); at != items.end() && out.size() < limit; ++at) {
    out.push_back(place_of(*at->second, wanted));
  }
  return out;
}

void MemoryReader::visit_places(query::Expression const& where,
                                std::span<query::Property const> wanted,
                                PlaceVisitor const& visit) {
  query::Evaluator const evaluate(where);
  for (auto const& [number, stored] : state().items) {
    check_deadline();
    if (evaluate(StoredFacts(*stored)) == query::Truth::yes) visit(place_of(*stored, wanted));
  }
}

bool MemoryReader::segment(SegmentNumber number, BytesVisitor const& visit) {
  auto const found = find_in(state().segments, number);
  if (found) visit(**found);
  return found.has_value();
}

std::optional<model::Geometry> MemoryReader::footprint(ItemNumber number) {
  check_deadline();
  auto const found = find_in(state().items, number);
  return found ? (*found)->item->footprint : std::nullopt;
}

std::optional<Document> MemoryReader::document(std::string_view source,
                                               std::string_view native_id) {
  auto const found =
      find_in(state().documents, std::pair(std::string(source), std::string(native_id)));
  return found ? std::optional(**found) : std::nullopt;
}

std::optional<std::uint64_t> MemoryReader::document_hash(std::string_view source,
                                                         std::string_view native_id) {
  auto const found = document(source, native_id);
  return found ? std::optional(found->hash) : std::nullopt;
}

std::vector<std::string> MemoryReader::document_ids(std::string_view source) {
  std::vector<std::string> ids;
  for (auto const& [key, document] : state().documents) {
    if (key.first == source) ids.push_back(key.second);
  }
  return ids;
}

} // namespace terracat::store
