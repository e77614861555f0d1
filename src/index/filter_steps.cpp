#include "index/filter.hpp"

#include <algorithm>
#include <array>

// What the steps of a filter cost, and what they keep.

namespace terracat::index {
namespace {

/// What a comparison reads of each row. Low parts are hardly ever read.
double bytes_of_code(Column const& column) {
  return column.with_codes(0, []<class Code>(Code const* /*codes*/, auto const*... high) {
    return static_cast<double>(sizeof...(high) == 0 ? sizeof(Code) : sizeof(std::uint8_t));
  });
}

/// Words of two values or so.
constexpr double bytes_of_bits = 2.0 / 8;

} // namespace

Filter::Cost Filter::cost_of(Node const& node) {
  using Kind = Node::Kind;
  switch (node.kind) {
  case Kind::codes:
    return {node.bits->is_empty() ? bytes_of_code(*node.column) : bytes_of_bits,
            share_of(node.codes, *node.column)};
  case Kind::moments:
    return {sizeof(std::int64_t), 0.5};
  case Kind::collections:
    return {sizeof(std::uint16_t) * 2, 0.5};
  case Kind::no_footprint:
    return {sizeof(std::uint8_t), 0.5};
  case Kind::items:
    return {sizeof(ItemNumber) * 8, 0.1}; // a look into a set for each
  default:
    break;
  }
  bool const are_all = node.kind == Kind::all;
  Cost out{0, are_all ? 1.0 : 0.0};
  for (auto const& one : node.of) {
    auto const [bytes, share] = cost_of(one);
    out.bytes += bytes;
    out.share = are_all ? out.share * share : std::min(1.0, out.share + share);
  }
  return out;
}

double Filter::price_with_rest(Node const& node) {
  auto const [bytes, share] = cost_of(node);
  return bytes * (1 + static_cast<double>(Segment::block) * share);
}

void Filter::keep(std::size_t block, RowBits rows) const noexcept {
  keep(root_, block, rows);
}

void Filter::keep(Node const& node, std::size_t block, RowBits rows) const noexcept {
  auto const from = block * Segment::block;
  switch (node.kind) {
  case Node::Kind::all:
    for (auto const& one : node.of) keep(one, block, rows);
    return;
  case Node::Kind::any:
    return keep_any(node, block, rows);
  case Node::Kind::codes:
    return node.test->keep(block, rows);
  case Node::Kind::moments:
    return keep_between(node.times + from, node.from, node.to, rows);
  case Node::Kind::collections:
    return keep_where(rows,
                      [collection = segment_->collection.data() + from, is_in = node.set.data()](
                          std::size_t i) { return is_in[collection[i]] != 0; });
  case Node::Kind::items:
    return keep_where(rows, [&, number = segment_->number.data() + from](std::size_t i) {
      return node.items->has(number[i]) != node.is_not;
    });
  case Node::Kind::no_footprint:
    break;
  }
  auto const without = [&](RowBits some) {
    keep_without(segment_->flags.data() + from, Row::has_footprint, some);
  };
  node.is_not ? drop(rows, without) : without(rows);
}

void Filter::keep_any(Node const& node, std::size_t block, RowBits rows) const noexcept {
  std::array<std::uint64_t, batch_blocks> found{};
  std::array<std::uint64_t, batch_blocks> one_found;
  auto const these = RowBits(one_found).first(rows.size());
  for (auto const& one : node.of) {
    for (std::size_t i = 0; i < rows.size(); ++i) these[i] = rows[i] & ~found[i];
    keep(one, block, these);
    for (std::size_t i = 0; i < rows.size(); ++i) found[i] |= these[i];
  }
  std::ranges::copy(std::span(found).first(rows.size()), rows.begin());
}

} // namespace terracat::index
