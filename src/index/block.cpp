#include "index/block.hpp"

#include <algorithm>

namespace terracat::index {
namespace {

/// As many spans are compared with in less time than codes are looked up.
constexpr std::size_t few_spans = 2;

/// As a column has it, `none` included.
template<class Code>
Ends<Code> ends_of(CodeSpan span) noexcept {
  return {static_cast<Code>(span.first), static_cast<Code>(span.last)};
}

} // namespace

static_assert(lanes == Segment::block, "a word is of either");

void keep_codes(Column const& column, std::size_t block, Column::Code first, Column::Code end,
                RowBits rows) noexcept {
  if (column.is_empty() || first >= end) {
    std::ranges::fill(rows, 0);
    return;
  }
  auto const ask = [&, last = end - 1]<class Code>(Code const* codes, auto const*... high) {
    if constexpr (sizeof...(high) == 0) {
      keep_between(codes, static_cast<Code>(first), static_cast<Code>(last), rows);
    } else {
      // Beyond the last code there is nothing: its low part need not be looked at.
      auto const whole =
          last + 1 == column.size() ? last | ((Column::Code{1} << column.shift()) - 1) : last;
      keep_between(codes, high..., column.shift(), {first, whole}, rows);
    }
  };
  column.with_codes(block * Segment::block, ask);
}

CodeTest::CodeTest(Column const& column, ValueBits const& bits, CodeSpans spans)
    : column_(&column), bits_(&bits), spans_(std::move(spans)) {
  if (!bits.is_empty()) choice_ = bits.choose(spans_);
  if (spans_.size() <= few_spans) return;
  auto const learn = [&]<class Code>(Code const* /*codes*/, auto const*... high) {
    if constexpr (sizeof...(high) > 0 || sizeof(Code) > sizeof(std::uint16_t)) {
      return;
    } else if constexpr (sizeof(Code) == 1) {
      for (auto const& span : spans_) {
        auto const [first, last] = ends_of<Code>(span);
        for (unsigned code = first; code <= last; ++code) bytes_.add(static_cast<Code>(code));
      }
    } else {
      is_in_.resize(column.size() + 1); // the last one is for `none`
      for (auto const& span : spans_) {
        auto const [first, last] = ends_of<Code>(span);
        for (std::size_t code = first; code <= last; ++code) {
          is_in_[std::min<std::size_t>(code, column.size())] = 1;
        }
      }
    }
  };
  column.with_codes(0, learn);
}

void CodeTest::keep(std::size_t block, RowBits rows) const noexcept {
  if (!bits_->is_empty()) return bits_->keep(choice_, block, rows);
  if (spans_.size() == 1) return keep(block, spans_.front(), rows);
  auto const ask = [&]<class Code>(Code const* codes, auto const*... high) {
    if constexpr (sizeof...(high) > 0 || sizeof(Code) > sizeof(std::uint16_t)) {
      keep_any(block, rows);
    } else if (spans_.size() <= few_spans) {
      keep_within(codes, ends_of<Code>(spans_.front()), ends_of<Code>(spans_.back()), rows);
    } else if constexpr (sizeof(Code) == 1) {
      keep_within(codes, bytes_, rows);
    } else {
      auto const last = static_cast<Code>(is_in_.size() - 1); // `none` is beyond it, or is it
      keep_where(rows, [=, set = is_in_.data()](std::size_t i) {
        return set[std::min(codes[i], last)] != 0;
      });
    }
  };
  column_->with_codes(block * Segment::block, ask);
}

void CodeTest::keep(std::size_t block, CodeSpan span, RowBits rows) const noexcept {
  if (span.last != Column::none)
    return keep_codes(*column_, block, span.first, span.last + 1, rows);
  auto const ask = [&]<class Code>(Code const* codes, auto const*... high) {
    if constexpr (sizeof...(high) == 0) {
      auto const none = std::numeric_limits<Code>::max();
      keep_between(codes, none, none, rows);
    } else {
      keep_between(high..., Column::high_of_none, Column::high_of_none, rows);
    }
  };
  column_->with_codes(block * Segment::block, ask);
}

void CodeTest::keep_any(std::size_t block, RowBits rows) const noexcept {
  std::array<std::uint64_t, batch_blocks> found{};
  std::array<std::uint64_t, batch_blocks> some;
  auto const these = RowBits(some).first(rows.size());
  for (auto const& span : spans_) {
    for (std::size_t i = 0; i < rows.size(); ++i) these[i] = rows[i] & ~found[i];
    keep(block, span, these);
    for (std::size_t i = 0; i < rows.size(); ++i) found[i] |= these[i];
  }
  std::ranges::copy(std::span(found).first(rows.size()), rows.begin());
}

} // namespace terracat::index
