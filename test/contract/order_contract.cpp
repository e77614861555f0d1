// In which order items come, and in which pages (doc/design.md 5). Each case runs over all stores.

#include "bench.hpp"

#include "support/catch.hpp"

using namespace terracat;
using namespace terracat::query;
using namespace terracat::test;

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
    auto const ids = bench.ids(page);
    paged.insert(paged.end(), ids.begin(), ids.end());
    if (!page.next) break;
    CHECK(ids.size() == limit); // a page that is followed by another is never short
    search.after = page.next;
  }
  CHECK(paged == whole);
  search.after.reset();
  search.before = {.values = std::vector<SortValue>(sort.size()), .number = {}}; // behind all
  for (auto end = whole.size(); end > 0; end -= std::min(end, limit)) {
    auto const page = bench.page(search);
    CHECK(page.matched == 40);
    auto const begin = end - std::min(end, limit);
    CHECK(bench.ids(page) == Ids(whole.begin() + static_cast<std::ptrdiff_t>(begin),
                                 whole.begin() + static_cast<std::ptrdiff_t>(end)));
    CHECK(page.previous.has_value() == (begin > 0));
    search.before = page.previous;
  }
}

TEST_CASE("a page has a page before it unless it is the first") {
  FOR_EACH_STORE(bench);
  for (auto const* id : {"a", "b", "c", "d", "e"}) bench.put({.id = id, .datetime = day(1)});
  auto const first = bench.page({.where = everything(), .limit = 2});
  CHECK_FALSE(first.previous);
  auto const second = bench.page({.where = everything(), .limit = 2, .after = first.next});
  CHECK(bench.ids(second) == Ids{"c", "b"});
  REQUIRE(second.previous);
  auto const third = bench.page({.where = everything(), .limit = 2, .after = second.next});
  CHECK(bench.ids(third) == Ids{"a"});
  auto const back = bench.page({.where = everything(), .limit = 2, .before = third.previous});
  CHECK(bench.ids(back) == Ids{"c", "b"});
  CHECK(back.next == second.next);
  CHECK(back.previous == second.previous);
  auto const begin = bench.page({.where = everything(), .limit = 2, .before = back.previous});
  CHECK(bench.ids(begin) == Ids{"e", "d"});
  CHECK(begin.next == first.next);
  CHECK_FALSE(begin.previous);
}

TEST_CASE("pages beside which all has gone lead to what is left") {
  FOR_EACH_STORE(bench);
  std::vector<ItemNumber> numbers;
  for (auto const* id : {"a", "b", "c"}) numbers.push_back(bench.put({.id = id}));
  auto const first = bench.page({.where = everything(), .limit = 2});
  bench.writer().begin();
  bench.writer().remove(numbers[0], "");
  bench.writer().commit();
  auto const empty = bench.page({.where = everything(), .limit = 2, .after = first.next});
  CHECK(empty.rows.empty());
  CHECK_FALSE(empty.next);
  REQUIRE(empty.previous);
  // The item that the empty page came after is still there.
  auto const back = bench.page({.where = everything(), .limit = 1, .before = empty.previous});
  CHECK(bench.ids(back) == Ids{"b"});
  REQUIRE(back.previous);
  bench.writer().begin();
  bench.writer().remove(numbers[2], "");
  bench.writer().commit();
  auto const none = bench.page({.where = everything(), .limit = 1, .before = back.previous});
  CHECK(none.rows.empty());
  CHECK_FALSE(none.previous);
  REQUIRE(none.next);
  CHECK(bench.ids(bench.page({.where = everything(), .limit = 1, .after = none.next})) == Ids{"b"});
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
  CHECK(bench.ids(page) == Ids{"i8", "i7", "i6"});
  bench.put({.id = "newer", .datetime = day(100)});
  bench.put({.id = "older", .datetime = day(-100)});
  bench.writer().begin();
  bench.writer().remove(numbers[6], ""); // the row that the next page starts behind
  bench.writer().remove(numbers[4], "");
  bench.writer().commit();
  search.after = page.next;
  page = bench.page(search);
  CHECK(bench.ids(page) == Ids{"i5", "i3", "i2"});
  CHECK(page.matched == 9);
  search.after = page.next;
  page = bench.page(search);
  CHECK(bench.ids(page) == Ids{"i1", "i0", "older"});
  CHECK_FALSE(page.next);
}
