#pragma once

#include "index/box_tree.hpp"
#include "index/outlines.hpp"
#include "index/rows.hpp"
#include "index/tally.hpp"
#include "index/value_bits.hpp"

#include <span>
#include <vector>

namespace terracat::index {

struct Encoding;

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
  /// \param values    of their properties
  /// \param outlines  of their footprints
  /// \param is_arranged  they were shared out (arrangement.hpp)
  Segment(std::span<Row const> rows, Values const& values, OutlineList const& outlines,
          bool is_arranged = false);

  [[nodiscard]] std::size_t blocks() const noexcept { return (size + block - 1) / block; }

  [[nodiscard]] Place place(std::size_t row) const noexcept { return {time[row], number[row]}; }

  [[nodiscard]] RecordNumber collection_of(std::size_t row) const noexcept {
    return collections[collection[row]].number;
  }

  [[nodiscard]] bool holds_spans() const noexcept { return !first.empty(); }

  /// What it was made of, apart from boxes, values and outlines.
  [[nodiscard]] Row row(std::size_t row) const;

  /// The first row that does not precede the place.
  [[nodiscard]] std::size_t lower_bound(Place const& place) const;

  /// Bytes that it takes.
  [[nodiscard]] std::size_t bytes() const noexcept;

  std::size_t size = 0;
  bool is_arranged = false; ///< it is one of a shelf
  std::vector<std::int64_t> time;
  std::vector<ItemNumber> number;
  std::vector<std::uint16_t> collection; ///< where it stands in `collections`
  std::vector<std::uint8_t> flags;
  std::vector<std::int64_t> first; ///< both empty if all periods are moments
  std::vector<std::int64_t> last;
  std::vector<Column> columns;       ///< by the numbers of properties
  std::vector<ValueBits> value_bits; ///< likewise
  BoxTree boxes;
  Outlines outlines;
  Tally tally;
  std::vector<std::uint64_t> again; ///< by blocks, bits of rows that are again; empty: none is

  // What can be said of all rows, so that a search can pass them over.
  std::vector<Collection> collections;                              ///< by number
  std::int64_t earliest = std::numeric_limits<std::int64_t>::max(); ///< moment of any period
  std::int64_t latest = no_time;
  CellBox extent = CellBox::nowhere(); ///< around all boxes
  ItemNumber lowest_number{};
  ItemNumber highest_number{};
  bool has_halves = false;

 private:
  friend struct Encoding;

  Segment() = default;

  /// Makes what follows from the rows: `tally`, `value_bits`, and what can be said of all of them.
  void sum_up();
};

} // namespace terracat::index
