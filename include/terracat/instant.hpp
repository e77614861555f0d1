#pragma once

#include <terracat/problem.hpp>

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace terracat::model {

/// A calendar date of the proleptic Gregorian calendar; the year before 1 is 0, as in ISO 8601.
struct Date {
  std::int64_t year = 1970;
  unsigned month = 1; ///< 1 to 12
  unsigned day = 1;   ///< 1 to 31

  friend bool operator==(Date const&, Date const&) = default;
};

/// True if the month and the day exist in that year and the year is within ±200 million.
[[nodiscard]] bool exists(Date const& date) noexcept;

/// A moment on the UTC time line, in milliseconds since 1970-01-01T00:00:00Z. Signed 64 bits reach
/// some 292 million years both ways, which geology needs and nanoseconds would not give.
class Instant {
 public:
  constexpr explicit Instant(std::int64_t milliseconds) noexcept : milliseconds_(milliseconds) {}

  /// \param ms_of_day  0 to 86 399 999, UTC
  /// \return  nothing if there is no such date
  [[nodiscard]] static std::optional<Instant> at(Date const& date,
                                                 std::int64_t ms_of_day = 0) noexcept;

  /// The wall clock.
  [[nodiscard]] static Instant now() noexcept;

  [[nodiscard]] constexpr std::int64_t milliseconds() const noexcept { return milliseconds_; }

  [[nodiscard]] Date date() const noexcept;

  [[nodiscard]] std::int64_t ms_of_day() const noexcept;

  friend constexpr auto operator<=>(Instant, Instant) = default;

 private:
  std::int64_t milliseconds_;
};

/// Reads a date-time of RFC 3339 5.6: date, time and offset all required, `t` and `z` in either
/// case. Digits beyond milliseconds are cut. A leap second counts as the last millisecond of its
/// minute.
[[nodiscard]] Result<Instant> parse_rfc3339(std::string_view text);

/// As parse_rfc3339, and also accepts what QGIS sends: no offset (UTC is assumed) or no time.
[[nodiscard]] Result<Instant> parse_rfc3339_lenient(std::string_view text);

/// `2024-05-01T12:30:00Z`, with milliseconds only where they are not zero.
/// \return  nothing for years that RFC 3339 cannot write (before 0, after 9999)
[[nodiscard]] std::optional<std::string> to_rfc3339(Instant instant);

/// As to_rfc3339 but for every year: `-10000-01-01T00:00:00Z`, `+12024-…`, as ISO 8601 expands
/// them.
[[nodiscard]] std::string to_iso8601(Instant instant);

} // namespace terracat::model
