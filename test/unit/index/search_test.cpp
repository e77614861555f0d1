#include "index/search.hpp"
#include "store/memory/memory_store.hpp"
#include "support/catch.hpp"
#include "support/stores.hpp"

#include <terracat/json.hpp>

#include <cmath>

using namespace terracat;
using namespace terracat::query;

namespace {

using Ids = std::vector<std::string>;

model::Instant day(std::int64_t number) {
  return model::Instant(number * 86'400'000);
}

model::Geometry box(double west, double south, double east, double north) {
  return model::Geometry::box(model::Bbox::make(west, south, east, north).value());
}

/// Below the diagonal from (0, 4) to (4, 0).
model::Geometry triangle() {
  model::RawGeometry raw;
  raw.type = model::GeometryType::polygon;
  raw.parts = {model::Part{model::Path{{0, 0}, {4, 0}, {0, 4}, {0, 0}}}};
  return model::Geometry::restored(model::to_wkb(raw), model::Bbox::restored(0, 0, 4, 4), false);
}

Expression during(std::int64_t first, std::int64_t last) {
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

  store::ItemPage page(ItemSearch const& search) { return page_within({}, search).value(); }

  Ids search(Expression where) {
    ItemSearch const search{.where = std::move(where), .limit = 100};
    auto const found = page(search);
    CHECK(found.matched == found.rows.size());
    return ids(found);
  }

  static Ids ids(store::ItemPage const& page) {
    Ids out;
    for (auto const& row : page.rows) out.push_back(row.id);
    return out;
  }

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

} // namespace

TEST_CASE("items come latest first, of one time newest first, without time last") {
  Bench bench;
  CHECK(bench.search({Always{}}).empty());
  bench.put({.id = "timeless"});
  bench.put({.id = "second", .datetime = day(2)});
  bench.put({.id = "first", .datetime = day(1)});
  bench.put({.id = "third", .datetime = day(3)});
  bench.put({.id = "second again", .datetime = day(2)});
  CHECK(bench.search({Always{}}) == Ids{"third", "second again", "second", "first", "timeless"});
  CHECK(bench.version().items() == 5);
}

TEST_CASE("a page ends in the place where the next one begins") {
  Bench bench;
  for (auto const* id : {"a", "b", "c"}) bench.put({.id = id, .datetime = day(1)});
  bench.put({.id = "timeless"});
  ItemSearch search{.where = {Always{}}, .limit = 2};
  auto const first = bench.page(search);
  CHECK(Bench::ids(first) == Ids{"c", "b"});
  CHECK(first.matched == 4);
  REQUIRE(first.next == Anchor{.values = {day(1).milliseconds()}, .number = ItemNumber{2}});

  search.after = first.next;
  search.limit = 1;
  auto const second = bench.page(search);
  CHECK(Bench::ids(second) == Ids{"a"});
  CHECK(second.matched == 4);

  search.after = second.next;
  search.count = false;
  auto const last = bench.page(search);
  CHECK(Bench::ids(last) == Ids{"timeless"});
  CHECK_FALSE(last.matched);
  CHECK_FALSE(last.next);

  search.after = Anchor{.values = {std::monostate()}, .number = ItemNumber{4}};
  CHECK(bench.page(search).rows.empty());
}

TEST_CASE("a page of nothing counts") {
  Bench bench;
  bench.put({.id = "a", .datetime = day(1)});
  auto const page = bench.page({.where = {Always{}}, .limit = 0});
  CHECK(page.rows.empty());
  CHECK(page.matched == 1);
  CHECK_FALSE(page.next);
}

TEST_CASE("periods meet an interval, edges included") {
  Bench bench;
  bench.put({.id = "timeless"});
  bench.put({.id = "moment", .datetime = day(5)});
  bench.put({.id = "span", .datetime = day(9), .start = day(3), .end = day(10)});
  bench.put({.id = "begun", .start = day(4)}); // without end it is the moment of its start
  CHECK(bench.search(during(5, 5)) == Ids{"span", "moment"});
  CHECK(bench.search(during(10, 12)) == Ids{"span"});
  CHECK(bench.search(during(11, 12)).empty());
  CHECK(bench.search(during(1, 4)) == Ids{"span", "begun"});
  auto const open = model::Interval::make(model::Bound::open(), model::Bound::open()).value();
  CHECK(bench.search({PeriodMeets{open}}) == Ids{"span", "moment", "begun"});
}

TEST_CASE("boxes are told apart within one cell of the grid") {
  Bench bench;
  bench.put({.id = "box", .footprint = box(10, 10, 20, 20)});
  bench.put({.id = "nowhere"});
  CHECK(bench.search({Intersects{box(20, 20, 30, 30)}}) == Ids{"box"}); // they touch
  CHECK(bench.search({Intersects{box(20.0001, 20, 30, 30)}}).empty());
  CHECK(bench.search({Intersects{box(0, 0, 10, 10)}}) == Ids{"box"});
  CHECK(bench.search({Intersects{box(0, 0, 9.9999, 10)}}).empty());
  CHECK(bench.search({Intersects{box(15, 15, 15, 15)}}) == Ids{"box"});
  CHECK(bench.search({Intersects{model::Geometry::box(model::Bbox::world())}}) == Ids{"box"});
}

TEST_CASE("the footprint counts, not its box") {
  Bench bench;
  bench.put({.id = "triangle", .footprint = triangle()});
  CHECK(bench.search({Intersects{box(3, 3, 4, 4)}}).empty());
  CHECK(bench.search({Intersects{box(2, 2, 4, 4)}}) == Ids{"triangle"}); // they touch
  CHECK(bench.search({Intersects{box(-1, -1, 5, 5)}}) == Ids{"triangle"});
  bench.put({.id = "box", .footprint = box(3, 3, 4, 4)});
  CHECK(bench.search({Intersects{triangle()}}) == Ids{"triangle"});
}

TEST_CASE("an item across the antimeridian is found on both sides, and once") {
  Bench bench;
  bench.put({.id = "plain", .footprint = box(0, 0, 10, 10)});
  bench.put({.id = "crossing", .footprint = box(170, 0, -170, 10)});
  CHECK(bench.search({Intersects{box(175, 0, 178, 5)}}) == Ids{"crossing"});
  CHECK(bench.search({Intersects{box(-178, 0, -175, 5)}}) == Ids{"crossing"});
  CHECK(bench.search({Intersects{box(160, 0, -160, 5)}}) == Ids{"crossing"});
  CHECK(bench.search({Intersects{box(-160, 0, 160, 5)}}) == Ids{"plain"});
  CHECK(bench.search({Intersects{model::Geometry::box(model::Bbox::world())}}) ==
        Ids{"crossing", "plain"});
  CHECK(bench.search({Always{}}) == Ids{"crossing", "plain"});
  CHECK(bench.version().items() == 2);
}

TEST_CASE("collections limit a search together") {
  Bench bench;
  bench.put_into(bench.collection(), {.id = "a"});
  bench.put_into(bench.other(), {.id = "b"});
  Expression const in_c{InCollections{{bench.collection()}}};
  Expression const in_both{InCollections{{bench.other(), bench.collection()}}};
  CHECK(bench.search(in_c) == Ids{"a"});
  CHECK(bench.search(in_both) == Ids{"b", "a"});
  CHECK(bench.search({And{{in_c, in_both}}}) == Ids{"a"});
  CHECK(bench.search({InCollections{}}).empty());
}

TEST_CASE("what is replaced is found as it is now, what is removed is not found") {
  Bench bench;
  auto const a = bench.put({.id = "a", .footprint = box(0, 0, 1, 1), .datetime = day(1)});
  auto const b = bench.put({.id = "b", .footprint = box(170, 0, -170, 1), .datetime = day(2)});
  bench.put({.id = "c", .footprint = box(0, 0, 1, 1), .datetime = day(3)});
  bench.put_into(bench.collection(), {.id = "a", .footprint = box(5, 5, 6, 6), .datetime = day(9)},
                 a);
  CHECK(bench.search({Always{}}) == Ids{"a", "c", "b"});
  CHECK(bench.search({Intersects{box(0, 0, 1, 1)}}) == Ids{"c"});
  bench.remove(b);
  CHECK(bench.search({Always{}}) == Ids{"a", "c"});
  CHECK(bench.version().items() == 2);
  bench.remove(bench.collection());
  CHECK(bench.search({Always{}}).empty());
  CHECK(bench.version().parts().empty());
}

TEST_CASE("a search is given up when it would look at more than it may") {
  Bench bench;
  for (int i = 0; i < 3; ++i) { // three segments
    bench.put({.id = std::string(1, static_cast<char>('a' + i)),
               .footprint = triangle(),
               .datetime = day(i)});
  }
  ItemSearch search{.where = {Always{}}, .limit = 2, .count = false};
  CHECK_FALSE(bench.page_within({.blocks = 2}, search)); // a third one says that there is more
  CHECK(Bench::ids(bench.page_within({.blocks = 3}, search).value()) == Ids{"c", "b"});
  search.limit = 1;
  CHECK(Bench::ids(bench.page_within({.blocks = 2}, search).value()) == Ids{"c"});
  search.count = true; // of all that match nothing has to be looked at to be counted
  CHECK(bench.page_within({.blocks = 2}, search).value().matched == 3);

  search = {.where = {Intersects{box(0.5, 0.5, 1, 9)}}, .limit = 9}; // no triangle within it
  CHECK_FALSE(bench.page_within({.footprints = 2}, search));
  CHECK(bench.page_within({.footprints = 3}, search).value().matched == 3);
  search.where = {Intersects{box(-1, -1, 9, 9)}}; // all of them: their boxes say so
  CHECK(bench.page_within({.footprints = 0}, search).value().matched == 3);
}

TEST_CASE("new rows stand in few segments") {
  Bench bench;
  for (int i = 0; i < 100; ++i) {
    bench.put({.id = "i" + std::to_string(i), .datetime = day(i)});
  }
  // Segments of two rows are full with one, so nothing is merged.
  CHECK(bench.version().parts().size() == 100);

  index::Properties const none;
  auto version = std::make_shared<index::Version const>(index::Rows(none),
                                                        index::Layout{.segment_rows = 1'000});
  for (int i = 1; i <= 300; ++i) {
    index::Row const row{.place = {.time = i, .number = ItemNumber{i}},
                         .collection = bench.collection(),
                         .first = i,
                         .last = i};
    index::Delta delta{.changes = {}, .rows = index::Rows(none)};
    delta.rows.rows.push_back(row);
    version = version->after(std::move(delta));
    CHECK(version->parts().size() <= 5);
  }
  CHECK(version->items() == 300);
}

TEST_CASE("numbers are compared exactly, and what is missing is unknown") {
  Bench bench;
  Property const cloud{.name = "eo:cloud_cover", .type = Type::number};
  auto const compare = [&](Comparison comparison, double value) {
    return Expression{Compare{cloud, comparison, value}};
  };
  auto const put = [&](std::string const& id, std::string const& cover) {
    bench.put({.id = id, .properties = cover.empty() ? "" : "\"eo:cloud_cover\":" + cover});
  };
  put("none", "");
  put("null", "null");
  put("text", R"("10")");
  put("tenth", "0.1"); // no float is this double
  put("ten", "10");
  put("more", "10.000000000000002"); // the next double
  put("zero", "-0.0");
  put("huge", "1e300");
  CHECK(bench.search(compare(Comparison::less, 10)) == Ids{"zero", "tenth"});
  CHECK(bench.search(compare(Comparison::less_equal, 10)) == Ids{"zero", "ten", "tenth"});
  CHECK(bench.search(compare(Comparison::equal, 10)) == Ids{"ten"});
  CHECK(bench.search(compare(Comparison::equal, 0)) == Ids{"zero"});
  CHECK(bench.search(compare(Comparison::equal, 0.1F)).empty());
  CHECK(bench.search(compare(Comparison::greater, 10)) == Ids{"huge", "more"});
  CHECK(bench.search(compare(Comparison::greater_equal, 10)) == Ids{"huge", "more", "ten"});
  CHECK(bench.search(compare(Comparison::not_equal, 10)) == Ids{"huge", "zero", "more", "tenth"});
  CHECK(bench.search({Not{{compare(Comparison::less, 10)}}}) == Ids{"huge", "more", "ten"});
  CHECK(bench.search({In{cloud, {10.0, 0.1, 3.0}}}) == Ids{"ten", "tenth"});
  CHECK(bench.search({Not{{{In{cloud, {10.0}}}}}}) == Ids{"huge", "zero", "more", "tenth"});
  CHECK(bench.search({In{cloud, {}}}).empty());
  CHECK(bench.search({Not{{{In{cloud, {}}}}}}) == Ids{"huge", "zero", "more", "ten", "tenth"});
  CHECK(bench.search({IsNull{cloud}}) == Ids{"text", "null", "none"});
  CHECK(bench.search({Not{{{IsNull{cloud}}}}}) == Ids{"huge", "zero", "more", "ten", "tenth"});
  Expression const none_or_little{Or{{{IsNull{cloud}}, compare(Comparison::less, 1)}}};
  CHECK(bench.search(none_or_little) == Ids{"zero", "tenth", "text", "null", "none"});
  CHECK(bench.search({Not{{none_or_little}}}) == Ids{"huge", "more", "ten"});
}

TEST_CASE("items are sorted by a number either way, what is missing last, ties newest first") {
  Bench bench;
  SortKey const by_cloud{.property = {.name = "eo:cloud_cover", .type = Type::number}};
  auto const put = [&](std::string const& id, std::string const& cover, std::int64_t time) {
    bench.put({.id = id,
               .properties = cover.empty() ? "" : "\"eo:cloud_cover\":" + cover,
               .footprint = box(0, 0, 1, 1),
               .datetime = day(time)});
  };
  put("none", "", 9);
  put("zero", "0", 1);
  put("below", "-0.5", 2);
  put("again", "-0.0", 3);
  put("more", "1e300", 4);
  put("less", "-1e300", 5);
  put("null", "null", 0);
  auto const pages = [&](SortKey key, std::size_t limit) {
    ItemSearch search{.where = {Intersects{box(0, 0, 2, 2)}}, .sort = {key}, .limit = limit};
    Ids out;
    for (;;) {
      auto const page = bench.page(search);
      CHECK(page.matched == 7);
      for (auto const& id : Bench::ids(page)) out.push_back(id);
      if (!page.next) return out;
      search.after = page.next;
      search.count = true;
    }
  };
  Ids const ascending{"less", "below", "again", "zero", "more", "null", "none"};
  Ids const descending{"more", "again", "zero", "below", "less", "null", "none"};
  for (std::size_t const limit : {1U, 2U, 3U, 7U}) {
    INFO("pages of " << limit);
    CHECK(pages(by_cloud, limit) == ascending);
    CHECK(pages({.property = by_cloud.property, .descending = true}, limit) == descending);
  }
  SortKey const by_time{.property = {.place = Property::Place::time, .type = Type::time}};
  CHECK(pages(by_time, 2) == Ids{"null", "zero", "below", "again", "more", "less", "none"});

  ItemSearch two{.where = {Always{}}, .sort = {by_cloud, by_time}, .limit = 9, .count = false};
  CHECK(Bench::ids(bench.page(two)) ==
        Ids{"less", "below", "zero", "again", "more", "null", "none"});
  two.sort = {by_cloud};
  two.limit = 1;
  auto const first = bench.page(two);
  CHECK_FALSE(first.matched);
  CHECK(first.next == Anchor{.values = {-1e300}, .number = first.rows.front().number});
  // Segments whose best row cannot be on the page are not looked at.
  CHECK(Bench::ids(bench.page_within({.blocks = 2}, two).value()) == Ids{"less"});
}

TEST_CASE("a column of more values than a byte has is searched and sorted alike") {
  Bench bench;
  std::vector<test::ItemSketch> sketches;
  for (int i = 0; i < 600; ++i) { // 0 to 59.9; every sixth has none
    auto const cover = std::to_string(i / 10) + "." + std::to_string(i % 10);
    auto const member = R"("eo:cloud_cover":)" + cover;
    sketches.push_back({.id = cover, .properties = i % 6 == 0 ? "" : member, .datetime = day(i)});
  }
  bench.put_all(sketches);
  Property const cloud{.name = "eo:cloud_cover", .type = Type::number};
  auto const count = [&](Expression const& where) {
    return bench.page({.where = where, .limit = 0}).matched;
  };
  CHECK(bench.version().parts().size() == 1);
  CHECK(count({Compare{cloud, Comparison::less, 30.0}}) == 250);
  CHECK(count({Not{{{Compare{cloud, Comparison::less, 30.0}}}}}) == 250);
  CHECK(count({Compare{cloud, Comparison::less_equal, 0.7}}) == 6); // 0.1 to 0.5 and 0.7
  CHECK(count({Compare{cloud, Comparison::not_equal, 0.7}}) == 499);
  CHECK(count({In{cloud, {0.5, 0.6, 59.9}}}) == 2); // 0.6 is a sixth
  CHECK(count({IsNull{cloud}}) == 100);
  ItemSearch search{.where = {Always{}},
                    .sort = {{.property = cloud, .descending = true}},
                    .limit = 3,
                    .count = false};
  auto const first = bench.page(search);
  CHECK(Bench::ids(first) == Ids{"59.9", "59.8", "59.7"});
  search.after = first.next;
  CHECK(Bench::ids(bench.page(search)) == Ids{"59.6", "59.5", "59.3"});
  search.after = Anchor{.values = {0.2}, .number = ItemNumber{3}};
  CHECK(Bench::ids(bench.page(search)) == Ids{"0.1", "59.4", "58.8"}); // without, newest first
}

TEST_CASE("many numbers are searched and sorted alike however they are kept") {
  Bench bench;

  struct Way {
    std::string name;
    double step;
    double power;
  };

  std::vector<Way> const ways{{"gsd", 1, 1},                          // 4 bytes each
                              {"view:sun_azimuth", 123'456'789, 1e9}, // 5 bytes
                              {"view:off_nadir", 1, 3},               // a list
                              {"eo:snow_cover", 1e300, 1e3}};         // likewise
  auto const value = [](Way const& way, int i) { return i * way.step / way.power; };
  std::vector<test::ItemSketch> sketches;
  for (int i = 0; i < 600; ++i) {
    json::Writer members;
    members.begin_object();
    for (auto const& way : ways) members.name(way.name).number(value(way, i * 7 % 601));
    auto const text = members.end_object().take();
    sketches.push_back({.id = std::to_string(i * 7 % 601),
                        .properties = i % 6 == 0 ? "" : text.substr(1, text.size() - 2),
                        .datetime = day(i)});
  }
  bench.put_all(sketches); // of 0, 7, 14 … all but each sixth: 601 is prime, so none twice
  for (auto const& way : ways) {
    INFO(way.name);
    Property const property{.name = way.name, .type = Type::number};
    auto const count = [&](Expression const& where) {
      return bench.page({.where = where, .limit = 0}).matched;
    };
    auto const compare = [&](Comparison comparison, double than) {
      return Expression{Compare{property, comparison, than}};
    };
    CHECK(count(compare(Comparison::equal, value(way, 7))) == 1);
    CHECK(count(compare(Comparison::not_equal, value(way, 7))) == 499);
    CHECK(count(compare(Comparison::equal, std::nextafter(value(way, 7), 0))) == 0);
    CHECK(count(compare(Comparison::greater_equal, value(way, 0))) == 500);
    CHECK(count(compare(Comparison::greater, value(way, 600))) == 0);
    CHECK(count({In{property, {value(way, 7), value(way, 14), -1.0}}}) == 2);
    CHECK(count({Not{{{In{property, {value(way, 7), value(way, 14), -1.0}}}}}}) == 498);
    CHECK(count({IsNull{property}}) == 100);
    CHECK(count({Not{{{IsNull{property}}}}}) == 500);
    for (bool const descending : {false, true}) {
      std::vector<int> found;
      ItemSearch search{.where = {Not{{{IsNull{property}}}}},
                        .sort = {{.property = property, .descending = descending}},
                        .limit = 70};
      do {
        auto const page = bench.page(search);
        for (auto const& id : Bench::ids(page)) found.push_back(std::stoi(id));
        search.after = page.next;
      } while (search.after);
      CHECK(found.size() == 500);
      if (descending) std::ranges::reverse(found);
      CHECK(std::ranges::is_sorted(found));
    }
  }
}

TEST_CASE("texts, times and flags are compared as well") {
  Bench bench;
  bench.put({.id = "a", .properties = R"("platform":"s2a","created":"2020-01-01T00:00:00Z")"});
  bench.put({.id = "b", .properties = R"("platform":"s2b","deprecated":true)", .datetime = day(3)});
  bench.put({.id = "c", .properties = R"("platform":"S2","deprecated":false)"});
  Property const platform{.name = "platform", .type = Type::text};
  Property const created{.name = "created", .type = Type::time};
  Property const deprecated{.name = "deprecated", .type = Type::boolean};
  Property const time{.place = Property::Place::time, .type = Type::time};
  auto const in_2020 = model::parse_rfc3339("2020-01-01T00:00:00Z").value();
  CHECK(bench.search({Compare{platform, Comparison::equal, "s2a"}}) == Ids{"a"});
  CHECK(bench.search({Compare{platform, Comparison::less, "s2"}}) == Ids{"c"}); // code points
  CHECK(bench.search({Like{platform, "s2_"}}) == Ids{"b", "a"});
  CHECK(bench.search({Not{{{Like{platform, "s2_"}}}}}) == Ids{"c"});
  CHECK(bench.search({Compare{created, Comparison::greater_equal, in_2020}}) == Ids{"a"});
  CHECK(bench.search({Compare{created, Comparison::greater, in_2020}}).empty());
  CHECK(bench.search({Compare{deprecated, Comparison::equal, false}}) == Ids{"c"});
  CHECK(bench.search({Compare{time, Comparison::not_equal, day(2)}}) == Ids{"b"});
  CHECK(bench.search({Not{{{Compare{time, Comparison::less, day(3)}}}}}) == Ids{"b"});
  CHECK(bench.search({IsNull{time}}) == Ids{"c", "a"});
}

TEST_CASE("a property of some collections is missing in the others") {
  Bench bench;
  bench.put_into(bench.collection(), {.id = "a", .properties = R"("gsd":10)"});
  bench.put_into(bench.other(), {.id = "b", .properties = R"("gsd":10)"});
  Property const gsd{.name = "gsd", .type = Type::number, .only_in = {bench.other()}};
  Expression const is_ten{Compare{gsd, Comparison::equal, 10.0}};
  CHECK(bench.search(is_ten) == Ids{"b"});
  CHECK(bench.search({Not{{is_ten}}}).empty());
  CHECK(bench.search({IsNull{gsd}}) == Ids{"a"});
}

TEST_CASE("a property with too many texts is for the store") {
  Bench bench;
  Property const platform{.name = "platform", .type = Type::text};
  Expression const is_named{Compare{platform, Comparison::equal, "s2a"}};
  bench.put({.id = "a", .properties = R"("platform":"s2a")"});
  CHECK(bench.search(is_named) == Ids{"a"});
  bench.put({.id = "b", .properties = "\"platform\":\"" + std::string(65, 'x') + "\""});
  CHECK_FALSE(index::plan_of({.where = is_named}, bench.version()));
  CHECK(index::plan_of(
      {.where = {Compare{{.name = "gsd", .type = Type::number}, Comparison::less, 10.0}}},
      bench.version()));
}

TEST_CASE("what segments cannot answer is for the store") {
  Bench const bench;
  auto const plan_of = [&](ItemSearch const& search) {
    return index::plan_of(search, bench.version());
  };
  Property const cloud{.name = "eo:cloud_cover", .type = Type::number};
  Property const title{.name = "title", .type = Type::text};
  CHECK_FALSE(plan_of({.where = {HasId{{"a"}}}}));
  CHECK_FALSE(plan_of({.where = {HeightsMeet{{0, 1}}}}));
  CHECK(plan_of({.where = {Always{}}, .sort = {{.property = cloud}}}));
  CHECK_FALSE(plan_of({.where = {Always{}}, .sort = {{.property = title}}}));
  CHECK_FALSE(plan_of({.where = {Or{{during(1, 2), {Intersects{triangle()}}}}}}));
  CHECK_FALSE(
      plan_of({.where = {Compare{{.name = "x", .type = Type::number}, Comparison::less, 1.0}}}));
  CHECK(plan_of({.where = {And{{during(1, 2), {Intersects{triangle()}}}}}}));
}
