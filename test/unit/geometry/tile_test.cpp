#include "geometry/normalise.hpp"
#include "geometry/tile.hpp"

#include "support/catch.hpp"

#include <algorithm>

using namespace terracat;
using namespace terracat::model;
using geometry::Tile;
using geometry::TilePath;
using geometry::TilePoint;
using geometry::TileShape;

namespace {

/// A quarter of the way from the northern side of the world's tile to the southern one.
constexpr double quarter_down = 66.51326044311186;

Geometry made(GeometryType type, std::vector<Part> parts) {
  RawGeometry raw;
  raw.type = type;
  raw.parts = std::move(parts);
  return geometry::normalise(raw).value();
}

Geometry point(double x, double y) {
  return made(GeometryType::point, {{{{x, y}}}});
}

Geometry box(double west, double south, double east, double north) {
  return Geometry::box(Bbox::restored(west, south, east, north));
}

Tile const world = Tile::at(0, 0, 0).value();

/// The ring, beginning with its smallest point.
TilePath turned(TilePath ring) {
  auto const less = [](TilePoint a, TilePoint b) {
    return std::pair(a.x, a.y) < std::pair(b.x, b.y);
  };
  std::rotate(ring.begin(), std::min_element(ring.begin(), ring.end(), less), ring.end());
  return ring;
}

} // namespace

TEST_CASE("a pyramid has one tile at zoom 0 and four times as many with each step") {
  CHECK(Tile::at(0, 0, 0));
  CHECK(Tile::at(1, 1, 1));
  CHECK(Tile::at(24, (1 << 24) - 1, 0));
  CHECK_FALSE(Tile::at(0, 1, 0));
  CHECK_FALSE(Tile::at(1, 0, 2));
  CHECK_FALSE(Tile::at(3, -1, 0));
  CHECK_FALSE(Tile::at(-1, 0, 0));
  CHECK_FALSE(Tile::at(25, 0, 0));
}

TEST_CASE("a tile shows a margin of its neighbours, within the square of Web Mercator") {
  auto const all = world.bbox();
  CHECK(all.west() == -180);
  CHECK(all.east() == 180);
  CHECK(all.north() == Approx(85.0511287798066));
  CHECK(all.south() == Approx(-85.0511287798066));
  auto const north_east = Tile::at(1, 1, 0)->bbox();
  CHECK(north_east.west() == Approx(-180.0 * 64 / 4096));
  CHECK(north_east.east() == 180);
  CHECK(north_east.south() < -2);
  CHECK(north_east.south() > -3);
}

TEST_CASE("positions are where Web Mercator has them") {
  CHECK(world.cut(point(0, 0)).points == TilePath{{2048, 2048}});
  CHECK(world.cut(point(90, 0)).points == TilePath{{3072, 2048}});
  CHECK(world.cut(point(-180, quarter_down)).points == TilePath{{0, 1024}});
  CHECK(Tile::at(1, 1, 0)->cut(point(90, quarter_down)).points == TilePath{{2048, 2048}});
  CHECK(Tile::at(24, 1 << 23, 1 << 23)->cut(point(0, 0)).points == TilePath{{0, 0}});
}

TEST_CASE("outer rings turn one way, holes the other, whatever way they are written") {
  TilePath const outer{{2048, 1024}, {3072, 1024}, {3072, 2048}, {2048, 2048}};
  auto const shape = world.cut(box(0, 0, 90, quarter_down));
  REQUIRE(shape.polygons.size() == 1);
  CHECK(turned(shape.polygons.front().front()) == outer);
  CHECK(shape.points.empty());

  Path const ring{{0, 0}, {90, 0}, {90, quarter_down}, {0, quarter_down}, {0, 0}};
  Path hole{{22.5, 1}, {45, 1}, {45, 30}, {22.5, 30}, {22.5, 1}};
  for (int i = 0; i < 2; ++i) {
    auto const with_hole = world.cut(made(GeometryType::polygon, {{ring, hole}}));
    REQUIRE(with_hole.polygons.size() == 1);
    REQUIRE(with_hole.polygons.front().size() == 2);
    CHECK(turned(with_hole.polygons.front().front()) == outer);
    // 22.5 degrees are 256 units; 30 degrees north are asinh(tan 30)/pi*2048 = 358.1 units, 1
    // is 11.4.
    CHECK(turned(with_hole.polygons.front().back()) ==
          TilePath{{2304, 1690}, {2304, 2037}, {2560, 2037}, {2560, 1690}});
    std::ranges::reverse(hole);
  }
}

TEST_CASE("what reaches beyond a tile ends at its margin") {
  auto const shape = Tile::at(1, 1, 0)->cut(box(-10, -10, 10, 10));
  REQUIRE(shape.polygons.size() == 1);
  // 10 degrees east are 227.6 units there; 10 north asinh(tan 10)/pi*4096 = 228.7 above the
  // equator.
  CHECK(turned(shape.polygons.front().front()) ==
        TilePath{{-64, 3867}, {228, 3867}, {228, 4160}, {-64, 4160}});
  CHECK(Tile::at(1, 0, 0)->cut(box(10, 10, 20, 20)).is_empty());
}

