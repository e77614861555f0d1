// What terms of CQL2 mean, for one item after the other.

#include "query/digest.hpp"
#include "query/filter.hpp"
#include "query/functions.hpp"
#include "query/scan.hpp"

#include "support/catch.hpp"
#include "support/sample_item.hpp"

using namespace terracat;
using namespace terracat::query;

namespace {

using test::at;
using test::SampleItem;

Result<Expression> read(std::string_view text) {
  return read_cql2_text(text, test::sample_queryables(), "filter");
}

Expression condition(std::string_view text) {
  auto const made = read(text);
  INFO(text);
  if (!made) FAIL(made.error());
  return *made;
}

Truth truth(std::string_view text) {
  static SampleItem const sample;
  auto const made = condition(text);
  return Evaluator(made)(sample);
}

std::string refusal(std::string_view text) {
  auto const made = read(text);
  INFO(text);
  REQUIRE_FALSE(made);
  return made.error().detail;
}

void check(Truth expected, std::initializer_list<char const*> filters) {
  for (auto const* const filter : filters) {
    INFO(filter);
    CHECK(truth(filter) == expected);
  }
}

} // namespace

TEST_CASE("every operator has a meaning, and every function can be called") {
  for (auto const& one : all_operations()) {
    INFO(one.name);
    CHECK(function(one.name) != nullptr);
  }
  for (auto const* const one : discoverable_functions()) {
    INFO(one->name);
    CHECK(operation(one->name) != nullptr);
  }
}

TEST_CASE("properties are compared with properties, and literals with literals") {
  check(Truth::yes, {"n > m", "m < n", "t <> s", "n BETWEEN m AND n", "n IN (1, m, n)", "f = f",
                     "start_datetime < end_datetime", "1 = 1", "'a' < 'b'", "'abc' LIKE 'a%'",
                     "start_datetime < day", "DATE('2024-02-06') = day", "t LIKE t",
                     "day IN (DATE('2024-02-06'))", "day < TIMESTAMP('2024-02-06T00:00:01Z')"});
  check(Truth::no, {"n = m", "n <= m", "t = s", "n NOT BETWEEN m AND n", "n IN (1, m)", "1 > 2",
                    "'abc' NOT LIKE 'a%'", "n <> n", "day > DATE('2024-02-06')"});
  check(Truth::unknown, {"missing = t", "missing = missing", "t IN (missing, 'a')",
                         "NOT missing LIKE t", "t > missing OR n = m"});
  check(Truth::yes, {"t IN (missing, t)", "missing = t OR n = n", "casei(missing) IS NULL",
                     "mixed = t OR mixed < t OR mixed > t"});
}

TEST_CASE("arithmetic") {
  check(Truth::yes,
        {"n + m = 5", "n - m = 9", "n * m = -14", "n / m = -3.5", "n div m = -3", "n % m = 1",
         "m ^ 3 = -8", "n - 1 - 2 = 4", "2 + n * 2 = 16", "-n = -7", "n = 3 + 4", "2 ^ 3 ^ 2 = 512",
         "n + m BETWEEN 2 * 2 AND 3 * 2", "n IN (1 + 1, 14 / 2)", "m % n = -2"});
  check(Truth::unknown,
        {"n / 0 = 1", "n % 0 = 1", "n div 0 = 1", "m ^ 0.5 = 1", "10 ^ 300 * 10 ^ 300 > n"});
}

TEST_CASE("case and accents are left out of comparisons") {
  check(Truth::yes, {"casei(t) = casei('ÉTÉ')", "accenti(t) = 'Ete'", "accenti(casei(t)) = s",
                     "casei(accenti(t)) LIKE casei('ET_')", "casei('Straße') = casei('STRASSE')",
                     "accenti(t) IN (accenti('Été'))", "accenti('が') <> 'か'",
                     "casei('e\u0301') = casei('É')"});
  check(Truth::no, {"casei(t) = 'ete'", "accenti(t) = s"});
}

