#include "geometry/area_meeting.hpp"

#include "geometry/geos.hpp"
#include "geometry/normalise.hpp"

#include "support/catch.hpp"
#include "support/random.hpp"

using namespace terracat;
using geometry::areas_meet;

namespace {

std::vector<model::Part> polygon(std::vector<model::Path> rings) {
  return {std::move(rings)};
}

std::optional<model::Geometry> any_area(test::Random& random, double step) {
  auto const number = [&] { return step * static_cast<double>(random.between(0, 1'000)); };
  model::RawGeometry raw;
  raw.type = model::GeometryType::polygon;
  model::Path ring;
  auto const x = number();
  auto const y = number();
  for (auto i = random.between(3, 12); i > 0; --i) ring.push_back({x + number(), y + number()});
  raw.parts = {{std::move(ring)}};
  auto made = geometry::normalise(raw);
  return made ? std::optional(std::move(*made)) : std::nullopt;
}

} // namespace

TEST_CASE("areas meet that cross, hold each other, or lie beside") {
  auto const triangle = polygon({{{0, 0}, {4, 0}, {0, 4}, {0, 0}}});
  CHECK(areas_meet(triangle, polygon({{{1, -1}, {2, 5}, {3, -1}, {1, -1}}})) == true);
  CHECK(areas_meet(triangle, polygon({{{1, 1}, {1.5, 1}, {1, 1.5}, {1, 1}}})) == true);
  CHECK(areas_meet(polygon({{{1, 1}, {1.5, 1}, {1, 1.5}, {1, 1}}}), triangle) == true);
  CHECK(areas_meet(triangle, polygon({{{3, 3}, {4, 3}, {4, 4}, {3, 3}}})) == false);
  CHECK(areas_meet(triangle, polygon({{{2, 2}, {4, 3}, {4, 4}, {2, 2}}})) == std::nullopt);
  auto const ring =
      polygon({{{0, 0}, {9, 0}, {9, 9}, {0, 9}, {0, 0}}, {{2, 2}, {2, 7}, {7, 7}, {7, 2}, {2, 2}}});
  CHECK(areas_meet(ring, polygon({{{3, 3}, {4, 3}, {4, 4}, {3, 3}}})) == false);
  CHECK(areas_meet(ring, polygon({{{3, 3}, {8, 3}, {4, 4}, {3, 3}}})) == true);
}

TEST_CASE("where the edges of areas tell, GEOS says the same") {
  geometry::Geos const geos;
  for (auto const seed : test::seeds()) {
    INFO("seed " << seed);
    test::Random random(seed);
    int met = 0;
    int apart = 0;
    int open = 0;
    for (int i = 0; i < 3'000; ++i) {
      auto const a = any_area(random, i % 2 == 0 ? 0.01 : 0x1p-7);
      auto const b = any_area(random, i % 2 == 0 ? 0.01 : 0x1p-7);
      if (!a || !b) continue;
      auto const told =
          areas_meet(model::from_wkb(a->wkb()).parts, model::from_wkb(b->wkb()).parts);
      if (!told) {
        ++open;
        continue;
      }
      auto const first = geos.read_wkb(a->wkb());
      auto const second = geos.read_wkb(b->wkb());
      REQUIRE(*told == geos.truth(GEOSIntersects_r(geos.handle(), first.get(), second.get())));
      ++(*told ? met : apart);
    }
    CHECK(met > 500);
    CHECK(apart > 500);
    CHECK(open < 300);
  }
}
