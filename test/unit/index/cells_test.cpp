#include "index/cells.hpp"
#include "support/catch.hpp"

using namespace terracat;
using index::CellBox;
using index::CellQuery;

namespace {

model::Bbox box(double west, double south, double east, double north) {
  return model::Bbox::make(west, south, east, north).value();
}

} // namespace

TEST_CASE("the grid has 65,536 columns and rows over the world") {
  CHECK(index::column_of(-180) == 0);
  CHECK(index::column_of(0) == 32'768);
  CHECK(index::column_of(180) == 65'535);
  CHECK(index::row_of(-90) == 0);
  CHECK(index::row_of(45) == 49'152);
  CHECK(index::row_of(90) == 65'535);
  // 360 / 65,536 is 0.0054931640625 degrees, exactly.
  CHECK(index::column_of(0.0054931640625) == 32'769);
  CHECK(index::column_of(0.00549316) == 32'768);
  CHECK(index::cells_of(box(-180, -90, 0, 45)) == CellBox{0, 0, 32'768, 49'152});
}

TEST_CASE("boxes meet for certain only where no edge is in the same cell") {
  CellQuery const query(box(10, 10, 20, 20));
  CHECK(query.meets(index::cells_of(box(15, 15, 30, 30))));
  CHECK(query.meets(index::cells_of(box(0, 0, 30, 30))));
  CHECK_FALSE(query.meets(index::cells_of(box(20, 15, 30, 30))));     // they touch, but who knows
  CHECK_FALSE(query.meets(index::cells_of(box(20.001, 15, 30, 30)))); // they do not, likewise
  CHECK_FALSE(query.meets(index::cells_of(box(21, 15, 30, 30))));
  CHECK_FALSE(query.meets(index::cells_of(box(15, 20, 16, 30))));
}

TEST_CASE("a box holds another for certain only where no edge is in the same cell") {
  CellQuery const query(box(10, 10, 20, 20));
  CHECK(query.holds(index::cells_of(box(12, 12, 15, 15))));
  CHECK_FALSE(query.holds(index::cells_of(box(10, 12, 15, 15)))); // it does, but who knows
  CHECK_FALSE(query.holds(index::cells_of(box(12, 12, 25, 15))));
  CHECK_FALSE(query.holds(index::cells_of(box(12, 5, 15, 15))));
}

TEST_CASE("at the edges of the world nothing is uncertain") {
  CellQuery const world(model::Bbox::world());
  CHECK(world.meets(index::cells_of(box(-180, -90, -180, -90))));
  CHECK(world.holds(index::cells_of(model::Bbox::world())));
  CellQuery const north(box(-180, 45, 180, 90));
  CHECK(north.holds(index::cells_of(box(-180, 50, 180, 90))));
  CHECK_FALSE(north.holds(index::cells_of(box(-180, 45, 180, 90))));
}

TEST_CASE("a box within one cell is certain of nothing") {
  CellQuery const point(box(10, 10, 10, 10));
  CHECK_FALSE(point.meets(index::cells_of(box(10, 10, 10, 10))));
  CHECK_FALSE(point.holds(index::cells_of(box(10, 10, 10, 10))));
  CHECK(point.meets(index::cells_of(box(9, 9, 11, 11))));
}
