#include "index/value_bits.hpp"

#include "index/block.hpp"

#include <algorithm>
#include <array>

namespace terracat::index {

std::size_t ValueBits::bits_of_row(Column const& column) noexcept {
  bool const has_few = !column.is_empty() && column.is_list() && column.size() <= most_values;
  auto const different = column.size() + (column.has_missing() ? 1 : 0);
  return has_few && different > 1 ? different : 0;
}

ValueBits::ValueBits(Column const& column, std::size_t rows)
    : blocks_(rows / Segment::block),
      values_(column.size()),
      has_missing_(column.has_missing()),
      words_(bits_of_row(column) * blocks_) {
  for (std::size_t row = 0; row < rows && !words_.empty(); ++row) {
    auto const code = column.code(row);
    if (code == Column::none && !has_missing_) continue; // behind the last row
    auto const place = code == Column::none ? values_ : code;
    words_[place * blocks_ + row / Segment::block] |= std::uint64_t{1} << row % Segment::block;
  }
}

ValueBits::Choice ValueBits::choose(CodeSpans const& spans) const {
  std::array<bool, most_values + 1> is_wanted{};
  for (auto const& [first, last] : spans) {
    if (first == Column::none) {
      is_wanted[values_] = has_missing_;
    } else {
      for (auto code = first; code <= last; ++code) is_wanted[code] = true;
    }
  }
  auto const size = values_ + (has_missing_ ? 1 : 0);
  auto const wanted =
      static_cast<std::size_t>(std::count(is_wanted.begin(), is_wanted.end(), true));
  Choice out{.drops = wanted > size - wanted, .places = {}};
  for (std::size_t place = 0; place < size; ++place) {
    if (is_wanted[place] != out.drops) out.places.push_back(place);
  }
  return out;
}

void ValueBits::keep(Choice const& choice, std::size_t block, RowBits rows) const noexcept {
  std::array<std::uint64_t, batch_blocks> found{};
  for (auto const place : choice.places) {
    auto const* const words = words_.data() + place * blocks_ + block;
    for (std::size_t i = 0; i < rows.size(); ++i) found[i] |= words[i];
  }
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i] &= choice.drops ? ~found[i] : found[i];
}

std::vector<ValueBits> value_bits(std::span<Column const> columns, std::size_t rows) {
  constexpr std::size_t most_bits = 32; // of a row, in all columns
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (ValueBits::bits_of_row(columns[i]) > 0) order.push_back(i);
  }
  std::ranges::stable_sort(order, {},
                           [&](std::size_t i) { return ValueBits::bits_of_row(columns[i]); });
  std::vector<ValueBits> out(columns.size());
  std::size_t bits = 0;
  for (auto const i : order) {
    bits += ValueBits::bits_of_row(columns[i]);
    if (bits > most_bits) break;
    out[i] = ValueBits(columns[i], rows);
  }
  return out;
}

} // namespace terracat::index