TEST_CASE("places are related as Simple Features says") {
  check(Truth::yes,
        {"S_INTERSECTS(geometry, POINT(10 0))", "S_CONTAINS(geometry, POINT(1 1))",
         "S_WITHIN(geometry, BBOX(0,0,10,10))", "S_WITHIN(POINT(1 1), geometry)",
         "S_CONTAINS(BBOX(-1,-1,11,11), geometry)", "S_TOUCHES(geometry, POINT(10 0))",
         "S_CROSSES(geometry, LINESTRING(1 1,9 9))", "S_CROSSES(LINESTRING(1 1,9 9), geometry)",
         "S_OVERLAPS(geometry, BBOX(-1,-1,5,5))", "S_DISJOINT(geometry, POINT(9 9))",
         "S_EQUALS(geometry, POLYGON((10 0,0 10,0 0,10 0)))", "S_EQUALS(geometry, geometry)",
         "S_INTERSECTS(POINT(1 1), POINT(1 1))",
         "S_WITHIN(geometry, GEOMETRYCOLLECTION(POINT(50 50),POLYGON((0 0,20 0,0 20,0 0))))"});
  check(Truth::no, {"S_CONTAINS(geometry, POINT(10 0))", "S_TOUCHES(geometry, POINT(1 1))",
                    "S_WITHIN(geometry, BBOX(0,0,9,9))", "S_EQUALS(geometry, BBOX(0,0,10,10))",
                    "S_OVERLAPS(geometry, POLYGON((0 0,10 0,0 10,0 0)))",
                    "S_DISJOINT(geometry, BBOX(-170,0,-175,1))"});
}

TEST_CASE("times and intervals are related as OWL-Time says") {
  std::string const own = "INTERVAL(start_datetime, end_datetime)";
  auto const holds = [&](std::string const& op, std::string const& with) {
    return truth(op + "(" + own + ", INTERVAL(" + with + "))") == Truth::yes;
  };
  std::string const same = "'2024-02-05T00:00:00Z', '2024-02-07T12:00:00Z'";
  CHECK(holds("T_EQUALS", same));
  CHECK(holds("T_AFTER", "'..', '2024-02-04'"));
  CHECK_FALSE(holds("T_AFTER", "'..', '2024-02-05'"));
  CHECK(holds("T_BEFORE", "'2024-02-08', '..'"));
  CHECK(holds("T_DISJOINT", "'2024-02-08', '..'"));
  CHECK(holds("T_INTERSECTS", "'2024-02-07', '..'"));
  CHECK(holds("T_CONTAINS", "'2024-02-06', '2024-02-06'"));
  CHECK_FALSE(holds("T_CONTAINS", same));
  CHECK(holds("T_DURING", "'..', '..'"));
  CHECK(holds("T_FINISHES", "'2024-02-04', '2024-02-07T12:00:00Z'"));
  CHECK(holds("T_FINISHEDBY", "'2024-02-06', '2024-02-07T12:00:00Z'"));
  CHECK(holds("T_STARTS", "'2024-02-05', '2024-02-09'"));
  CHECK(holds("T_STARTEDBY", "'2024-02-05', '2024-02-06'"));
  CHECK(holds("T_MEETS", "'2024-02-07T12:00:00Z', '..'"));
  CHECK(holds("T_METBY", "'..', '2024-02-05T00:00:00Z'"));
  CHECK(holds("T_OVERLAPS", "'2024-02-06', '2024-02-09'"));
  CHECK(holds("T_OVERLAPPEDBY", "'2024-02-01', '2024-02-06'"));
  CHECK(holds("T_OVERLAPS", "'2024-02-07', '2024-02-09'"));
  CHECK_FALSE(holds("T_OVERLAPS", "'2024-02-07T12:00:00Z', '2024-02-09'"));
  check(Truth::yes,
        {"T_EQUALS(day, INTERVAL('2024-02-06', '2024-02-06'))", "T_INTERSECTS(datetime, day)",
         "T_DURING(INTERVAL(day, day), INTERVAL('..', '..'))",
         "T_MEETS(INTERVAL('2024-02-01', day), INTERVAL(day, '2024-03-01'))",
         "T_AFTER(datetime, DATE('2024-02-05'))", "T_BEFORE(DATE('2024-02-05'), day)"});
  check(Truth::no, {"T_EQUALS(datetime, day)", "T_AFTER(datetime, DATE('2024-02-06'))"});
  check(Truth::unknown, {"T_AFTER(missing, day)", "T_INTERSECTS(INTERVAL(end_datetime, day), day)",
                         "T_AFTER(t, day)"});
}

