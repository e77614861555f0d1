// What every store does, sentence by sentence of doc/design.md 5. Each case runs over all stores.

#include "support/catch.hpp"
#include "support/stores.hpp"

#include <algorithm>

using namespace terracat;
using namespace terracat::query;
using test::ItemSketch;

namespace {

/// A store with one collection, written through `put` and read through `search`.
class Bench {
 public:
  explicit Bench(test::StoreUnderTest const& under_test)
      : store_(under_test.make()), writer_(store_->writer()), reader_(store_->reader()) {
    writer_->begin();
    collection_ = writer_->put(test::record_write("c"));
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
    auto const number = writer_->put(test::item_write(collection, sketch));
    writer_->commit();
    return number;
  }

  void replace(ItemNumber number, ItemSketch const& sketch) {
    auto write = test::item_write(collection_, sketch);
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

  static std::vector<std::string> ids(store::ItemPage const& page) {
    std::vector<std::string> out;
    for (auto const& row : page.rows) out.push_back(row.id);
    return out;
  }

 private:
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<store::Writer> writer_;
  std::unique_ptr<store::Reader> reader_;
  RecordNumber collection_{};
};

using Ids = std::vector<std::string>;

model::Instant day(std::int64_t number) {
  return model::Instant(number * 86'400'000);
}

model::Geometry box(double west, double south, double east, double north) {
  return model::Geometry::box(model::Bbox::restored(west, south, east, north));
}

model::Geometry triangle() { // below the diagonal from (0, 4) to (4, 0)
  model::RawGeometry raw;
  raw.type = model::GeometryType::polygon;
  raw.parts = {model::Part{model::Path{{0, 0}, {4, 0}, {0, 4}, {0, 0}}}};
  return model::Geometry::restored(model::to_wkb(raw), model::Bbox::restored(0, 0, 4, 4), false);
}

Property own(std::string name, Type type) {
  return {.name = std::move(name), .type = type};
}

Property const time_of_item{.place = Property::Place::time, .type = Type::time};
Property const id_of_item{.place = Property::Place::id, .type = Type::text};

Expression compare(Property property, Comparison comparison, Scalar value) {
  return {Compare{std::move(property), comparison, std::move(value)}};
}

Expression during(std::int64_t first, std::int64_t last) {
  return {PeriodMeets{
      model::Interval::make(model::Bound::at(day(first)), model::Bound::at(day(last))).value()}};
}

Expression everything() {
  return {Always{}};
}

Expression negation(Expression of) {
  return {Not{{std::move(of)}}};
}

#define FOR_EACH_STORE(bench)                                                                      \
  auto const under_test = GENERATE(from_range(test::stores()));                                    \
  INFO("store: " << under_test.name);                                                              \
  Bench bench(under_test)

} // namespace

// ---- An item's time, and what a datetime filter is compared with

TEST_CASE("an item's time is datetime, else start_datetime") {
  FOR_EACH_STORE(bench);
  bench.put({.id = "late-start", .start = day(30), .end = day(40)});
  bench.put({.id = "moment", .datetime = day(20)});
  bench.put({.id = "both", .datetime = day(10), .start = day(1), .end = day(50)});
  CHECK(bench.search(everything()) == Ids{"late-start", "moment", "both"});
}

TEST_CASE("a datetime filter meets start to end if both are given, else the instant") {
  FOR_EACH_STORE(bench);
  bench.put({.id = "period", .start = day(10), .end = day(20)});
  bench.put({.id = "moment", .datetime = day(15)});
  bench.put({.id = "both", .datetime = day(100), .start = day(10), .end = day(12)});
  bench.put({.id = "start-only", .start = day(14)});
  bench.put({.id = "timeless"});
  CHECK(bench.search(during(15, 16)) == Ids{"moment", "period"});
  CHECK(bench.search(during(20, 30)) == Ids{"period"});
  CHECK(bench.search(during(0, 10)) == Ids{"both", "period"});
  CHECK(bench.search(during(99, 101)) == Ids{});
  CHECK(bench.search(during(14, 14)) == Ids{"start-only", "period"});
  auto const open = Expression{
      PeriodMeets{model::Interval::make(model::Bound::at(day(16)), model::Bound::open()).value()}};
  CHECK(bench.search(open) == Ids{"period"});
  auto const past = Expression{
      PeriodMeets{model::Interval::make(model::Bound::open(), model::Bound::at(day(10))).value()}};
  CHECK(bench.search(past) == Ids{"both", "period"});
}

TEST_CASE("times before our era and far ahead are kept and found") {
  FOR_EACH_STORE(bench);
  auto const ancient = *model::Instant::at({-10'000, 1, 1});
  auto const distant = *model::Instant::at({8121, 12, 31});
  bench.put({.id = "ancient", .datetime = ancient});
  bench.put({.id = "distant", .start = ancient, .end = distant});
  bench.put({.id = "now", .datetime = day(20'000)});
  CHECK(bench.search(everything()) == Ids{"now", "distant", "ancient"});
  CHECK(bench.search(during(1'000'000, 1'000'001)) == Ids{"distant"});
}

// ---- Order

TEST_CASE("without sortby the latest come first, and timeless items last") {
  FOR_EACH_STORE(bench);
  bench.put({.id = "timeless"});
  bench.put({.id = "old", .datetime = day(1)});
  bench.put({.id = "new", .datetime = day(2)});
  CHECK(bench.search(everything()) == Ids{"new", "old", "timeless"});
}

TEST_CASE("missing values sort last in both directions") {
  FOR_EACH_STORE(bench);
  bench.put({.id = "ten", .properties = R"("n":10)"});
  bench.put({.id = "none", .properties = R"("m":1)"});
  bench.put({.id = "null", .properties = R"("n":null)"});
  bench.put({.id = "text", .properties = R"("n":"10")"});
  bench.put({.id = "two", .properties = R"("n":2)"});
  auto const n = own("n", Type::number);
  CHECK(bench.search(everything(), {{n, false}}) == Ids{"two", "ten", "text", "null", "none"});
  CHECK(bench.search(everything(), {{n, true}}) == Ids{"ten", "two", "text", "null", "none"});
}

TEST_CASE("ties end by item number, newest first, in both directions") {
  FOR_EACH_STORE(bench);
  for (auto const* id : {"a", "b", "c"}) {
    bench.put({.id = id, .properties = R"("n":1)", .datetime = day(1)});
  }
  auto const n = own("n", Type::number);
  CHECK(bench.search(everything()) == Ids{"c", "b", "a"});
  CHECK(bench.search(everything(), {{n, false}}) == Ids{"c", "b", "a"});
  CHECK(bench.search(everything(), {{n, true}}) == Ids{"c", "b", "a"});
}

TEST_CASE("text sorts by the root collation") {
  FOR_EACH_STORE(bench);
  for (auto const* id : {"zebra", "Zone", "écran", "eau", "Été"}) {
    bench.put({.id = id, .properties = R"("t":")" + std::string(id) + "\""});
  }
  Ids const expected{"eau", "écran", "Été", "zebra", "Zone"};
  CHECK(bench.search(everything(), {{own("t", Type::text), false}}) == expected);
  CHECK(bench.search(everything(), {{id_of_item, false}}) == expected);
  CHECK(bench.search(everything(), {{id_of_item, true}}) ==
        Ids(expected.rbegin(), expected.rend()));
}

TEST_CASE("several sort keys decide one after the other") {
  FOR_EACH_STORE(bench);
  bench.put({.id = "a", .properties = R"("p":"x","n":2)", .datetime = day(3)});
  bench.put({.id = "b", .properties = R"("p":"y","n":1)", .datetime = day(1)});
  bench.put({.id = "c", .properties = R"("p":"x","n":1)", .datetime = day(2)});
  bench.put({.id = "d", .properties = R"("n":1)", .datetime = day(9)});
  auto const p = own("p", Type::text);
  auto const n = own("n", Type::number);
  CHECK(bench.search(everything(), {{p, false}, {n, true}}) == Ids{"a", "c", "b", "d"});
  CHECK(bench.search(everything(), {{n, false}, {time_of_item, false}}) == Ids{"b", "c", "d", "a"});
}

TEST_CASE("times and truth values sort too") {
  FOR_EACH_STORE(bench);
  bench.put({.id = "a", .properties = R"("u":"2024-01-01T00:00:00+02:00","f":true)"});
  bench.put({.id = "b", .properties = R"("u":"2024-01-01T00:00:00Z","f":false)"});
  bench.put({.id = "c", .properties = R"("u":"yesterday","f":"true")"});
  CHECK(bench.search(everything(), {{own("u", Type::time), false}}) == Ids{"a", "b", "c"});
  CHECK(bench.search(everything(), {{own("f", Type::boolean), false}}) == Ids{"b", "a", "c"});
}

TEST_CASE("paging loses nothing and repeats nothing, through ties and missing values") {
  FOR_EACH_STORE(bench);
  // 40 items: n is 0 to 4 or missing, the platform one of three or missing, days often the same.
  for (int i = 0; i < 40; ++i) {
    std::string properties;
    if (i % 6 != 5) properties = R"("n":)" + std::to_string(i % 6);
    if (i % 4 != 3) {
      properties +=
          std::string(properties.empty() ? "" : ",") + R"("p":"p)" + std::to_string(i % 4) + "\"";
    }
    ItemSketch sketch{.id = "i" + std::to_string(i), .properties = properties};
    if (i % 5 != 4) sketch.datetime = day(i % 5);
    bench.put(sketch);
  }
  auto const n = own("n", Type::number);
  auto const p = own("p", Type::text);
  auto const sort = GENERATE_COPY(latest_first(), std::vector<SortKey>{{time_of_item, false}},
                                  std::vector<SortKey>{{n, false}}, std::vector<SortKey>{{n, true}},
                                  std::vector<SortKey>{{p, false}, {n, true}},
                                  std::vector<SortKey>{{n, true}, {p, true}, {time_of_item, false}},
                                  std::vector<SortKey>{{id_of_item, true}});
  auto const limit = GENERATE(std::size_t{1}, std::size_t{7}, std::size_t{40}, std::size_t{50});
  auto const whole = bench.search(everything(), sort);
  REQUIRE(whole.size() == 40);
  Ids paged;
  ItemSearch search{.where = everything(), .sort = sort, .limit = limit};
  for (;;) {
    auto const page = bench.page(search);
    CHECK(page.matched == 40);
    auto const ids = Bench::ids(page);
    paged.insert(paged.end(), ids.begin(), ids.end());
    if (!page.next) break;
    CHECK(ids.size() == limit); // a page that is followed by another is never short
    search.after = page.next;
  }
  CHECK(paged == whole);
}

TEST_CASE("the last page has no next, even when it is full") {
  FOR_EACH_STORE(bench);
  for (auto const* id : {"a", "b", "c", "d"}) bench.put({.id = id, .datetime = day(1)});
  auto const first = bench.page({.where = everything(), .limit = 2});
  REQUIRE(first.next);
  auto const second = bench.page({.where = everything(), .limit = 2, .after = first.next});
  CHECK(second.rows.size() == 2);
  CHECK_FALSE(second.next);
}

TEST_CASE("the number matched is exact, and absent when nobody asks") {
  FOR_EACH_STORE(bench);
  for (auto const* id : {"a", "b", "c"}) bench.put({.id = id, .datetime = day(1)});
  CHECK(bench.page({.where = everything(), .limit = 1}).matched == 3);
  CHECK(bench.page({.where = {HasId{{"a", "b", "x"}}}, .limit = 1}).matched == 2);
  CHECK_FALSE(bench.page({.where = everything(), .limit = 1, .count = false}).matched);
  CHECK(bench.page({.where = everything(), .limit = 0}).rows.empty());
}

TEST_CASE("paging goes on through writes: what stayed comes once, in its place") {
  FOR_EACH_STORE(bench);
  std::vector<ItemNumber> numbers;
  for (int i = 0; i < 9; ++i) {
    numbers.push_back(bench.put({.id = "i" + std::to_string(i), .datetime = day(i)}));
  }
  ItemSearch search{.where = everything(), .limit = 3};
  auto page = bench.page(search);
  CHECK(Bench::ids(page) == Ids{"i8", "i7", "i6"});
  bench.put({.id = "newer", .datetime = day(100)});
  bench.put({.id = "older", .datetime = day(-100)});
  bench.writer().begin();
  bench.writer().remove(numbers[6]); // the row that the next page starts behind
  bench.writer().remove(numbers[4]);
  bench.writer().commit();
  search.after = page.next;
  page = bench.page(search);
  CHECK(Bench::ids(page) == Ids{"i5", "i3", "i2"});
  CHECK(page.matched == 9);
  search.after = page.next;
  page = bench.page(search);
  CHECK(Bench::ids(page) == Ids{"i1", "i0", "older"});
  CHECK_FALSE(page.next);
}

// ---- Where

TEST_CASE("bbox and polygons test the geometry, not its box") {
  FOR_EACH_STORE(bench);
  bench.put({.id = "triangle", .footprint = triangle(), .datetime = day(1)});
  bench.put({.id = "box", .footprint = box(0, 0, 4, 4), .datetime = day(2)});
  bench.put({.id = "nowhere", .datetime = day(3)});
  CHECK(bench.search({Intersects{box(3, 3, 5, 5)}}) == Ids{"box"});
  CHECK(bench.search({Intersects{box(2, 2, 5, 5)}}) == Ids{"box", "triangle"}); // touches the edge
  CHECK(bench.search({Intersects{box(-1, -1, 5, 5)}}) == Ids{"box", "triangle"});
  CHECK(bench.search({Intersects{triangle()}}) == Ids{"box", "triangle"});
  CHECK(bench.page({.where = {Intersects{box(3, 3, 5, 5)}}}).matched == 1);
  CHECK(bench.search({IsNull{{.place = Property::Place::geometry}}}) == Ids{"nowhere"});
}

TEST_CASE("an item without footprint is neither inside nor outside") {
  FOR_EACH_STORE(bench);
  bench.put({.id = "nowhere", .datetime = day(1)});
  bench.put({.id = "far", .footprint = box(50, 50, 51, 51), .datetime = day(2)});
  CHECK(bench.search(negation({Intersects{box(0, 0, 1, 1)}})) == Ids{"far"});
}

TEST_CASE("west greater than east crosses the antimeridian, of boxes and of items") {
  FOR_EACH_STORE(bench);
  bench.put({.id = "fiji", .footprint = box(177, -20, -178, -12), .datetime = day(1)});
  bench.put({.id = "west", .footprint = box(170, -20, 175, -12), .datetime = day(2)});
  bench.put({.id = "east", .footprint = box(-175, -20, -170, -12), .datetime = day(3)});
  bench.put({.id = "africa", .footprint = box(0, -20, 10, -12), .datetime = day(4)});
  CHECK(bench.search({Intersects{box(174, -15, -174, -14)}}) == Ids{"east", "west", "fiji"});
  CHECK(bench.search({Intersects{box(178, -15, 179, -14)}}) == Ids{"fiji"});
  CHECK(bench.search({Intersects{box(-179, -15, -178.5, -14)}}) == Ids{"fiji"});
  CHECK(bench.search({Intersects{box(-160, -15, 160, -14)}}) == Ids{"africa"});
  CHECK(bench.search({Intersects{box(-180, -90, 180, 90)}}).size() == 4);
}

TEST_CASE("points, lines and collections of geometries are tested too") {
  FOR_EACH_STORE(bench);
  model::RawGeometry line;
  line.type = model::GeometryType::line_string;
  line.parts = {model::Part{model::Path{{0, 0}, {10, 10}}}};
  auto const diagonal =
      model::Geometry::restored(model::to_wkb(line), model::Bbox::restored(0, 0, 10, 10), false);
  model::RawGeometry both;
  both.type = model::GeometryType::geometry_collection;
  both.members = {line, model::from_wkb(box(20, 20, 21, 21).wkb())};
  auto const scattered =
      model::Geometry::restored(model::to_wkb(both), model::Bbox::restored(0, 0, 21, 21), false);
  bench.put({.id = "point", .footprint = box(5, 5, 5, 5), .datetime = day(1)});
  bench.put({.id = "line", .footprint = diagonal, .datetime = day(2)});
  bench.put({.id = "collection", .footprint = scattered, .datetime = day(3)});
  CHECK(bench.search({Intersects{box(5, 5, 5, 5)}}) == Ids{"collection", "line", "point"});
  CHECK(bench.search({Intersects{box(7, 1, 9, 3)}}) == Ids{});
  CHECK(bench.search({Intersects{diagonal}}) == Ids{"collection", "line", "point"});
  CHECK(bench.search({Intersects{scattered}}) == Ids{"collection", "line", "point"});
  CHECK(bench.search({Intersects{box(20, 20, 30, 30)}}) == Ids{"collection"});
}

TEST_CASE("heights filter only items that have some") {
  FOR_EACH_STORE(bench);
  bench.put({.id = "flat", .datetime = day(1)});
  bench.put({.id = "deep", .heights = model::HeightRange{-5000, -4000}, .datetime = day(2)});
  bench.put({.id = "high", .heights = model::HeightRange{0, 9000}, .datetime = day(3)});
  CHECK(bench.search({HeightsMeet{{-4500, -100}}}) == Ids{"deep", "flat"});
  CHECK(bench.search({HeightsMeet{{9000, 9000}}}) == Ids{"high", "flat"});
}

// ---- What

TEST_CASE("comparisons take numbers as numbers and text by code points") {
  FOR_EACH_STORE(bench);
  bench.put({.id = "two", .properties = R"("n":2,"t":"a")", .datetime = day(1)});
  bench.put({.id = "ten", .properties = R"("n":10.5,"t":"Z")", .datetime = day(2)});
  bench.put({.id = "none", .properties = R"("n":"2")", .datetime = day(3)});
  auto const n = own("n", Type::number);
  auto const t = own("t", Type::text);
  CHECK(bench.search(compare(n, Comparison::equal, 2.0)) == Ids{"two"});
  CHECK(bench.search(compare(n, Comparison::not_equal, 2.0)) == Ids{"ten"});
  CHECK(bench.search(compare(n, Comparison::less, 10.5)) == Ids{"two"});
  CHECK(bench.search(compare(n, Comparison::less_equal, 10.5)) == Ids{"ten", "two"});
  CHECK(bench.search(compare(n, Comparison::greater, 2.0)) == Ids{"ten"});
  CHECK(bench.search(compare(n, Comparison::greater_equal, 2.0)) == Ids{"ten", "two"});
  CHECK(bench.search(compare(t, Comparison::less, std::string("a"))) == Ids{"ten"});
  CHECK(bench.search(compare(t, Comparison::equal, std::string("A"))) == Ids{});
  // Two spellings of one letter sort alike and are not equal.
  bench.put({.id = "one", .properties = R"("t":"\u00e9")", .datetime = day(4)});
  bench.put({.id = "two-signs", .properties = R"("t":"e\u0301")", .datetime = day(5)});
  CHECK(bench.search(compare(t, Comparison::equal, std::string("\u00e9"))) == Ids{"one"});
  CHECK(bench.search({Like{t, "\u00e9"}}) == Ids{"one"});
  CHECK(bench.search({Like{t, "_"}}) == Ids{"one", "ten", "two"});
}

TEST_CASE("a comparison with a missing value is neither true nor false") {
  FOR_EACH_STORE(bench);
  bench.put({.id = "one", .properties = R"("n":1)", .datetime = day(1)});
  bench.put({.id = "none", .datetime = day(2)});
  auto const n = own("n", Type::number);
  auto const is_one = compare(n, Comparison::equal, 1.0);
  CHECK(bench.search(is_one) == Ids{"one"});
  CHECK(bench.search(negation(is_one)) == Ids{});
  CHECK(bench.search({Or{{is_one, negation(is_one)}}}) == Ids{"one"});
  CHECK(bench.search({Or{{is_one, {HasId{{"none"}}}}}}) == Ids{"none", "one"});
  CHECK(bench.search({And{{negation(is_one), {HasId{{"none"}}}}}}) == Ids{});
  CHECK(bench.search(negation({And{{is_one, {HasId{{"one"}}}}}})) == Ids{"none"});
  CHECK(bench.search({IsNull{n}}) == Ids{"none"});
  CHECK(bench.search(negation({IsNull{n}})) == Ids{"one"});
}

TEST_CASE("lists of values, patterns, truth and times") {
  FOR_EACH_STORE(bench);
  bench.put({.id = "a",
             .properties = R"("p":"Sentinel-2A","f":true,"u":"2024-01-01T00:00:00Z")",
             .datetime = day(1)});
  bench.put({.id = "b",
             .properties = R"("p":"sentinel-2b","f":false,"u":"2024-06-01T00:00:00Z")",
             .datetime = day(2)});
  auto const p = own("p", Type::text);
  CHECK(bench.search({In{p, {std::string("Sentinel-2A"), std::string("x")}}}) == Ids{"a"});
  CHECK(bench.search(negation({In{p, {std::string("Sentinel-2A")}}})) == Ids{"b"});
  CHECK(bench.search({In{p, {}}}) == Ids{});
  CHECK(bench.search({Like{p, "Sentinel-%"}}) == Ids{"a"});
  CHECK(bench.search({Like{p, "%-2_"}}) == Ids{"b", "a"});
  CHECK(bench.search({Like{p, "sentinel\\-2b"}}) == Ids{"b"});
  CHECK(bench.search(compare(own("f", Type::boolean), Comparison::equal, true)) == Ids{"a"});
  auto const may = model::parse_rfc3339("2024-05-01T00:00:00Z").value();
  CHECK(bench.search(compare(own("u", Type::time), Comparison::less, may)) == Ids{"a"});
  CHECK(bench.search(compare(time_of_item, Comparison::greater, day(1))) == Ids{"b"});
  CHECK(bench.search(compare(id_of_item, Comparison::equal, std::string("b"))) == Ids{"b"});
}

TEST_CASE("arrays are compared as sets") {
  FOR_EACH_STORE(bench);
  bench.put({.id = "ab", .properties = R"("l":["a","b"])", .datetime = day(1)});
  bench.put({.id = "b", .properties = R"("l":["b","b"])", .datetime = day(2)});
  bench.put({.id = "n", .properties = R"("l":[1,2])", .datetime = day(3)});
  bench.put({.id = "empty", .properties = R"("l":[])", .datetime = day(4)});
  bench.put({.id = "scalar", .properties = R"("l":"a")", .datetime = day(5)});
  auto const l = own("l", Type::list);
  auto const asked = [&](ListComparison comparison, std::vector<Scalar> values) {
    return bench.search({ListCompare{l, comparison, std::move(values)}});
  };
  std::string const a = "a";
  std::string const b = "b";
  CHECK(asked(ListComparison::equals, {b, a}) == Ids{"ab"});
  CHECK(asked(ListComparison::contains, {b}) == Ids{"b", "ab"});
  CHECK(asked(ListComparison::contained_by, {b, 1.0, 2.0}) == Ids{"empty", "n", "b"});
  CHECK(asked(ListComparison::overlaps, {a, 2.0}) == Ids{"n", "ab"});
  CHECK(asked(ListComparison::overlaps, {std::string("1")}) == Ids{});
}

TEST_CASE("a property counts as missing where its collection gives it another type") {
  FOR_EACH_STORE(bench);
  bench.writer().begin();
  auto const other = bench.writer().put(test::record_write("d"));
  bench.writer().commit();
  bench.put({.id = "here", .properties = R"("n":1)", .datetime = day(1)});
  bench.put_into(other, {.id = "there", .properties = R"("n":1)", .datetime = day(2)});
  Property const n{.name = "n", .type = Type::number, .only_in = {bench.collection()}};
  CHECK(bench.search(compare(n, Comparison::equal, 1.0)) == Ids{"here"});
  CHECK(bench.search(negation(compare(n, Comparison::equal, 2.0))) == Ids{"here"});
  CHECK(bench.search({IsNull{n}}) == Ids{"there"});
  CHECK(bench.search(everything(), {{n, true}}) == Ids{"here", "there"});
  CHECK(bench.search({InCollections{{other}}}) == Ids{"there"});
  CHECK(bench.search({InCollections{{}}}) == Ids{});
}

TEST_CASE("the widest and the deepest searches that a client may send are answered") {
  FOR_EACH_STORE(bench);
  bench.put({.id = "a", .properties = R"("n":1)", .footprint = box(9, 9, 9, 9)});
  auto const n = own("n", Type::number);
  auto const is = [&](double value) { return compare(n, Comparison::equal, value); };
  Or wide;
  for (int i = 1'000; i > 0; --i) wide.of.push_back(is(i));
  CHECK(bench.search({wide}) == Ids{"a"});
  Expression deep = is(1);
  for (int level = 0; level < 31; ++level) { // with 31 parts each, as many as there may be
    Or parts;
    for (int i = 2; i < 32; ++i) parts.of.push_back(is(i));
    parts.of.push_back(std::move(deep));
    deep = {std::move(parts)};
  }
  CHECK(bench.search(deep) == Ids{"a"});
  // At each of 31 levels, another branch that is as deep.
  Expression twofold = is(1);
  for (int level = 0; level < 31; ++level) {
    Expression branch = level % 2 == 0 ? everything() : negation(everything());
    for (int i = 0; i < level / 2; ++i) branch = negation(negation(std::move(branch)));
    And parts{{std::move(branch), std::move(twofold)}};
    twofold = level % 2 == 0 ? Expression{std::move(parts)} : Expression{Or{parts.of}};
  }
  CHECK(bench.search(twofold) == Ids{"a"});
  Expression negated = is(1);
  for (int level = 0; level < 32; ++level) negated = negation(std::move(negated));
  CHECK(bench.search(negated) == Ids{"a"});
  std::vector<Scalar> values;
  for (int i = 5'000; i > 0; --i) values.emplace_back(static_cast<double>(i));
  CHECK(bench.search({In{n, values}}) == Ids{"a"});
  std::vector<std::string> ids(10'000, std::string(200, 'x'));
  ids.emplace_back("a");
  CHECK(bench.search({HasId{ids}}) == Ids{"a"});
  model::RawGeometry scattered;
  scattered.type = model::GeometryType::geometry_collection;
  for (int i = 0; i < 10'000; ++i) {
    model::RawGeometry point;
    point.parts = {model::Part{model::Path{{i / 1'000.0, i / 1'000.0}}}};
    scattered.members.push_back(point);
  }
  auto const everywhere = model::Geometry::restored(
      model::to_wkb(scattered), model::Bbox::restored(0, 0, 9.999, 9.999), false);
  CHECK(bench.search({Intersects{everywhere}}) == Ids{"a"});
}

TEST_CASE("names and texts of clients are values, never statements") {
  FOR_EACH_STORE(bench);
  auto const nasty = std::string("x') OR 1=1 --\"'\\ %_\xC3\xA9");
  auto const name = std::string("n'); DROP TABLE item; --");
  bench.put({.id = "safe", .properties = R"("p":"y")", .datetime = day(1)});
  CHECK(bench.search(compare(own("p", Type::text), Comparison::equal, nasty)) == Ids{});
  CHECK(bench.search(compare(own(name, Type::text), Comparison::equal, nasty)) == Ids{});
  CHECK(bench.search({HasId{{nasty}}}) == Ids{});
  CHECK(bench.search(everything(), {{own(name, Type::text), false}}) == Ids{"safe"});
  CHECK_FALSE(bench.reader().item(bench.collection(), nasty));
  CHECK_FALSE(bench.reader().record_by_id(nasty));
}

// ---- Put, replace, remove

TEST_CASE("an item is found by its public and by its native id") {
  FOR_EACH_STORE(bench);
  auto const number = bench.put({.id = "a-1f", .native_id = "a|b/c"});
  CHECK(bench.reader().item(bench.collection(), "a-1f")->number == number);
  CHECK(bench.reader().item(bench.collection(), "a|b/c")->number == number);
  CHECK_FALSE(bench.reader().item(bench.collection(), "a"));
  CHECK_FALSE(bench.reader().item(RecordNumber{99}, "a-1f"));
  CHECK(bench.search({HasId{{"a|b/c"}}}) == Ids{"a-1f"});
}

TEST_CASE("a public id goes before another item's native id") {
  FOR_EACH_STORE(bench);
  auto const slug = bench.put({.id = "id-1", .native_id = "1"});
  auto const same = bench.put({.id = "id-1.2", .native_id = "id-1"});
  auto const plain = bench.put({.id = "x"});
  auto& reader = bench.reader();
  CHECK(reader.item(bench.collection(), "id-1")->number == slug);
  CHECK(reader.item(bench.collection(), "id-1.2")->number == same);
  CHECK(reader.item_by_native(bench.collection(), "1")->number == slug);
  CHECK(reader.item_by_native(bench.collection(), "id-1")->number == same);
  CHECK(reader.item_by_native(bench.collection(), "x")->number == plain);
  CHECK_FALSE(reader.item_by_native(bench.collection(), "id-1.2"));
  CHECK_FALSE(reader.item_by_native(RecordNumber{99}, "x"));
}

TEST_CASE("a body comes back byte for byte") {
  FOR_EACH_STORE(bench);
  std::string big = R"("t":")";
  for (int i = 0; i < 5000; ++i) big += std::to_string(i * 7919 % 1000) + "é ";
  auto const number = bench.put({.id = "big", .properties = big + "\""});
  std::string body = "before:";
  bench.reader().body(number, body);
  CHECK(body == R"(before:"type":"Feature","properties":{)" + big + R"("},"links":[)");
}

TEST_CASE("a replaced item keeps its number and is what it was replaced with") {
  FOR_EACH_STORE(bench);
  auto const number = bench.put({.id = "a", .properties = R"("n":1)", .datetime = day(1)});
  bench.put({.id = "b", .datetime = day(2)});
  bench.replace(number, {.id = "a", .properties = R"("n":2)", .datetime = day(3)});
  auto const n = own("n", Type::number);
  CHECK(bench.search(everything()) == Ids{"a", "b"});
  CHECK(bench.search(compare(n, Comparison::equal, 1.0)) == Ids{});
  CHECK(bench.search(compare(n, Comparison::equal, 2.0)) == Ids{"a"});
  CHECK(bench.reader().item(bench.collection(), "a")->number == number);
  CHECK(bench.reader().count_items(bench.collection()) == 2);
}

TEST_CASE("a removed item is gone, and its number is never given again") {
  FOR_EACH_STORE(bench);
  auto const first = bench.put({.id = "a", .datetime = day(1)});
  bench.writer().begin();
  bench.writer().remove(first);
  bench.writer().commit();
  CHECK(bench.search(everything()) == Ids{});
  CHECK_FALSE(bench.reader().item(bench.collection(), "a"));
  CHECK(bench.put({.id = "a", .datetime = day(1)}) > first);
  CHECK(bench.search(everything()) == Ids{"a"});
}

TEST_CASE("a removed record takes its items along") {
  FOR_EACH_STORE(bench);
  bench.writer().begin();
  auto const other = bench.writer().put(test::record_write("d"));
  bench.writer().put_identifier("10.1/d", "doi", other);
  bench.writer().commit();
  bench.put_into(other, {.id = "x", .datetime = day(1)});
  bench.put({.id = "y", .datetime = day(2)});
  bench.writer().begin();
  bench.writer().remove(other);
  bench.writer().commit();
  CHECK(bench.search(everything()) == Ids{"y"});
  CHECK_FALSE(bench.reader().record(other));
  CHECK_FALSE(bench.reader().record_by_id("d"));
  CHECK(bench.reader().records_by_identifier("10.1/d").empty());
  bench.writer().begin();
  CHECK(bench.writer().put(test::record_write("d")) > other);
  bench.writer().rollback();
}

TEST_CASE("what was rolled back never happened") {
  FOR_EACH_STORE(bench);
  bench.put({.id = "a", .datetime = day(1)});
  auto const before = bench.reader().begin();
  bench.writer().begin();
  bench.writer().put(test::item_write(bench.collection(), {.id = "b"}));
  bench.writer().put(test::record_write("d"));
  CHECK(bench.writer().reader().item(bench.collection(), "b"));
  CHECK(bench.writer().pending().sequence == before.sequence + 2);
  bench.writer().rollback();
  CHECK(bench.search(everything()) == Ids{"a"});
  CHECK(bench.reader().begin() == before);
}

// ---- States and changes

TEST_CASE("a view is stable while a write goes on") {
  FOR_EACH_STORE(bench);
  bench.put({.id = "a", .datetime = day(1)});
  auto const reader = bench.store().reader();
  auto const then = reader->begin();
  bench.writer().begin();
  auto const number = bench.writer().put(test::item_write(bench.collection(), {.id = "b"}));
  CHECK(Bench::ids(reader->items({.limit = 10})) == Ids{"a"});
  bench.writer().commit();
  CHECK(Bench::ids(reader->items({.limit = 10})) == Ids{"a"});
  std::string body;
  CHECK_FALSE(reader->item(bench.collection(), "b"));
  auto const now = reader->begin();
  CHECK(now.sequence == then.sequence + 1);
  CHECK(now.epoch == then.epoch);
  CHECK(Bench::ids(reader->items({.limit = 10})) == Ids{"a", "b"});
  reader->body(number, body);
  CHECK_FALSE(body.empty());
  reader->end();
}

TEST_CASE("each key has one change, the newest, in commit order") {
  FOR_EACH_STORE(bench);
  auto const a = bench.put({.id = "a"});
  bench.put({.id = "b"});
  bench.replace(a, {.id = "a"});
  auto changes = bench.reader().changes(0, 100);
  REQUIRE(changes.size() == 3);
  CHECK(changes[0].subject == store::Subject::record);
  CHECK(changes[0].id == "c");
  CHECK(changes[1].id == "b");
  CHECK(changes[2].id == "a");
  CHECK(changes[2].operation == store::Operation::put);
  CHECK(changes[2].collection == bench.collection());
  CHECK(changes[0].sequence < changes[1].sequence);
  CHECK(changes[1].sequence < changes[2].sequence);
  CHECK(changes[1].at <= changes[2].at);
  CHECK(bench.reader().begin().sequence == changes[2].sequence);
  CHECK(bench.reader().item(bench.collection(), "a")->sequence == changes[2].sequence);
  CHECK(bench.reader().last_item_change(bench.collection()) == changes[2].sequence);

  bench.writer().begin();
  bench.writer().remove(a);
  bench.writer().commit();
  changes = bench.reader().changes(changes[1].sequence, 100);
  REQUIRE(changes.size() == 1);
  CHECK(changes[0].id == "a");
  CHECK(changes[0].operation == store::Operation::remove);
  CHECK(bench.reader().last_item_change(bench.collection()) == changes[0].sequence);

  bench.put({.id = "a"}); // back again: the tombstone goes
  changes = bench.reader().changes(0, 100);
  CHECK(changes.size() == 3);
  CHECK(bench.reader().changes(0, 2).size() == 2);
  CHECK(bench.reader().last_item_change(RecordNumber{12345}) == 0);
}

TEST_CASE("a record under a new id leaves a tombstone, until another takes the old one") {
  FOR_EACH_STORE(bench);
  auto write = test::record_write("e");
  write.number = bench.collection();
  bench.writer().begin();
  bench.writer().put(write);
  bench.writer().commit();
  auto changes = bench.reader().changes(0, 100);
  REQUIRE(changes.size() == 2);
  CHECK(changes[0].id == "c");
  CHECK(changes[0].operation == store::Operation::remove);
  CHECK(changes[1].id == "e");
  CHECK(changes[1].operation == store::Operation::put);
  bench.writer().begin();
  bench.writer().put(test::record_write("c"));
  bench.writer().commit();
  changes = bench.reader().changes(0, 100);
  REQUIRE(changes.size() == 2);
  CHECK(changes[0].id == "e");
  CHECK(changes[1].id == "c");
  CHECK(changes[1].operation == store::Operation::put);
}

TEST_CASE("a deadline that has passed ends a search") {
  FOR_EACH_STORE(bench);
  for (int i = 0; i < 2000; ++i) {
    if (i == 0) bench.writer().begin();
    bench.writer().put(
        test::item_write(bench.collection(), {.id = std::to_string(i), .properties = R"("n":1)"}));
  }
  bench.writer().commit();
  auto& reader = bench.reader();
  auto const n = compare(own("n", Type::number), Comparison::equal, 2.0);
  reader.set_deadline(std::chrono::steady_clock::now() - std::chrono::seconds(1));
  CHECK_THROWS_AS(reader.items({.where = n}), store::DeadlinePassed);
  reader.set_deadline(std::chrono::steady_clock::time_point::max());
  CHECK(reader.items({.where = n}).matched == 0);
}

// ---- Records

TEST_CASE("records come by title, then newest first") {
  FOR_EACH_STORE(bench);
  bench.writer().begin();
  bench.writer().put(test::record_write("z", "École"));
  bench.writer().put(test::record_write("y", "eau"));
  auto const twin = bench.writer().put(test::record_write("x", "eau"));
  bench.writer().commit();
  auto const ids = [](store::RecordPage const& page) {
    Ids out;
    for (auto const& row : page.rows) out.push_back(row.id);
    return out;
  };
  CHECK(ids(bench.reader().records({})) == Ids{"c", "x", "y", "z"});
  auto const first = bench.reader().records({.limit = 2});
  CHECK(first.matched == 4);
  CHECK(first.has_more);
  auto const rest = bench.reader().records({.limit = 2, .after = twin});
  CHECK(ids(rest) == Ids{"y", "z"});
  CHECK_FALSE(rest.has_more);
}

TEST_CASE("records are chosen by type, owner, area and period") {
  FOR_EACH_STORE(bench);
  bench.writer().begin();
  auto write = test::record_write("service");
  write.type = "service";
  write.source = "source-b";
  bench.writer().put(write);
  write = test::record_write("placed");
  write.footprint = triangle();
  write.period =
      model::Interval::make(model::Bound::at(day(10)), model::Bound::at(day(20))).value();
  bench.writer().put(write);
  write = test::record_write("ongoing");
  write.footprint = box(170, 0, -170, 1);
  write.period = model::Interval::make(model::Bound::at(day(10)), model::Bound::open()).value();
  bench.writer().put(write);
  bench.writer().commit();
  auto const ids = [&](store::RecordSearch const& search) {
    Ids out;
    for (auto const& row : bench.reader().records(search).rows) out.push_back(row.id);
    std::ranges::sort(out);
    return out;
  };
  auto const at = [](std::int64_t number) {
    return model::Interval::instant(model::Bound::at(day(number)));
  };
  CHECK(ids({.types = {"service"}}) == Ids{"service"});
  CHECK(ids({.types = {"service", "dataset"}}).size() == 4);
  CHECK(ids({.sources = {"source-b"}}) == Ids{"service"});
  CHECK(ids({.sources = {"source-c"}}) == Ids{});
  CHECK(ids({.intersects = box(1, 1, 2, 2)}) == Ids{"placed"});
  CHECK(ids({.intersects = box(3, 3, 4, 4)}) == Ids{});
  CHECK(ids({.intersects = box(-175, 0, -174, 1)}) == Ids{"ongoing"});
  CHECK(ids({.period = at(15)}) == Ids{"ongoing", "placed"});
  CHECK(ids({.period = at(25)}) == Ids{"ongoing"});
  CHECK(ids({.period = at(5)}) == Ids{});
}

TEST_CASE("a record and its texts come back as they went in") {
  FOR_EACH_STORE(bench);
  auto write = test::record_write("d", "Données de pluie");
  write.texts = {.record = R"({"a":"é"})",
                 .body = R"("type":"Collection","links":[)",
                 .extent = R"({"spatial":{}})",
                 .summaries = "{}"};
  bench.writer().begin();
  auto const number = bench.writer().put(write);
  bench.writer().put_identifier("10.1000/abc", "doi", number);
  bench.writer().put_identifier("10.1000/abc", "doi", number);
  bench.writer().put_identifier("10.1000/abc", "doi", bench.collection());
  bench.writer().put_derived(number, R"({"items":3})");
  bench.writer().commit();
  auto& reader = bench.reader();
  auto const row = reader.record(number);
  REQUIRE(row);
  CHECK(row->title == "Données de pluie");
  CHECK(row->source == "source-a");
  CHECK(row->native_id == "native-d");
  CHECK(row->type == "dataset");
  CHECK(reader.record_texts(number) == write.texts);
  CHECK(reader.record_by_id("d") == number);
  CHECK(reader.record_by_native("source-a", "native-d") == number);
  CHECK_FALSE(reader.record_by_native("source-b", "native-d"));
  auto const known = reader.records_by_identifier("10.1000/abc");
  CHECK(known.size() == 2);
  CHECK(reader.derived(number) == R"({"items":3})");
  CHECK_FALSE(reader.derived(bench.collection()));
  CHECK_FALSE(reader.record(RecordNumber{99}));
  CHECK_FALSE(reader.record_texts(RecordNumber{99}));

  write.number = number;
  write.id = "e";
  write.title = "Rain";
  bench.writer().begin();
  CHECK(bench.writer().put(write) == number);
  bench.writer().commit();
  CHECK(bench.reader().record_by_id("e") == number);
  CHECK_FALSE(bench.reader().record_by_id("d"));
  CHECK(bench.reader().record(number)->title == "Rain");
  CHECK(bench.reader().derived(number));
}

TEST_CASE("extents of items come by number, in pieces") {
  FOR_EACH_STORE(bench);
  auto const a = bench.put({.id = "a", .footprint = triangle(), .datetime = day(3)});
  auto const b = bench.put({.id = "b", .start = day(1), .end = day(2)});
  auto const c = bench.put({.id = "c", .footprint = box(170, 0, -170, 1)});
  auto& reader = bench.reader();
  auto const first = reader.item_extents(bench.collection(), ItemNumber{0}, 2);
  REQUIRE(first.size() == 2);
  CHECK(first[0].number == a);
  CHECK(first[0].bbox == model::Bbox::restored(0, 0, 4, 4));
  CHECK(first[0].period->first() == day(3));
  CHECK(first[1].number == b);
  CHECK_FALSE(first[1].bbox);
  CHECK(first[1].period->last() == day(2));
  auto const rest = reader.item_extents(bench.collection(), b, 2);
  REQUIRE(rest.size() == 1);
  CHECK(rest[0].number == c);
  CHECK(rest[0].bbox == model::Bbox::restored(170, 0, -170, 1));
  CHECK_FALSE(rest[0].period);
}

// ---- Harvests

TEST_CASE("documents, sources and runs are remembered") {
  FOR_EACH_STORE(bench);
  store::Document const document{.source = "source-a",
                                 .native_id = "fr/1",
                                 .format = "iso19139",
                                 .address = "https://a.example/csw",
                                 .bytes = std::string("<a>\0é</a>", 10),
                                 .hash = 0xfedcba9876543210,
                                 .fetched = day(3)};
  bench.writer().begin();
  bench.writer().put_document(document);
  bench.writer().put_source({.name = "source-a", .checkpoint = "{}", .last_complete = day(2)});
  Run run{.source = "source-a", .mode = "full", .started = day(3)};
  run.number = bench.writer().put_run(run);
  bench.writer().put_run_document({.run = run.number,
                                   .native_id = "fr/1",
                                   .outcome = DocumentOutcome::warned,
                                   .code = "bbox-swapped",
                                   .where = "/extent",
                                   .excerpt = "3 1"});
  run.finished = day(4);
  run.outcome = RunOutcome::complete;
  run.counts = {.created = 5, .updated = 4, .unchanged = 3, .skipped = 2, .failed = 1, .warned = 6};
  CHECK(bench.writer().put_run(run) == run.number);
  Run const other{.source = "source-b", .mode = "import", .started = day(5)};
  bench.writer().put_run(other);
  bench.writer().commit();

  auto& reader = bench.reader();
  auto const read = reader.document("source-a", "fr/1");
  REQUIRE(read);
  CHECK(read->bytes == document.bytes);
  CHECK(read->hash == document.hash);
  CHECK(read->format == "iso19139");
  CHECK(read->address == document.address);
  CHECK(read->fetched == day(3));
  CHECK(reader.document_hash("source-a", "fr/1") == document.hash);
  CHECK_FALSE(reader.document_hash("source-b", "fr/1"));
  CHECK(reader.document_ids("source-a") == Ids{"fr/1"});
  CHECK(reader.source("source-a").checkpoint == "{}");
  CHECK(reader.source("source-a").last_complete == day(2));
  CHECK(reader.source("unknown").checkpoint.empty());
  CHECK_FALSE(reader.source("unknown").last_complete);
  REQUIRE(reader.runs("", 10).size() == 2);
  CHECK(reader.runs("", 10)[0].source == "source-b");
  CHECK(reader.runs("", 1).size() == 1);
  auto const runs = reader.runs("source-a", 10);
  REQUIRE(runs.size() == 1);
  CHECK(runs[0].counts == run.counts);
  CHECK(runs[0].outcome == RunOutcome::complete);
  CHECK(runs[0].finished == day(4));
  CHECK(runs[0].mode == "full");
  auto const documents = reader.run_documents(run.number);
  REQUIRE(documents.size() == 1);
  CHECK(documents[0].code == "bbox-swapped");
  CHECK(documents[0].outcome == DocumentOutcome::warned);
  CHECK(documents[0].excerpt == "3 1");
}

TEST_CASE("a new store is sound") {
  FOR_EACH_STORE(bench);
  bench.put({.id = "a", .footprint = triangle(), .datetime = day(1)});
  CHECK(bench.store().check([](double) {}).empty());
}
