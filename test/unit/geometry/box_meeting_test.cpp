#include "geometry/box_meeting.hpp"

#include "geometry/geos.hpp"
#include "geometry/normalise.hpp"

#include "support/catch.hpp"

#include <random>

using namespace terracat;
using geometry::meets_box;
using model::GeometryType;

namespace {

model::Bbox box(double west, double south, double east, double north) {
  return model::Bbox::make(west, south, east, north).value();
}

model::Geometry made(GeometryType type, std::vector<model::Path> paths) {
  model::RawGeometry raw;
  raw.type = type;
  raw.parts = {std::move(paths)};
  return geometry::normalise(raw).value();
}

/// Numbers on a grid: on a coarse one, what is made of them often touches.
class Numbers {
 public:
  explicit Numbers(double step) : step_(step) {}

  double operator()() {
    return step_ * std::uniform_int_distribution(0, static_cast<int>(8 / step_))(random_);
  }

  model::Path path(std::size_t size) {
    model::Path out(size);
    for (auto& position : out) position = {(*this)(), (*this)()};
    return out;
  }

  model::Bbox any_box() {
    auto const [west, east] = std::minmax({(*this)(), (*this)()});
    auto const [south, north] = std::minmax({(*this)(), (*this)()});
    return box(west, south, east, north);
  }

 private:
  std::mt19937 random_{7}; // NOLINT: the same each time
  double step_;
};

struct Compared {
  int met = 0;
  int apart = 0;
  int open = 0; ///< only GEOS could tell
};

/// GEOS says the same wherever it is told.
Compared compare(GeometryType type, double step) {
  Numbers numbers(step);
  geometry::Geos const geos;
  Compared out;
  for (int i = 0; i < 2'000; ++i) {
    model::RawGeometry raw;
    raw.type = type;
    raw.parts = {{numbers.path(3 + static_cast<std::size_t>(i) % 5)}};
    auto const geometry = geometry::normalise(raw);
    if (!geometry) continue; // of no extent
    INFO("case " << i);
    auto const b = geos.read_wkb(geometry->wkb());
    auto const asked = numbers.any_box();
    auto const told = meets_box(asked, geometry->wkb());
    if (!told) {
      ++out.open;
      continue;
    }
    auto const a = geos.read_wkb(model::Geometry::box(asked).wkb());
    REQUIRE(*told == geos.truth(GEOSIntersects_r(geos.handle(), a.get(), b.get())));
    ++(*told ? out.met : out.apart);
  }
  return out;
}

} // namespace

TEST_CASE("a box and a geometry") {
  auto const triangle = made(GeometryType::polygon, {{{0, 0}, {4, 0}, {0, 4}, {0, 0}}});
  CHECK(meets_box(box(1, 1, 2, 2), triangle.wkb()) == true);
  CHECK(meets_box(box(-1, -1, 9, 9), triangle.wkb()) == true);
  CHECK(meets_box(box(0.1, 0.1, 0.2, 0.2), triangle.wkb()) == true); // no edge meets it
  CHECK(meets_box(box(3, 3, 4, 4), triangle.wkb()) == false);        // in its box, beside it
  CHECK(meets_box(box(4, 0, 5, 1), triangle.wkb()) == true);         // a corner touches
  CHECK(meets_box(box(2, 2, 4, 4), triangle.wkb()) == std::nullopt); // an edge may touch
  auto const line = made(GeometryType::line_string, {{{0, 0}, {4, 1}, {8, 0}}});
  CHECK(meets_box(box(3, 0, 5, 0.5), line.wkb()) == false); // below it
  CHECK(meets_box(box(3, 0, 5, 1.5), line.wkb()) == true);
}

TEST_CASE("a box in the hole of a polygon") {
  auto const ring = made(GeometryType::polygon, {{{0, 0}, {9, 0}, {9, 8}, {0, 9}, {0, 0}},
                                                 {{2, 2}, {2, 6}, {6, 7}, {6, 2}, {2, 2}}});
  CHECK(meets_box(box(3, 3, 4, 4), ring.wkb()) == false);
  CHECK(meets_box(box(0.5, 0.5, 1, 1), ring.wkb()) == true);
  CHECK(meets_box(box(5, 5, 7, 7), ring.wkb()) == true);
}

TEST_CASE("a box across the antimeridian") {
  auto const across = model::Bbox::make(170, 0, -170, 10).value();
  CHECK(meets_box(
            across,
            made(GeometryType::polygon, {{{-178, 1}, {-175, 2}, {-176, 4}, {-178, 1}}}).wkb()) ==
        true);
  CHECK(meets_box(across, made(GeometryType::polygon, {{{0, 1}, {5, 2}, {4, 4}, {0, 1}}}).wkb()) ==
        false);
}

TEST_CASE("a box and a geometry as GEOS sees them") {
  for (auto const type : {GeometryType::polygon, GeometryType::line_string}) {
    for (auto const step : {1.0, 0.125, 0x1p-20}) {
      auto const [met, apart, open] = compare(type, step);
      CHECK(met > 200);
      CHECK(apart > 200);
      if (step < 1) CHECK(open < 50);
    }
  }
}

TEST_CASE("a point too near an edge for floating point is left to others") {
  auto const triangle = made(GeometryType::polygon, {{{0, 0}, {3, 0}, {3, 1}, {0, 0}}});
  CHECK(meets_box(box(0.3, 0.1, 0.3, 0.1), triangle.wkb()) == std::nullopt);
}

TEST_CASE("a ring that is left as it is, is valid to GEOS") {
  geometry::Geos const geos;
  for (auto const step : {1.0, 0.125}) {
    Numbers numbers(step);
    int left = 0;
    for (int i = 0; i < 4'000; ++i) {
      auto ring = numbers.path(3 + static_cast<std::size_t>(i) % 5);
      ring.push_back(ring.front());
      model::RawGeometry raw;
      raw.type = GeometryType::polygon;
      raw.parts = {{ring}};
      auto const geometry = geometry::normalise(raw);
      if (!geometry || geometry->wkb() != model::to_wkb(raw)) continue; // mended
      ++left;
      auto const seen = geos.read_wkb(geometry->wkb());
      INFO("case " << i);
      REQUIRE(geos.truth(GEOSisValid_r(geos.handle(), seen.get())));
    }
    CHECK(left > 500);
  }
}
