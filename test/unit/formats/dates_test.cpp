#include "formats/words/dates.hpp"

#include "support/catch.hpp"

using namespace terracat;
using formats::read_date;
using model::Bound;
using model::Instant;
using model::Precision;

namespace {

Bound at(std::int64_t year, unsigned month, unsigned day, Precision precision,
         std::int64_t ms_of_day = 0) {
  return Bound::at(*Instant::at({year, month, day}, ms_of_day), precision);
}

constexpr std::int64_t hour = 3'600'000;

/// Read as that, and nothing to remark.
void check_plain(std::string_view text, Bound const& expected) {
  INFO(text);
  auto const reading = read_date(text);
  CHECK(reading.at == expected);
  CHECK_FALSE(reading.finding);
}

void check_repaired(std::string_view text, Bound const& expected) {
  INFO(text);
  auto const reading = read_date(text);
  CHECK(reading.at == expected);
  CHECK(reading.finding == FindingCode::date_repaired);
}

} // namespace

TEST_CASE("dates have the precision that was written") {
  check_plain("2004", at(2004, 1, 1, Precision::year));
  check_plain("2004-03", at(2004, 3, 1, Precision::month));
  check_plain(" 2004-03-05 ", at(2004, 3, 5, Precision::day));
  check_plain("20170322", at(2017, 3, 22, Precision::day));
  check_plain("2004-03-05T12:00:00Z", at(2004, 3, 5, Precision::second, 12 * hour));
  check_plain("2004-03-05 12:30", at(2004, 3, 5, Precision::second, 12 * hour + hour / 2));
  CHECK(read_date("2004").at.latest() == Instant::at({2004, 12, 31}, 86'399'999));
}

TEST_CASE("fractions of seconds of any length are read, a time without zone is in UTC") {
  auto const time = 19 * hour + 59 * 60'000 + 30'000;
  check_plain("2015-10-18T19:59:30.2675269Z", at(2015, 10, 18, Precision::millisecond, time + 267));
  check_plain("2015-10-18T19:59:30,5", at(2015, 10, 18, Precision::millisecond, time + 500));
  check_plain("2015-10-18T19:59:30", at(2015, 10, 18, Precision::second, time));
  check_plain("2015-10-18T24:00:00Z", at(2015, 10, 19, Precision::second));
}

TEST_CASE("zones stand behind times and behind dates, and may move the day") {
  check_plain("2013-11-01Z", at(2013, 11, 1, Precision::day));
  check_plain("2019-03-01T00:30:00+01:00",
              at(2019, 2, 28, Precision::second, 23 * hour + hour / 2));
  check_plain("2019-02-28T20:00:00-0400", at(2019, 3, 1, Precision::second));
  check_plain("2019-03-01T12:00:00+02", at(2019, 3, 1, Precision::second, 10 * hour));
  check_plain("2019-03-01+02:00", at(2019, 2, 28, Precision::day, 22 * hour));
  check_plain("2019-03-01 12:00:00 UTC", at(2019, 3, 1, Precision::second, 12 * hour));
}

TEST_CASE("years before Christ and beyond 9999 are years") {
  check_plain("-10000-01-01T00:00:00", at(-10'000, 1, 1, Precision::second));
  check_plain("-0024", at(-24, 1, 1, Precision::year));
  check_plain("+12024-06-01", at(12'024, 6, 1, Precision::day));
  check_plain("12024-06-01", at(12'024, 6, 1, Precision::day));
  check_plain("-100000000", at(-100'000'000, 1, 1, Precision::year));
  check_plain("8121-01-01", at(8121, 1, 1, Precision::day));
}

TEST_CASE("a month before the day is put right only where nothing else can be meant") {
  check_repaired("2015-14-12", at(2015, 12, 14, Precision::day));
  check_plain("2015-12-11", at(2015, 12, 11, Precision::day));
  CHECK(read_date("2015-14-13").finding == FindingCode::date_unreadable);
  check_repaired("31/12/2015", at(2015, 12, 31, Precision::day));
  check_repaired("12/31/2015", at(2015, 12, 31, Precision::day));
  check_repaired("07/07/2010Z", at(2010, 7, 7, Precision::day));
  CHECK(read_date("03/04/2010").finding == FindingCode::date_unreadable);
  check_repaired("03.04.2010", at(2010, 4, 3, Precision::day));
  check_repaired("2010/12/31", at(2010, 12, 31, Precision::day));
}

TEST_CASE("months may have names in French and English") {
  check_repaired("8 juillet 1974", at(1974, 7, 8, Precision::day));
  check_repaired("27 fevrier 2014", at(2014, 2, 27, Precision::day));
  check_repaired("le 1er août 1990", at(1990, 8, 1, Precision::day));
  check_repaired("décembre 2003", at(2003, 12, 1, Precision::month));
  check_repaired("May 27, 2016", at(2016, 5, 27, Precision::day));
  check_repaired("27-Feb-2014", at(2014, 2, 27, Precision::day));
}

TEST_CASE("what a program left of a date is taken as far as it is certain") {
  check_repaired("2001-01T00:00:00", at(2001, 1, 1, Precision::month));
  check_repaired("1990-00-00Z", at(1990, 1, 1, Precision::year));
  check_repaired("1990-10-00", at(1990, 10, 1, Precision::month));
  check_repaired("1995-01-01TUnknown", at(1995, 1, 1, Precision::day));
  check_repaired("2012-9-30", at(2012, 9, 30, Precision::day));
  check_plain("2014-04-27T082845",
              at(2014, 4, 27, Precision::second, 8 * hour + 28 * 60'000 + 45'000));
}

TEST_CASE("days of the year and of the week are those of ISO 8601") {
  check_repaired("1990-001", at(1990, 1, 1, Precision::day));
  check_repaired("2000-366", at(2000, 12, 31, Precision::day));
  check_repaired("2004-W53-6", at(2005, 1, 1, Precision::day));
  check_repaired("2009-W01-1", at(2008, 12, 29, Precision::day));
}

TEST_CASE("words say that an end is open or that nothing is known") {
  for (auto const* const text : {"now", "Present", "updated daily", "en cours", "à nos jours"}) {
    INFO(text);
    CHECK(read_date(text).at.is_open());
    CHECK_FALSE(read_date(text).finding);
  }
  for (auto const* const text : {"", "None", "unknown", "inapplicable", "Inconnu", "-"}) {
    INFO(text);
    CHECK(read_date(text).at.is_unknown());
    CHECK_FALSE(read_date(text).finding);
  }
}

TEST_CASE("sentences and nonsense are unreadable") {
  for (auto const* const text :
       {"Premieres mesures en 2004", "None-12-31", "2005 - 2020", "2023-02-29", "1975-98Z",
        "1990-NaN-01", "0000-00-00", "R/P1D", "03/0-1/-05T12:00:00", "2012-01-01 to 2013-01-01",
        "22 juillet 2014 pour les enregistrement HOBO et 27 fevrier 2014", "99999999999999999",
        "12345", "201301-12", "1990-000", "1991-366", "20121340"}) {
    INFO(text);
    CHECK(read_date(text).at.is_unknown());
    CHECK(read_date(text).finding == FindingCode::date_unreadable);
  }
}
