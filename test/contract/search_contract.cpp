// Which items a search finds (doc/design.md 5). Each case runs over all stores.

#include "bench.hpp"

#include "query/words.hpp"

#include "support/catch.hpp"

using namespace terracat;
using namespace terracat::query;
using namespace terracat::test;

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

TEST_CASE("a phrase is looked for in title, description and keywords, each by itself") {
  FOR_EACH_STORE(bench);
  bench.put({.id = "a",
             .properties = R"("title":"Mer de Glace, été","keywords":["Eau douce"])",
             .datetime = day(1)});
  bench.put({.id = "b",
             .properties = R"("description":"glace de mer","keywords":"mer")",
             .datetime = day(2)});
  bench.put({.id = "c",
             .properties = R"("name":"mer","keywords":["eau","douce",7])",
             .datetime = day(3)});
  auto const saying = [&](std::string_view phrase) { return bench.search(says(phrase).value()); };
  CHECK(saying("MER") == Ids{"b", "a"});
  CHECK(saying("mer de glace") == Ids{"a"});
  CHECK(saying("glace de mer") == Ids{"b"});
  CHECK(saying("ete") == Ids{"a"});
  CHECK(saying("glace") == Ids{"b", "a"});
  CHECK(saying("glac").empty());
  CHECK(saying("eau douce") == Ids{"a"});
  CHECK(saying("douce") == Ids{"c", "a"});
  CHECK(saying("ete eau").empty()); // the end of one text and the beginning of another
  CHECK(bench.search(negation(says("mer").value())) == Ids{"c"});
  CHECK(bench.page({.where = says("mer").value()}).matched == 2);
}

TEST_CASE("what an item says goes with it") {
  FOR_EACH_STORE(bench);
  auto const number = bench.put({.id = "a", .properties = R"("title":"rain")", .datetime = day(1)});
  auto const silent = bench.put({.id = "b", .properties = "", .datetime = day(1)});
  using Numbers = std::vector<ItemNumber>;
  CHECK(bench.reader().items_saying("rain") == Numbers{number});
  bench.replace(number, {.id = "a", .properties = R"("title":"snow")", .datetime = day(1)});
  bench.replace(silent, {.id = "b", .properties = R"("title":"Rain")", .datetime = day(1)});
  CHECK(bench.reader().items_saying("rain") == Numbers{silent});
  CHECK(bench.reader().items_saying("snow") == Numbers{number});
  bench.replace(number, {.id = "a", .properties = "", .datetime = day(1)});
  bench.writer().begin();
  bench.writer().remove(silent, "");
  bench.writer().commit();
  CHECK(bench.reader().items_saying("rain").empty());
  CHECK(bench.reader().items_saying("snow").empty());
  CHECK(bench.store().check(store::Depth::whole, [](double) {}).empty());
}

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
