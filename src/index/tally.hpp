#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace terracat::index {

/// How many items each collection has before some rows of a segment, so that items of a collection
/// between two rows are counted without a look at each. Collections go by their places in the
/// segment's list.
class Tally {
 public:
  Tally() = default;

  /// \param collections  of each row
  /// \param counts       of each row: 1, or 0 if its item was counted before
  /// \param kinds        how many different collections there are
  Tally(std::span<std::uint16_t const> collections, std::span<std::uint8_t const> counts,
        std::size_t kinds);

  /// Rows between two marks: a whole number of blocks. Marks stand at its multiples, and at the
  /// end.
  [[nodiscard]] std::size_t stride() const noexcept { return stride_; }

  /// The first mark that is not before the row, and the last one that is not behind it.
  [[nodiscard]] std::size_t mark_from(std::size_t row) const noexcept {
    return (row + stride_ - 1) / stride_;
  }

  [[nodiscard]] std::size_t mark_to(std::size_t row) const noexcept {
    return row == size_ ? marks_ : row / stride_;
  }

  [[nodiscard]] std::size_t row(std::size_t mark) const noexcept {
    return mark == marks_ ? size_ : mark * stride_;
  }

  /// Items of a collection between two marks, the first of them before the other.
  [[nodiscard]] std::size_t items(std::size_t collection, std::size_t first,
                                  std::size_t end) const noexcept {
    return std::size_t{before_[end * kinds_ + collection]} - before_[first * kinds_ + collection];
  }

  [[nodiscard]] std::size_t bytes() const noexcept {
    return before_.capacity() * sizeof before_.front();
  }

 private:
  std::size_t size_ = 0;  ///< rows
  std::size_t marks_ = 0; ///< number of the last one
  std::size_t stride_ = 1;
  std::size_t kinds_ = 0;
  std::vector<std::uint16_t> before_; ///< by mark, then by collection
};

} // namespace terracat::index
