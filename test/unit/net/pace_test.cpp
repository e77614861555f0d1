#include "net/pace.hpp"

#include "support/catch.hpp"

using namespace std::chrono_literals;
using terracat::net::Pace;
using terracat::net::TimePoint;

namespace {

constexpr TimePoint start{1h};

/// A round as long as this, whose last request is asked about; the others took no time.
bool refuses(Pace& pace, TimePoint began, std::chrono::milliseconds length, bool was_idle = true) {
  pace.begin_round(began, was_idle);
  for (std::size_t other = 0; other < Pace::few; ++other) CHECK_FALSE(pace.refuses(began));
  bool const out = pace.refuses(began + length);
  pace.end_round(began + length);
  return out;
}

/// Half a second of rounds of ten milliseconds, without a pause; the next begins at `start` + 510
/// ms.
Pace strained() {
  Pace pace(start);
  for (auto time = start; time <= start + 500ms; time += 10ms) {
    CHECK_FALSE(refuses(pace, time, 10ms));
  }
  return pace;
}

} // namespace

TEST_CASE("a round begins and ends") {
  Pace pace(start);
  CHECK_FALSE(pace.is_in_round());
  pace.begin_round(start);
  CHECK(pace.is_in_round());
  pace.end_round(start);
  CHECK_FALSE(pace.is_in_round());
}

TEST_CASE("rounds may be long for half a second") {
  auto pace = strained();
  CHECK(refuses(pace, start + 510ms, 10ms));
}

TEST_CASE("long rounds with pauses between them are no strain") {
  Pace pace(start);
  for (auto time = start; time < start + 10s; time += 51ms) {
    CHECK_FALSE(refuses(pace, time, 50ms));
  }
}

TEST_CASE("a pause in which others had the processor is none") {
  Pace pace(start);
  for (auto time = start; time <= start + 500ms; time += 10ms) {
    CHECK_FALSE(refuses(pace, time, 6ms, false));
  }
  for (auto time = start + 510ms; time < start + 5s; time += 10ms) {
    CHECK(refuses(pace, time, 6ms, false)); // two fifths of the time are pause
  }
}

TEST_CASE("who comes first in a long round is answered") {
  auto pace = strained();
  CHECK_FALSE(refuses(pace, start + 510ms, 5ms));
  CHECK(refuses(pace, start + 515ms, 6ms));
}

TEST_CASE("a few are answered in any round") {
  auto pace = strained();
  pace.begin_round(start + 510ms);
  for (std::size_t one = 0; one < Pace::few; ++one) CHECK_FALSE(pace.refuses(start + 600ms));
  CHECK(pace.refuses(start + 600ms));
}

TEST_CASE("short rounds between long ones are no pause") {
  auto pace = strained();
  for (auto time = start + 510ms; time < start + 900ms; time += 1ms) {
    CHECK_FALSE(refuses(pace, time, 1ms));
  }
  CHECK(refuses(pace, start + 900ms, 10ms));
}

TEST_CASE("pauses under strain end it if they would have been enough for what was refused") {
  auto pace = strained();
  for (auto time = start + 510ms; time < start + 2500ms; time += 100ms) {
    CHECK(refuses(pace, time, 10ms));
  }
  CHECK_FALSE(refuses(pace, start + 2600ms, 10ms));
}

TEST_CASE("pauses under strain that are too short for what was refused do not end it") {
  auto pace = strained();
  for (auto time = start + 510ms; time < start + 10s; time += 11ms) {
    CHECK(refuses(pace, time, 10ms)); // 8 answers in 10 ms; a tenth of the time is pause
  }
}

TEST_CASE("after half a second without a long round all is as in the beginning") {
  Pace pace(start);
  for (auto time = start; time < start + 400ms; time += 10ms) {
    CHECK_FALSE(refuses(pace, time, 10ms));
  }
  for (auto time = start + 400ms; time < start + 1000ms; time += 1ms) {
    CHECK_FALSE(refuses(pace, time, 1ms));
  }
  for (auto time = start + 1000ms; time < start + 1500ms; time += 10ms) {
    CHECK_FALSE(refuses(pace, time, 10ms));
  }
}
