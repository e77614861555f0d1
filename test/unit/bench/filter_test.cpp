#include "bench/filter.hpp"

#include "support/catch.hpp"

using namespace terracat::bench;

namespace {

void is_written(Filter const& filter, std::string_view text, std::string_view json) {
  CHECK(filter.text == text);
  CHECK(filter.json == json);
}

} // namespace

TEST_CASE("a filter is written in both spellings of CQL2") {
  auto const cloud = property("eo:cloud_cover");
  is_written(cloud, "eo:cloud_cover", R"({"property":"eo:cloud_cover"})");
  is_written(literal("tiles-%"), "'tiles-%'", R"("tiles-%")");
  is_written(literal(2.5), "2.5000", "2.5000");
  is_written(infix("LIKE", {cloud, literal("a")}), "(eo:cloud_cover LIKE 'a')",
             R"({"op":"like","args":[{"property":"eo:cloud_cover"},"a"]})");
  is_written(infix("OR", {literal("a"), literal("b"), literal("c")}), "('a' OR 'b' OR 'c')",
             R"({"op":"or","args":["a","b","c"]})");
  is_written(call("S_INTERSECTS", {property("geometry"), literal("a")}),
             "S_INTERSECTS(geometry,'a')",
             R"({"op":"s_intersects","args":[{"property":"geometry"},"a"]})");
  is_written(is_one_of(cloud, {literal("a"), literal("b")}), "eo:cloud_cover IN ('a','b')",
             R"({"op":"in","args":[{"property":"eo:cloud_cover"},["a","b"]]})");
  is_written(is_between(cloud, literal(1.0), literal(2.0)),
             "eo:cloud_cover BETWEEN 1.0000 AND 2.0000",
             R"({"op":"between","args":[{"property":"eo:cloud_cover"},1.0000,2.0000]})");
  is_written(call("NOT", {is_null(cloud)}), "NOT(eo:cloud_cover IS NULL)",
             R"({"op":"not","args":[{"op":"isNull","args":[{"property":"eo:cloud_cover"}]}]})");
}

TEST_CASE("places and times of a filter are closed at both ends") {
  is_written(polygon({{0, 0}, {1, 0}, {0, 2}}),
             "POLYGON((0.000000 0.000000,1.000000 0.000000,0.000000 2.000000,0.000000 0.000000))",
             R"({"type":"Polygon","coordinates":[[[0.000000,0.000000],[1.000000,0.000000],)"
             R"([0.000000,2.000000],[0.000000,0.000000]]]})");
  is_written(interval("2024-01-01T00:00:00Z", "2024-02-01T00:00:00Z"),
             "INTERVAL('2024-01-01T00:00:00Z','2024-02-01T00:00:00Z')",
             R"({"interval":["2024-01-01T00:00:00Z","2024-02-01T00:00:00Z"]})");
}

TEST_CASE("what an address has no place for is escaped") {
  CHECK(escaped("a LIKE 'b%'") == "a%20LIKE%20%27b%25%27");
  CHECK(escaped("é+_-.~") == "%C3%A9%2B_-.~");
}
