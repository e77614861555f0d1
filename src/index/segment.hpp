#pragma once

#include "index/cells.hpp"
#include "index/columns.hpp"

#include <terracat/store_rows.hpp>

#include <compare>
#include <limits>
#include <span>
#include <vector>

namespace terracat::index {

/// The time of items that have none: it comes last, and no item has it.
inline constexpr std::int64_t no_time = std::numeric_limits<std::int64_t>::min();

/// No item has a greater one.
inline constexpr auto last_number = ItemNumber{std::numeric_limits<std::int64_t>::max()};

/// The place of an item in the order of a segment: latest first, ties newest first.
struct Place {
  std::int64_t time = no_time; ///< milliseconds
  ItemNumber number{};

  [[nodiscard]] bool precedes(Place const& other) const noexcept {
    return time != other.time ? time > other.time : number > other.number;
  }

  friend bool operator==(Place const&, Place const&) = default;
};

/// What a segment keeps of an item. One whose box crosses the antimeridian has two rows, one for
/// each half of it.
struct Row {
  /// Bits of `flags`.
  static constexpr std::uint8_t has_footprint = 1;
  static constexpr std::uint8_t is_box = 2;   ///< model::Geometry::is_box
  static constexpr std::uint8_t is_half = 4;  ///< one of two rows
  static constexpr std::uint8_t is_again = 8; ///< the second of them

  Place place;
  RecordNumber collection{};
  std::int64_t first = no_time; ///< of the period (model::Item::period), milliseconds
  std::int64_t last = no_time;
  CellBox cells;
  std::uint8_t flags = 0;
  Values::Place values = 0; ///< of its properties

  [[nodiscard]] bool is_span() const noexcept { return first != last || first != place.time; }
};

/// What is to become segments.
struct Rows {
  explicit Rows(Properties const& properties) : values(properties.list()) {}

  void add(store::ItemPlace const& item);

  std::vector<Row> rows;
  Values values;
};

/// The order of rows: that of their places, halves in their order.
[[nodiscard]] bool precedes(Row const& a, Row const& b) noexcept;

/// Rows in columns, in order; never changed once it is made. The columns are as long as whole
/// blocks of rows need, so that a scan goes block by block without looking where the end is; what
/// stands behind `size` means nothing.
struct Segment {
  /// Rows that a scan looks at together: as many as a word has bits.
  static constexpr std::size_t block = 64;

  struct Collection {
    RecordNumber number{};
    std::size_t items = 0;
  };

  /// \param rows    in order, at least one, no more than Column::most_rows, and all of them are
  ///                spans or none is
  /// \param values  of their properties
  Segment(std::span<Row const> rows, Values const& values);

  [[nodiscard]] std::size_t blocks() const noexcept { return (size + block - 1) / block; }

  [[nodiscard]] Place place(std::size_t row) const noexcept { return {time[row], number[row]}; }

  [[nodiscard]] CellBox cells(std::size_t row) const noexcept {
    return {west[row], south[row], east[row], north[row]};
  }

  [[nodiscard]] bool holds_spans() const noexcept { return !first.empty(); }

  /// What it was made of, apart from values.
  [[nodiscard]] Row row(std::size_t row) const;

  /// The first row that does not precede the place.
  [[nodiscard]] std::size_t lower_bound(Place const& place) const;

  /// Bytes that it takes.
  [[nodiscard]] std::size_t bytes() const noexcept;

  std::size_t size = 0;
  std::vector<std::int64_t> time;
  std::vector<ItemNumber> number;
  std::vector<Cell> west;
  std::vector<Cell> south;
  std::vector<Cell> east;
  std::vector<Cell> north;
  std::vector<std::uint16_t> collection; ///< where it stands in `collections`
  std::vector<std::uint8_t> flags;
  std::vector<std::int64_t> first; ///< both empty if all periods are moments
  std::vector<std::int64_t> last;
  std::vector<Column> columns; ///< by the numbers of properties

  // What can be said of all rows, so that a search can pass them over.
  std::vector<Collection> collections; ///< by number
  CellBox extent{.west = 65'535, .south = 65'535, .east = 0, .north = 0};
  std::int64_t earliest = std::numeric_limits<std::int64_t>::max(); ///< moment of any period
  std::int64_t latest = no_time;
  ItemNumber lowest_number{};
  ItemNumber highest_number{};
  bool has_halves = false;
};

} // namespace terracat::index
