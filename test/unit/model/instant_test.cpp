#include <terracat/instant.hpp>

#include "support/catch.hpp"

using namespace terracat::model;

TEST_CASE("calendar dates become milliseconds since 1970") {
  CHECK(Instant::at({1970, 1, 1})->milliseconds() == 0);
  CHECK(Instant::at({1969, 12, 31})->milliseconds() == -86'400'000);
  CHECK(Instant::at({2000, 2, 29})->milliseconds() == 951'782'400'000);
  CHECK(Instant::at({2024, 5, 1}, 45'000'000)->milliseconds() == 1'714'566'600'000);
  // The epoch of proleptic counting: 719 528 days before 1970.
  CHECK(Instant::at({0, 1, 1})->milliseconds() == -719'528LL * 86'400'000);
}

TEST_CASE("dates that do not exist are refused") {
  CHECK_FALSE(Instant::at({2023, 2, 29}));
  CHECK_FALSE(Instant::at({1900, 2, 29}));
  CHECK(Instant::at({2000, 2, 29}));
  CHECK_FALSE(Instant::at({2024, 13, 1}));
  CHECK_FALSE(Instant::at({2024, 4, 31}));
  CHECK_FALSE(Instant::at({2024, 0, 1}));
}

TEST_CASE("every year of geology comes back as it went in") {
  auto const year = GENERATE(-100'000'000LL, -10'000LL, -401LL, -400LL, -1LL, 0LL, 1LL, 399LL,
                             1582LL, 1970LL, 8121LL, 9999LL, 10'000LL, 100'000'000LL);
  for (Date const date :
       {Date{year, 1, 1}, Date{year, 2, 28}, Date{year, 3, 1}, Date{year, 12, 31}}) {
    auto const instant = Instant::at(date, 86'399'999);
    REQUIRE(instant);
    CHECK(instant->date() == date);
    CHECK(instant->ms_of_day() == 86'399'999);
  }
}

TEST_CASE("RFC 3339 date-times are read with their offset") {
  CHECK(parse_rfc3339("1970-01-01T00:00:00Z")->milliseconds() == 0);
  CHECK(parse_rfc3339("1970-01-01t00:00:00z")->milliseconds() == 0);
  CHECK(parse_rfc3339("1970-01-01T01:00:00+01:00")->milliseconds() == 0);
  CHECK(parse_rfc3339("1969-12-31T20:00:00-04:00")->milliseconds() == 0);
  CHECK(parse_rfc3339("1970-01-01T00:00:00.5Z")->milliseconds() == 500);
  CHECK(parse_rfc3339("1970-01-01T00:00:00.123456789Z")->milliseconds() == 123);
  CHECK(parse_rfc3339("2016-12-31T23:59:60Z") == parse_rfc3339("2016-12-31T23:59:59.999Z"));
}

TEST_CASE("what is not RFC 3339 is refused, and the text is named") {
  auto const text =
      GENERATE("", "1985-04-12", "1985-12-12T23:20:50.52", "37-01-01T12:00:27.87Z",
               "1985-13-12T23:20:50.52Z", "1985-12-32T23:20:50.52Z", "1985-12-01T25:20:50.52Z",
               "1985-12-01T00:60:50.52Z", "1985-12-01T00:06:61.52Z", "1937-01-01T12:00:27.87+0100",
               "1985-04-12T23:20:50.Z", "1985-04-12T23:20:50,52Z", "21985-12-12T23:20:50.52Z",
               "1985-04-12T23:20:50.52Z ", "1985-04-12 23:20:50Z", "+985-04-12T23:20:50Z");
  auto const read = parse_rfc3339(text);
  REQUIRE_FALSE(read);
  CHECK(read.error().kind == terracat::ProblemKind::invalid_parameter);
  CHECK(read.error().detail.find(std::string("'") + text + "'") != std::string::npos);
}

TEST_CASE("the lenient reading takes what QGIS sends") {
  CHECK(parse_rfc3339_lenient("1970-01-01T00:00:01.000")->milliseconds() == 1000);
  CHECK(parse_rfc3339_lenient("1970-01-02")->milliseconds() == 86'400'000);
  CHECK_FALSE(parse_rfc3339_lenient("1970-01"));
}

TEST_CASE("instants are written with milliseconds only where there are some") {
  CHECK(to_rfc3339(Instant(0)) == "1970-01-01T00:00:00Z");
  CHECK(to_rfc3339(Instant(1'714'566'600'250)) == "2024-05-01T12:30:00.250Z");
  CHECK(to_rfc3339(*Instant::at({9, 3, 7})) == "0009-03-07T00:00:00Z");
  CHECK_FALSE(to_rfc3339(*Instant::at({-1, 1, 1})));
  CHECK_FALSE(to_rfc3339(*Instant::at({10'000, 1, 1})));
  CHECK(to_iso8601(*Instant::at({-10'000, 1, 1})) == "-10000-01-01T00:00:00Z");
  CHECK(to_iso8601(*Instant::at({-5, 1, 1})) == "-0005-01-01T00:00:00Z");
  CHECK(to_iso8601(*Instant::at({12'024, 1, 1})) == "+12024-01-01T00:00:00Z");
}
