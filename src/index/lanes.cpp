#include "index/lanes.hpp"

#include <bit>

// This file includes itself, once for each kind of vector instructions that it is compiled for.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "index/lanes.cpp"
#include <hwy/foreach_target.h> // comes before highway.h
// clang-format would sort these
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();

namespace terracat::index::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

/// Vectors as long as the machine's, unless that is more than what is read.
template<class Value>
using Tag = hn::CappedTag<Value, lanes>;

template<class Value>
using Vector = hn::Vec<Tag<Value>>;

/// \param mask  of the values from `at` on
/// \return  its bits, where they stand among those of all values
template<class Tag, class Mask>
HWY_INLINE std::uint64_t bits_of(Tag tag, Mask mask, std::size_t at) {
  std::uint64_t bits = 0;
  hn::StoreMaskBits(tag, mask, reinterpret_cast<std::uint8_t*>(&bits)); // writes up to 8 bytes
  return bits << at;
}

/// Of numbers without a sign, which not all machines compare: the lesser is asked for.
template<class V>
HWY_INLINE auto is_at_most(V value, V most) {
  return hn::Eq(hn::Min(value, most), value);
}

template<class V>
HWY_INLINE auto is_at_least(V value, V least) {
  return hn::Eq(hn::Max(value, least), value);
}

/// \param keeps  says of the values from a place on which of them stay
template<class Tag, class Keeps>
HWY_INLINE void keep(Tag tag, RowBits rows, Keeps const& keeps) {
  for (std::size_t word = 0; word < rows.size(); ++word) {
    if (rows[word] == 0) continue;
    std::uint64_t kept = 0;
    for (std::size_t i = 0; i < lanes; i += hn::Lanes(tag)) {
      kept |= bits_of(tag, keeps(word * lanes + i), i);
    }
    rows[word] &= kept;
  }
}

template<class Value>
HWY_INLINE void keep_between_of(Value const* values, Value least, Value most, RowBits rows) {
  Tag<Value> const tag;
  auto const low = hn::Set(tag, least);
  auto const span = hn::Set(tag, static_cast<Value>(most - least));
  keep(tag, rows, [&](std::size_t i) HWY_ATTR {
    auto const above = hn::Sub(hn::LoadU(tag, values + i), low); // what is less goes round
    return is_at_most(above, span);
  });
}

void keep_between_8(std::uint8_t const* values, std::uint8_t least, std::uint8_t most,
                    RowBits rows) {
  keep_between_of(values, least, most, rows);
}

void keep_between_16(std::uint16_t const* values, std::uint16_t least, std::uint16_t most,
                     RowBits rows) {
  keep_between_of(values, least, most, rows);
}

void keep_between_32(std::uint32_t const* values, std::uint32_t least, std::uint32_t most,
                     RowBits rows) {
  keep_between_of(values, least, most, rows);
}

void keep_between_64(std::int64_t const* values, std::int64_t least, std::int64_t most,
                     RowBits rows) {
  Tag<std::int64_t> const tag;
  auto const low = hn::Set(tag, least);
  auto const high = hn::Set(tag, most);
  keep(tag, rows, [&](std::size_t i) HWY_ATTR {
    auto const value = hn::LoadU(tag, values + i);
    return hn::Not(hn::Or(hn::Lt(value, low), hn::Gt(value, high)));
  });
}

template<class Value>
HWY_INLINE void keep_within_of(Value const* values, Ends<Value> one, Ends<Value> other,
                               RowBits rows) {
  Tag<Value> const tag;
  auto const first = hn::Set(tag, one.first);
  auto const span = hn::Set(tag, static_cast<Value>(one.last - one.first));
  auto const other_first = hn::Set(tag, other.first);
  auto const other_span = hn::Set(tag, static_cast<Value>(other.last - other.first));
  keep(tag, rows, [&](std::size_t i) HWY_ATTR {
    auto const value = hn::LoadU(tag, values + i);
    return hn::Or(is_at_most(hn::Sub(value, first), span),
                  is_at_most(hn::Sub(value, other_first), other_span));
  });
}

