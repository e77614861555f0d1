#pragma once

#include <terracat/bbox.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>

namespace terracat::index {

/// A column or a row of a grid of 65,536 by 65,536 cells over the world.
using Cell = std::uint16_t;

/// The cells in which the edges of a box lie. A box across the antimeridian has two of these.
struct CellBox {
  Cell west = 0;
  Cell south = 0;
  Cell east = 0;
  Cell north = 0;

  /// Overlaps nothing, until it is extended.
  [[nodiscard]] static constexpr CellBox nowhere() noexcept { return {65'535, 65'535, 0, 0}; }

  [[nodiscard]] constexpr bool overlaps(CellBox const& other) const noexcept {
    return west <= other.east && east >= other.west && south <= other.north && north >= other.south;
  }

  /// To hold the other as well.
  constexpr void extend(CellBox const& other) noexcept {
    west = std::min(west, other.west);
    south = std::min(south, other.south);
    east = std::max(east, other.east);
    north = std::max(north, other.north);
  }

  [[nodiscard]] constexpr Cell centre_column() const noexcept {
    return static_cast<Cell>((west + east) / 2);
  }

  [[nodiscard]] constexpr Cell centre_row() const noexcept {
    return static_cast<Cell>((south + north) / 2);
  }

  friend bool operator==(CellBox const&, CellBox const&) = default;
};

/// The greater of two numbers never lies in an earlier cell: this is all that the comparisons below
/// need, whatever floating point does.
[[nodiscard]] Cell column_of(double longitude) noexcept;
[[nodiscard]] Cell row_of(double latitude) noexcept;

/// \pre the box does not cross the antimeridian
[[nodiscard]] CellBox cells_of(model::Bbox const& box) noexcept;

/// A box as others are compared with it of which only the cells are known. Edges belong to boxes.
class CellQuery {
 public:
  /// \pre the box does not cross the antimeridian
  explicit CellQuery(model::Bbox const& box) noexcept;

  /// All cells that the box touches: who touches none of them does not meet the box.
  [[nodiscard]] CellBox const& cells() const noexcept { return cells_; }

  /// The other box certainly shares a point with this one.
  [[nodiscard]] bool meets(CellBox const& other) const noexcept {
    return other.east >= from_column_ && other.west <= to_column_ && other.north >= from_row_ &&
           other.south <= to_row_;
  }

  /// The other box certainly lies within this one.
  [[nodiscard]] bool holds(CellBox const& other) const noexcept {
    return holds_columns(other) && holds_rows(other);
  }

  /// Whoever is in one piece and has that box certainly shares a point with this one: it reaches
  /// from one end of its box to the other, and cannot do so beside this one.
  [[nodiscard]] bool is_crossed_by(CellBox const& other) const noexcept {
    return meets(other) && (holds_columns(other) || holds_rows(other));
  }

  /// What the three above compare with: the first and the last columns and rows that lie wholly
  /// within the box. The last may be before the first.
  /// \return  nothing if these are beyond the grid, so that the three are true of no box
  [[nodiscard]] std::optional<CellBox> inside() const noexcept;

 private:
  [[nodiscard]] bool holds_columns(CellBox const& other) const noexcept {
    return other.west >= from_column_ && other.east <= to_column_;
  }

  [[nodiscard]] bool holds_rows(CellBox const& other) const noexcept {
    return other.south >= from_row_ && other.north <= to_row_;
  }

  CellBox cells_;
  // What lies in these cells, ends included, lies within the box. There may be none.
  std::int32_t from_column_;
  std::int32_t to_column_;
  std::int32_t from_row_;
  std::int32_t to_row_;
};

} // namespace terracat::index
