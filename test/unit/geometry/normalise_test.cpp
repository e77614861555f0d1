#include "geometry/normalise.hpp"
#include "geometry/prepared.hpp"

#include "support/catch.hpp"

#include <cmath>

using namespace terracat;
using namespace terracat::model;
using geometry::LongEdges;
using geometry::normalise;

namespace {

RawGeometry polygon(Path ring) {
  RawGeometry raw;
  raw.type = GeometryType::polygon;
  raw.parts = {Part{std::move(ring)}};
  return raw;
}

RawGeometry line(Path path) {
  RawGeometry raw;
  raw.type = GeometryType::line_string;
  raw.parts = {Part{std::move(path)}};
  return raw;
}

Geometry point(double x, double y) {
  return Geometry::box(Bbox::restored(x, y, x, y));
}

bool covers(Geometry const& geometry, double x, double y) {
  return geometry::Prepared(geometry).intersects(point(x, y));
}

} // namespace

TEST_CASE("a polygon away from the antimeridian stays as it is") {
  auto const raw = polygon({{0, 0}, {4, 1}, {3, 5}, {-1, 4}, {0, 0}});
  auto const made = normalise(raw).value();
  CHECK(made.wkb() == to_wkb(raw));
  CHECK(made.bbox() == Bbox::restored(-1, 0, 4, 5));
  CHECK_FALSE(made.is_box());
}

TEST_CASE("rectangles are known as boxes, whichever corner comes first") {
  CHECK(normalise(polygon({{0, 0}, {4, 0}, {4, 2}, {0, 2}, {0, 0}}))->is_box());
  CHECK(normalise(polygon({{4, 2}, {4, 0}, {0, 0}, {0, 2}, {4, 2}}))->is_box());
  CHECK_FALSE(normalise(polygon({{0, 0}, {4, 0}, {4, 2}, {1, 2}, {0, 0}}))->is_box());
}

TEST_CASE("an unclosed ring is closed") {
  auto const made = normalise(polygon({{0, 0}, {4, 0}, {4, 2}, {0, 2}}));
  REQUIRE(made);
  CHECK(made->is_box());
}

TEST_CASE("a footprint that jumps from 179 to -179 is cut at the antimeridian") {
  auto const made =
      normalise(polygon({{178, 10}, {-178, 11}, {-177, 15}, {179, 14}, {178, 10}})).value();
  CHECK(made.type() == GeometryType::multi_polygon);
  CHECK(made.bbox().crosses_antimeridian());
  CHECK(made.bbox().west() == 178);
  CHECK(made.bbox().east() == -177);
  CHECK(covers(made, 179.5, 12));
  CHECK(covers(made, -179.5, 12));
  CHECK_FALSE(covers(made, 0, 12));
  CHECK_FALSE(covers(made, 170, 12));
}

TEST_CASE("a rectangle is taken as written unless its box says otherwise") {
  auto const wide = polygon({{-175, -10}, {175, -10}, {175, 10}, {-175, 10}, {-175, -10}});
  auto const written = normalise(wide).value();
  CHECK(covers(written, 0, 0));
  CHECK_FALSE(covers(written, 179, 0));
  auto const crossing = normalise(wide, LongEdges::crossing).value();
  CHECK_FALSE(covers(crossing, 0, 0));
  CHECK(covers(crossing, 179, 0));
  CHECK(crossing.is_box());
  CHECK(crossing.bbox() == Bbox::restored(175, -10, -175, 10));
}

TEST_CASE("the whole world is one box") {
  auto const made =
      normalise(polygon({{-180, -90}, {180, -90}, {180, 90}, {-180, 90}, {-180, -90}})).value();
  CHECK(made.is_box());
  CHECK(made.bbox() == Bbox::world());
  auto const from_zero =
      normalise(polygon({{0, -90}, {360, -90}, {360, 90}, {0, 90}, {0, -90}})).value();
  CHECK(covers(from_zero, 5, 0));
  CHECK(covers(from_zero, -5, 0));
  CHECK(from_zero.bbox() == Bbox::world());
}

TEST_CASE("longitudes from 0 to 360 are wrapped") {
  auto const made =
      normalise(polygon({{170, 0}, {190, 1}, {190, 11}, {170, 10}, {170, 0}})).value();
  CHECK(covers(made, 175, 5));
  CHECK(covers(made, -175, 5));
  CHECK_FALSE(covers(made, -165, 5));
  CHECK(made.bbox().west() == 170);
  CHECK(made.bbox().east() == -170);
  RawGeometry raw;
  raw.parts = {Part{Path{{350, 4}}}};
  CHECK(normalise(raw)->bbox() == Bbox::restored(-10, 4, -10, 4));
}

