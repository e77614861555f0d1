// The time that a question names, by which what answers it is ordered.

#include "catalogue/questioner.hpp"

#include "support/catch.hpp"

using namespace terracat;

namespace {

model::Instant at(std::string_view text) {
  return model::parse_rfc3339(text).value();
}

/// As it is asked at half past three on a day in November.
std::string asked(std::string const& question, std::string_view now = "2026-11-30T15:30:00.123Z") {
  auto const time = catalogue::asked_time(question, at(now));
  if (!time) return "none";
  return model::to_iso8601(time->first) + " " + model::to_iso8601(time->last);
}

} // namespace

TEST_CASE("what a question leaves open lasts until today, and is the same all day") {
  CHECK(asked("pluie depuis 2015") == "2015-01-01T00:00:00Z 2026-11-30T00:00:00Z");
  CHECK(asked("pluie depuis 2015", "2026-11-30T00:00:00Z") == asked("pluie depuis 2015"));
  CHECK(asked("pluie depuis 2015", "2026-11-30T23:59:59.999Z") == asked("pluie depuis 2015"));
  CHECK(asked("pluie depuis 2015", "2026-12-01T00:00:00Z") ==
        "2015-01-01T00:00:00Z 2026-12-01T00:00:00Z");
  CHECK(asked("pluie depuis 2030") == "2030-01-01T00:00:00Z 2030-01-01T00:00:00Z");
  CHECK(asked("pluie avant 1950") == "0001-01-01T00:00:00Z 1949-12-31T23:59:59.999Z");
}

TEST_CASE("what counts from today is the same all day as well") {
  for (auto const* const question : {"ces 5 derniers jours", "last two years", "last month"}) {
    INFO(question);
    CHECK(asked(question) != "none");
    CHECK(asked(question) == asked(question, "2026-11-30T00:00:00.001Z"));
    CHECK(asked(question) != asked(question, "2027-01-30T00:00:00.001Z"));
  }
}

TEST_CASE("a time with both ends is the same on any day, and words are none") {
  CHECK(asked("rain in 2015") == "2015-01-01T00:00:00Z 2015-12-31T23:59:59.999Z");
  CHECK(asked("rain in 2015", "2030-01-01T00:00:00Z") == asked("rain in 2015"));
  CHECK(asked("rain") == "none");
  CHECK(asked("\"rain since 2015\"") == "none");
}
