#include <terracat/bbox.hpp>

#include "support/catch.hpp"

#include <array>

using namespace terracat::model;

namespace {

Bbox box(double west, double south, double east, double north) {
  return Bbox::make(west, south, east, north).value();
}

} // namespace

TEST_CASE("longitudes are wrapped into one circle") {
  CHECK(box(0, 0, 190, 10) == Bbox::restored(0, 0, -170, 10));
  CHECK(box(190, 0, 200, 10) == Bbox::restored(-170, 0, -160, 10));
  CHECK(box(-190, 0, -170, 10) == Bbox::restored(170, 0, -170, 10));
  CHECK(box(0, -90, 360, 90) == Bbox::world());
  CHECK(box(-180, -10, 180, 10) == Bbox::restored(-180, -10, 180, 10));
}

TEST_CASE("boxes that cannot be are refused") {
  CHECK_FALSE(Bbox::make(0, 10, 1, 5));
  CHECK_FALSE(Bbox::make(0, -91, 1, 5));
  CHECK_FALSE(Bbox::make(0, 0, 1, 90.1));
  CHECK_FALSE(Bbox::make(0, 0, 1000, 1));
  CHECK_FALSE(Bbox::make(0, 0, std::numeric_limits<double>::quiet_NaN(), 1));
}

TEST_CASE("six numbers carry heights") {
  auto const read = Bbox3::from_numbers(std::array{1.0, 2.0, -50.0, 3.0, 4.0, 100.0});
  REQUIRE(read);
  CHECK(read->plane == Bbox::restored(1, 2, 3, 4));
  CHECK(read->heights == HeightRange{-50, 100});
  CHECK_FALSE(Bbox3::from_numbers(std::array{1.0, 2.0, 100.0, 3.0, 4.0, -50.0}));
  CHECK_FALSE(Bbox3::from_numbers(std::array{1.0, 2.0, 3.0}));
  CHECK_FALSE(Bbox3::from_numbers(std::array{1.0, 2.0, 3.0, 4.0, 5.0}));
}

TEST_CASE("boxes across the antimeridian meet what lies on both sides") {
  auto const fiji = box(177, -20, -178, -12);
  CHECK(fiji.crosses_antimeridian());
  CHECK(fiji.width() == 5);
  CHECK(fiji.intersects(box(178, -15, 179, -14)));
  CHECK(fiji.intersects(box(-180, -15, -179, -14)));
  CHECK_FALSE(fiji.intersects(box(-177, -15, 176, -14)));
  CHECK(fiji.intersects(box(170, -15, -170, -14)));
  CHECK(box(178, -15, 179, -14).intersects(fiji));
  CHECK(fiji.contains(box(178, -15, -179, -14)));
  CHECK_FALSE(fiji.contains(box(-179, -15, 178, -14)));
  CHECK(Bbox::world().contains(fiji));
  REQUIRE(fiji.halves().size() == 2);
  CHECK(fiji.halves()[0] == Bbox::restored(177, -20, 180, -12));
  CHECK(fiji.halves()[1] == Bbox::restored(-180, -20, -178, -12));
}

TEST_CASE("touching edges intersect") {
  CHECK(box(0, 0, 1, 1).intersects(box(1, 1, 2, 2)));
  CHECK_FALSE(box(0, 0, 1, 1).intersects(box(1.0001, 0, 2, 1)));
}

TEST_CASE("joined boxes hold both") {
  CHECK(box(0, 0, 1, 1).joined(box(3, -2, 4, 0)) == Bbox::restored(0, -2, 4, 1));
  auto const fiji = box(177, -20, -178, -12);
  CHECK(fiji.joined(box(178, -5, 179, -4)) == Bbox::restored(177, -20, -178, -4));
  CHECK(fiji.joined(box(-170, -15, -160, -14)) == Bbox::restored(177, -20, -160, -12));
  CHECK(fiji.joined(box(150, -15, 160, -14)) == Bbox::restored(150, -20, -178, -12));
  CHECK(fiji.joined(box(170, 0, -170, 1)) == Bbox::restored(170, -20, -170, 1));
  CHECK(box(10, 0, -170, 1).joined(box(170, 0, 20, 1)) == Bbox::restored(-180, 0, 180, 1));
  CHECK(fiji.joined(Bbox::world()) == Bbox::world());
}
