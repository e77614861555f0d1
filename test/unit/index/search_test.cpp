#include "bench.hpp"

using namespace terracat;
using namespace terracat::index_test;

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
  CHECK(bench.ids(first) == Ids{"c", "b"});
  CHECK(first.matched == 4);
  REQUIRE(first.next == Anchor{.values = {day(1).milliseconds()}, .number = ItemNumber{2}});

  search.after = first.next;
  search.limit = 1;
  auto const second = bench.page(search);
  CHECK(bench.ids(second) == Ids{"a"});
  CHECK(second.matched == 4);

  search.after = second.next;
  search.count = false;
  auto const last = bench.page(search);
  CHECK(bench.ids(last) == Ids{"timeless"});
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

TEST_CASE("a footprint that is asked of is looked at once in a segment") {
  Bench bench;
  bench.put({.id = "a", .footprint = triangle()});
  auto const lines = bench.work_of({Intersects{slope()}});
  CHECK(lines.outlines == 0); // there is nothing to compare a line with
  CHECK(lines.footprints == 1);
  auto const boxes = bench.work_of({Intersects{box(3, 3, 4, 9)}});
  CHECK(boxes.outlines == 1);
  CHECK(boxes.footprints == 0);
}

TEST_CASE("times are compared by where they stand") {
  Bench bench;
  bench.put({.id = "timeless"});
  bench.put({.id = "span", .datetime = day(4), .start = day(1), .end = day(9)});
  for (int i = 1; i <= 6; ++i) {
    bench.put({.id = std::string(1, static_cast<char>('0' + i)), .datetime = day(i)});
  }
  query::Property const time{
      .place = query::Property::Place::time, .name = "datetime", .type = query::Type::time};
  auto const is = [&](query::Comparison comparison, std::int64_t number) {
    return Expression{query::Compare{time, comparison, day(number)}};
  };
  using query::Comparison;
  CHECK(bench.search(is(Comparison::equal, 4)) == Ids{"4", "span"});
  CHECK(bench.search(is(Comparison::less, 3)) == Ids{"2", "1"});
  CHECK(bench.search(is(Comparison::less_equal, 2)) == Ids{"2", "1"});
  CHECK(bench.search(is(Comparison::greater, 4)) == Ids{"6", "5"});
  CHECK(bench.search(is(Comparison::greater_equal, 5)) == Ids{"6", "5"});
  CHECK(bench.search(is(Comparison::not_equal, 4)) == Ids{"6", "5", "3", "2", "1"});
  auto const both = Expression{query::And{{is(Comparison::greater, 4), is(Comparison::less, 6)}}};
  CHECK(bench.search(both) == Ids{"5"});
  CHECK(bench.search({query::And{{is(Comparison::less, 4), is(Comparison::greater, 6)}}}).empty());
  CHECK(bench.work_of(both).segments == 1);
  CHECK(bench.work_of({Always{}}).segments > 1);
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
  CHECK(bench.ids(bench.page_within({.blocks = 3}, search).value()) == Ids{"c", "b"});
  search.limit = 1;
  CHECK(bench.ids(bench.page_within({.blocks = 2}, search).value()) == Ids{"c"});
  search.count = true; // of all that match nothing has to be looked at to be counted
  CHECK(bench.page_within({.blocks = 2}, search).value().matched == 3);

  search = {.where = {Intersects{slope()}}, .limit = 9}; // outlines do not say enough for lines
  CHECK_FALSE(bench.page_within({.footprints = 2}, search));
  CHECK(bench.page_within({.footprints = 3}, search).value().matched == 3);
  search.where = {Intersects{box(0.5, 0.5, 1, 9)}}; // no triangle within it: outlines say so
  CHECK(bench.page_within({.footprints = 0}, search).value().matched == 3);
  search.where = {Intersects{box(3, 3, 4, 9)}}; // their boxes meet it, they do not
  CHECK(bench.page_within({.footprints = 0}, search).value().matched == 0);
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

TEST_CASE("a shelf has what went meanwhile no more, and is not made of what never was") {
  index::Properties const none;
  auto version =
      std::make_shared<index::Version const>(index::Rows(none), index::Layout{.segment_rows = 4});
  for (int i = 0; i < 16; ++i) { // segments of three rows
    index::Delta delta{.changes = {}, .rows = index::Rows(none)};
    for (int k = 1; k <= 3; ++k) {
      auto const number = i * 3 + k;
      delta.rows.rows.push_back({.place = {.time = number, .number = ItemNumber{number}},
                                 .collection = RecordNumber{1},
                                 .first = number,
                                 .last = number});
    }
    version = version->after(std::move(delta));
  }
  auto const without = [&](index::Version const& from, int number) {
    return from.after({.changes = {.items = {ItemNumber{number}}, .removed_collections = {}},
                       .rows = index::Rows(none)});
  };
  REQUIRE(version->loose().size() == 16);
  auto const then = without(*version, 5);
  auto const parts = then->loose();
  REQUIRE(parts.size() == 16);
  auto const shelf = then->arranged({}, parts);
  REQUIRE(then->with(shelf, parts));
  CHECK(then->with(shelf, parts)->items() == 47);
  CHECK(then->with(shelf, parts)->loose().empty());
  auto const later = without(*without(*then, 6), 48);
  CHECK(later->with(shelf, parts)->items() == 45);
  CHECK(version->with(shelf, parts) == nullptr); // the commit failed: item 5 is there again
}

TEST_CASE("orders without columns and ids are for the store") {
  Bench const bench;
  auto const plan_of = [&](ItemSearch const& search) {
    return index::plan_of(search, bench.version());
  };
  Property const cloud{.name = "eo:cloud_cover", .type = Type::number};
  Property const title{.name = "title", .type = Type::text};
  CHECK_FALSE(plan_of({.where = {HasId{{"a"}}}}));
  CHECK_FALSE(plan_of({.where = {And{{during(1, 2), {HasId{{"a"}}}}}}}));
  CHECK(plan_of({.where = {Always{}}, .sort = {{.property = cloud}}}));
  CHECK_FALSE(plan_of({.where = {Always{}}, .sort = {{.property = title}}}));
}

TEST_CASE("what segments cannot answer the store is asked of what they find") {
  Bench const bench;
  auto const rest_of = [&](Expression const& where) {
    return index::plan_of({.where = where}, bench.version()).value().rest;
  };
  Expression const low{HeightsMeet{{0, 1}}};
  Expression const either{Or{{during(1, 2), {Intersects{triangle()}}}}};
  Expression const unknown{Compare{{.name = "x", .type = Type::number}, Comparison::less, 1.0}};
  CHECK_FALSE(rest_of({And{{during(1, 2), {Intersects{triangle()}}}}}));
  CHECK(rest_of(low) == low);
  CHECK(rest_of({And{{either, during(1, 2)}}}) == either);
  CHECK(rest_of({And{{low, {And{{during(1, 2), either}}}, unknown}}}) ==
        Expression{And{{low, either, unknown}}});
}
