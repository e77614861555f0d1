#include "index/rough_test.hpp"

#include "geometry/box_meeting.hpp"

#include <bit>

namespace terracat::index {
namespace {

using geometry::AreaGrid;
using geometry::Rectangle;

constexpr double cell_width = 360.0 / 65'536;
constexpr double cell_height = 180.0 / 65'536;

/// Which surely holds a box of which the cells are known; and which it surely holds, if it is not
/// empty.
Rectangle outside_of(CellBox const& cells) noexcept {
  return {.west = -180 + cells.west * cell_width,
          .south = -90 + cells.south * cell_height,
          .east = -180 + (cells.east + 1) * cell_width,
          .north = -90 + (cells.north + 1) * cell_height};
}

Rectangle inside_of(CellBox const& cells) noexcept {
  return outside_of(cells).wider_by(-cell_width, -cell_height);
}

/// Calls `each` with the rectangle of each run of cells, row by row, until it returns false.
/// \param bits_of  the cells of a row, as bits
/// \return  false if it did
template<class Bits, class Each>
bool for_each_run(AreaGrid const& grid, AreaGrid::Cells const& cells, Bits const& bits_of,
                  Each const& each) {
  for (auto row = cells.south; row <= cells.north; ++row) {
    for (auto bits = bits_of(row) & cells.columns(); bits != 0;) {
      auto const first = static_cast<unsigned>(std::countr_zero(bits));
      auto const count = static_cast<unsigned>(std::countr_one(bits >> first));
      if (!each(grid.rectangle(row, first, first + count - 1))) return false;
      bits = first + count == AreaGrid::size ? 0 : bits >> (first + count) << (first + count);
    }
  }
  return true;
}

bool all_of(AreaGrid const& grid, AreaGrid::Cells const& cells) noexcept {
  for (auto row = cells.south; row <= cells.north; ++row) {
    if ((~grid.within(row) & cells.columns()) != 0) return false;
  }
  return true;
}

/// The rectangle lies wholly within the area.
bool lies_within(AreaGrid const& grid, Rectangle const& rectangle) noexcept {
  if (!grid.holds(rectangle)) return false;
  auto const cells = grid.touched_by(rectangle);
  return cells && all_of(grid, *cells);
}

/// Some cell that lies wholly within the area does so within the rectangle, too, or touches it.
bool has_any_within(AreaGrid const& grid, Rectangle const& rectangle) noexcept {
  auto const within = [&](unsigned row) { return grid.within(row); };
  auto const cells = rectangle.is_empty() ? std::nullopt : grid.touched_by(rectangle);
  return cells && !for_each_run(grid, *cells, within, [&](Rectangle const& run) {
           return run.west > rectangle.east || run.east < rectangle.west ||
                  run.south > rectangle.north || run.north < rectangle.south;
         });
}

std::optional<bool> ask_grid_of(AreaGrid const& grid, AreaGrid::Cells const& cells,
                                Outline const& outline) {
  // To read the footprint is less work than to go along it more often.
  constexpr int most_runs = 64;
  int left = most_runs;
  auto const x = outline.error_x;
  auto const y = outline.error_y;
  for (auto const& corner : outline.ring()) {
    Rectangle const around{corner.x - x, corner.y - y, corner.x + x, corner.y + y};
    if (lies_within(grid, around)) return true;
  }
  auto const touched = [&](unsigned row) { return grid.touched(row); };
  bool const is_apart = for_each_run(grid, cells, touched, [&](Rectangle const& run) {
    return left-- > 0 && geometry::meets_box(run.wider_by(x, y), outline.ring()) == false;
  });
  if (is_apart) return false;
  auto const within = [&](unsigned row) { return grid.within(row); };
  bool has_any = false;
  for_each_run(grid, cells, within, [&](Rectangle const& run) {
    auto const sure = run.wider_by(-x, -y);
    has_any = !sure.is_empty() && geometry::meets_box(sure, outline.ring()) == true;
    return !has_any && left-- > 0;
  });
  return has_any ? std::optional(true) : std::nullopt;
}

} // namespace

RoughTest::RoughTest(model::Geometry const& geometry) : geometry_(geometry) {
  if (!geometry.is_box()) return;
  for (auto const& half : geometry.bbox().halves()) {
    boxes_.push_back({half.west(), half.south(), half.east(), half.north()});
  }
}

std::optional<bool> RoughTest::ask(Segment const& segment, std::size_t row, std::size_t place) {
  if (!boxes_.empty()) {
    auto const words = segment.outlines.words(place);
    return words.empty() ? std::nullopt : ask_boxes(OutlineList::outline(words));
  }
  if (!is_asked_) grid_ = AreaGrid::make(geometry_);
  is_asked_ = true;
  return grid_ ? ask_grid(segment, row, place) : std::nullopt;
}

std::optional<bool> RoughTest::ask_boxes(Outline const& outline) const noexcept {
  auto const x = outline.error_x;
  auto const y = outline.error_y;
  bool is_apart = true;
  for (auto const& box : boxes_) {
    auto const sure = box.wider_by(-x, -y); // most that are asked of do meet
    if (!sure.is_empty() && geometry::meets_box(sure, outline.ring()) == true) return true;
    is_apart = is_apart && geometry::meets_box(box.wider_by(x, y), outline.ring()) == false;
  }
  return is_apart ? std::optional(false) : std::nullopt;
}

std::optional<bool> RoughTest::ask_grid(Segment const& segment, std::size_t row,
                                        std::size_t place) const {
  auto const cells = segment.boxes.cells_at(place);
  auto const outside = outside_of(cells);
  auto const around = grid_->touched_by(outside);
  if (!around) return false;
  auto const touched = [&](unsigned line) { return grid_->touched(line); };
  if (for_each_run(*grid_, *around, touched, [](Rectangle const&) { return false; })) return false;
  if (lies_within(*grid_, outside)) return true;
  if ((segment.flags[row] & Row::is_box) != 0) {
    return has_any_within(*grid_, inside_of(cells)) ? std::optional(true) : std::nullopt;
  }
  auto const words = segment.outlines.words(place);
  return words.empty() ? std::nullopt : ask_grid_of(*grid_, *around, OutlineList::outline(words));
}

} // namespace terracat::index
