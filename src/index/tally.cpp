#include "index/tally.hpp"

#include "index/segment.hpp"

#include <bit>

namespace terracat::index {

Tally::Tally(std::span<std::uint16_t const> collections, std::span<std::uint8_t const> counts,
             std::size_t kinds)
    : size_(collections.size()),
      // So many numbers at a mark as it has rows or fewer: two bytes a row at most.
      stride_(std::bit_ceil(std::max(kinds, Segment::block))),
      kinds_(kinds) {
  marks_ = (size_ + stride_ - 1) / stride_;
  before_.reserve((marks_ + 1) * kinds);
  std::vector<std::uint16_t> so_far(kinds);
  for (std::size_t row = 0; row < size_; ++row) {
    if (row % stride_ == 0) before_.insert(before_.end(), so_far.begin(), so_far.end());
    auto& count = so_far[collections[row]];
    count = static_cast<std::uint16_t>(count + counts[row]);
  }
  before_.insert(before_.end(), so_far.begin(), so_far.end());
}

} // namespace terracat::index
