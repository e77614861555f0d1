#include "index/scan.hpp"

#include "index/block.hpp"

#include <algorithm>

namespace terracat::index {
namespace {

std::uint64_t rows_meeting(Segment const& segment, std::size_t from, CellBox const& box) noexcept {
  auto const* const west = segment.west.data() + from;
  auto const* const south = segment.south.data() + from;
  auto const* const east = segment.east.data() + from;
  auto const* const north = segment.north.data() + from;
  return mask_of([=](std::size_t i) {
    return static_cast<unsigned>(west[i] <= box.east) & static_cast<unsigned>(east[i] >= box.west) &
           static_cast<unsigned>(south[i] <= box.north) &
           static_cast<unsigned>(north[i] >= box.south);
  });
}

bool overlap(CellBox const& a, CellBox const& b) noexcept {
  return a.west <= b.east && a.east >= b.west && a.south <= b.north && a.north >= b.south;
}

/// The bits of a block that stand for rows of begin to end.
std::uint64_t bits_within(std::size_t from, std::size_t begin, std::size_t end) noexcept {
  auto bits = ~std::uint64_t{0};
  if (begin > from) bits <<= begin - from;
  if (end < from + Segment::block) bits &= (std::uint64_t{1} << (end - from)) - 1;
  return bits;
}

} // namespace

Scan::Scan(Part const& part, Plan const& plan, std::span<CellQuery const> boxes)
    : part_(part), segment_(*part.segment), boxes_(boxes), checks_boxes_(!boxes.empty()) {
  choose_collections(plan);
  bool const has_collection =
      !checks_collections_ || std::ranges::find(allowed_, 1) != allowed_.end();
  if (has_collection && (!checks_boxes_ || may_meet())) choose_rows(plan);
  if (is_empty() || plan.conditions.empty()) return;
  filter_ = Filter(segment_, *plan.properties, plan.conditions);
  if (filter_.is_never()) end_ = begin_;
}

void Scan::choose_collections(Plan const& plan) {
  if (!plan.collections) return;
  for (auto const& collection : segment_.collections) {
    bool const is_wanted = std::ranges::binary_search(*plan.collections, collection.number);
    allowed_.push_back(is_wanted ? 1 : 0);
  }
  checks_collections_ = std::ranges::find(allowed_, 0) != allowed_.end();
  if (!checks_collections_) allowed_.clear();
}

bool Scan::may_meet() const noexcept {
  return std::ranges::any_of(
      boxes_, [&](CellQuery const& box) { return overlap(box.cells(), segment_.extent); });
}

void Scan::choose_rows(Plan const& plan) {
  end_ = segment_.size;
  if (!plan.during) return;
  auto const& [first, last] = *plan.during;
  if (segment_.earliest > last || segment_.latest < first) {
    end_ = 0;
    return;
  }
  if (segment_.holds_spans()) {
    bool const are_all_met = first <= segment_.earliest && segment_.latest <= last;
    if (!are_all_met) checks_moments_ = plan.during;
    return;
  }
  begin_ = segment_.lower_bound({.time = last, .number = last_number});
  end_ =
      segment_.lower_bound({.time = first - 1, .number = last_number}); // no time is none of these
}

std::uint64_t Scan::candidates(std::size_t block) const noexcept {
  auto const rows = matching(block);
  if (rows == 0 || !checks_boxes_ || !segment_.has_halves) return rows;
  // A second half stands next to the first one, be it in the block before.
  auto const* const flags = segment_.flags.data() + block * Segment::block;
  auto const again = rows & mask_of([=](std::size_t i) { return (flags[i] & Row::is_again) != 0; });
  auto const before = (again & 1U) != 0 && block > 0 ? matching(block - 1) >> 63U : 0;
  return rows & ~(again & (rows << 1U | before));
}

std::uint64_t Scan::matching(std::size_t block) const noexcept {
  auto const from = block * Segment::block;
  auto mask = bits_within(from, begin_, end_);
  if (part_.removed) mask &= ~part_.removed->rows[block];
  if (checks_boxes_ && mask != 0) {
    std::uint64_t meeting = 0;
    for (auto const& box : boxes_) meeting |= rows_meeting(segment_, from, box.cells());
    mask &= meeting;
  } else if (segment_.has_halves) {
    auto const* const flags = segment_.flags.data() + from;
    mask &= mask_of([=](std::size_t i) { return (flags[i] & Row::is_again) == 0; });
  }
  if (checks_collections_ && mask != 0) {
    auto const* const collection = segment_.collection.data() + from;
    auto const* const allowed = allowed_.data();
    mask &= mask_of([=](std::size_t i) { return allowed[collection[i]] != 0; });
  }
  if (checks_moments_ && mask != 0) {
    auto const* const first = segment_.first.data() + from;
    auto const* const last = segment_.last.data() + from;
    auto const wanted = *checks_moments_;
    mask &= mask_of([=](std::size_t i) {
      return static_cast<unsigned>(first[i] <= wanted.last) &
             static_cast<unsigned>(last[i] >= wanted.first);
    });
  }
  if (mask != 0) mask = filter_.among(mask, block);
  return mask;
}

std::optional<std::size_t> Scan::all() const noexcept {
  bool const is_whole = begin_ == 0 && end_ == segment_.size;
  bool const checks_rows = checks_boxes_ || checks_moments_ || !filter_.is_always();
  if (!is_whole || checks_rows) return std::nullopt;
  std::size_t items = 0;
  for (std::size_t i = 0; i < segment_.collections.size(); ++i) {
    if (!checks_collections_ || allowed_[i] != 0) items += part_.items(i);
  }
  return items;
}

} // namespace terracat::index
