#include "run/quiet_hours.hpp"

#include "support/catch.hpp"

using namespace terracat;
using run::QuietHours;

namespace {

QuietHours hours(std::vector<std::string> const& windows) {
  return QuietHours::parse(windows).value();
}

/// When hours are over, as a date and time.
std::string end_at(QuietHours const& hours, std::string_view now) {
  return model::to_iso8601(hours.end(model::parse_rfc3339(now).value()));
}

} // namespace

TEST_CASE("quiet hours begin at their first minute and are over at their last") {
  auto const office = hours({"08:00-18:00"});
  CHECK(end_at(office, "2024-05-01T07:59:59.999Z") == "2024-05-01T07:59:59.999Z");
  CHECK(end_at(office, "2024-05-01T08:00:00Z") == "2024-05-01T18:00:00Z");
  CHECK(end_at(office, "2024-05-01T17:59:59.999Z") == "2024-05-01T18:00:00Z");
  CHECK(end_at(office, "2024-05-01T18:00:00Z") == "2024-05-01T18:00:00Z");
  CHECK(end_at(QuietHours{}, "2024-05-01T12:00:00Z") == "2024-05-01T12:00:00Z");
}

TEST_CASE("quiet hours are of the named days, which is where they begin") {
  auto const week = hours({"Mon-Fri 08:00-18:00"});
  CHECK(end_at(week, "2024-05-03T12:00:00Z") == "2024-05-03T18:00:00Z"); // a Friday
  CHECK(end_at(week, "2024-05-04T12:00:00Z") == "2024-05-04T12:00:00Z");
  auto const nights = hours({"sat,sun 22:00-06:00"});
  CHECK(end_at(nights, "2024-05-04T23:00:00Z") == "2024-05-05T06:00:00Z");
  CHECK(end_at(nights, "2024-05-06T05:59:00Z") == "2024-05-06T06:00:00Z"); // Sunday's, on Monday
  CHECK(end_at(nights, "2024-05-04T05:00:00Z") == "2024-05-04T05:00:00Z"); // of no Friday
  CHECK(end_at(hours({"fri-mon 00:00-24:00"}), "2024-05-03T00:00:00Z") == "2024-05-07T00:00:00Z");
  CHECK(end_at(nights, "1969-12-28T23:00:00Z") == "1969-12-29T06:00:00Z"); // before 1970, a Sunday
}

TEST_CASE("windows that follow one another are one") {
  CHECK(end_at(hours({"12:00-14:00", "08:00-12:00", "13:00-15:30"}), "2024-05-01T09:00:00Z") ==
        "2024-05-01T15:30:00Z");
  auto joined = hours({"08:00-12:00"});
  joined.add(hours({"12:00-13:00"}));
  CHECK(end_at(joined, "2024-05-01T09:00:00Z") == "2024-05-01T13:00:00Z");
  CHECK(end_at(hours({"sun 20:00-24:00", "mon 00:00-02:00"}), "2024-05-05T21:00:00Z") ==
        "2024-05-06T02:00:00Z");
}

TEST_CASE("hours that cannot be read, or leave no time, are refused") {
  for (auto const* const text :
       {"", "8:00-18:00", "08:00", "08:00-", "08:60-09:00", "08:00-24:01", "day 08:00-18:00",
        "mon- 08:00-18:00", "mon,,tue 08:00-18:00", "08:00-08:00", "mon  08:00-18:00"}) {
    auto const read = QuietHours::parse({text});
    CAPTURE(text);
    REQUIRE_FALSE(read);
    CHECK(read.error().detail ==
          "'" + std::string(text) + "': expected hours such as mon-fri 08:00-18:00");
  }
  CHECK_FALSE(QuietHours::parse({"00:00-24:00"}));
  CHECK_FALSE(QuietHours::parse({"00:00-12:00", "12:00-24:00"}));
  CHECK(QuietHours::parse({"00:00-23:59"}));
}
