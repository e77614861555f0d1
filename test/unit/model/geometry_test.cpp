#include <terracat/geometry.hpp>

#include "support/catch.hpp"

using namespace terracat::model;

TEST_CASE("a box becomes the simplest geometry that is the same set of points") {
  auto const of = [](double west, double south, double east, double north) {
    return Geometry::box(Bbox::restored(west, south, east, north));
  };
  CHECK(of(1, 2, 3, 4).type() == GeometryType::polygon);
  CHECK(of(1, 2, 1, 4).type() == GeometryType::line_string);
  CHECK(of(1, 2, 1, 2).type() == GeometryType::point);
  CHECK(of(177, -20, -178, -12).type() == GeometryType::multi_polygon);
  CHECK(of(177, -20, -178, -20).type() == GeometryType::multi_line_string);
  CHECK(of(180, 0, -178, 0).type() == GeometryType::geometry_collection);
  CHECK(of(1, 2, 3, 4).is_box());
  CHECK(of(1, 2, 3, 4).bbox() == Bbox::restored(1, 2, 3, 4));
}

TEST_CASE("well-known binary of a point is the bytes that OGC 06-103r4 says") {
  RawGeometry raw;
  raw.type = GeometryType::point;
  raw.parts = {Part{Path{{1, 2}}}};
  std::string const expected("\x01\x01\x00\x00\x00"
                             "\x00\x00\x00\x00\x00\x00\xf0\x3f"
                             "\x00\x00\x00\x00\x00\x00\x00\x40",
                             21);
  CHECK(to_wkb(raw) == expected);
}

TEST_CASE("well-known binary comes back as it went in") {
  RawGeometry polygons;
  polygons.type = GeometryType::multi_polygon;
  Path const ring{{0, 0}, {4, 0}, {4, 4}, {0, 4}, {0, 0}};
  Path const hole{{1, 1}, {1, 2}, {2, 2}, {1, 1}};
  polygons.parts = {Part{ring, hole}, Part{ring}};
  RawGeometry points;
  points.type = GeometryType::multi_point;
  points.parts = {Part{Path{{1, 2}}}, Part{Path{{3, 4}}}};
  RawGeometry all;
  all.type = GeometryType::geometry_collection;
  all.members = {polygons, points};

  auto const back = from_wkb(to_wkb(all));
  REQUIRE(back.members.size() == 2);
  CHECK(back.members[0].type == GeometryType::multi_polygon);
  CHECK(back.members[0].parts == polygons.parts);
  CHECK(back.members[1].parts == points.parts);
}

TEST_CASE("well-known binary that was cut short is noticed") {
  auto const whole = Geometry::box(Bbox::restored(0, 0, 1, 1)).wkb();
  CHECK_THROWS_AS(from_wkb(std::string_view(whole).substr(0, whole.size() - 1)), std::logic_error);
}