void keep_within_8(std::uint8_t const* values, Ends<std::uint8_t> one, Ends<std::uint8_t> other,
                   RowBits rows) {
  keep_within_of(values, one, other, rows);
}

void keep_within_16(std::uint16_t const* values, Ends<std::uint16_t> one, Ends<std::uint16_t> other,
                    RowBits rows) {
  keep_within_of(values, one, other, rows);
}

#if HWY_TARGET == HWY_SCALAR

void keep_within_set(std::uint8_t const* values, ByteSet const& set, RowBits rows) {
  for (std::size_t i = 0; i < rows.size() * lanes; ++i) {
    if (!set.has(values[i])) rows[i / lanes] &= ~(std::uint64_t{1} << (i % lanes));
  }
}

#else

void keep_within_set(std::uint8_t const* values, ByteSet const& set, RowBits rows) {
  Tag<std::uint8_t> const tag;
  alignas(16) static constexpr std::array<std::uint8_t, 16> bits{1, 2, 4, 8, 16, 32, 64, 128,
                                                                 1, 2, 4, 8, 16, 32, 64, 128};
  auto const bit_of = hn::LoadDup128(tag, bits.data());
  auto const below_128 = hn::LoadDup128(tag, set.below_128.data());
  auto const others = hn::LoadDup128(tag, set.others.data());
  auto const nibble = hn::Set(tag, 15);
  auto const seven = hn::Set(tag, 7);
  auto const none = hn::Zero(tag);
  keep(tag, rows, [&](std::size_t i) HWY_ATTR {
    auto const value = hn::LoadU(tag, values + i);
    auto const low = hn::And(value, nibble);
    auto const high = hn::ShiftRight<4>(value);
    auto const known = hn::IfThenElse(is_at_most(high, seven), hn::TableLookupBytes(below_128, low),
                                      hn::TableLookupBytes(others, low));
    return hn::Ne(hn::And(known, hn::TableLookupBytes(bit_of, high)), none);
  });
}

#endif

/// Of a word of values those that are not less, and those that are not greater.
template<class Value>
struct Sides {
  HWY_INLINE Sides(Value const* values, Value first, Value last) {
    Tag<Value> const tag;
    auto const least = hn::Set(tag, first);
    auto const most = hn::Set(tag, last);
    for (std::size_t i = 0; i < lanes; i += hn::Lanes(tag)) {
      auto const value = hn::LoadU(tag, values + i);
      from_first |= bits_of(tag, is_at_least(value, least), i);
      to_last |= bits_of(tag, is_at_most(value, most), i);
    }
  }

  std::uint64_t from_first = 0;
  std::uint64_t to_last = 0;
};

template<class Low>
HWY_INLINE void keep_between_parts(Low const* low, std::uint8_t const* high, unsigned shift,
                                   Ends<std::uint64_t> ends, RowBits rows) {
  Tag<std::uint8_t> const tag;
  auto const mask = (std::uint64_t{1} << shift) - 1;
  auto const first_high = hn::Set(tag, static_cast<std::uint8_t>(ends.first >> shift));
  auto const last_high = hn::Set(tag, static_cast<std::uint8_t>(ends.last >> shift));
  auto const first_low = static_cast<Low>(ends.first & mask);
  auto const last_low = static_cast<Low>(ends.last & mask);
  bool const cuts_first = first_low != 0;
  bool const cuts_last = last_low != mask;
  keep(tag, rows, [&](std::size_t i) HWY_ATTR {
    auto const value = hn::LoadU(tag, high + i);
    return hn::And(is_at_least(value, first_high), is_at_most(value, last_high));
  });
  if (!cuts_first && !cuts_last) return;
  for (std::size_t word = 0; word < rows.size(); ++word) {
    if (rows[word] == 0) continue;
    std::uint64_t at_first = 0;
    std::uint64_t at_last = 0;
    for (std::size_t i = 0; i < lanes; i += hn::Lanes(tag)) {
      auto const value = hn::LoadU(tag, high + word * lanes + i);
      if (cuts_first) at_first |= bits_of(tag, hn::Eq(value, first_high), i);
      if (cuts_last) at_last |= bits_of(tag, hn::Eq(value, last_high), i);
    }
    if (((at_first | at_last) & rows[word]) == 0) continue;
    Sides<Low> const sides(low + word * lanes, first_low, last_low);
    rows[word] &= (~at_first | sides.from_first) & (~at_last | sides.to_last);
  }
}

