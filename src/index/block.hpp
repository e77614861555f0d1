#pragma once

#include "index/code_spans.hpp"
#include "index/lanes.hpp"
#include "index/segment.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

/// What is found of blocks of rows: of each block a word, of each row a bit, the first the lowest.
namespace terracat::index {

/// How many blocks are looked at together at most.
inline constexpr std::size_t batch_blocks = 16;

/// Of a block those rows that lie from `begin` to `end`.
[[nodiscard]] constexpr std::uint64_t bits_within(std::size_t block, std::size_t begin,
                                                  std::size_t end) noexcept {
  auto const from = block * Segment::block;
  auto bits = ~std::uint64_t{0};
  if (end <= from || begin >= from + Segment::block) return 0;
  if (begin > from) bits <<= begin - from;
  if (end < from + Segment::block) bits &= (std::uint64_t{1} << (end - from)) - 1;
  return bits;
}

/// \param test  says of a row of the block whether it stays. It is called for all of them, without
///              branches and as often as rows are many, so that compilers make vector instructions
///              of it
template<class Test>
std::uint64_t mask_of(Test const& test) noexcept {
  std::array<std::uint8_t, Segment::block> hits;
  for (std::size_t i = 0; i < Segment::block; ++i) hits[i] = test(i) ? 1 : 0;
  // Eight bytes of 0 or 1 at a time: the product brings them together in its highest byte.
  static_assert(std::endian::native == std::endian::little);
  std::uint64_t mask = 0;
  for (std::size_t i = 0; i < Segment::block; i += 8) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, hits.data() + i, sizeof bytes);
    mask |= ((bytes * 0x0102040810204080U) >> 56U) << i;
  }
  return mask;
}

/// Keeps those rows of which a test is true.
/// \param test  as of mask_of, of rows from the first of these blocks on
template<class Test>
void keep_where(RowBits rows, Test const& test) noexcept {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i] == 0) continue;
    rows[i] &=
        mask_of([&, from = i * Segment::block](std::size_t row) { return test(from + row); });
  }
}

/// Takes away what `keep` would keep. \pre no more than batch_blocks
template<class Keep>
void drop(RowBits rows, Keep const& keep) noexcept {
  std::array<std::uint64_t, batch_blocks> kept;
  std::ranges::copy(rows, kept.begin());
  keep(RowBits(kept).first(rows.size()));
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i] &= ~kept[i];
}

/// Keeps those whose code is `first` or more, and less than `end`.
/// \param block  the first one
void keep_codes(Column const& column, std::size_t block, Column::Code first, Column::Code end,
                RowBits rows) noexcept;

/// Of which rows of a column the code is in a set. Refers to what it is made of.
class CodeTest {
 public:
  /// \param bits  of the column. \pre it is not empty
  CodeTest(Column const& column, ValueBits const& bits, CodeSpans spans);

  /// \param block  the first one of no more than batch_blocks
  void keep(std::size_t block, RowBits rows) const noexcept;

 private:
  void keep(std::size_t block, CodeSpan span, RowBits rows) const noexcept;
  void keep_any(std::size_t block, RowBits rows) const noexcept;

  Column const* column_;
  ValueBits const* bits_;
  CodeSpans spans_;
  ValueBits::Choice choice_;        ///< the same, if there are bits
  ByteSet bytes_;                   ///< the same, if there are many and codes are bytes
  std::vector<std::uint8_t> is_in_; ///< 1 for those that are in it, if they are places in a list
};

} // namespace terracat::index
