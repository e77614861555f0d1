#pragma once

#include "geometry/rectangle.hpp"

#include <array>
#include <cstdint>
#include <optional>

namespace terracat::geometry {

/// A grid over the box of an area, which says of each cell whether it lies wholly within the area,
/// or its boundary may pass through it; all else, beside the grid, too, lies without. To ask it
/// takes much less than to ask the area, and is enough for most of what is asked.
class AreaGrid {
 public:
  /// Rows, and columns: as many as a word has bits.
  static constexpr unsigned size = 64;

  /// Some of its cells, ends included.
  struct Cells {
    unsigned west;
    unsigned south;
    unsigned east;
    unsigned north;

    /// Its columns, as bits of a row.
    [[nodiscard]] std::uint64_t columns() const noexcept {
      return ~std::uint64_t{0} >> (size - 1 - (east - west)) << west;
    }
  };

  /// \return  nothing unless the geometry is a polygon, or some, on one side of the antimeridian
  [[nodiscard]] static std::optional<AreaGrid> make(model::Geometry const& geometry);

  /// Those that the rectangle touches, or nearly so. \return  nothing if it lies beside the grid
  [[nodiscard]] std::optional<Cells> touched_by(Rectangle const& rectangle) const noexcept;

  /// The rectangle does not reach beyond the grid.
  [[nodiscard]] bool holds(Rectangle const& rectangle) const noexcept {
    return rectangle.west >= box_.west && rectangle.east <= box_.east &&
           rectangle.south >= box_.south && rectangle.north <= box_.north;
  }

  /// Of a row, as bits, the westernmost the lowest: those wholly within the area.
  [[nodiscard]] std::uint64_t within(unsigned row) const noexcept { return within_[row]; }

  /// Those that have anything of the area, as far as is known.
  [[nodiscard]] std::uint64_t touched(unsigned row) const noexcept {
    return within_[row] | passed_[row];
  }

  /// Some cells of a row that stand side by side. \param last  included
  [[nodiscard]] Rectangle rectangle(unsigned row, unsigned first, unsigned last) const noexcept;

 private:
  explicit AreaGrid(Rectangle const& box) noexcept;

  void add_ring(model::Path const& ring) noexcept;
  void add_edge(model::Position const& a, model::Position const& b) noexcept;
  void fill() noexcept;

  [[nodiscard]] unsigned column_of(double x) const noexcept;
  [[nodiscard]] unsigned row_of(double y) const noexcept;

  Rectangle box_;
  double width_; ///< of a cell
  double height_;
  std::array<std::uint64_t, size> within_{};
  std::array<std::uint64_t, size> passed_{};
};

} // namespace terracat::geometry
