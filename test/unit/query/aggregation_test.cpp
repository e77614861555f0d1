#include "query/aggregation.hpp"

#include "support/catch.hpp"

#include <terracat/instant.hpp>

using namespace terracat;
using namespace terracat::query;

namespace {

std::int64_t at(std::int64_t year, unsigned month, unsigned day, std::int64_t hour = 0) {
  return model::Instant::at({year, month, day}, hour * 3'600'000)->milliseconds();
}

std::string cell_text(ByCell const& by, double longitude, double latitude) {
  return text_of(by, bucket_of(cell_of(by, {longitude, latitude})));
}

using Buckets = std::map<Bucket, std::size_t>;

} // namespace

TEST_CASE("steps begin and end where the calendar has it") {
  auto const check = [](Step step, std::int64_t moment, std::int64_t begin, std::int64_t end) {
    auto const span = span_of(step, moment);
    CHECK(span.begin == begin);
    CHECK(span.end == end);
    CHECK(span_of(step, span.begin).begin == begin);
    CHECK(span_of(step, end - 1).begin == begin);
    CHECK(span_of(step, end).begin == end);
  };
  check(Step::hour, at(2024, 2, 29, 13) + 1, at(2024, 2, 29, 13), at(2024, 2, 29, 14));
  check(Step::day, at(2024, 2, 29, 13), at(2024, 2, 29), at(2024, 3, 1));
  check(Step::month, at(2024, 2, 29, 13), at(2024, 2, 1), at(2024, 3, 1));
  check(Step::month, at(2023, 12, 31, 23), at(2023, 12, 1), at(2024, 1, 1));
  check(Step::year, at(2024, 2, 29, 13), at(2024, 1, 1), at(2025, 1, 1));
  check(Step::hour, -1, -3'600'000, 0); // before 1970
  check(Step::day, -1, at(1969, 12, 31), 0);
  check(Step::month, at(-4712, 1, 1), at(-4712, 1, 1), at(-4712, 2, 1));
}

TEST_CASE("a range has its lower edge, and the outer ones all beyond") {
  Ranges const per_cent{.first = 0, .width = 10, .count = 10};
  CHECK(range_of(per_cent, 0) == 0);
  CHECK(range_of(per_cent, 9.999) == 0);
  CHECK(range_of(per_cent, 10) == 1);
  CHECK(range_of(per_cent, 90) == 9);
  CHECK(range_of(per_cent, 100) == 9);
  CHECK(range_of(per_cent, 1e300) == 9);
  CHECK(range_of(per_cent, -1e300) == 0);
  CHECK(range_of({.first = -90, .width = 10, .count = 18}, -85) == 0);
}

TEST_CASE("cells are those that geohashes and tiles are known by") {
  auto const geohash = [](unsigned level) { return ByCell{Grid::geohash, level}; };
  CHECK(cell_text(geohash(11), 10.40744, 57.64911) == "u4pruydqqvj");
  CHECK(cell_text(geohash(5), -5.603, 42.605) == "ezs42");
  CHECK(cell_text(geohash(1), 0, 0) == "s");
  CHECK(cell_text(geohash(1), -0.1, -0.1) == "7");
  CHECK(cell_text(geohash(2), 180, 90) == "zz");
  CHECK(cell_text(geohash(2), -180, -90) == "00");
  CHECK(cell_text(geohash(12), 180, 90) == "zzzzzzzzzzzz");
  auto const tile = [](unsigned level) { return ByCell{Grid::geotile, level}; };
  CHECK(cell_text(tile(0), 13.4, 52.5) == "0/0/0");
  CHECK(cell_text(tile(10), 13.4, 52.5) == "10/550/335");
  CHECK(cell_text(tile(3), 180, 90) == "3/7/0");
  CHECK(cell_text(tile(3), -180, -90) == "3/0/7");
  CHECK(cell_text(tile(29), 180, -90) == "29/536870911/536870911");
}

TEST_CASE("the centre of a box across the antimeridian lies beside it") {
  CHECK(centre_of(model::Bbox::restored(2, 40, 4, 50)) == model::Position{3, 45});
  CHECK(centre_of(model::Bbox::restored(178, -2, -176, 0)) == model::Position{-179, -1});
  CHECK(centre_of(model::Bbox::restored(170, -2, -176, 0)) == model::Position{177, -1});
}

TEST_CASE("without a word time goes by the finest steps of which there are not too many") {
  Summary summary(ByTime{});
  auto const add = [&](std::int64_t moment) {
    summary.count(1);
    summary.add_time(moment, 1);
  };
  add(at(2024, 5, 1, 3));
  add(at(2024, 5, 5, 23));
  add(at(2024, 5, 6, 3)); // 120 hours later
  CHECK(summary.step() == Step::hour);
  CHECK(summary.buckets().size() == 3);
  add(at(2024, 5, 6, 4));
  CHECK(summary.step() == Step::day);
  CHECK(summary.buckets() ==
        Buckets{{at(2024, 5, 1), 1}, {at(2024, 5, 5), 1}, {at(2024, 5, 6), 2}});
  add(at(2024, 9, 1));
  CHECK(summary.step() == Step::month);
  CHECK(summary.buckets() == Buckets{{at(2024, 5, 1), 4}, {at(2024, 9, 1), 1}});
  add(at(2014, 1, 1));
  CHECK(summary.step() == Step::year);
  summary.count(2); // without a time
  CHECK(summary.buckets() == Buckets{{at(2014, 1, 1), 1}, {at(2024, 1, 1), 5}});
  CHECK(summary.items() == 8);
  CHECK(summary.overflow() == 2);
}

TEST_CASE("a step that somebody asked for stays, until there are too many buckets") {
  Summary summary(ByTime{Step::day});
  for (std::size_t i = 0; i < TooManyBuckets::most; ++i) {
    summary.add_time(static_cast<std::int64_t>(i) * 86'400'000, 1);
  }
  CHECK(summary.step() == Step::day);
  CHECK(summary.buckets().size() == TooManyBuckets::most);
  CHECK_THROWS_AS(summary.add_time(-1, 1), TooManyBuckets);
}

TEST_CASE("the earliest and the latest time are those of items that have one") {
  Summary earliest{Aggregation(EarliestTime{})};
  Summary latest{Aggregation(LatestTime{})};
  CHECK_FALSE(earliest.time());
  for (auto const moment : {20, -10, 30}) {
    earliest.add_time(moment, 1);
    latest.add_time(moment, 1);
  }
  CHECK(earliest.time() == -10);
  CHECK(latest.time() == 30);
}
