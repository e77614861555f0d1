#include <terracat/interval.hpp>

#include "support/catch.hpp"

using namespace terracat::model;

namespace {

Instant day(std::int64_t year, unsigned month, unsigned of_month) {
  return *Instant::at({year, month, of_month});
}

Interval between(Bound start, Bound end) {
  return Interval::make(start, end).value();
}

Interval datetime(std::string_view text) {
  return parse_datetime_parameter(text, DatetimeReading::strict).value();
}

} // namespace

TEST_CASE("a bound covers the whole of what was written") {
  auto const last = [](Instant at, Precision precision) {
    return to_iso8601(*Bound::at(at, precision).latest());
  };
  CHECK(last(day(2004, 1, 1), Precision::year) == "2004-12-31T23:59:59.999Z");
  CHECK(last(day(2004, 2, 1), Precision::month) == "2004-02-29T23:59:59.999Z");
  CHECK(last(day(2004, 12, 1), Precision::month) == "2004-12-31T23:59:59.999Z");
  CHECK(last(day(2004, 2, 28), Precision::day) == "2004-02-28T23:59:59.999Z");
  CHECK(last(day(2004, 2, 28), Precision::second) == "2004-02-28T00:00:00.999Z");
  CHECK(last(day(2004, 2, 28), Precision::millisecond) == "2004-02-28T00:00:00Z");
  CHECK_FALSE(Bound::open().latest());
  CHECK_FALSE(Bound::unknown().earliest());
}

TEST_CASE("intervals that cannot be are refused") {
  CHECK_FALSE(Interval::make(Bound::at(day(2005, 1, 1)), Bound::at(day(2004, 1, 1))));
  CHECK_FALSE(Interval::make(Bound::unknown(), Bound::unknown()));
  CHECK(Interval::make(Bound::open(), Bound::open()));
  // The year 2004 ends after the first of June 2004 begins.
  CHECK(Interval::make(Bound::at(day(2004, 6, 1)), Bound::at(day(2004, 1, 1), Precision::year)));
}

TEST_CASE("an open end reaches for ever, an unknown end does not") {
  auto const later = Interval::instant(Bound::at(day(2020, 1, 1)));
  CHECK(between(Bound::at(day(2004, 1, 1)), Bound::open()).intersects(later));
  CHECK_FALSE(between(Bound::at(day(2004, 1, 1)), Bound::unknown()).intersects(later));
  CHECK(between(Bound::unknown(), Bound::at(day(2020, 1, 1))).intersects(later));
  CHECK(between(Bound::open(), Bound::at(day(2020, 1, 1))).intersects(later));
}

TEST_CASE("intervals that only touch share a moment") {
  auto const spring = between(Bound::at(day(2024, 3, 1)), Bound::at(day(2024, 5, 31)));
  CHECK(spring.intersects(between(Bound::at(day(2024, 5, 31)), Bound::open())));
  CHECK_FALSE(spring.intersects(between(Bound::at(day(2024, 6, 1)), Bound::open())));
}

TEST_CASE("the datetime parameter") {
  CHECK(datetime("2024-05-01T00:00:00Z").first() == day(2024, 5, 1));
  CHECK(datetime("2024-05-01T00:00:00Z").last() == day(2024, 5, 1));
  CHECK(datetime("2024-05-01T00:00:00Z/..").end().is_open());
  CHECK(datetime("2024-05-01T00:00:00Z/").end().is_open());
  CHECK(datetime("/2024-05-01T00:00:00Z").start().is_open());
  CHECK(datetime("../2024-05-01T00:00:00Z").last() == day(2024, 5, 1));

  auto const text = GENERATE("", "..", "/", "../..", "../", "/..", "2024-05-01", "2024",
                             "2024-05-02T00:00:00Z/2024-05-01T00:00:00Z",
                             "2024-05-01T00:00:00Z/2024-05-02T00:00:00Z/..");
  auto const refused = parse_datetime_parameter(text, DatetimeReading::strict);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().where == "datetime");
}

TEST_CASE("QGIS may leave out the offset where the reading is lenient") {
  CHECK(parse_datetime_parameter("2024-05-01T00:00:00.000/..", DatetimeReading::lenient));
  CHECK_FALSE(parse_datetime_parameter("2024-05-01T00:00:00.000/..", DatetimeReading::strict));
}
