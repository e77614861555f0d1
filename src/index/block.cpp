#include "index/block.hpp"

#include <algorithm>

namespace terracat::index {
namespace {

/// One overload for each way to keep codes.
struct Between {
  Column::Code first;
  Column::Code last;

  template<class Code>
  std::uint64_t operator()(Code const* codes) const noexcept {
    auto const least = static_cast<Code>(first);
    auto const most = static_cast<Code>(last);
    return mask_of([=](std::size_t i) {
      return static_cast<unsigned>(codes[i] >= least) & static_cast<unsigned>(codes[i] <= most);
    });
  }

  std::uint64_t operator()(std::uint32_t const* low, std::uint8_t const* high) const noexcept {
    return mask_of([=, least = first, most = last](std::size_t i) {
      auto const code = Column::Code{high[i]} << 32U | low[i];
      return static_cast<unsigned>(code >= least) & static_cast<unsigned>(code <= most);
    });
  }
};

} // namespace

std::uint64_t rows_with_codes(Column const& column, std::size_t block, Column::Code first,
                              Column::Code end) noexcept {
  if (column.is_empty() || first >= end) return 0;
  return column.with_codes(block * Segment::block, Between{first, end - 1});
}

std::uint64_t rows_without_code(Column const& column, std::size_t block) noexcept {
  return ~rows_with_codes(column, block, 0, column.size());
}

std::uint64_t rows_with_codes(Column const& column, std::size_t block,
                              std::span<std::uint8_t const> is_in) noexcept {
  auto const ask = [&]<class Code>(Code const* codes, auto const*... /*above*/) {
    auto const* const set = is_in.data();
    auto const last = static_cast<Code>(is_in.size() - 1); // `none` is beyond it, or is it
    return mask_of([=](std::size_t i) { return set[std::min(codes[i], last)] != 0; });
  };
  return column.with_codes(block * Segment::block, ask);
}

} // namespace terracat::index
