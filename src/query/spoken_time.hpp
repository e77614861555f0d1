#pragma once

#include <terracat/instant.hpp>

#include <cstddef>
#include <optional>
#include <string_view>

/// Times as people say them, in French and in English.
namespace terracat::query {

/// Seasons are half a year apart.
enum class Hemisphere : std::uint8_t { northern, southern };

/// A time in a text: the bytes from `begin` to `end` say it, and may be taken out.
struct SpokenTime {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::optional<model::Instant> first; ///< nothing: open
  std::optional<model::Instant> last;  ///< its last millisecond; nothing: open
};

/// The first time that a text speaks of: years, months, dates, seasons and decades of a year,
/// centuries; ranges of these ("entre 1990 et 1995", "from May 2010 to 2012", "2003-2005"); open
/// ones ("depuis 2010", "before 1950"); and what counts from today ("ces cinq dernières années",
/// "last month"). A month or a season without a year is none, for it comes again each year.
/// \param now  from which "last year" counts
[[nodiscard]] std::optional<SpokenTime> find_time(std::string_view text, model::Instant now,
                                                  Hemisphere hemisphere = Hemisphere::northern);

} // namespace terracat::query
