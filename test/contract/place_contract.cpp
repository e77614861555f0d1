// What an index is made of.

#include "bench.hpp"

using namespace terracat;
using namespace terracat::test;

namespace {

std::vector<std::int64_t> numbers(std::vector<store::ItemPlace> const& places) {
  std::vector<std::int64_t> out;
  for (auto const& place : places) out.push_back(static_cast<std::int64_t>(place.number));
  return out;
}

} // namespace

TEST_CASE("a store tells the places of its items by number") {
  FOR_EACH_STORE(bench);
  bench.put({.id = "box", .footprint = box(170, 0, -170, 10), .datetime = day(1)});
  bench.put({.id = "triangle", .footprint = triangle(), .start = day(2), .end = day(4)});
  bench.put({.id = "nowhere"});
  auto const places = bench.reader().item_places(ItemNumber{}, 10, {});
  REQUIRE(numbers(places) == std::vector<std::int64_t>{1, 2, 3});
  CHECK_FALSE(places[0].is_connected); // two halves
  CHECK(places[1].is_connected);
  CHECK_FALSE(places[2].is_connected);
  CHECK(places[0].collection == bench.collection());
  CHECK(places[0].time == day(1));
  CHECK(places[0].period == model::Interval::instant(model::Bound::at(day(1))));
  CHECK(places[0].bbox == model::Bbox::restored(170, 0, -170, 10));
  CHECK(places[0].is_box);
  CHECK(places[1].time == day(2));
  CHECK(places[1].period ==
        model::Interval::make(model::Bound::at(day(2)), model::Bound::at(day(4))).value());
  CHECK_FALSE(places[1].is_box);
  CHECK(places[0].outline.empty());
  CHECK(places[1].outline == model::from_wkb(triangle().wkb()).parts.at(0).at(0));
  CHECK_FALSE(places[2].time);
  CHECK_FALSE(places[2].period);
  CHECK_FALSE(places[2].bbox);
  CHECK(numbers(bench.reader().item_places(ItemNumber{1}, 1, {})) == std::vector<std::int64_t>{2});
  CHECK(bench.reader().item_places(ItemNumber{3}, 1, {}).empty());
}

TEST_CASE("a store tells the values of properties that an item has") {
  FOR_EACH_STORE(bench);
  bench.put({.id = "a", .properties = R"("n":5,"t":"x","f":true,"u":"1970-01-02T00:00:00Z")"});
  bench.put({.id = "b", .properties = R"("n":"5","t":null,"f":0,"u":"yesterday")"});
  bench.put({.id = "c", .properties = R"("n":-0.5,"n":7,"m":[1])"}); // the first one counts
  std::vector<Property> const wanted{own("f", Type::boolean), own("n", Type::number),
                                     own("n", Type::text), own("t", Type::text),
                                     own("u", Type::time)};
  auto const places = bench.reader().item_places(ItemNumber{}, 10, wanted);
  REQUIRE(places.size() == 3);
  auto const value = [&](std::size_t item, std::size_t property) -> std::optional<Scalar> {
    for (auto const& one : places[item].values) {
      if (one.property == property) return one.value;
    }
    return std::nullopt;
  };
  CHECK(places[0].values.size() == 4);
  CHECK(value(0, 0) == Scalar(true));
  CHECK(value(0, 1) == Scalar(5.0));
  CHECK(value(0, 3) == Scalar(std::string("x")));
  CHECK(value(0, 4) == Scalar(day(1)));
  CHECK(places[1].values.size() == 1); // all others are of another type
  CHECK(value(1, 2) == Scalar(std::string("5")));
  CHECK(places[2].values.size() == 1);
  CHECK(value(2, 1) == Scalar(-0.5));
  CHECK(bench.reader().item_places(ItemNumber{}, 1, {}).front().values.empty());
}

TEST_CASE("a store tells the values that a transaction wrote") {
  FOR_EACH_STORE(bench);
  auto const number = bench.put({.id = "a", .properties = R"("n":1)"});
  std::vector<Property> const wanted{own("n", Type::number)};
  auto& writer = bench.writer();
  writer.begin();
  auto const read = [&] {
    return writer.reader().item_places(ItemNumber{}, 1, wanted).front().values;
  };
  CHECK(read() == std::vector<PropertyValue>{{0, 1.0}});
  auto write = item_write(bench.collection(), {.id = "a", .properties = R"("n":2)"});
  write.number = number;
  writer.put(write);
  CHECK(read() == std::vector<PropertyValue>{{0, 2.0}});
  writer.commit();
}

TEST_CASE("a store has no place for items of a collection that is gone") {
  FOR_EACH_STORE(bench);
  bench.put({.id = "a", .footprint = triangle()});
  bench.writer().begin();
  bench.writer().remove(bench.collection());
  bench.writer().commit();
  CHECK(bench.reader().item_places(ItemNumber{}, 10, {}).empty());
  CHECK_FALSE(bench.reader().footprint(ItemNumber{1}));
}

TEST_CASE("a store gives footprints back as they were, whatever their type") {
  FOR_EACH_STORE(bench);
  model::Part const line{model::Path{{1, 2}, {3, 5}, {4, 4}}};
  model::Part const ring{model::Path{{0, 0}, {9, 0}, {0, 9}, {0, 0}},
                         model::Path{{1, 1}, {1, 2}, {2, 1}, {1, 1}}};
  model::Part const point{model::Path{{7, 8}}};
  using model::GeometryType;
  std::vector<model::RawGeometry> raws(7);
  raws[0] = {.type = GeometryType::point, .parts = {point}};
  raws[1] = {.type = GeometryType::line_string, .parts = {line}};
  raws[2] = {.type = GeometryType::polygon, .parts = {ring}};
  raws[3] = {.type = GeometryType::multi_point, .parts = {point, point}};
  raws[4] = {.type = GeometryType::multi_line_string, .parts = {line, line}};
  raws[5] = {.type = GeometryType::multi_polygon, .parts = {ring, ring}};
  raws[6] = {.type = GeometryType::geometry_collection, .members = {raws[0], raws[1], raws[2]}};
  for (auto const& raw : raws) {
    auto const written =
        model::Geometry::restored(model::to_wkb(raw), model::Bbox::restored(0, 0, 9, 9), false);
    auto const number =
        bench.put({.id = std::to_string(static_cast<int>(raw.type)), .footprint = written});
    CHECK(bench.reader().footprint(number) == written);
    auto const before = ItemNumber{static_cast<std::int64_t>(number) - 1};
    auto const places = bench.reader().item_places(before, 1, {});
    CHECK(places.at(0).is_connected == (raw.type <= GeometryType::polygon));
  }
  CHECK_FALSE(bench.reader().footprint(bench.put({.id = "nowhere"})));
  CHECK_FALSE(bench.reader().footprint(ItemNumber{99}));
}

TEST_CASE("a store reads no footprint after the deadline") {
  FOR_EACH_STORE(bench);
  auto const number = bench.put({.id = "a", .footprint = triangle()});
  auto& reader = bench.reader();
  reader.set_deadline(std::chrono::steady_clock::now() - std::chrono::seconds(1));
  CHECK_THROWS_AS(reader.footprint(number), store::DeadlinePassed);
}
