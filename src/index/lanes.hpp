#pragma once

#include "index/cells.hpp"

#include <array>
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

/// Ends included. `first` is not greater than `last`.
template<class Value>
struct Ends {
  Value first;
  Value last;
};

/// Keeps those that lie within one of two spans.
void keep_within(std::uint8_t const* values, Ends<std::uint8_t> one, Ends<std::uint8_t> other,
                 RowBits rows) noexcept;
void keep_within(std::uint16_t const* values, Ends<std::uint16_t> one, Ends<std::uint16_t> other,
                 RowBits rows) noexcept;

/// A set of bytes, as vectors look it up: by the four low bits the eight values of the others.
struct ByteSet {
  alignas(16) std::array<std::uint8_t, 16> below_128{};
  alignas(16) std::array<std::uint8_t, 16> others{};

  void add(std::uint8_t value) noexcept {
    auto& half = value < 128 ? below_128 : others;
    auto& bits = half[value % 16U];
    bits = static_cast<std::uint8_t>(bits | 1U << (value / 16U % 8U));
  }

  [[nodiscard]] bool has(std::uint8_t value) const noexcept {
    auto const& half = value < 128 ? below_128 : others;
    return (half[value % 16U] >> (value / 16U % 8U) & 1U) != 0;
  }
};

/// Keeps those that are in the set.
void keep_within(std::uint8_t const* values, ByteSet const& set, RowBits rows) noexcept;

/// Numbers of which the high part stands apart. The low part is read where the high one does not
/// tell, which it does of most.
/// \param shift  by how many bits the high part stands higher; no low part has more of them
/// \pre  first <= last, and the high part of either is a byte
void keep_between(std::uint16_t const* low, std::uint8_t const* high, unsigned shift,
                  Ends<std::uint64_t> ends, RowBits rows) noexcept;
void keep_between(std::uint32_t const* low, std::uint8_t const* high, unsigned shift,
                  Ends<std::uint64_t> ends, RowBits rows) noexcept;

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
