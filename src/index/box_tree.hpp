#pragma once

#include "index/lanes.hpp"
#include "index/rows.hpp"

#include <bit>
#include <cstdint>
#include <span>
#include <vector>

namespace terracat::index {

struct Encoding;

/// Boxes that are much larger than others would make large what they stand in among these.
enum class BoxSort : std::uint8_t { small, large, half };

[[nodiscard]] BoxSort sort_of(Row const& row) noexcept;

/// What a search asks of the boxes of rows.
struct BoxQuery {
  std::span<CellQuery const> boxes;      ///< any of them
  bool is_exact = false;                 ///< nothing but these boxes is searched in
  std::span<std::uint8_t const> allowed; ///< 1 or 0 by the place of a collection; empty: all
};

/// The boxes of a segment's rows, collection by collection, each along a Hilbert curve, in leaves
/// with a box around them: what a box does not touch is not looked at, and of a leaf that it holds
/// nothing has to be.
class BoxTree {
 public:
  /// Rows of a leaf: as many as a word has bits.
  static constexpr std::size_t leaf_rows = 64;

  /// A leaf that a query touches. Bits stand for its rows, the first for the lowest.
  struct Leaf {
    std::uint16_t const* rows; ///< numbers in the segment; `leaf_rows` may be read
    std::uint64_t touching;    ///< whose box, as far as cells tell, shares a point with the query
    std::uint64_t meeting;     ///< those of them whose footprint certainly does
    bool are_halves;           ///< rows of the same item may be found twice
    std::size_t first;         ///< the place of the first box
  };

  BoxTree() = default;

  /// \param rows         of a segment; those without a footprint stay out
  /// \param collections  of each the place of its collection, of which there are fewer than 2^16
  BoxTree(std::span<Row const> rows, std::span<std::uint16_t const> collections);

  /// \param visit  called with each leaf that has touching rows
  /// \return  how many blocks of boxes were looked at
  template<class Visit>
  std::size_t visit(BoxQuery const& query, Visit const& visit) const {
    std::size_t looks = 0;
    for (auto const& group : groups_) {
      if (!is_wanted(group, query)) continue;
      for (std::uint32_t first = 0; first < group.leaves; first += leaf_rows, ++looks) {
        for (auto leaves = touched_leaves(group, first, query); leaves != 0; leaves &= leaves - 1) {
          auto const number = first + static_cast<std::uint32_t>(std::countr_zero(leaves));
          auto const leaf = look(group, number, query);
          ++looks;
          if (leaf.touching != 0) visit(leaf);
        }
      }
    }
    return looks;
  }

  /// Where the box of a row stands among all. \pre it has one
  [[nodiscard]] std::size_t place_of(std::size_t row) const noexcept { return places_[row]; }

  /// The box at a place.
  [[nodiscard]] CellBox cells_at(std::size_t place) const noexcept { return boxes_.at(place); }

  /// The box of a row. \pre it has one
  [[nodiscard]] CellBox cells_of(std::size_t row) const noexcept { return boxes_.at(places_[row]); }

  /// The row of each place.
  [[nodiscard]] std::span<std::uint16_t const> rows() const noexcept {
    return std::span(rows_).first(rows_.size() - leaf_rows);
  }

  /// Makes what finds the box of a row: it follows from the rest. \param size  of the segment
  void find_rows(std::size_t size);

  /// Around all boxes.
  [[nodiscard]] CellBox extent() const noexcept;

  [[nodiscard]] std::size_t bytes() const noexcept;

 private:
  friend struct Encoding;

  /// Boxes in columns, which can be read in whole blocks from any of them on.
  class Boxes {
   public:
    void reserve(std::size_t size);
    void push_back(CellBox const& box);
    /// After the last one.
    void pad();

    [[nodiscard]] CellBox at(std::size_t i) const noexcept {
      return {west_[i], south_[i], east_[i], north_[i]};
    }

    /// From one of them on.
    [[nodiscard]] Edges edges(std::size_t from) const noexcept {
      return {west_.data() + from, south_.data() + from, east_.data() + from, north_.data() + from};
    }

    [[nodiscard]] std::size_t bytes() const noexcept;

   private:
    friend struct Encoding;

    std::vector<Cell> west_;
    std::vector<Cell> south_;
    std::vector<Cell> east_;
    std::vector<Cell> north_;
  };

  /// Rows of one collection and one sort.
  struct Group {
    std::uint16_t collection = 0;
    bool are_halves = false;
    std::uint32_t first = 0; ///< row of the tree
    std::uint32_t size = 0;
    std::uint32_t first_leaf = 0;
    std::uint32_t leaves = 0;
    CellBox extent;
  };

  void add_leaf(Group& group, std::span<std::uint64_t const> keys, std::span<Row const> rows);

  [[nodiscard]] static bool is_wanted(Group const& group, BoxQuery const& query) noexcept;

  /// Of the group's leaves from `first` on.
  [[nodiscard]] std::uint64_t touched_leaves(Group const& group, std::uint32_t first,
                                             BoxQuery const& query) const noexcept;

  [[nodiscard]] Leaf look(Group const& group, std::uint32_t number,
                          BoxQuery const& query) const noexcept;

  std::vector<Group> groups_;
  std::vector<std::uint16_t> rows_;   ///< by row of the tree, which the next two follow as well
  std::vector<std::uint16_t> places_; ///< by row of the segment: its row of the tree
  Boxes boxes_;
  Boxes leaves_;
  std::vector<std::uint64_t> are_boxes_; ///< by leaf: bits of rows whose footprint is its box
  std::vector<std::uint64_t> are_connected_;
};

} // namespace terracat::index
