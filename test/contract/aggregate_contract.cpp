// What stores say of many items together (store/aggregate.hpp). Each case runs over all of them.

#include "bench.hpp"

#include "store/aggregate.hpp"
#include "support/catch.hpp"

using namespace terracat;
using namespace terracat::query;
using namespace terracat::test;

namespace {

using Buckets = std::map<Bucket, std::size_t>;

/// Six items: with and without a time, a footprint, and the properties.
void fill(Bench& bench) {
  bench.put({.id = "a",
             .properties = R"("n":5,"t":"x","f":true)",
             .footprint = box(0, 0, 2, 2),
             .datetime = day(0)});
  bench.put({.id = "b",
             .properties = R"("n":5.0,"t":"y")",
             .footprint = box(-2, -2, 0, 0),
             .datetime = day(31)});
  bench.put({.id = "c",
             .properties = R"("n":95,"t":"x","f":false)",
             .footprint = model::Geometry::box(model::Bbox::make(178, 0, -176, 2).value()),
             .start = day(40),
             .end = day(50)});
  bench.put({.id = "d", .properties = R"("n":"5","t":7)", .datetime = day(400)});
  bench.put({.id = "e", .properties = R"("n":null)", .footprint = box(0.5, 0.5, 1, 1)});
  bench.put({.id = "f",
             .properties = R"("n":-3,"t":"X")",
             .footprint = box(1, 1, 1, 1),
             .datetime = day(31)});
}

Summary one(Bench& bench, Aggregation what, Expression const& where = everything()) {
  return store::aggregate(bench.reader(), where, std::vector{std::move(what)}).front();
}

} // namespace

TEST_CASE("items that match are counted, and their times bounded") {
  FOR_EACH_STORE(bench);
  fill(bench);
  CHECK(one(bench, CountItems{}).items() == 6);
  CHECK(one(bench, CountItems{}, {HasId{{"a", "f", "none"}}}).items() == 2);
  CHECK(one(bench, EarliestTime{}).time() == day(0).milliseconds());
  CHECK(one(bench, LatestTime{}).time() == day(400).milliseconds());
  CHECK_FALSE(one(bench, LatestTime{}, {HasId{{"e"}}}).time());
}

TEST_CASE("times, collections and cells are counted by bucket, the rest is overflow") {
  FOR_EACH_STORE(bench);
  fill(bench);
  bench.writer().begin();
  auto const other = bench.writer().put(record_write("other"));
  bench.writer().commit();
  bench.put_into(other, {.id = "a"});
  auto const by_month = one(bench, ByTime{Step::month});
  CHECK(by_month.buckets() == Buckets{{day(0).milliseconds(), 1},     // 1970-01
                                      {day(31).milliseconds(), 3},    // 1970-02
                                      {day(396).milliseconds(), 1}}); // 1971-02
  CHECK(by_month.overflow() == 2);
  CHECK(one(bench, ByCollection{}).buckets() ==
        Buckets{{static_cast<std::int64_t>(bench.collection()), 6},
                {static_cast<std::int64_t>(other), 1}});
  ByCell const by{Grid::geohash, 1};
  auto const cells = one(bench, by);
  std::map<std::string, std::size_t> found;
  for (auto const& [bucket, items] : cells.buckets()) found[text_of(by, bucket)] = items;
  CHECK(found == std::map<std::string, std::size_t>{{"s", 3}, {"7", 1}, {"8", 1}});
  CHECK(cells.overflow() == 2);
}

TEST_CASE("values are counted by what they are, and those of another type are missing") {
  FOR_EACH_STORE(bench);
  fill(bench);
  auto const numbers = one(bench, ByValue{own("n", Type::number)});
  CHECK(numbers.buckets() == Buckets{{-3.0, 1}, {5.0, 2}, {95.0, 1}});
  CHECK(numbers.overflow() == 2);
  CHECK(one(bench, ByValue{own("t", Type::text)}).buckets() ==
        Buckets{{"X", 1}, {"x", 2}, {"y", 1}});
  CHECK(one(bench, ByValue{own("f", Type::boolean)}).buckets() == Buckets{{0.0, 1}, {1.0, 1}});
  ByRange const ranges{own("n", Type::number), {.first = 0, .width = 10, .count = 10}};
  CHECK(one(bench, ranges).buckets() == Buckets{{std::int64_t{0}, 3}, {std::int64_t{9}, 1}});
  auto elsewhere = own("n", Type::number);
  elsewhere.only_in = {RecordNumber{4'711}};
  CHECK(one(bench, ByValue{elsewhere}).buckets().empty());
  CHECK(one(bench, ByValue{elsewhere}).overflow() == 6);
}

TEST_CASE("several aggregations are answered in their order, of the same items") {
  FOR_EACH_STORE(bench);
  fill(bench);
  Expression const where{Compare{own("n", Type::number), Comparison::greater, 0.0}};
  std::vector<Aggregation> const asked{ByValue{own("t", Type::text)}, CountItems{},
                                       ByValue{own("n", Type::number)}, LatestTime{}};
  auto const found = store::aggregate(bench.reader(), where, asked);
  REQUIRE(found.size() == 4);
  CHECK(found[0].buckets() == Buckets{{"x", 2}, {"y", 1}});
  CHECK(found[1].items() == 3);
  CHECK(found[2].buckets() == Buckets{{5.0, 2}, {95.0, 1}});
  CHECK(found[3].time() == day(40).milliseconds());
}

TEST_CASE("items of a collection that is gone are not counted") {
  FOR_EACH_STORE(bench);
  fill(bench);
  bench.writer().begin();
  bench.writer().remove(bench.collection());
  bench.writer().commit();
  CHECK(one(bench, CountItems{}).items() == 0);
  CHECK(one(bench, ByValue{own("t", Type::text)}).buckets().empty());
}
