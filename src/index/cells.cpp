#include "index/cells.hpp"

#include <algorithm>

namespace terracat::index {
namespace {

constexpr double cells = 65'536;
constexpr double last_cell = cells - 1;

Cell cell_of(double share) noexcept {
  return static_cast<Cell>(std::clamp(share * cells, 0.0, last_cell));
}

/// The first cell that lies wholly behind an edge; all do if it is that of the world.
std::int32_t first_within(Cell edge, bool is_of_world) noexcept {
  return is_of_world ? 0 : edge + 1;
}

std::int32_t last_within(Cell edge, bool is_of_world) noexcept {
  return is_of_world ? static_cast<std::int32_t>(last_cell) : edge - 1;
}

} // namespace

Cell column_of(double longitude) noexcept {
  return cell_of((longitude + 180) / 360);
}

Cell row_of(double latitude) noexcept {
  return cell_of((latitude + 90) / 180);
}

CellBox cells_of(model::Bbox const& box) noexcept {
  return {.west = column_of(box.west()),
          .south = row_of(box.south()),
          .east = column_of(box.east()),
          .north = row_of(box.north())};
}

CellQuery::CellQuery(model::Bbox const& box) noexcept
    : cells_(cells_of(box)),
      from_column_(first_within(cells_.west, box.west() <= -180)),
      to_column_(last_within(cells_.east, box.east() >= 180)),
      from_row_(first_within(cells_.south, box.south() <= -90)),
      to_row_(last_within(cells_.north, box.north() >= 90)) {}

std::optional<CellBox> CellQuery::inside() const noexcept {
  auto const last = static_cast<std::int32_t>(last_cell);
  if (from_column_ > last || from_row_ > last || to_column_ < 0 || to_row_ < 0) return std::nullopt;
  return CellBox{.west = static_cast<Cell>(from_column_),
                 .south = static_cast<Cell>(from_row_),
                 .east = static_cast<Cell>(to_column_),
                 .north = static_cast<Cell>(to_row_)};
}

} // namespace terracat::index
