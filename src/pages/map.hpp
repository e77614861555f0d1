#pragma once

#include "pages/sheet.hpp"

#include <terracat/record.hpp>

#include <array>
#include <string_view>

namespace terracat::pages {

/// A map of the areas that a record names, framed as on charts. What it shows is said in words by
/// its label; nothing is written for a record without an area.
void write_map(Sheet& sheet, model::Record const& record);

/// How many data sets touch each cell of the world, row by row from the south-west corner.
struct CellCounts {
  static constexpr std::size_t size = 10; ///< degrees
  static constexpr std::size_t columns = 360 / size;
  static constexpr std::size_t rows = 180 / size;

  std::array<std::array<std::size_t, columns>, rows> counts{};
  std::size_t drawn = 0;  ///< data sets that are counted in cells
  std::size_t global = 0; ///< that are of the whole world, and in none

  void add(model::Bbox const& box) noexcept;
};

/// The upper bound of each tint but the last, which has none.
inline constexpr std::array<std::size_t, 4> tint_bounds{5, 20, 60, 150};

/// A map of the world on which the cells have the darker a tint, the more data sets touch them, and
/// lead to the search there.
/// \param label  what it shows, in words
void write_cells(Sheet& sheet, CellCounts const& cells, std::string_view label);

} // namespace terracat::pages
