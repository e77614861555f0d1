#include "net/pace.hpp"

#include "support/catch.hpp"

using namespace std::chrono_literals;
using terracat::net::Pace;
using terracat::net::TimePoint;

namespace {

constexpr TimePoint start{1h};

/// A round as long as this, whose last request is asked about; the others took no time.
bool refuses(Pace& pace, TimePoint began, std::chrono::milliseconds length) {
  pace.begin_round(began);
  for (std::size_t other = 0; other < Pace::few; ++other) CHECK_FALSE(pace.refuses(began));
  bool const out = pace.refuses(began + length);
  pace.end_round();
  return out;
}

/// A second of rounds of ten milliseconds.
Pace strained() {
  Pace pace;
  for (auto time = start; time <= start + 1s; time += 10ms) CHECK_FALSE(refuses(pace, time, 10ms));
  return pace;
}

} // namespace

TEST_CASE("a round begins and ends") {
  Pace pace;
  CHECK_FALSE(pace.is_in_round());
  pace.begin_round(start);
  CHECK(pace.is_in_round());
  pace.end_round();
  CHECK_FALSE(pace.is_in_round());
}

TEST_CASE("rounds may be long for a second") {
  auto pace = strained();
  CHECK(refuses(pace, start + 1010ms, 10ms));
}

TEST_CASE("who comes first in a long round is answered") {
  auto pace = strained();
  CHECK_FALSE(refuses(pace, start + 1010ms, 5ms));
  CHECK(refuses(pace, start + 1020ms, 6ms));
}

TEST_CASE("a few are answered in any round") {
  auto pace = strained();
  pace.begin_round(start + 1010ms);
  for (std::size_t one = 0; one < Pace::few; ++one) CHECK_FALSE(pace.refuses(start + 1100ms));
  CHECK(pace.refuses(start + 1100ms));
}

TEST_CASE("short rounds between long ones are no rest") {
  auto pace = strained();
  for (auto time = start + 1100ms; time < start + 1900ms; time += 1ms) {
    CHECK_FALSE(refuses(pace, time, 1ms));
  }
  CHECK(refuses(pace, start + 1900ms, 10ms));
}

TEST_CASE("after a second without a long round all is as in the beginning") {
  auto pace = strained();
  CHECK_FALSE(refuses(pace, start + 2100ms, 10ms));
  CHECK_FALSE(refuses(pace, start + 2500ms, 10ms));
  CHECK(refuses(pace, start + 3200ms, 10ms));
}
