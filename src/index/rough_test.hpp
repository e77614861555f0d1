#pragma once

#include "geometry/area_grid.hpp"
#include "index/segment.hpp"

#include <optional>
#include <vector>

namespace terracat::index {

/// Says of most footprints whether they share a point with a geometry without reading them: by
/// their outlines, which segments know to a few metres, and of areas by a grid over them. Refers to
/// the geometry.
class RoughTest {
 public:
  explicit RoughTest(model::Geometry const& geometry);

  /// \pre the row has a footprint
  /// \return  nothing if the footprint has to be read
  [[nodiscard]] std::optional<bool> ask(Segment const& segment, std::size_t row) {
    if ((segment.flags[row] & Row::is_half) != 0) return std::nullopt;
    return ask(segment, row, segment.boxes.place_of(row));
  }

  /// \param place  of its box. \pre the row is no half
  [[nodiscard]] std::optional<bool> ask(Segment const& segment, std::size_t row, std::size_t place);

  /// To ask once takes as long as to look at so many blocks of rows.
  [[nodiscard]] std::size_t blocks() const noexcept { return grid_ ? 32 : 4; }

 private:
  [[nodiscard]] std::optional<bool> ask_boxes(Outline const& outline) const noexcept;
  [[nodiscard]] std::optional<bool> ask_grid(Segment const& segment, std::size_t row,
                                             std::size_t place) const;

  model::Geometry const& geometry_;
  std::vector<geometry::Rectangle> boxes_; ///< that the geometry is; empty: it is something else
  std::optional<geometry::AreaGrid> grid_; ///< of an area, once something was asked
  bool is_asked_ = false;
};

} // namespace terracat::index
