#pragma once

#include "index/block.hpp"
#include "index/examiner.hpp"
#include "index/filter.hpp"
#include "index/plan.hpp"
#include "index/segment.hpp"

#include <array>
#include <bit>
#include <cstdint>
#include <limits>
#include <vector>

namespace terracat::index {

/// What the tree of a segment found, by blocks of its rows: a bit for each row, the first the
/// lowest. One after the other for all segments of a search.
class Hits {
 public:
  /// Forgets what was found. \param blocks  of the next segment
  void begin(std::size_t blocks);

  void add(std::size_t row, bool meets) noexcept {
    auto const block = row / Segment::block;
    auto const bit = row % Segment::block;
    touching_[block] |= std::uint64_t{1} << bit;
    meeting_[block] |= std::uint64_t{meets} << bit;
    blocks_[block / 64] |= std::uint64_t{1} << (block % 64);
  }

  /// Those whose box may share a point with the search's.
  [[nodiscard]] std::uint64_t touching(std::size_t block) const noexcept {
    return touching_[block];
  }

  /// Those of them whose footprint certainly does.
  [[nodiscard]] std::uint64_t meeting(std::size_t block) const noexcept { return meeting_[block]; }

  /// Calls `each` with the blocks from `first` to `last` that have any, until it returns false.
  template<class Each>
  void visit(std::size_t first, std::size_t last, bool is_backwards, Each const& each) const {
    auto const words = last / 64 - first / 64 + 1;
    for (std::size_t i = 0; i < words; ++i) {
      auto const word = first / 64 + (is_backwards ? words - 1 - i : i);
      for (auto bits = blocks_[word]; bits != 0;) {
        auto const bit = is_backwards ? 63 - std::countl_zero(bits) : std::countr_zero(bits);
        bits &= ~(std::uint64_t{1} << bit);
        auto const block = word * 64 + static_cast<std::size_t>(bit);
        if (block >= first && block <= last && !each(block)) return;
      }
    }
  }

 private:
  std::vector<std::uint64_t> touching_;
  std::vector<std::uint64_t> meeting_;
  std::vector<std::uint64_t> blocks_; ///< a bit for each block that has any
};

/// One search over one part: which rows match, apart from footprints that have to be read. Refers
/// to all that it is made of.
class Scan {
 public:
  /// \param hits  used until the next scan
  Scan(Part const& part, Plan const& plan, Examiner& examiner, Hits& hits);

  /// No row can match.
  [[nodiscard]] bool is_empty() const noexcept { return begin_ >= end_; }

  // All other functions: only if it is not empty.

  /// The rows that may match are among these.
  [[nodiscard]] std::size_t begin() const noexcept { return begin_; }

  [[nodiscard]] std::size_t end() const noexcept { return end_; }

  /// Rows have boxes that have to be compared.
  [[nodiscard]] bool compares_boxes() const noexcept { return compares_boxes_; }

  /// How many items match in all, where that needs no look at each of their rows.
  /// \return  nothing where it does
  [[nodiscard]] std::optional<std::size_t> count() const;

  /// All rows from begin to end match that are there, and of the collections: none is compared.
  [[nodiscard]] bool takes_all() const noexcept {
    return !compares_boxes_ && !checks_moments_ && filter_.is_always() && !examiner_.asks_items();
  }

  // Only if it takes all:

  /// How many items two rows of it have between them.
  [[nodiscard]] std::size_t count_rows(std::size_t begin, std::size_t end) const noexcept;

  /// How many items it has of each collection, by the segment's list of these.
  [[nodiscard]] std::vector<std::size_t> count_by_collection() const;

  /// Compares the boxes of all rows, if it has to.
  void find();

  // From here on: only after `find`.

  /// How many items of these rows match, of which no more has to be known.
  /// \pre from begin to end
  [[nodiscard]] std::size_t count_matches(std::size_t begin, std::size_t end) const;

  /// Calls `each` with the blocks from begin to end, one way or the other, until it returns false.
  /// Left out are blocks without matching rows, as far as that is known without a look at them.
  template<class Each>
  void visit_blocks(bool is_backwards, Each const& each) const {
    visit_blocks(begin_, end_, is_backwards, each);
  }

