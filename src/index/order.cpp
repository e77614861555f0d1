#include "index/order.hpp"

#include "index/bisection.hpp"
#include "index/block.hpp"

#include <algorithm>
#include <bit>

namespace terracat::index {
namespace {

using query::Property;
using query::Type;

constexpr SortNumber sign = SortNumber{1} << 63U;

/// Of two numbers the greater has the greater bits; both zeros have the same.
SortNumber bits_of(double value) noexcept {
  auto const bits = std::bit_cast<SortNumber>(value + 0.0);
  return (bits & sign) != 0 ? ~bits : bits | sign;
}

/// \return  nothing if they have nothing in common
std::optional<KeySpan> intersection(KeySpan a, KeySpan b) noexcept {
  KeySpan const both{std::max(a.least, b.least), std::min(a.greatest, b.greatest)};
  return both.least <= both.greatest ? std::optional(both) : std::nullopt;
}

double double_of(SortNumber bits) noexcept {
  return std::bit_cast<double>((bits & sign) != 0 ? bits & ~sign : ~bits);
}

} // namespace

// ---- Order

SortNumber Order::Key::of_number(double value) const noexcept {
  return sort->descending ? ~bits_of(value) : bits_of(value);
}

SortNumber Order::Key::of_time(std::int64_t milliseconds) const noexcept {
  if (milliseconds == no_time) return missing_last;
  auto const bits = static_cast<SortNumber>(milliseconds) ^ sign;
  return sort->descending ? ~bits : bits;
}

SortNumber Order::Key::of_value(double value) const noexcept {
  if (sort->property.type == Type::time) return of_time(static_cast<std::int64_t>(value));
  return of_number(value);
}

query::SortValue Order::Key::value_of(SortNumber number) const noexcept {
  if (number == missing_last) return std::monostate();
  auto const bits = sort->descending ? ~number : number;
  if (sort->property.type == Type::time) return static_cast<std::int64_t>(bits ^ sign);
  return double_of(bits);
}

std::optional<Order> Order::make(std::vector<query::SortKey> const& sort, Version const& version) {
  if (sort.size() > most_sort_keys) return std::nullopt;
  Order out;
  for (auto const& key : sort) {
    bool const is_time = key.property.place == Property::Place::time;
    auto const column = is_time ? std::nullopt : version.column(key.property);
    bool const is_known = is_time || column.has_value();
    // Texts sort by collation keys, which segments do not have.
    if (!is_known || key.property.type == Type::text) return std::nullopt;
    out.keys_.push_back({.property = column, .sort = &key});
  }
  return out;
}

Rank Order::rank_of(query::Anchor const& anchor) const noexcept {
  Rank out{.keys = {}, .number = anchor.number};
  for (std::size_t i = 0; i < keys_.size(); ++i) {
    auto const& value = anchor.values[i];
    out.keys[i] = missing_last;
    if (auto const* const number = std::get_if<double>(&value)) {
      out.keys[i] = keys_[i].of_number(*number);
    } else if (auto const* const time = std::get_if<std::int64_t>(&value)) {
      out.keys[i] = keys_[i].of_time(*time);
    }
  }
  return out;
}

query::Anchor Order::anchor_of(Rank const& rank) const {
  query::Anchor out{.values = {}, .number = rank.number};
  for (std::size_t i = 0; i < keys_.size(); ++i) {
    out.values.push_back(keys_[i].value_of(rank.keys[i]));
  }
  return out;
}

// ---- SegmentOrder

SegmentOrder::SegmentOrder(Segment const& segment, Order const& order)
    : segment_(&segment), timed_(segment.lower_bound({.time = no_time, .number = last_number})) {
  for (auto const& key : order.keys()) {
    Key out{.key = &key,
            .column = key.property ? &segment.columns[*key.property] : nullptr,
            .only_in = {}};
    auto const& only_in = key.sort->property.only_in;
    if (!only_in.empty()) {
      for (auto const& [number, items] : segment.collections) {
        out.only_in.push_back(std::ranges::find(only_in, number) != only_in.end() ? 1 : 0);
      }
    }
    keys_.push_back(std::move(out));
  }
}

SortNumber SegmentOrder::number(Key const& key, std::size_t row) const noexcept {
  if (!key.only_in.empty() && key.only_in[segment_->collection[row]] == 0) return missing_last;
  if (key.column == nullptr) return key.key->of_time(segment_->time[row]);
  if (key.column->is_empty()) return missing_last;
  auto const code = key.column->code(row);
  return code == Column::none ? missing_last : key.key->of_value(key.column->value(code));
}

Rank SegmentOrder::rank(std::size_t row) const noexcept {
  Rank out{.keys = {}, .number = segment_->number[row]};
  for (std::size_t i = 0; i < keys_.size(); ++i) out.keys[i] = number(keys_[i], row);
  return out;
}

std::optional<KeySpan> SegmentOrder::values() const noexcept {
  auto const& [key, column, only_in] = keys_.front();
  std::size_t const size = column == nullptr ? timed_ : column->size();
  if (size == 0) return std::nullopt;
  auto const first =
      column == nullptr ? key->of_time(segment_->time[0]) : key->of_value(column->value(0));
  auto const last = column == nullptr ? key->of_time(segment_->time[size - 1])
                                      : key->of_value(column->value(size - 1));
  return KeySpan{std::min(first, last), std::max(first, last)};
}

std::optional<KeySpan> SegmentOrder::keys_within(KeySpan span) const noexcept {
  auto const all = values();
  auto const found = all ? intersection(*all, span) : std::nullopt;
  if (!span.has_missing()) return found;
  return KeySpan{found ? found->least : missing_last, missing_last};
}

bool SegmentOrder::may_have(KeySpan span, std::size_t block) const noexcept {
  auto const& [key, column, only_in] = keys_.front();
  if (column != nullptr) return true;
  auto const first = block * Segment::block;
  auto const end = std::min(first + Segment::block, timed_);
  if (span.has_missing() && end < first + Segment::block) return true;
  if (first >= end) return false;
  auto const latest = key->of_time(segment_->time[first]);
  auto const earliest = key->of_time(segment_->time[end - 1]);
  return intersection({std::min(latest, earliest), std::max(latest, earliest)}, span).has_value();
}

bool SegmentOrder::is_backwards() const noexcept {
  return keys_.front().column == nullptr && !keys_.front().key->sort->descending;
}

void SegmentOrder::want(KeySpan span) noexcept {
  if (span == span_) return;
  span_ = span;
  auto const& [key, column, only_in] = keys_.front();
  if (column == nullptr) return;
  bool const descends = key->sort->descending;
  auto const key_of = [&, key = key, column = column](Column::Code code) {
    return key->of_value(column->value(code));
  };
  first_code_ = first_not(column->size(), [&](Column::Code code) {
    return descends ? key_of(code) > span.greatest : key_of(code) < span.least;
  });
  end_code_ = first_not(column->size(), [&](Column::Code code) {
    return descends ? key_of(code) >= span.least : key_of(code) <= span.greatest;
  });
}

std::uint64_t SegmentOrder::wanted(std::size_t block) const noexcept {
  auto const& [key, column, only_in] = keys_.front();
  // In other collections than these what has a code counts as missing.
  bool const are_unknown = span_.has_missing() && !only_in.empty();
  if (column == nullptr || span_ == KeySpan{} || are_unknown) return ~std::uint64_t{0};
  auto rows = ~std::uint64_t{0};
  keep_codes(*column, block, first_code_, end_code_, {&rows, 1});
  if (!span_.has_missing()) return rows;
  auto known = ~std::uint64_t{0};
  keep_codes(*column, block, 0, column->size(), {&known, 1});
  return rows | ~known;
}

} // namespace terracat::index
