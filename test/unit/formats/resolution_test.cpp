// How fine data are on the ground, in classes that can be counted.

#include "formats/words/resolution.hpp"

#include "support/catch.hpp"

#include <cmath>
#include <limits>

using namespace terracat;
using formats::metres_of;
using formats::resolution_class;
using formats::resolution_classes;

using Names = std::vector<std::string_view>;

TEST_CASE("a resolution is of the class that it begins, and of none before") {
  CHECK(resolution_class(0.3) == "below-1m");
  CHECK(resolution_class(1) == "1m-10m");
  CHECK(resolution_class(9.99) == "1m-10m");
  CHECK(resolution_class(10) == "10m-30m");
  CHECK(resolution_class(30) == "30m-100m");
  CHECK(resolution_class(250) == "100m-1km");
  CHECK(resolution_class(1'000) == "1km-10km");
  CHECK(resolution_class(25'000) == "10km-50km");
  CHECK(resolution_class(50'000) == "from-50km");
  CHECK(resolution_class(1e30) == "from-50km");
}

TEST_CASE("what is no length is of no class") {
  for (auto const wrong : {0.0, -1.0, std::numeric_limits<double>::infinity(), std::nan("")}) {
    CHECK(resolution_class(wrong).empty());
  }
  CHECK(resolution_classes({std::nan(""), -5, 0}).empty());
}

TEST_CASE("angles count as at the equator, scales of maps and other units do not") {
  CHECK(metres_of({.value = 20, .unit = "m"}) == 20);
  // 40,075.017 km around the Earth.
  CHECK(metres_of({.value = 0.25, .unit = "degree"}).value() == Approx(27'829.87).epsilon(1e-6));
  CHECK_FALSE(metres_of({.value = 250'000, .unit = "scale"}));
  CHECK_FALSE(metres_of({.value = 3, .unit = "furlong"}));
}

TEST_CASE("several resolutions are of several classes, each told once, the finest first") {
  CHECK(resolution_classes({60, 10, 20, std::nan("")}) == Names{"10m-30m", "30m-100m"});
  CHECK(resolution_classes({}).empty());
}
