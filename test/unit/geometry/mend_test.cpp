#include "geometry/mend.hpp"
#include "geometry/prepared.hpp"

#include "geometry/normalise.hpp"

#include "support/catch.hpp"

using namespace terracat;
using namespace terracat::model;
using geometry::mended;

namespace {

RawGeometry polygons(std::vector<Part> parts) {
  RawGeometry raw;
  raw.type = parts.size() == 1 ? GeometryType::polygon : GeometryType::multi_polygon;
  raw.parts = std::move(parts);
  return raw;
}

bool covers(RawGeometry const& raw, double x, double y) {
  auto const geometry = geometry::normalise(raw).value();
  auto const point = Geometry::box(Bbox::restored(x, y, x, y));
  return geometry::Prepared(geometry).intersects(point);
}

} // namespace

TEST_CASE("a ring that goes round twice has no hole where it overlaps itself") {
  // A square of 10 and a smaller one within it, in one ring that turns the same way all along.
  auto const made = mended(polygons({{{{0, 0},
                                       {10, 0},
                                       {10, 10},
                                       {0, 10},
                                       {0, 0},
                                       {2, 2},
                                       {8, 2},
                                       {8, 8},
                                       {2, 8},
                                       {2, 2},
                                       {0, 0}}}}));
  CHECK(covers(made, 5, 5));
  CHECK(covers(made, 1, 5));
  CHECK_FALSE(covers(made, 11, 5));
}

TEST_CASE("polygons that overlap become one") {
  auto const made = mended(polygons(
      {{{{0, 0}, {4, 0}, {4, 4}, {0, 4}, {0, 0}}}, {{{2, 2}, {6, 2}, {6, 6}, {2, 6}, {2, 2}}}}));
  CHECK(made.type == GeometryType::polygon);
  CHECK(covers(made, 3, 3));
  CHECK(covers(made, 1, 1));
  CHECK(covers(made, 5, 5));
  CHECK_FALSE(covers(made, 5, 1));
}

TEST_CASE("a hole is cut out of its own polygon only") {
  Path const outer{{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}};
  Path const hole{{4, 4}, {6, 4}, {6, 12}, {4, 12}, {4, 4}}; // reaches out of the polygon
  Path const beside{{5, 9}, {20, 9}, {20, 11}, {5, 11}, {5, 9}};
  auto const made = mended(polygons({{outer, hole}, {beside}}));
  CHECK_FALSE(covers(made, 5, 5));
  CHECK(covers(made, 5.5, 10.5));
  CHECK(covers(made, 15, 10));
  CHECK_FALSE(covers(made, 4.5, 11.5));
}

TEST_CASE("a hole outside its polygon is a part of its own") {
  auto const made = mended(polygons({{{{0, 0}, {4, 0}, {4, 4}, {0, 4}, {0, 0}},
                                      {{10, 0}, {14, 0}, {14, 4}, {10, 4}, {10, 0}},
                                      {{1, 1}, {3, 1}, {3, 3}, {1, 3}, {1, 1}}}}));
  CHECK(made.type == GeometryType::multi_polygon);
  CHECK(covers(made, 12, 2));
  CHECK(covers(made, 0.5, 0.5));
  CHECK_FALSE(covers(made, 2, 2));
}

TEST_CASE("thousands of holes in an outline that crosses itself do not take long") {
  Part part{{{0, 0}, {101, 0}, {101, 80}, {0, 80}, {0, 0}}};
  for (int x = 0; x < 100; ++x) {
    for (int y = 0; y < 75; ++y) {
      part.push_back(
          {{x + 0.25, y + 0.25}, {x + 0.75, y + 0.25}, {x + 0.5, y + 0.75}, {x + 0.25, y + 0.25}});
    }
  }
  part.front().insert(part.front().begin() + 3, {{50, 85}, {40, 78}}); // back over its own edge
  auto const made = mended(polygons({part}));
  CHECK(covers(made, 0.1, 0.1));
  CHECK_FALSE(covers(made, 50.5, 10.4));
  CHECK(covers(made, 50.9, 10.4));
}

TEST_CASE("what has no area becomes its lines, or the point where it is") {
  auto const flat = mended(polygons({{{{0, 0}, {4, 0}, {2, 0}, {0, 0}}}}));
  CHECK((flat.type == GeometryType::line_string || flat.type == GeometryType::multi_line_string));
  CHECK(covers(flat, 3, 0));
  auto const point = mended(polygons({{{{7, 7}, {7, 7}, {7, 7}, {7, 7}}}}));
  CHECK(point.type == GeometryType::point);
  CHECK(covers(point, 7, 7));
  RawGeometry line;
  line.type = GeometryType::line_string;
  line.parts = {{{{3, 4}, {3, 4}}}};
  CHECK(mended(line).type == GeometryType::point);
}

TEST_CASE("a part without area is left out beside one that has some") {
  auto const made = mended(polygons(
      {{{{0, 0}, {4, 0}, {4, 4}, {0, 4}, {0, 0}}}, {{{20, 0}, {24, 0}, {22, 0}, {20, 0}}}}));
  CHECK(made.type == GeometryType::polygon);
  CHECK(covers(made, 2, 2));
  CHECK_FALSE(covers(made, 22, 0));
}
