#pragma once

#include "index/search.hpp"
#include "store/memory/memory_store.hpp"
#include "support/catch.hpp"
#include "support/stores.hpp"

#include <terracat/query.hpp>

/// What tests of the index share: a store in memory with its index, and conditions in short.
namespace terracat::index_test {

using namespace query;
using Ids = std::vector<std::string>;

inline model::Instant day(std::int64_t number) {
  return model::Instant(number * 86'400'000);
}

inline model::Geometry box(double west, double south, double east, double north) {
  return model::Geometry::box(model::Bbox::make(west, south, east, north).value());
}

/// Below the diagonal from (0, 4) to (4, 0).
inline model::Geometry triangle() {
  model::RawGeometry raw;
  raw.type = model::GeometryType::polygon;
  raw.parts = {model::Part{model::Path{{0, 0}, {4, 0}, {0, 4}, {0, 0}}}};
  return model::Geometry::restored(model::to_wkb(raw), model::Bbox::restored(0, 0, 4, 4), false);
}

/// A line across it.
inline model::Geometry slope() {
  model::RawGeometry raw;
  raw.type = model::GeometryType::line_string;
  raw.parts = {model::Part{model::Path{{0.5, 0.5}, {1, 1.5}}}};
  return model::Geometry::restored(model::to_wkb(raw), model::Bbox::restored(0.5, 0.5, 1, 1.5),
                                   false);
}

inline Expression during(std::int64_t first, std::int64_t last) {
  return {PeriodMeets{
      model::Interval::make(model::Bound::at(day(first)), model::Bound::at(day(last))).value()}};
}

/// A store in memory and the index of its items, in segments of two rows.
class Bench {
 public:
  Bench() {
    writer_->begin();
    collection_ = writer_->put(test::record_write("c"));
    other_ = writer_->put(test::record_write("d"));
    writer_->commit();
  }

  ItemNumber put(test::ItemSketch const& sketch) { return put_into(collection_, sketch); }

  ItemNumber put_into(RecordNumber collection, test::ItemSketch const& sketch,
                      std::optional<ItemNumber> number = {}) {
    auto write = test::item_write(collection, sketch);
    write.number = number;
    return change([&](index::Changes& changes) {
      auto const given = writer_->put(write);
      changes.items.insert(given);
      return given;
    });
  }

  /// In one transaction, into one segment.
  void put_all(std::vector<test::ItemSketch> const& sketches) {
    layout_.segment_rows = 10'000;
    version_ = std::make_shared<index::Version const>(index::Rows(*layout_.properties), layout_);
    change([&](index::Changes& changes) {
      for (auto const& sketch : sketches) {
        changes.items.insert(writer_->put(test::item_write(collection_, sketch)));
      }
      return ItemNumber{};
    });
  }

  void remove(ItemNumber number) {
    change([&](index::Changes& changes) {
      writer_->remove(number, "");
      changes.items.insert(number);
      return number;
    });
  }

  void remove(RecordNumber collection) {
    change([&](index::Changes& changes) {
      writer_->remove(collection);
      changes.removed_collections.insert(collection);
      return ItemNumber{};
    });
  }

  std::optional<store::ItemPage> page_within(index::Effort effort, ItemSearch const& search) {
    reader_->begin();
    auto const plan = index::plan_of(search, *version_);
    REQUIRE(plan);
    return index::search(*version_, *plan, *reader_, effort);
  }

  /// What a search looks at.
  index::Work work_of(Expression where) {
    ItemSearch const search{.where = std::move(where), .limit = 100};
    reader_->begin();
    index::Work out;
    auto const plan = index::plan_of(search, *version_);
    REQUIRE(plan);
    REQUIRE(index::search(*version_, *plan, *reader_, {}, &out));
    return out;
  }

  store::ItemPage page(ItemSearch const& search) { return page_within({}, search).value(); }

  Ids search(Expression where) {
    ItemSearch const search{.where = std::move(where), .limit = 100};
    auto const found = page(search);
    CHECK(found.matched == found.rows.size());
    return ids(found);
  }

  Ids ids(store::ItemPage const& page) { return test::ids_of(*reader_, page); }

  [[nodiscard]] RecordNumber collection() const { return collection_; }

  [[nodiscard]] RecordNumber other() const { return other_; }

  [[nodiscard]] index::Version const& version() const { return *version_; }

 private:
  template<class Change>
  ItemNumber change(Change const& make) {
    index::Changes changes;
    writer_->begin();
    auto const number = make(changes);
    version_ =
        version_->after(index::read(std::move(changes), *layout_.properties, writer_->reader()));
    writer_->commit();
    return number;
  }

  std::unique_ptr<store::Store> store_ = store::make_memory_store();
  std::unique_ptr<store::Writer> writer_ = store_->writer();
  std::unique_ptr<store::Reader> reader_ = store_->reader();
  RecordNumber collection_{};
  RecordNumber other_{};
  index::Layout layout_{
      .segment_rows = 2,
      .properties = std::make_shared<index::Properties const>(index::Properties::usual({}))};
  std::shared_ptr<index::Version const> version_ =
      std::make_shared<index::Version const>(index::Rows(*layout_.properties), layout_);
};

} // namespace terracat::index_test