TEST_CASE("a ring around a pole covers the pole") {
  auto const north = normalise(polygon({{0, 70}, {90, 70}, {180, 70}, {-90, 70}, {0, 70}})).value();
  CHECK(covers(north, 45, 89));
  CHECK(covers(north, -135, 80));
  CHECK_FALSE(covers(north, 45, 60));
  auto const south = normalise(polygon({{-120, -65}, {0, -70}, {120, -65}, {-120, -65}})).value();
  CHECK(covers(south, 179, -89));
  CHECK_FALSE(covers(south, 0, -60));
}

TEST_CASE("a ring that leads along a pole is not cut there") {
  Path const ring{{171, -90}, {-180, -90}, {-180, -20}, {0, -10},
                  {180, -20}, {180, -90},  {171, -90}};
  auto const cap = normalise(polygon(ring)).value();
  CHECK(covers(cap, 175, -80));
  CHECK(covers(cap, 0, -11));
  CHECK_FALSE(covers(cap, 0, -9));
  CHECK(cap.bbox() == Bbox::restored(-180, -90, 180, -10));
}

TEST_CASE("what was made normal means the same when it is read again") {
  RawGeometry band; // a rectangle right round, and a triangle that stands on it
  band.type = GeometryType::multi_polygon;
  band.parts = {Part{Path{{-180, 0}, {180, 0}, {180, 10}, {-180, 10}, {-180, 0}}},
                Part{Path{{-20, 5}, {20, 5}, {0, 20}, {-20, 5}}}};
  auto const around_pole = polygon({{171, -20}, {180, -20}, {0, -10}, {-180, -20}});
  for (auto const& raw : {band, around_pole}) {
    auto const once = normalise(raw).value();
    auto const twice = normalise(from_wkb(once.wkb())).value();
    CHECK(twice.bbox() == once.bbox());
    for (auto const longitude : {-179.0, -90.0, 0.0, 90.0, 179.0}) {
      for (auto const latitude : {-89.0, -21.0, -12.0, 5.0, 15.0}) {
        CAPTURE(longitude, latitude);
        CHECK(covers(twice, longitude, latitude) == covers(once, longitude, latitude));
      }
    }
  }
  CHECK(covers(normalise(band).value(), -90, 5));
  CHECK(covers(normalise(band).value(), 0, 15));
  CHECK(covers(normalise(around_pole).value(), 0, -12));
}

TEST_CASE("lines are cut too") {
  auto const made = normalise(line({{170, 0}, {-170, 10}})).value();
  CHECK(made.type() == GeometryType::multi_line_string);
  CHECK(covers(made, 180, 5));
  CHECK(covers(made, -180, 5));
  CHECK_FALSE(covers(made, 0, 5));
}

TEST_CASE("a ring that crosses itself keeps the area of both lobes") {
  auto const bow = normalise(polygon({{0, 0}, {4, 4}, {4, 0}, {0, 4}, {0, 0}})).value();
  CHECK(covers(bow, 0.5, 2));
  CHECK(covers(bow, 3.5, 2));
  CHECK_FALSE(covers(bow, 2, 0.5));
}

TEST_CASE("holes stay holes beyond the antimeridian") {
  auto raw = polygon({{170, 0}, {-170, 0}, {-170, 21}, {170, 20}, {170, 0}});
  raw.parts.front().push_back({{-178, 5}, {-174, 5}, {-174, 10}, {-178, 10}, {-178, 5}});
  auto const made = normalise(raw).value();
  CHECK(covers(made, 175, 7));
  CHECK(covers(made, -179, 7));
  CHECK_FALSE(covers(made, -176, 7));
}

TEST_CASE("a hole may be written in other longitudes than its outline") {
  auto raw =
      polygon({{-170, 0}, {-60, 0}, {60, 0}, {170, 0}, {170, 20}, {60, 20}, {-60, 20}, {-170, 20}});
  raw.parts.front().push_back({{195, 5}, {200, 5}, {200, 10}, {195, 10}, {195, 5}}); // from -165
  auto const made = normalise(raw).value();
  CHECK(covers(made, 0, 7));
  CHECK(covers(made, -168, 7));
  CHECK_FALSE(covers(made, -162, 7));
  CHECK(made.bbox() == Bbox::restored(-170, 0, 170, 20));
}

