#pragma once

#include "support/catch.hpp"
#include "support/stores.hpp"

/// What the contract of stores is written with.
namespace terracat::test {

using namespace terracat::query; // NOLINT: conditions are most of what these tests say

/// A store with one collection, written through `put` and read through `search`.
class Bench {
 public:
  explicit Bench(StoreUnderTest const& under_test)
      : store_(under_test.make()), writer_(store_->writer()), reader_(store_->reader()) {
    writer_->begin();
    collection_ = writer_->put(record_write("c"));
    writer_->commit();
  }

  [[nodiscard]] RecordNumber collection() const { return collection_; }

  [[nodiscard]] store::Store& store() { return *store_; }

  [[nodiscard]] store::Writer& writer() { return *writer_; }

  [[nodiscard]] store::Reader& reader() {
    reader_->begin();
    return *reader_;
  }

  ItemNumber put(ItemSketch const& sketch) { return put_into(collection_, sketch); }

  ItemNumber put_into(RecordNumber collection, ItemSketch const& sketch) {
    writer_->begin();
    auto const number = writer_->put(item_write(collection, sketch));
    writer_->commit();
    return number;
  }

  void replace(ItemNumber number, ItemSketch const& sketch) {
    auto write = item_write(collection_, sketch);
    write.number = number;
    writer_->begin();
    writer_->put(write);
    writer_->commit();
  }

  store::ItemPage page(ItemSearch const& search) { return reader().items(search); }

  /// The ids of all items that match, in order.
  std::vector<std::string> search(Expression where, std::vector<SortKey> sort = latest_first()) {
    return ids(page({.where = std::move(where), .sort = std::move(sort), .limit = 1000}));
  }

  std::vector<std::string> ids(store::ItemPage const& page) { return test::ids_of(reader(), page); }

 private:
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<store::Writer> writer_;
  std::unique_ptr<store::Reader> reader_;
  RecordNumber collection_{};
};

using Ids = std::vector<std::string>;

inline model::Instant day(std::int64_t number) {
  return model::Instant(number * 86'400'000);
}

inline model::Geometry box(double west, double south, double east, double north) {
  return model::Geometry::box(model::Bbox::restored(west, south, east, north));
}

inline model::Geometry triangle() { // below the diagonal from (0, 4) to (4, 0)
  model::RawGeometry raw;
  raw.type = model::GeometryType::polygon;
  raw.parts = {model::Part{model::Path{{0, 0}, {4, 0}, {0, 4}, {0, 0}}}};
  return model::Geometry::restored(model::to_wkb(raw), model::Bbox::restored(0, 0, 4, 4), false);
}

inline Property own(std::string name, Type type) {
  return {.name = std::move(name), .type = type};
}

inline Property const time_of_item{.place = Property::Place::time, .type = Type::time};
inline Property const id_of_item{.place = Property::Place::id, .type = Type::text};

inline Expression compare(Property property, Comparison comparison, Scalar value) {
  return {Compare{std::move(property), comparison, std::move(value)}};
}

inline Expression during(std::int64_t first, std::int64_t last) {
  return {PeriodMeets{
      model::Interval::make(model::Bound::at(day(first)), model::Bound::at(day(last))).value()}};
}

inline Expression everything() {
  return {Always{}};
}

inline Expression negation(Expression of) {
  return {Not{{std::move(of)}}};
}

} // namespace terracat::test

/// Runs the rest of a test case over all stores.
#define FOR_EACH_STORE(bench)                                                                      \
  auto const under_test = GENERATE(from_range(terracat::test::stores()));                          \
  INFO("store: " << under_test.name);                                                              \
  terracat::test::Bench bench(under_test)