TEST_CASE("a footprint that is cut at the antimeridian is shown on both sides") {
  auto const shape = world.cut(box(170, 0, -170, quarter_down));
  REQUIRE(shape.polygons.size() == 2);
  TilePath all;
  for (auto const& polygon : shape.polygons) {
    REQUIRE(polygon.size() == 1);
    all.insert(all.end(), polygon.front().begin(), polygon.front().end());
  }
  CHECK(std::ranges::count(all, 0, &TilePoint::x) == 2);
  CHECK(std::ranges::count(all, 4096, &TilePoint::x) == 2);
}

TEST_CASE("what is too small to be drawn is a point") {
  auto const shape = world.cut(box(45, 0, 45.001, 0.001));
  CHECK(shape.points == TilePath{{2560, 2048}});
  CHECK(shape.polygons.empty());
  auto const line = world.cut(made(GeometryType::line_string, {{{{45, 0}, {45.001, 0.001}}}}));
  CHECK(line.points == TilePath{{2560, 2048}});
  CHECK(line.lines.empty());
}

TEST_CASE("what is too thin to be an area is a line") {
  auto const shape = world.cut(box(45, -quarter_down, 45.001, quarter_down));
  CHECK(shape.polygons.empty());
  CHECK(shape.points.empty());
  REQUIRE(shape.lines.size() == 1);
  auto const [lowest, highest] = std::ranges::minmax(shape.lines.front(), {}, &TilePoint::y);
  CHECK(lowest == TilePoint{2560, 1024});
  CHECK(highest == TilePoint{2560, 3072});
}

TEST_CASE("a line that leaves a tile and comes back is in pieces") {
  // Through the tile of the north-east, out to the west, and back further north.
  auto const shape = Tile::at(1, 1, 0)->cut(
      made(GeometryType::line_string, {{{{90, 10}, {-90, 10}, {-90, 40}, {90, 40}}}}));
  REQUIRE(shape.lines.size() == 2);
  CHECK(shape.lines[0] == TilePath{{2048, 3867}, {-64, 3867}});
  CHECK(shape.lines[1].back() == TilePoint{2048, shape.lines[1].front().y});
  CHECK(shape.lines[1].front().x == -64);
}

TEST_CASE("a ring that a tile cuts into teeth stays one ring of them") {
  Path comb{{-10, 0}};
  for (int tooth = 0; tooth < 3; ++tooth) {
    comb.push_back({90, 10.0 * tooth});
    comb.push_back({-9, 10.0 * tooth + 5});
  }
  comb.push_back({-10, 30});
  comb.push_back({-10, 0});
  auto const shape = Tile::at(1, 1, 0)->cut(made(GeometryType::polygon, {{comb}}));
  REQUIRE(shape.polygons.size() == 1);
  CHECK(std::ranges::count(shape.polygons.front().front(), 2048, &TilePoint::x) == 3);
}

TEST_CASE("collections and sets of points show what lies within") {
  RawGeometry raw;
  raw.type = GeometryType::geometry_collection;
  raw.members.push_back(
      from_wkb(made(GeometryType::multi_point, {{{{0, 0}}}, {{{0, 88}}}, {{{180, 0}}}}).wkb()));
  raw.members.push_back(from_wkb(box(0, 0, 90, quarter_down).wkb()));
  auto const shape = world.cut(geometry::normalise(raw).value());
  CHECK(shape.points.size() == 2); // on the side of the world is within it
  CHECK(shape.polygons.size() == 1);
}

TEST_CASE("a long edge keeps to its place, for it is straight in degrees alone") {
  auto const shape = world.cut(made(GeometryType::line_string, {{{{0, 0}, {90, 80}}}}));
  REQUIRE(shape.lines.size() == 1);
  auto const& line = shape.lines.front();
  CHECK(line.front() == TilePoint{2048, 2048});
  CHECK(line.back().x == 3072);
  // Half of it is 45 degrees east, 40 north: asinh(tan 40)/pi*2048 = 497.3 units above the equator.
  CHECK(std::ranges::find(line, TilePoint{2560, 1551}) != line.end());
  // The same across the equator, where the curve changes its side.
  auto const orbit = world.cut(made(GeometryType::line_string, {{{{-90, -80}, {90, 80}}}}));
  CHECK(std::ranges::find(orbit.lines.front(), TilePoint{2560, 1551}) != orbit.lines.front().end());
  CHECK(std::ranges::find(orbit.lines.front(), TilePoint{2048, 2048}) != orbit.lines.front().end());
  auto const along = world.cut(made(GeometryType::line_string, {{{{0, 0}, {0, 80}}}}));
  CHECK(along.lines.front().size() == 2);
}

TEST_CASE("beyond the square of Web Mercator there is nothing") {
  CHECK(world.cut(point(0, 86)).is_empty());
  CHECK(world.cut(box(0, 86, 10, 90)).is_empty());
  auto const cap = world.cut(box(0, 0, 90, 90));
  REQUIRE(cap.polygons.size() == 1);
  CHECK(turned(cap.polygons.front().front()) ==
        TilePath{{2048, 0}, {3072, 0}, {3072, 2048}, {2048, 2048}});
}
