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

SegmentOrder::SegmentOrder(Segment const& segment, Order const& order) : segment_(&segment) {
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

SortNumber SegmentOrder::best() const noexcept {
  auto const& [key, column, only_in] = keys_.front();
  if (column == nullptr) {
    // What has no time stands behind all that has one.
    auto const timed = segment_->lower_bound({.time = no_time, .number = last_number});
    if (timed == 0) return missing_last;
    return key->of_time(segment_->time[key->sort->descending ? 0 : timed - 1]);
  }
  if (column->is_empty()) return missing_last;
  return key->of_value(column->value(key->sort->descending ? column->size() - 1 : 0));
}

SortNumber SegmentOrder::best(std::size_t block) const noexcept {
  auto const& [key, column, only_in] = keys_.front();
  if (column != nullptr) return 0;
  auto const first = block * Segment::block;
  auto const end = std::min(first + Segment::block, segment_->size);
  if (segment_->time[end - 1] == no_time) return 0; // it ends the order of the segment anyway
  return key->of_time(segment_->time[key->sort->descending ? first : end - 1]);
}

bool SegmentOrder::is_backwards() const noexcept {
  return keys_.front().column == nullptr && !keys_.front().key->sort->descending;
}

void SegmentOrder::want_up_to(SortNumber first_key) noexcept {
  if (first_key == limit_) return;
  limit_ = first_key;
  auto const& [key, column, only_in] = keys_.front();
  wants_all_ = column == nullptr || first_key == missing_last;
  if (wants_all_) return;
  bool const are_at_end = key->sort->descending;
  // Of the wanted if they are at the end, else of the others.
  auto const first = first_not(column->size(), [&, key = key, column = column](Column::Code code) {
    bool const is_wanted = key->of_value(column->value(code)) <= first_key;
    return is_wanted != are_at_end;
  });
  first_code_ = are_at_end ? first : 0;
  end_code_ = are_at_end ? column->size() : first;
}

std::uint64_t SegmentOrder::wanted(std::size_t block) const noexcept {
  if (wants_all_) return ~std::uint64_t{0};
  return rows_with_codes(*keys_.front().column, block, first_code_, end_code_);
}

} // namespace terracat::index
