#include "query/filter.hpp"

#include "support/catch.hpp"

using namespace terracat;
using namespace terracat::query;

namespace {

Cql2 parsed(std::string_view text) {
  auto const filter = parse_cql2_text(text, "filter");
  INFO(text);
  if (!filter) FAIL(filter.error());
  return *filter;
}

std::string as_json(std::string_view text) {
  return to_cql2_json(parsed(text));
}

Problem refused(std::string_view text, FilterLimits const& limits = {}) {
  auto const filter = parse_cql2_text(text, "filter", limits);
  INFO(text);
  REQUIRE_FALSE(filter);
  return filter.error();
}

std::string const a = R"({"property":"a"})";
std::string const b = R"({"property":"b"})";

std::string call(std::string const& op, std::string const& arguments) {
  return R"({"op":")" + op + R"(","args":[)" + arguments + "]}";
}

} // namespace

TEST_CASE("CQL2 text says what CQL2 JSON says") {
  CHECK(as_json("a = 'x'") == call("=", a + R"(,"x")"));
  CHECK(as_json("a<>1.5e2") == call("<>", a + ",150"));
  CHECK(as_json("-3 <= a") == call("<=", "-3," + a));
  CHECK(as_json("properties.eo:cloud_cover>+.5") ==
        call(">", R"({"property":"properties.eo:cloud_cover"},0.5)"));
  CHECK(as_json(R"("grid-code" = true)") == call("=", R"({"property":"grid-code"},true)"));
  CHECK(as_json("a is null") == call("isNull", a));
  CHECK(as_json("a IS NOT NULL") == call("not", call("isNull", a)));
  CHECK(as_json("a LIKE 'it''s%'") == call("like", a + R"(,"it's%")"));
  CHECK(as_json("a NOT LIKE 'x'") == call("not", call("like", a + R"(,"x")")));
  CHECK(as_json("a BETWEEN 1 AND 2 AND a = 3") ==
        call("and", call("between", a + ",1,2") + "," + call("=", a + ",3")));
  CHECK(as_json("a NOT BETWEEN 1 AND 2") == call("not", call("between", a + ",1,2")));
  CHECK(as_json("a In ('x', 1)") == call("in", a + R"(,["x",1])"));
  CHECK(as_json("a NOT IN ()") == call("not", call("in", a + ",[]")));
  CHECK(as_json("date = DATE('2024-02-06')") ==
        call("=", R"({"property":"date"},{"date":"2024-02-06"})"));
  CHECK(as_json(R"(a = 'it\'s\\ \ta\%')") == call("=", a + R"(,"it's\\ \ta\\%")"));
  CHECK(as_json("a + 2 * b ^ 2 = -c") ==
        call("=", call("+", a + "," + call("*", "2," + call("^", b + ",2"))) + "," +
                      call("*", R"(-1,{"property":"c"})")));
  CHECK(as_json("a - 1 - 2 > 7 Div 2 % 3") ==
        call(">",
             call("-", call("-", a + ",1") + ",2") + "," + call("%", call("div", "7,2") + ",3")));
  CHECK(as_json("(a - (1 - 2)) * 3 < 0") ==
        call("<", call("*", call("-", a + "," + call("-", "1,2")) + ",3") + ",0"));
  CHECK(as_json("CASEI(a) LIKE accenti(CaseI('x%'))") ==
        call("like", call("casei", a) + "," + call("accenti", call("casei", R"("x%")"))));
  CHECK(as_json("t_finishedby(INTERVAL(a, '..'), b)") ==
        call("t_finishedBy", R"({"interval":[)" + a + R"(,".."]},)" + b));
  CHECK(as_json("A_CONTAINS(a, ('x')) OR a_containedby(a, ('x', 1))") ==
        call("or",
             call("a_contains", a + R"(,["x"])") + "," + call("a_containedBy", a + R"(,["x",1])")));
  CHECK(as_json("a < timestamp('2024-02-06T00:00:00Z')") ==
        call("<", a + R"(,{"timestamp":"2024-02-06T00:00:00Z"})"));
}

TEST_CASE("AND binds stronger than OR, NOT stronger than AND") {
  auto const one = call("=", a + ",1");
  auto const two = call("=", a + ",2");
  auto const three = call("=", a + ",3");
  CHECK(as_json("a=1 OR a=2 AND NOT a=3") ==
        call("or", one + "," + call("and", two + "," + call("not", three))));
  CHECK(as_json("(a=1 OR a=2) AND a=3") == call("and", call("or", one + "," + two) + "," + three));
  CHECK(as_json("a=1 or a=2 or a=3") == call("or", one + "," + two + "," + three));
  CHECK(as_json("((a=1))") == one);
}

TEST_CASE("geometries of CQL2 text are those of well-known text") {
  auto const meets = [](std::string const& shape) {
    return as_json("S_INTERSECTS(geometry, " + shape + ")");
  };
  auto const expected = [](std::string const& geometry) {
    return call("s_intersects", R"({"property":"geometry"},)" + geometry);
  };
  auto const of = [&](std::string const& type, std::string const& coordinates) {
    return expected(R"({"type":")" + type + R"(","coordinates":)" + coordinates + "}");
  };
  CHECK(meets("BBOX(160.6,-55.95,-170,-25.89)") ==
        expected(R"({"bbox":[160.6,-55.95,-170,-25.89]})"));
  CHECK(meets("point(7.02 49.92)") == of("Point", "[7.02,49.92]"));
  CHECK(meets("POINT Z (7 49 100)") == of("Point", "[7,49]"));
  CHECK(meets("LINESTRING(-180 -45, 0 -45)") == of("LineString", "[[-180,-45],[0,-45]]"));
  CHECK(meets("POLYGON((0 0,2 0,2 2,0 0),(1 1,1.5 1,1.5 1.5,1 1))") ==
        of("Polygon", "[[[0,0],[2,0],[2,2],[0,0]],[[1,1],[1.5,1],[1.5,1.5],[1,1]]]"));
  CHECK(meets("MULTIPOINT((1 2),3 4)") == of("MultiPoint", "[[1,2],[3,4]]"));
  CHECK(meets("MULTILINESTRING((0 0,1 1),(2 2,3 3))") ==
        of("MultiLineString", "[[[0,0],[1,1]],[[2,2],[3,3]]]"));
  CHECK(meets("MULTIPOLYGON(((0 0,1 0,1 1,0 0)))") ==
        of("MultiPolygon", "[[[[0,0],[1,0],[1,1],[0,0]]]]"));
  CHECK(meets("GEOMETRYCOLLECTION(POINT(1 2),LINESTRING(0 0,1 1))") ==
        expected(R"({"type":"GeometryCollection","geometries":[)"
                 R"({"type":"Point","coordinates":[1,2]},)"
                 R"({"type":"LineString","coordinates":[[0,0],[1,1]]}]})"));
}

TEST_CASE("a filter is printed as it is read, in text and in JSON") {
  for (auto const* const text :
       {"a = 'it''s'",
        "\"not\"=TRUE",
        "\"a \"\"b\"\"\" IS NULL",
        "NOT NOT a = 1",
        "(a=1 OR a=2) AND a=3",
        "(a=1 OR a=2) OR a=3",
        "NOT (a=1 AND a=2)",
        "(a=1)=(a=2)",
        "a NOT IN (1)",
        "a IN ()",
        "a BETWEEN -1 AND 1e300",
        "a LIKE '\\%x_'",
        "S_INTERSECTS(geometry, GEOMETRYCOLLECTION(POINT(1 2), MULTIPOINT((1 2), (3 4))))",
        "S_INTERSECTS(geometry, BBOX(0,1,2,3,4,5))",
        "S_INTERSECTS(geometry, MULTIPOLYGON(((0 0,1 0,1 1,0 0),(0 0,.5 0,.5 .5,0 0))))",
        R"(a = 'a\\')",
        R"(a LIKE '\%\\n')",
        "-a + b - (c - 1) * -2 = b ^ (c ^ 2)",
        "(a ^ 2) ^ 3 > a % 2 div 3 / (4 * 5)",
        "CASEI(a) = accenti('x')",
        "T_AFTER(INTERVAL(a, '..'), INTERVAL('..', '2024-01-01'))",
        "A_EQUALS(a, [1]) AND A_OVERLAPS((1, 'x'), b) AND a_contains(a, ())",
        "year(a) IN (2023, 1 + b)",
        "a BETWEEN b AND b + 1",
        "casei(a) IS NULL",
        "a = DATE('2024-01-01') OR a = TIMESTAMP('2024-01-01T00:00:00Z')",
        "é_x.y = 0.1"}) {
    INFO(text);
    auto const filter = parsed(text);
    INFO(to_cql2_text(filter));
    CHECK(parsed(to_cql2_text(filter)) == filter);
    auto const json = json::Document::parse(to_cql2_json(filter));
    REQUIRE(json);
    CHECK(parse_cql2_json(json->root(), "filter") == filter);
  }
  CHECK(to_cql2_text(parsed("not (a=1 or b like 'x')")) == "NOT (a=1 OR b LIKE 'x')");
}

TEST_CASE("a text that is no filter says where, what was expected and what is there") {
  CHECK(refused("a = ").detail == "expected a property, a value or '(', found the end");
  CHECK(refused("a = ").where == "filter, character 5");
  CHECK(refused("é = 1 b").detail == "expected an operator or the end, found 'b'");
  CHECK(refused("é = 1 b").where == "filter, character 7");
  CHECK(refused("a = 'x").detail == "the quote that begins here has no end");
  CHECK(refused("a NOT 1").detail == "expected 'like', 'between' or 'in', found '1'");
  CHECK(refused("a BETWEEN 1, 2").detail == "expected 'and', found ','");
  CHECK(refused("(a = 1").detail == "expected ')', found the end");
  CHECK(refused("a ; b").detail == "';' stands for nothing here");
  CHECK(refused("a = and").detail == "expected a property, a value or '(', found 'and'");
  CHECK(refused("a = 1e999").detail == "expected a number that a double can hold, found '1e999'");
  CHECK(refused("a = DATE(1)").detail == "expected a text in single quotes, found '1'");
  CHECK(refused("S_INTERSECTS(a)").detail == "'s_intersects' has 1 argument, expected 2");
  CHECK(refused("S_INTERSECTS(a, POINT(1))").detail == "expected a number, found ')'");
  CHECK(refused("A_CONTAINS(a, -b ^ 2)").detail == "'^' makes no array, as 'a_contains' expects");
  CHECK(refused("A_CONTAINS(a, b OR c)").where == "filter, character 17");
  CHECK(refused("NEAR(a, b)").where == "filter, character 1");
  CHECK(refused("NEAR(a, b)")
            .detail.starts_with("'NEAR' is no operator or function here; did you mean 'year'"));
  CHECK(refused("SOMEWHERE(a)")
            .detail.starts_with(
                "'SOMEWHERE' is no operator or function here; there are and, or, not"));
  CHECK(refused("INTERVAL('..')").detail ==
        "expected an interval of two ends, such as INTERVAL('2024-01-01', '..')");
}

TEST_CASE("depth and size of CQL2 text are bounded") {
  std::string const brackets(100'000, '(');
  CHECK(refused(brackets).detail == "the filter is nested more than 32 deep");
  std::string nots;
  for (int i = 0; i < 32; ++i) nots += "NOT ";
  CHECK(parse_cql2_text(nots + "a = 1", "filter"));
  CHECK(refused("NOT " + nots + "a = 1").detail == "the filter is nested more than 32 deep");
  CHECK(refused(std::string(100'000, '-') + "a = 1").detail ==
        "the filter is nested more than 32 deep");
  auto const bracketed = [](std::size_t depth) {
    return std::string(depth, '(') + "a = 1" + std::string(depth, ')');
  };
  CHECK(parse_cql2_text(bracketed(32), "filter"));
  CHECK(refused(bracketed(33)).detail == "the filter is nested more than 32 deep");
  std::string list = "a IN (0";
  for (int i = 0; i < 1'000; ++i) list += ",0";
  CHECK(refused(list + ")").detail ==
        "the filter has more than 1000 parts: conditions, and values in lists");
  std::string shapes = "S_INTERSECTS(geometry, ";
  for (int i = 0; i < 100'000; ++i) shapes += "GEOMETRYCOLLECTION(";
  CHECK(refused(shapes, {.bytes = 10'000'000}).detail == "the filter is nested more than 32 deep");
  CHECK(refused(shapes).detail == "the filter is longer than 1000000 bytes");
  CHECK(refused("S_INTERSECTS(geometry, LINESTRING(0 0,1 1))", {.positions = 1}).detail ==
        "the geometry has more than 1 positions");
  CHECK(refused("S_INTERSECTS(geometry,POINT(1 2)) OR S_INTERSECTS(geometry,POINT(1 2))",
                {.positions = 1})
            .detail == "the geometries of the filter have more than 1 positions together");
}

TEST_CASE("a zero has no sign in CQL2") {
  for (auto const* const text : {"a = -0.0", "S_INTERSECTS(geometry,POINT(-0.0 1))",
                                 "S_INTERSECTS(geometry,BBOX(-0.0,0,1,1))"}) {
    INFO(text);
    auto const printed = to_cql2_text(parse_cql2_text(text, "filter").value());
    CHECK(printed.find("-0") == std::string::npos);
  }
  auto const json = json::Document::parse(
      R"({"op":"s_intersects","args":[{"property":"geometry"},{"type":"Point","coordinates":[-0.0,1]}]})");
  CHECK(to_cql2_text(parse_cql2_json(json->root(), "filter").value()) ==
        "S_INTERSECTS(geometry, POINT(0 1))");
}

TEST_CASE("a collection of a filter has a geometry, as text can only say one that has") {
  auto const json = json::Document::parse(
      R"({"op":"s_contains","args":[{"type":"GeometryCollection","geometries":[)"
      R"({"type":"GeometryCollection","geometries":[]}]},{"property":"geometry"}]})");
  auto const filter = parse_cql2_json(json->root(), "filter");
  REQUIRE_FALSE(filter);
  CHECK(filter.error().detail == "a GeometryCollection of a filter needs a geometry");
  CHECK(filter.error().where == "filter/args/0/geometries");
}

TEST_CASE("CQL2 text is UTF-8") {
  CHECK(refused("mix\x9d"
                "d = 1")
            .detail == "the filter is not encoded in UTF-8");
  CHECK(parse_cql2_text("\"temp\xc3\xa9rature\" = 1", "filter"));
}

TEST_CASE("what CQL2 text means is looked up among the queryables") {
  Queryables queryables;
  queryables.add("eo:cloud_cover", Type::number);
  auto const read = [&](std::string_view text) {
    return read_cql2_text(text, queryables, "filter");
  };
  Property const cloud{.name = "eo:cloud_cover", .type = Type::number};
  CHECK(read("eo:cloud_cover <= 30") == Expression{Compare{cloud, Comparison::less_equal, 30.0}});
  CHECK(read("cloud_cover = 1").error().kind == ProblemKind::unknown_property);
  CHECK(read("1 = 1 OR cloud_cover = 1").error().where.starts_with("filter, character"));
  CHECK(read("eo:cloud_cover = 'much'").error().detail ==
        "'eo:cloud_cover' is compared with \"much\", expected a number");
}