TEST_CASE("arrays are compared as sets") {
  check(Truth::yes, {"A_CONTAINS(l, ('a'))", "A_CONTAINEDBY(l, k)", "A_EQUALS(l, (1, 'a', 1))",
                     "A_OVERLAPS(l, ('b', 1))", "A_CONTAINS(k, l)", "A_CONTAINS(l, ())",
                     "A_EQUALS((1, (2, 3)), ((3, 2), 1))", "A_CONTAINS((n, t), ('Été', 3 + 4))",
                     "A_OVERLAPS((DATE('2024-02-06')), (day))", "A_CONTAINEDBY(('a'), l)",
                     "A_CONTAINS((geometry), (POLYGON((10 0,0 10,0 0,10 0)))) OR TRUE"});
  check(Truth::no, {"A_CONTAINS(l, k)", "A_EQUALS(l, k)", "A_OVERLAPS(l, ('b'))",
                    "A_CONTAINEDBY(l, ('a'))", "A_EQUALS(l, ('a', '1'))"});
  check(Truth::unknown, {"A_CONTAINS(l, (missing))"});
}

TEST_CASE("arrays within arrays cost no more than the product of their sizes") {
  auto const nested = [](std::string const& innermost) {
    return std::string(30, '(') + innermost + std::string(30, ')');
  };
  auto const equal = [&](std::string const& one, std::string const& other) {
    return "A_EQUALS(" + nested(one) + ", " + nested(other) + ")";
  };
  CHECK(truth(equal("l, (1, 2)", "(2, 1), l")) == Truth::yes);
  CHECK(truth(equal("l, (1, 2)", "(3, 1), l")) == Truth::no);
}

