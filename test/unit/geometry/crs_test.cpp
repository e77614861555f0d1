#include "geometry/crs.hpp"

#include "support/catch.hpp"

#include <array>

using namespace terracat;
using geometry::Projection;

namespace {

Projection projection(std::string const& code) {
  return Projection(*geometry::find_crs("http://www.opengis.net/def/crs/EPSG/0/" + code));
}

Result<model::Bbox> box(std::string const& code, std::array<double, 4> numbers) {
  return projection(code).box_from(numbers);
}

} // namespace

TEST_CASE("positions have the axes of the authority") {
  CHECK(projection("4326").to({2.35, 48.85}) == model::Position{48.85, 2.35});
  auto const metres = projection("3857").to({1, 0}).value();
  CHECK(metres.x == Approx(111'319.4908).margin(1e-4));
  CHECK(metres.y == Approx(0).margin(1e-4));
  // The origin of Lambert-93: 3° E, 46.5° N is 700 km, 6600 km.
  auto const origin = projection("2154").to({3, 46.5}).value();
  CHECK(origin.x == Approx(700'000).margin(1e-3));
  CHECK(origin.y == Approx(6'600'000).margin(1e-3));
}

TEST_CASE("every CRS of the table is known to PROJ, and leads back to where it came from") {
  for (auto const& crs : geometry::known_crs()) {
    INFO(crs.uri);
    CHECK(geometry::find_crs(crs.uri) == &crs);
    Projection const way(crs);
    model::Position const here{10, crs.name == "EPSG:3031" ? -70.0 : 60.0};
    auto const back = way.from(way.to(here).value()).value();
    CHECK(back.x == Approx(here.x).margin(1e-7));
    CHECK(back.y == Approx(here.y).margin(1e-7));
  }
  CHECK(geometry::find_crs("EPSG:4326") == nullptr);
  CHECK(geometry::find_crs("") == nullptr);
}

TEST_CASE("what a CRS cannot tell is nothing") {
  CHECK_FALSE(projection("3857").to({0, 90}));
  CHECK_FALSE(projection("3031").to({0, 90}));
  CHECK_FALSE(projection("3857").from({1e300, 1e300}));
}

TEST_CASE("boxes become boxes of degrees") {
  CHECK(box("4326", {40, 0, 50, 10}).value() == model::Bbox::make(0, 40, 10, 50).value());
  CHECK(box("4326", {-16, 179, -12, -179}).value() ==
        model::Bbox::make(179, -16, -179, -12).value());
  // Around the North Pole: the whole circle from the parallel of the corners.
  auto const arctic = box("3413", {-1e6, -1e6, 1e6, 1e6}).value();
  CHECK(arctic.west() == -180);
  CHECK(arctic.east() == 180);
  CHECK(arctic.north() == 90);
  CHECK(arctic.south() == Approx(77).margin(0.1));
  CHECK_FALSE(box("3857", {5, 5, 1, 1}));
  CHECK_FALSE(box("3857", {1e30, 0, 2e30, 1}));
  CHECK_FALSE(box("4326", {-100, 0, 100, 10}));
}
