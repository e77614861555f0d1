#include "index/block.hpp"

#include <algorithm>

namespace terracat::index {

static_assert(lanes == Segment::block, "a word is of either");

void keep_codes(Column const& column, std::size_t block, Column::Code first, Column::Code end,
                RowBits rows) noexcept {
  if (column.is_empty() || first >= end) {
    std::ranges::fill(rows, 0);
    return;
  }
  auto const ask = [&, last = end - 1]<class Code>(Code const* codes, auto const*... above) {
    if constexpr (sizeof...(above) == 0) {
      keep_between(codes, static_cast<Code>(first), static_cast<Code>(last), rows);
    } else {
      keep_between(codes, above..., first, last, rows);
    }
  };
  column.with_codes(block * Segment::block, ask);
}

void keep_codes(Column const& column, std::size_t block, std::span<std::uint8_t const> is_in,
                RowBits rows) noexcept {
  auto const ask = [&]<class Code>(Code const* codes, auto const*... /*above*/) {
    auto const* const set = is_in.data();
    auto const last = static_cast<Code>(is_in.size() - 1); // `none` is beyond it, or is it
    keep_where(rows, [=](std::size_t i) { return set[std::min(codes[i], last)] != 0; });
  };
  column.with_codes(block * Segment::block, ask);
}

} // namespace terracat::index