TEST_CASE("patterns are short") {
  std::string const longest(1'000, '%');
  CHECK(truth("t LIKE '" + longest + "'") == Truth::yes);
  CHECK(refusal("t LIKE '%" + longest + "'") == "a pattern has at most 1000 bytes");
  CHECK(refusal("casei(t) LIKE casei('%" + longest + "')") == "a pattern has at most 1000 bytes");
}

TEST_CASE("functions with names of their own") {
  check(Truth::yes,
        {"abs(m) = 2", "floor(n / 2) = 3", "ceil(n / 2) = 4", "round(n / 2) = 4", "length(t) = 3",
         "upper(s) = 'ETE'", "lower(t) = 'été'", "year(datetime) = 2024", "month(day) = 2",
         "day(end_datetime) = 7", "length('\U0001F30D') = 1"});
  check(Truth::unknown, {"year(t) = 2024", "length(missing) = 0"});
}

TEST_CASE("what an index or SQL can answer is no term") {
  Property const n{.name = "n", .type = Type::number};
  Property const l{.name = "l", .type = Type::list};
  Property const time{.place = Property::Place::time, .type = Type::time};
  auto const later = at("2024-02-06T00:00:00Z");
  CHECK(condition("n = 3 + 4") == Expression{Compare{n, Comparison::equal, 7.0}});
  CHECK(condition("2 * 3 < n") == Expression{Compare{n, Comparison::greater, 6.0}});
  CHECK(condition("n IN (1 + 1, 3)") == Expression{In{n, {2.0, 3.0}}});
  CHECK(condition("1 = 1") == Expression{Always{}});
  CHECK(condition("casei('A') = 'b'") == Expression{Not{{Expression{Always{}}}}});
  CHECK(condition("T_AFTER(datetime, TIMESTAMP('2024-02-06T00:00:00Z'))") ==
        Expression{Compare{time, Comparison::greater, later}});
  CHECK(condition("T_AFTER(TIMESTAMP('2024-02-06T00:00:00Z'), datetime)") ==
        Expression{Compare{time, Comparison::less, later}});
  CHECK(condition("T_INTERSECTS(datetime, INTERVAL('2024-02-06T00:00:00Z', '..'))") ==
        Expression{Compare{time, Comparison::greater_equal, later}});
  CHECK(condition("A_CONTAINEDBY(('a', 1), l)") ==
        Expression{ListCompare{l, ListComparison::contains, {std::string("a"), 1.0}}});
  auto const box = model::Geometry::box(model::Bbox::restored(0, 0, 1, 1));
  CHECK(condition("S_DISJOINT(BBOX(0,0,1,1), geometry)") ==
        Expression{Not{{Expression{Intersects{box}}}}});
}

TEST_CASE("what can never fit is refused, with what was expected") {
  CHECK(refusal("n = t") == "'=' compares 'n' (a number) with 't' (a text)");
  CHECK(refusal("t + 1 = 2") == "expected a number for '+', found 't' (a text)");
  CHECK(refusal("casei(n) = 'a'") == "expected a text for 'casei', found 'n' (a number)");
  CHECK(refusal("n LIKE t") == "expected a text for 'like', found 'n' (a number)");
  CHECK(refusal("S_WITHIN(t, geometry)") ==
        "expected a geometry for 's_within', found 't' (a text)");
  CHECK(refusal("T_DURING(datetime, INTERVAL('..', '..'))") ==
        "expected an interval for 't_during', found 'datetime' (a date or timestamp)");
  CHECK(refusal("T_AFTER(datetime, 'soon')") ==
        "'soon' is no date or timestamp, such as 2024-02-06 or 2024-02-06T12:00:00Z");
  CHECK(refusal("INTERVAL('2024-02-06', '2024-02-05') IS NULL") ==
        "the interval ends before it begins");
  CHECK(refusal("A_EQUALS(t, ('a'))") == "expected an array for 'a_equals', found 't' (a text)");
  CHECK(refusal("n + 1") == "expected a condition, such as a comparison");
  CHECK(refusal("casei(datetime) IN ('a')").starts_with("expected a text for 'casei'"));
  CHECK(refusal("n + 1 IN (1, 'a')") == "'in' compares a number with a text");
  CHECK(read("casei(cloud) = 'x'").error().kind == ProblemKind::unknown_property);
}

TEST_CASE("terms have fingerprints, and say what they look at") {
  auto const print = [](std::string_view text) { return Digest().add(condition(text)).value(); };
  CHECK(print("n + 1 = m") == print("\"n\"+1 = m"));
  CHECK(print("n + 1 = m") != print("n + 2 = m"));
  CHECK(print("n + 1 = m") != print("n - 1 = m"));
  CHECK(print("S_WITHIN(geometry, BBOX(0,0,1,1))") != print("S_WITHIN(geometry, BBOX(0,0,1,2))"));
  CHECK(print("T_DURING(INTERVAL(day, '..'), INTERVAL(day, day))") !=
        print("T_DURING(INTERVAL('..', day), INTERVAL(day, day))"));
  CHECK(properties_in_bodies({.where = condition("n = m AND S_TOUCHES(geometry, POINT(1 1)) AND "
                                                 "year(datetime) = n")}) ==
        std::vector<std::string>{"n", "m", "geometry", "datetime"});
}
