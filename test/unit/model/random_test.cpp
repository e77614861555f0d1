// Properties that hold for every instant and every box.

#include <terracat/bbox.hpp>
#include <terracat/instant.hpp>

#include "support/catch.hpp"
#include "support/random.hpp"

#include <cmath>
#include <cstdio>

using namespace terracat::model;
using terracat::test::Random;
using terracat::test::seeds;

namespace {

constexpr std::int64_t ms_per_day = 86'400'000;
constexpr std::int64_t days_per_year = 365; // about; only for ranges

/// Reads what to_iso8601 writes, digit by digit, as the standard says.
Instant instant_of(std::string const& text) {
  long long year = 0;
  Date date;
  int hour = 0;
  int minute = 0;
  double second = 0;
  REQUIRE(std::sscanf(text.c_str(), "%lld-%2u-%2uT%2d:%2d:%lfZ", &year, &date.month,
                      &date.day, // NOLINT
                      &hour, &minute, &second) == 6);
  date.year = year;
  auto const ms_of_day = (hour * 60 + minute) * std::int64_t{60'000} + std::llround(second * 1'000);
  return Instant::at(date, ms_of_day).value();
}

/// Small numbers in all units, so that each shape of a text occurs: full seconds, midnights.
std::int64_t ms_of_day(Random& random) {
  if (random.once_in(4)) return 0;
  auto const ms = random.between(0, ms_per_day - 1);
  return random.once_in(2) ? ms / 1'000 * 1'000 : ms;
}

bool covers(Bbox const& box, double longitude) {
  return box.crosses_antimeridian() ? longitude >= box.west() || longitude <= box.east()
                                    : longitude >= box.west() && longitude <= box.east();
}

/// Some box with edges on full degrees, often the world, a point, or across the antimeridian.
Bbox box(Random& random) {
  auto const edge = [&] {
    return static_cast<double>(random.once_in(4) ? (random.once_in(2) ? -180 : 180)
                                                 : random.between(-180, 180));
  };
  auto const west = edge();
  return Bbox::restored(west, 0, random.once_in(6) ? west : edge(), 1);
}

/// Tells whether something holds for all longitudes that matter to edges on full degrees.
template<class Predicate>
bool everywhere(Predicate const& holds) {
  for (int half = -360; half <= 360; ++half) {
    if (!holds(half / 2.0)) return false;
  }
  return true;
}

} // namespace

TEST_CASE("every instant of geology comes back from its date and from its text") {
  auto const seed = GENERATE(from_range(seeds()));
  INFO("seed: " << seed);
  Random random(seed);
  for (int i = 0; i < 5'000; ++i) {
    // From a hundred million years ago to a hundred thousand ahead, and as often near our own era.
    auto const days = random.once_in(2)
                          ? random.between(-100'000'000 * days_per_year, 100'000 * days_per_year)
                          : random.between(-5'000 * days_per_year, 12'000 * days_per_year);
    Instant const instant(days * ms_per_day + ms_of_day(random));
    CAPTURE(instant.milliseconds());
    auto const date = instant.date();
    REQUIRE(exists(date));
    REQUIRE(Instant::at(date, instant.ms_of_day()) == instant);
    REQUIRE(instant_of(to_iso8601(instant)) == instant);
    auto const text = to_rfc3339(instant);
    REQUIRE(text.has_value() == (date.year >= 0 && date.year <= 9999));
    if (!text) continue;
    REQUIRE(to_iso8601(instant) == *text);
    REQUIRE(parse_rfc3339(*text).value() == instant);
    REQUIRE(parse_rfc3339_lenient(*text).value() == instant);
    // The same moment on another clock.
    auto const minutes = random.between(-23 * 60 - 59, 23 * 60 + 59);
    Instant const there(instant.milliseconds() + minutes * 60'000);
    auto elsewhere = to_rfc3339(there);
    if (!elsewhere) continue;
    elsewhere->pop_back();
    auto const away = std::abs(static_cast<int>(minutes));
    std::array<char, 16> offset{};
    REQUIRE(std::snprintf(offset.data(), offset.size(), "%c%02d:%02d",
                          minutes < 0 ? '-' : '+', // NOLINT
                          away / 60, away % 60) == 6);
    REQUIRE(parse_rfc3339(*elsewhere + offset.data()).value() == instant);
  }
}

TEST_CASE("days follow one another without gap") {
  auto const seed = GENERATE(from_range(seeds()));
  INFO("seed: " << seed);
  Random random(seed);
  auto day = random.between(-100'000'000 * days_per_year, 100'000 * days_per_year);
  for (int i = 0; i < 2'000; ++i, ++day) {
    auto const date = Instant(day * ms_per_day).date();
    auto const next = Instant((day + 1) * ms_per_day).date();
    bool const same_month = next.year == date.year && next.month == date.month;
    if (same_month) {
      REQUIRE(next.day == date.day + 1);
    } else {
      REQUIRE(next.day == 1);
      REQUIRE_FALSE(exists({date.year, date.month, date.day + 1}));
      REQUIRE(next.month == date.month % 12 + 1);
      REQUIRE(next.year == date.year + (date.month == 12 ? 1 : 0));
    }
  }
}

TEST_CASE("a box covers the longitudes that were written, wrapped into one circle") {
  auto const seed = GENERATE(from_range(seeds()));
  INFO("seed: " << seed);
  Random random(seed);
  for (int i = 0; i < 2'000; ++i) {
    auto const west = static_cast<double>(random.between(-360, 540));
    auto const east = std::min(540.0, west + static_cast<double>(random.between(0, 400)));
    CAPTURE(west, east);
    auto const box = Bbox::make(west, 0, east, 1).value();
    REQUIRE(std::abs(box.west()) <= 180);
    REQUIRE(std::abs(box.east()) <= 180);
    REQUIRE(box.width() == std::min(360.0, east - west));
    REQUIRE(everywhere([&](double longitude) {
      if (std::abs(longitude) == 180) return true; // one meridian, two numbers
      bool is_written = false;
      for (int turn = -2; turn <= 2; ++turn) {
        auto const there = longitude + 360 * turn;
        is_written = is_written || (west <= there && there <= east);
      }
      return covers(box, longitude) == is_written;
    }));
  }
}

TEST_CASE("boxes meet, hold and join one another as the sets of points that they are") {
  auto const seed = GENERATE(from_range(seeds()));
  INFO("seed: " << seed);
  Random random(seed);
  for (int i = 0; i < 2'000; ++i) {
    auto const a = box(random);
    auto const b = box(random);
    CAPTURE(a.west(), a.east(), b.west(), b.east());
    bool const apart = everywhere(
        [&](double longitude) { return !covers(a, longitude) || !covers(b, longitude); });
    REQUIRE(a.intersects(b) == !apart);
    REQUIRE(b.intersects(a) == !apart);
    REQUIRE(a.contains(b) == everywhere([&](double longitude) {
              return covers(a, longitude) || !covers(b, longitude);
            }));
    auto const both = a.joined(b);
    REQUIRE(everywhere([&](double longitude) {
      return covers(both, longitude) || (!covers(a, longitude) && !covers(b, longitude));
    }));
    REQUIRE((!both.crosses_antimeridian() || a.crosses_antimeridian() || b.crosses_antimeridian()));
    REQUIRE(both.width() == b.joined(a).width());
  }
}