  /// The same of other rows than those from begin to end, if there are any.
  template<class Each>
  void visit_blocks(std::size_t begin, std::size_t end, bool is_backwards, Each const& each) const {
    if (begin >= end) return;
    auto const first = begin / Segment::block;
    auto const last = (end - 1) / Segment::block;
    if (compares_boxes_) return hits_.visit(first, last, is_backwards, each);
    for (std::size_t i = 0; i <= last - first; ++i) {
      auto const block = is_backwards ? last - i : first + i;
      if (!is_blank(block) && !each(block)) return;
    }
  }

  /// The rows of a block that may match: a bit for each, the first the lowest. None is missing, and
  /// of an item that has two rows one is there.
  [[nodiscard]] std::uint64_t candidates(std::size_t block) const noexcept;

  /// Of the candidates of a block those that certainly match.
  [[nodiscard]] std::uint64_t certain(std::size_t block) const noexcept {
    return examiner_.asks_items() ? 0 : meeting(block);
  }

  /// The item matches. \pre the row is a candidate
  [[nodiscard]] bool matches(std::size_t row) const;

 private:
  /// A half of an item's box that was found.
  struct Half {
    std::uint16_t row;
    bool meets;
  };

  /// What matches in blocks that are looked at together, since most searches go on to the next.
  struct Batch {
    static constexpr auto none = std::numeric_limits<std::size_t>::max();

    std::size_t number = none; ///< by batch_blocks
    std::array<std::uint64_t, batch_blocks> rows{};
  };

  /// Those whose footprint nobody has to read.
  [[nodiscard]] std::uint64_t meeting(std::size_t block) const noexcept {
    return compares_boxes_ ? hits_.meeting(block) : ~std::uint64_t{0};
  }

  /// It is known of blocks without a look at them if no row is of an allowed collection.
  [[nodiscard]] bool knows_blanks() const noexcept;

  /// No row of the block is of an allowed collection, as is known without a look at them.
  [[nodiscard]] bool is_blank(std::size_t block) const noexcept;

  /// The candidates, with both rows of an item.
  [[nodiscard]] std::uint64_t matching(std::size_t block) const noexcept {
    auto const batch = block / batch_blocks;
    if (batch != batch_.number) find_batch(batch);
    return batch_.rows[block % batch_blocks];
  }

  void find_batch(std::size_t number) const noexcept;

  /// Keeps the rows of allowed collections, of an item with two rows the first.
  /// \param block  the first one
  void keep_items_of_collections(std::size_t block, RowBits rows) const noexcept;
  void keep_collections(std::size_t block, RowBits rows) const noexcept;
  void keep_first_halves(std::size_t block, RowBits rows) const noexcept;

  [[nodiscard]] BoxQuery query() const noexcept;
  /// \pre a row that matches does so for certain
  [[nodiscard]] std::size_t look_at_rows(std::size_t begin, std::size_t end) const noexcept;
  /// Of the block, of allowed collections. \pre some are removed
  [[nodiscard]] std::uint64_t removed_items(std::size_t block) const noexcept;
  [[nodiscard]] std::size_t count_removed(std::size_t begin, std::size_t end) const noexcept;
  [[nodiscard]] std::size_t count_boxes() const;
  [[nodiscard]] std::size_t count_halves(std::vector<Half>& halves) const;
  /// Of the rows of a leaf those that are there, from begin to end.
  [[nodiscard]] std::uint64_t present(BoxTree::Leaf const& leaf) const noexcept;

  void choose_collections(Plan const& plan);
  void choose_rows(Plan const& plan);
  void choose_rows(Moments const& within);

  Part const& part_;
  Segment const& segment_;
  Examiner& examiner_;
  Hits& hits_;
  bool compares_boxes_ = false;
  std::vector<std::uint8_t> allowed_;     ///< by the segment's list of collections; empty: all
  std::vector<std::uint16_t> wanted_;     ///< the places in that list of those that are allowed
  std::optional<Moments> checks_moments_; ///< only of spans, and unless all of them are met
  Filter filter_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  mutable Batch batch_; ///< the last that was asked for
};

} // namespace terracat::index
