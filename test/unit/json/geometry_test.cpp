#include <terracat/json.hpp>

#include "support/catch.hpp"

using namespace terracat;
using namespace terracat::model;

namespace {

Result<RawGeometry> read(std::string_view text, std::size_t positions = 1000) {
  return json::read_geometry(json::Document::parse(text)->root(), positions);
}

std::string round_trip(std::string_view text) {
  json::Writer out;
  json::write_geometry(out, read(text).value());
  return out.take();
}

} // namespace

TEST_CASE("every geometry type of RFC 7946 comes back as it went in") {
  auto const text = GENERATE(
      R"({"type":"Point","coordinates":[1.5,-2]})",
      R"({"type":"LineString","coordinates":[[0,0],[1,1]]})",
      R"({"type":"Polygon","coordinates":[[[0,0],[4,0],[4,4],[0,0]],[[1,1],[2,1],[2,2],[1,1]]]})",
      R"({"type":"MultiPoint","coordinates":[[0,0],[1,1]]})",
      R"({"type":"MultiLineString","coordinates":[[[0,0],[1,1]],[[2,2],[3,3]]]})",
      R"({"type":"MultiPolygon","coordinates":[[[[0,0],[4,0],[4,4],[0,0]]]]})",
      R"({"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]}]})");
  CHECK(round_trip(text) == text);
}

TEST_CASE("third coordinates give a range of heights") {
  auto const made = read(R"({"type":"LineString","coordinates":[[0,0,5],[1,1,-3,99]]})");
  REQUIRE(made);
  CHECK(made->heights == HeightRange{-3, 5});
  CHECK(made->parts == std::vector<Part>{Part{Path{{0, 0}, {1, 1}}}});
}

TEST_CASE("a geometry that cannot be read says where") {
  auto const where = [](std::string_view text) { return read(text).error().where; };
  CHECK(where(R"({"type":"Circle","coordinates":[0,0]})") == "/type");
  CHECK(where(R"({"coordinates":[0,0]})") == "/type");
  CHECK(where(R"("Point")") == "/type");
  CHECK(where(R"({"type":"Point"})") == "/coordinates");
  CHECK(where(R"({"type":"Point","coordinates":["0","0"]})") == "/coordinates");
  CHECK(where(R"({"type":"Polygon","coordinates":[[[0,0],[1,0],[1]]]})") == "/coordinates/0/2");
  CHECK(
      where(R"({"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1]}]})") ==
      "/geometries/0/coordinates");
}

TEST_CASE("the number of positions and the nesting are bounded") {
  CHECK(read(R"({"type":"LineString","coordinates":[[0,0],[1,1]]})", 2));
  CHECK_FALSE(read(R"({"type":"LineString","coordinates":[[0,0],[1,1],[2,2]]})", 2));
  std::string nested = R"({"type":"Point","coordinates":[0,0]})";
  for (int i = 0; i < 6; ++i) {
    nested = R"({"type":"GeometryCollection","geometries":[)" + nested + "]}";
  }
  CHECK_FALSE(read(nested));
}
