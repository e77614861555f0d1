#pragma once

#include "index/cells.hpp"
#include "index/columns.hpp"
#include "index/outlines.hpp"

#include <terracat/store_rows.hpp>

#include <limits>
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
  static constexpr std::uint8_t is_box = 2;        ///< model::Geometry::is_box
  static constexpr std::uint8_t is_half = 4;       ///< one of two rows
  static constexpr std::uint8_t is_again = 8;      ///< the second of them
  static constexpr std::uint8_t is_connected = 16; ///< store::ItemPlace::is_connected

  Place place;
  RecordNumber collection{};
  std::int64_t first = no_time; ///< of the period (model::Item::period), milliseconds
  std::int64_t last = no_time;
  CellBox cells;
  std::uint8_t flags = 0;
  Values::Place values = 0; ///< of its properties
  OutlineList::Place outline = OutlineList::none;

  [[nodiscard]] bool is_span() const noexcept { return first != last || first != place.time; }
};

/// What is to become segments.
struct Rows {
  explicit Rows(Properties const& properties) : values(properties) {}

  void add(store::ItemPlace const& item);

  std::vector<Row> rows;
  Values values;
  OutlineList outlines;
};

/// The order of rows: that of their places, halves in their order.
[[nodiscard]] bool precedes(Row const& a, Row const& b) noexcept;

} // namespace terracat::index
