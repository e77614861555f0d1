#pragma once

#include <terracat/interval.hpp>

#include <optional>
#include <string>
#include <string_view>

/// Dates and date-times of JSON documents.
namespace terracat::formats {

struct WrittenTime {
  model::Bound at; ///< never open or unknown
  bool is_utc;     ///< written as STAC and Records want it: RFC 3339 with `Z` or `+00:00`
};

/// Reads a date-time of RFC 3339, and also what sources write instead of one: no offset (UTC is
/// meant), no time, no day, no month, no separators, a blank for the `T`, an offset without colon,
/// a year with sign and more than four digits.
[[nodiscard]] std::optional<WrittenTime> read_time(std::string_view text);

/// The first second that a bound covers: `2004` gives `2004-01-01T00:00:00Z`. Milliseconds stay
/// where the author wrote some. \return  nothing if it is open, unknown, or in a year that RFC 3339
/// cannot write
[[nodiscard]] std::optional<std::string> first_second(model::Bound const& bound);

/// The last second that a bound covers: `2004` gives `2004-12-31T23:59:59Z`.
[[nodiscard]] std::optional<std::string> last_second(model::Bound const& bound);

} // namespace terracat::formats
