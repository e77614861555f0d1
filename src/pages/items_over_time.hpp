#pragma once

#include "pages/lists.hpp"

#include <terracat/instant.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace terracat::pages {

/// A span of the calendar, in UTC.
enum class CalendarStep : std::uint8_t { hour, day, month, year };

/// How many items of a data set there are when.
struct ItemsOverTime {
  struct Part {
    model::Instant begin; ///< of a step
    std::size_t count = 0;
  };

  CalendarStep step = CalendarStep::year;
  std::vector<Part>
      parts; ///< from the first to the last, without those that have none; empty: nothing is known
};

/// Bars, as high as they are many, and the same in figures, each of which leads to its items. One
/// step alone is no picture: nothing is written.
void write_items_over_time(Sheet& sheet, Resource const& resource, ItemsOverTime const& items);

} // namespace terracat::pages