void keep_between_24(std::uint16_t const* low, std::uint8_t const* high, unsigned shift,
                     Ends<std::uint64_t> ends, RowBits rows) {
  keep_between_parts(low, high, shift, ends, rows);
}

void keep_between_40(std::uint32_t const* low, std::uint8_t const* high, unsigned shift,
                     Ends<std::uint64_t> ends, RowBits rows) {
  keep_between_parts(low, high, shift, ends, rows);
}

void keep_without_8(std::uint8_t const* values, std::uint8_t bits, RowBits rows) {
  Tag<std::uint8_t> const tag;
  auto const unwanted = hn::Set(tag, bits);
  auto const none = hn::Zero(tag);
  keep(tag, rows, [&](std::size_t i) HWY_ATTR {
    return hn::Eq(hn::And(hn::LoadU(tag, values + i), unwanted), none);
  });
}

std::size_t count_of_64(std::span<std::uint64_t const> rows) {
  hn::CappedTag<std::uint64_t, 8> const tag;
  auto sums = hn::Zero(tag);
  std::size_t i = 0;
  for (; i + hn::Lanes(tag) <= rows.size(); i += hn::Lanes(tag)) {
    sums = hn::Add(sums, hn::PopulationCount(hn::LoadU(tag, rows.data() + i)));
  }
  auto count = static_cast<std::size_t>(hn::GetLane(hn::SumOfLanes(tag, sums)));
  for (; i < rows.size(); ++i) count += static_cast<std::size_t>(std::popcount(rows[i]));
  return count;
}

/// Edges from one box on.
struct Loaded {
  HWY_INLINE Loaded(Tag<Cell> tag, Edges const& boxes, std::size_t i)
      : west(hn::LoadU(tag, boxes.west + i)),
        south(hn::LoadU(tag, boxes.south + i)),
        east(hn::LoadU(tag, boxes.east + i)),
        north(hn::LoadU(tag, boxes.north + i)) {}

  Vector<Cell> west;
  Vector<Cell> south;
  Vector<Cell> east;
  Vector<Cell> north;
};

/// One box, as often as vectors are long.
struct Repeated {
  HWY_INLINE Repeated(Tag<Cell> tag, CellBox const& box)
      : west(hn::Set(tag, box.west)),
        south(hn::Set(tag, box.south)),
        east(hn::Set(tag, box.east)),
        north(hn::Set(tag, box.north)) {}

  Vector<Cell> west;
  Vector<Cell> south;
  Vector<Cell> east;
  Vector<Cell> north;
};

HWY_INLINE auto overlap(Loaded const& boxes, Repeated const& one) {
  return hn::And(hn::And(is_at_most(boxes.west, one.east), is_at_least(boxes.east, one.west)),
                 hn::And(is_at_most(boxes.south, one.north), is_at_least(boxes.north, one.south)));
}

std::uint64_t touching_16(Edges const& boxes, CellBox const& cells) {
  Tag<Cell> const tag;
  Repeated const one(tag, cells);
  std::uint64_t out = 0;
  for (std::size_t i = 0; i < lanes; i += hn::Lanes(tag)) {
    out |= bits_of(tag, overlap(Loaded(tag, boxes, i), one), i);
  }
  return out;
}

/// \param inside  the cells of CellQuery::inside
Certain certain_16(Edges const& boxes, CellBox const& inside) {
  Tag<Cell> const tag;
  Repeated const one(tag, inside);
  Certain out;
  for (std::size_t i = 0; i < lanes; i += hn::Lanes(tag)) {
    Loaded const some(tag, boxes, i);
    auto const meet = overlap(some, one);
    auto const columns = hn::And(is_at_least(some.west, one.west), is_at_most(some.east, one.east));
    auto const rows =
        hn::And(is_at_least(some.south, one.south), is_at_most(some.north, one.north));
    out.meet |= bits_of(tag, meet, i);
    out.held |= bits_of(tag, hn::And(columns, rows), i);
    out.crossing |= bits_of(tag, hn::And(meet, hn::Or(columns, rows)), i);
  }
  return out;
}

} // namespace
} // namespace terracat::index::HWY_NAMESPACE

