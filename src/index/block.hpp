#pragma once

#include "index/segment.hpp"

#include <array>
#include <bit>
#include <cstring>

/// What is found of a block of rows: a bit for each, the first the lowest.
namespace terracat::index {

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

/// The rows of a block whose code is `first` or more, and less than `end`.
[[nodiscard]] std::uint64_t rows_with_codes(Column const& column, std::size_t block,
                                            Column::Code first, Column::Code end) noexcept;

/// The rows of a block that have no value.
[[nodiscard]] std::uint64_t rows_without_code(Column const& column, std::size_t block) noexcept;

/// The rows of a block whose code is in a set. \pre the column is a list, and not empty
/// \param is_in  1 for codes that are in it, and one more element, which is 0
[[nodiscard]] std::uint64_t rows_with_codes(Column const& column, std::size_t block,
                                            std::span<std::uint8_t const> is_in) noexcept;

} // namespace terracat::index
