#pragma once

#include "index/cells.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

/// Comparisons of many values at once, by the vector instructions that the machine turns out to
/// have (Highway). Any thread.
namespace terracat::index {

/// Values that go into a word of bits, the first the lowest.
inline constexpr std::size_t lanes = 64;

/// One bit for each value of a column. As many values as bits may be read, whatever is set.
using RowBits = std::span<std::uint64_t>;

/// Keeps those that are not less than `least`, nor greater than `most`.
/// \pre least <= most, where values have no sign
void keep_between(std::uint8_t const* values, std::uint8_t least, std::uint8_t most,
                  RowBits rows) noexcept;
void keep_between(std::uint16_t const* values, std::uint16_t least, std::uint16_t most,
                  RowBits rows) noexcept;
void keep_between(std::uint32_t const* values, std::uint32_t least, std::uint32_t most,
                  RowBits rows) noexcept;
void keep_between(std::int64_t const* values, std::int64_t least, std::int64_t most,
                  RowBits rows) noexcept;

/// The same of numbers of 40 bits, of which `high` has the highest eight.
void keep_between(std::uint32_t const* low, std::uint8_t const* high, std::uint64_t least,
                  std::uint64_t most, RowBits rows) noexcept;

/// Keeps those that have none of these bits.
void keep_without(std::uint8_t const* values, std::uint8_t bits, RowBits rows) noexcept;

/// How many there are.
[[nodiscard]] std::size_t count_of(std::span<std::uint64_t const> rows) noexcept;

/// The edges of boxes, each in a column.
struct Edges {
  Cell const* west;
  Cell const* south;
  Cell const* east;
  Cell const* north;
};

/// Which of the first `lanes` boxes share a cell with that one.
[[nodiscard]] std::uint64_t touching(Edges const& boxes, CellBox const& cells) noexcept;

/// What is certain of boxes, as CellQuery says it of one.
struct Certain {
  std::uint64_t meet = 0;
  std::uint64_t held = 0;
  std::uint64_t crossing = 0;
};

/// Of the first `lanes` boxes.
[[nodiscard]] Certain certain(Edges const& boxes, CellQuery const& query) noexcept;

} // namespace terracat::index
