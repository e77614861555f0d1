#include "geometry/deadline.hpp"
#include "geometry/normalise.hpp"

#include "support/catch.hpp"

#include <thread>

using namespace terracat;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

namespace {

/// A ring that crosses itself between most of its corners: work for GEOS.
model::RawGeometry tangle() {
  model::Path ring;
  for (int i = 0; i < 60; ++i) ring.push_back({i % 2 == 0 ? 0.0 : 10.0, i * 0.1});
  ring.push_back(ring.front());
  model::RawGeometry raw;
  raw.type = model::GeometryType::polygon;
  raw.parts = {model::Part{std::move(ring)}};
  return raw;
}

} // namespace

TEST_CASE("GEOS gives up after the deadline, and only then") {
  auto const raw = tangle();
  CHECK(geometry::normalise(raw));
  {
    geometry::Deadline const later(Clock::now() + 1h);
    CHECK(geometry::normalise(raw));
    {
      geometry::Deadline const passed(Clock::now() - 1s);
      CHECK(geometry::is_late());
      CHECK_THROWS_AS(geometry::normalise(raw), geometry::Late);
      // Another thread has its own time.
      std::jthread([&raw] { CHECK(geometry::normalise(raw)); }).join();
    }
    CHECK_FALSE(geometry::is_late());
    CHECK(geometry::normalise(raw));
  }
  CHECK(geometry::normalise(raw));
}