TEST_CASE("a hole outside its outline stays on the plane") {
  auto raw = polygon({{3, 6}, {8, 6}, {7, 5}});
  raw.parts.front().push_back({{6, 0}, {3, 5}, {461, 3}});
  auto const box = normalise(raw).value().bbox();
  CHECK(box.west() >= -180);
  CHECK(box.east() <= 180);
}

TEST_CASE("geometry collections are tested member by member") {
  RawGeometry both;
  both.type = GeometryType::geometry_collection;
  both.members = {polygon({{0, 0}, {2, 0.5}, {2, 2}, {0, 0}}), line({{170, 0}, {-170, 10}})};
  auto const made = normalise(both).value();
  CHECK(covers(made, 1.5, 1));
  CHECK(covers(made, 180, 5));
  CHECK_FALSE(covers(made, 90, 5));
}

TEST_CASE("a line meets a point that a collection holds beside a polygon") {
  RawGeometry point;
  point.parts = {{{{5, 5}}}};
  RawGeometry both;
  both.type = GeometryType::geometry_collection;
  both.members = {point, polygon({{50, 50}, {60, 50}, {50, 60}, {50, 50}})};
  auto const made = normalise(both).value();
  auto const diagonal = normalise(line({{0, 0}, {10, 10}})).value();
  auto const beside = normalise(line({{0, 1}, {10, 11}})).value();
  CHECK(geometry::Prepared(diagonal).intersects(made));
  CHECK(geometry::Prepared(made).intersects(diagonal));
  CHECK_FALSE(geometry::Prepared(beside).intersects(made));
  CHECK_FALSE(geometry::Prepared(made).intersects(beside));
}

TEST_CASE("an outline that crosses itself everywhere is refused quickly") {
  Path star;
  for (int i = 0; i < 4000; ++i) {
    auto const angle = i * 2.0; // each corner far from the one before
    star.push_back({40 * std::cos(angle), 40 * std::sin(angle)});
  }
  CHECK(normalise(polygon(star)).error().detail.find("too often") != std::string::npos);
  Path small(star.begin(), star.begin() + 50);
  CHECK(normalise(polygon(small)));
}

TEST_CASE("a polygon without area in a collection becomes the line that it is") {
  RawGeometry both;
  both.type = GeometryType::geometry_collection;
  both.members = {line({{5, 5}, {6, 6}}), polygon({{0, 0}, {1, 0}, {1, 0}, {0, 0}})};
  auto const mended = normalise(both).value();
  CHECK(mended.bbox() == Bbox::restored(0, 0, 6, 6));
  CHECK(covers(mended, 0.5, 0));
  CHECK(covers(mended, 5.5, 5.5));
  CHECK_FALSE(covers(mended, 0.5, 0.5));
}

TEST_CASE("a polygon without area beyond the antimeridian has no extent") {
  auto const flat = polygon({{190, 0}, {200, 0}, {190, 0}, {190, 0}});
  CHECK(normalise(flat).error().detail == "the geometry has no extent");
  RawGeometry both;
  both.type = GeometryType::geometry_collection;
  both.members = {flat, line({{0, 0}, {1, 1}})};
  CHECK(covers(normalise(both).value(), 0.5, 0.5));
  both.members = {flat, flat};
  CHECK_FALSE(normalise(both));
}

TEST_CASE("what cannot be a geometry is refused with a reason") {
  CHECK_FALSE(normalise(polygon({{0, 0}, {1, 1}})));
  CHECK_FALSE(normalise(line({{0, 0}})));
  CHECK_FALSE(normalise(polygon({{0, 0}, {1, 95}, {1, 1}, {0, 0}})));
  CHECK_FALSE(normalise(polygon({{0, 0}, {1000, 9}, {1, 1}, {0, 0}})));
  CHECK_FALSE(normalise(RawGeometry{}));
  RawGeometry empty;
  empty.type = GeometryType::geometry_collection;
  CHECK_FALSE(normalise(empty));
}

TEST_CASE("touching counts as intersecting") {
  auto const triangle = normalise(polygon({{0, 0}, {4, 0}, {0, 4}, {0, 0}})).value();
  geometry::Prepared const prepared(triangle);
  CHECK(prepared.intersects(Geometry::box(Bbox::restored(2, 2, 3, 3))));
  CHECK_FALSE(prepared.intersects(Geometry::box(Bbox::restored(2.01, 2.01, 3, 3))));
  CHECK(prepared.intersects(Geometry::box(Bbox::restored(-1, -1, 0, 0))));
}