HWY_AFTER_NAMESPACE();

#if HWY_ONCE

namespace terracat::index {
namespace {

HWY_EXPORT(keep_between_8);
HWY_EXPORT(keep_between_16);
HWY_EXPORT(keep_between_32);
HWY_EXPORT(keep_between_24);
HWY_EXPORT(keep_between_40);
HWY_EXPORT(keep_within_8);
HWY_EXPORT(keep_within_16);
HWY_EXPORT(keep_within_set);
HWY_EXPORT(keep_between_64);
HWY_EXPORT(keep_without_8);
HWY_EXPORT(count_of_64);
HWY_EXPORT(touching_16);
HWY_EXPORT(certain_16);

} // namespace

void keep_between(std::uint8_t const* values, std::uint8_t least, std::uint8_t most,
                  RowBits rows) noexcept {
  HWY_DYNAMIC_DISPATCH(keep_between_8)(values, least, most, rows);
}

void keep_between(std::uint16_t const* values, std::uint16_t least, std::uint16_t most,
                  RowBits rows) noexcept {
  HWY_DYNAMIC_DISPATCH(keep_between_16)(values, least, most, rows);
}

void keep_between(std::uint32_t const* values, std::uint32_t least, std::uint32_t most,
                  RowBits rows) noexcept {
  HWY_DYNAMIC_DISPATCH(keep_between_32)(values, least, most, rows);
}

void keep_between(std::int64_t const* values, std::int64_t least, std::int64_t most,
                  RowBits rows) noexcept {
  HWY_DYNAMIC_DISPATCH(keep_between_64)(values, least, most, rows);
}

void keep_between(std::uint16_t const* low, std::uint8_t const* high, unsigned shift,
                  Ends<std::uint64_t> ends, RowBits rows) noexcept {
  HWY_DYNAMIC_DISPATCH(keep_between_24)(low, high, shift, ends, rows);
}

void keep_between(std::uint32_t const* low, std::uint8_t const* high, unsigned shift,
                  Ends<std::uint64_t> ends, RowBits rows) noexcept {
  HWY_DYNAMIC_DISPATCH(keep_between_40)(low, high, shift, ends, rows);
}

void keep_within(std::uint8_t const* values, Ends<std::uint8_t> one, Ends<std::uint8_t> other,
                 RowBits rows) noexcept {
  HWY_DYNAMIC_DISPATCH(keep_within_8)(values, one, other, rows);
}

void keep_within(std::uint16_t const* values, Ends<std::uint16_t> one, Ends<std::uint16_t> other,
                 RowBits rows) noexcept {
  HWY_DYNAMIC_DISPATCH(keep_within_16)(values, one, other, rows);
}

void keep_within(std::uint8_t const* values, ByteSet const& set, RowBits rows) noexcept {
  HWY_DYNAMIC_DISPATCH(keep_within_set)(values, set, rows);
}

void keep_without(std::uint8_t const* values, std::uint8_t bits, RowBits rows) noexcept {
  HWY_DYNAMIC_DISPATCH(keep_without_8)(values, bits, rows);
}

std::size_t count_of(std::span<std::uint64_t const> rows) noexcept {
  return HWY_DYNAMIC_DISPATCH(count_of_64)(rows);
}

std::uint64_t touching(Edges const& boxes, CellBox const& cells) noexcept {
  return HWY_DYNAMIC_DISPATCH(touching_16)(boxes, cells);
}

Certain certain(Edges const& boxes, CellQuery const& query) noexcept {
  auto const inside = query.inside();
  return inside ? HWY_DYNAMIC_DISPATCH(certain_16)(boxes, *inside) : Certain{};
}

} // namespace terracat::index

#endif // HWY_ONCE
