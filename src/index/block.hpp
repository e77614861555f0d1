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

} // namespace terracat::index
