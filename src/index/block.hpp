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

/// \param ask  what to do with the codes from the first row of the block on
template<class Ask>
std::uint64_t with_codes(Column const& column, std::size_t block, Ask const& ask) noexcept {
  auto const from = block * Segment::block;
  auto const small = column.small_codes();
  return small.empty() ? ask(column.codes().data() + from) : ask(small.data() + from);
}

/// The rows of a block whose code is `first` or more, and less than `end`.
inline std::uint64_t rows_with_codes(Column const& column, std::size_t block, std::size_t first,
                                     std::size_t end) noexcept {
  if (column.is_empty() || first >= end) return 0;
  return with_codes(column, block, [&]<class Code>(Code const* codes) {
    auto const least = static_cast<Code>(first);
    auto const most = static_cast<Code>(end - 1);
    return mask_of([=](std::size_t i) {
      return static_cast<unsigned>(codes[i] >= least) & static_cast<unsigned>(codes[i] <= most);
    });
  });
}

} // namespace terracat::index
