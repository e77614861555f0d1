#include "run/cron.hpp"

#include "support/catch.hpp"

using namespace terracat;
using run::Cron;

namespace {

std::string next(std::string_view expression, std::string_view after) {
  auto const at = Cron::parse(expression)->after(model::parse_rfc3339(after).value());
  return at ? model::to_rfc3339(*at).value() : "never";
}

} // namespace

TEST_CASE("the next minute that fits an expression") {
  // 2024-05-01 is a Wednesday.
  CHECK(next("* * * * *", "2024-05-01T10:00:00Z") == "2024-05-01T10:01:00Z");
  CHECK(next("* * * * *", "2024-05-01T10:00:59Z") == "2024-05-01T10:01:00Z");
  CHECK(next("15 3 * * *", "2024-05-01T03:14:59Z") == "2024-05-01T03:15:00Z");
  CHECK(next("15 3 * * *", "2024-05-01T03:15:00Z") == "2024-05-02T03:15:00Z");
  CHECK(next("*/20 * * * *", "2024-05-01T10:21:00Z") == "2024-05-01T10:40:00Z");
  CHECK(next("5/20 * * * *", "2024-05-01T10:26:00Z") == "2024-05-01T10:45:00Z");
  CHECK(next("0 0 1 * *", "2024-12-15T00:00:00Z") == "2025-01-01T00:00:00Z");
  CHECK(next("0 6 * * mon-fri", "2024-05-03T07:00:00Z") == "2024-05-06T06:00:00Z");
  CHECK(next("0 6 * * 7", "2024-05-01T00:00:00Z") == "2024-05-05T06:00:00Z");
  CHECK(next("0 6 * * SUN", "2024-05-01T00:00:00Z") == "2024-05-05T06:00:00Z");
  CHECK(next("0 0 29 feb *", "2024-03-01T00:00:00Z") == "2028-02-29T00:00:00Z");
  CHECK(next("30 8,20 1,15 * *", "2024-05-01T08:30:00Z") == "2024-05-01T20:30:00Z");
}

TEST_CASE("of two restricted days either fits") {
  CHECK(next("0 0 13 * fri", "2024-05-01T00:00:00Z") == "2024-05-03T00:00:00Z");
  CHECK(next("0 0 13 * fri", "2024-05-10T00:00:00Z") == "2024-05-13T00:00:00Z");
}

TEST_CASE("a date that never comes is never") {
  CHECK(next("0 0 30 2 *", "2024-05-01T00:00:00Z") == "never");
}

TEST_CASE("expressions that cannot be read name the field") {
  auto const detail = [](std::string_view text) { return Cron::parse(text).error().detail; };
  CHECK(detail("* * * *").find("five fields") != std::string::npos);
  CHECK(detail("60 * * * *") == "the minute '60' cannot be read");
  CHECK(detail("* 24 * * *") == "the hour '24' cannot be read");
  CHECK(detail("* * 0 * *") == "the day of month '0' cannot be read");
  CHECK(detail("* * * foo *") == "the month 'foo' cannot be read");
  CHECK(detail("* * * * 1-0") == "the day of week '1-0' cannot be read");
  CHECK(detail("*/0 * * * *") == "the minute '*/0' cannot be read");
  CHECK(detail("1,, * * * *") == "the minute '1,,' cannot be read");
}
