// When data is of: what names of files and metadata tell.

#include "kinds/files/data_time.hpp"

#include "support/catch.hpp"

using namespace terracat::kinds::files;

namespace {

std::string matched(std::string_view pattern, std::string_view path) {
  std::string fault;
  auto const parsed = NamePattern::parse(pattern, fault);
  if (!parsed) return fault;
  auto const time = parsed->match(path);
  return time.datetime + "|" + time.start + "|" + time.end;
}

std::string said(Metadata const& metadata) {
  auto const time = time_in(metadata);
  return time.datetime + "|" + time.start + "|" + time.end;
}

} // namespace

TEST_CASE("data: a pattern finds the time in a name") {
  CHECK(matched("S2_{year}{month}{day}T{hour}{minute}{second}_*", "x/S2_20240229T103021_a.tif") ==
        "2024-02-29T10:30:21Z||");
  CHECK(matched("*_{year}{month}{day}.nc", "a_b_20240229_20230101.nc") ==
        "|2023-01-01T00:00:00Z|2023-01-01T23:59:59Z");
  CHECK(matched("*{year}-{month}*", "sst-2023-02.nc") ==
        "|2023-02-01T00:00:00Z|2023-02-28T23:59:59Z");
  CHECK(matched("{year}/{day_of_year}/*", "2024/060/a.tif") ==
        "|2024-02-29T00:00:00Z|2024-02-29T23:59:59Z");
  CHECK(matched("?_{year}*", "a_1999.tif") == "|1999-01-01T00:00:00Z|1999-12-31T23:59:59Z");
  CHECK(matched("{year}{month}{day}T{hour}*", "20240229T10.tif") == "2024-02-29T10:00:00Z||");
}

TEST_CASE("data: a name that does not fit tells no time") {
  for (auto const& [pattern, path] :
       {std::pair("{year}.tif", "x2024.tif"), std::pair("{year}{month}{day}*", "20240230.tif"),
        std::pair("{year}{day_of_year}*", "2023366.tif"),
        std::pair("{year}{day_of_year}*", "2023000.tif"), std::pair("*/{year}.tif", "a/b/2024.tif"),
        std::pair("{year}*", ""), std::pair("{year}", "202")}) {
    INFO(pattern);
    CHECK(matched(pattern, path) == "||");
  }
}

TEST_CASE("data: what is no pattern is told") {
  CHECK(matched("*", "a") == "{year} is missing");
  CHECK(matched("{year}{year}", "a") == "{year} stands there twice");
  CHECK(matched("{year}{day}", "a") == "{day} needs {month}");
  CHECK(matched("{year}{month}{hour}", "a") == "{hour} needs a day");
  CHECK(matched("{year}{day_of_year}{minute}", "a") == "{minute} needs {hour}");
  CHECK(matched("{year}{day_of_year}{hour}{second}", "a") == "{second} needs {minute}");
  CHECK(matched("{year}{day_of_year}{month}", "a") ==
        "{day_of_year} stands instead of {month} and {day}");
  CHECK(matched("{date}", "a").starts_with("braces stand around year"));
}

TEST_CASE("data: a name of many stars takes no time to speak of") {
  std::string const name(4'000, 'a');
  std::string pattern;
  for (int i = 0; i < 60; ++i) pattern += "*a";
  CHECK(matched(pattern + "{year}", name) == "||");
}

TEST_CASE("data: metadata tell the time, the surest first") {
  CHECK(said({{"TIFFTAG_DATETIME", "2021:06:03 10:20:30"}}) == "2021-06-03T10:20:30Z||");
  CHECK(said({{"TIFFTAG_DATETIME", "2021:06:03 10:20:30"},
              {"ACQUISITIONDATETIME", "2020-01-02 03:04:05"}}) == "2020-01-02T03:04:05Z||");
  CHECK(said({{"NC_GLOBAL#time_coverage_start", "2001"},
              {"NC_GLOBAL#time_coverage_end", "2002-02"},
              {"TIFFTAG_DATETIME", "2021:06:03 10:20:30"}}) ==
        "|2001-01-01T00:00:00Z|2002-02-28T23:59:59Z");
  CHECK(said({{"time_coverage_start", "2001-05-06T07:08:09Z"}}) == "2001-05-06T07:08:09Z||");
  CHECK(said({{"TIFFTAG_DATETIME", "no time"}}) == "||");
  CHECK(said({}) == "||");
}

TEST_CASE("data: an axis of time is counted from its origin") {
  auto const axis = [](std::string units, std::string values, std::string calendar = "") {
    return said({{"time#units", std::move(units)},
                 {"time#calendar", std::move(calendar)},
                 {"NETCDF_DIM_time_VALUES", std::move(values)}});
  };
  CHECK(axis("days since 1950-01-01", "{0,1,365}") == "|1950-01-01T00:00:00Z|1951-01-01T00:00:00Z");
  CHECK(axis("hours since 1900-01-01 00:00:00", "24") == "1900-01-02T00:00:00Z||");
  CHECK(axis("seconds since 1970-01-01T00:00:00Z", "{60,0}") ==
        "|1970-01-01T00:00:00Z|1970-01-01T00:01:00Z");
  CHECK(axis("days since 1950-01-01", "{0,1}", "standard") ==
        "|1950-01-01T00:00:00Z|1950-01-02T00:00:00Z");
  CHECK(axis("days since 1950-01-01", "{0,1}", "360_day") == "||");
  CHECK(axis("months since 1950-01-01", "{0,1}") == "||");
  CHECK(axis("days since 1950-01-01", "{0,1e300}") == "||");
  CHECK(axis("days since then", "{0,1}") == "||");
  CHECK(axis("days since 1950-01-01", "{}") == "||");
}

TEST_CASE("data: days before 15 October 1582 are told of the proleptic calendar only") {
  auto const axis = [](std::string units, std::string values, std::string calendar) {
    return said({{"time#units", std::move(units)},
                 {"time#calendar", std::move(calendar)},
                 {"NETCDF_DIM_time_VALUES", std::move(values)}});
  };
  // 400 years of that calendar have 146,097 days.
  CHECK(axis("days since 1201-01-01", "146097", "proleptic_gregorian") == "1601-01-01T00:00:00Z||");
  for (auto const* const calendar : {"standard", "gregorian", ""}) {
    INFO(calendar);
    CHECK(axis("days since 1201-01-01", "146097", calendar) == "||");
    CHECK(axis("days since 1582-10-15", "{0,1}", calendar) ==
          "|1582-10-15T00:00:00Z|1582-10-16T00:00:00Z");
    CHECK(axis("days since 1582-10-14", "1", calendar) == "||");
    CHECK(axis("days since 1582-10-16", "{-2,0}", calendar) == "||");
  }
}
