#include "index/scan.hpp"

#include <algorithm>
#include <bit>
#include <limits>
#include <utility>

namespace terracat::index {
namespace {

/// More collections than this are looked for row by row: asking for each how many items of it a
/// block has takes as long.
constexpr std::size_t few_collections = 8;

std::size_t count_of(std::uint64_t rows) noexcept {
  return static_cast<std::size_t>(std::popcount(rows));
}

bool has_any(std::span<std::uint64_t const> rows) noexcept {
  return std::ranges::any_of(rows, [](std::uint64_t word) { return word != 0; });
}

/// \param rows  of a block, as bits
/// \param each  called with those of `begin` to `end`
template<class Rows, class Each>
void for_each_row(std::size_t begin, std::size_t end, Rows const& rows, Each const& each) {
  for (auto block = begin / Segment::block; block * Segment::block < end; ++block) {
    auto const from = block * Segment::block;
    for (auto bits = rows(block) & bits_within(block, begin, end); bits != 0; bits &= bits - 1) {
      each(from + static_cast<std::size_t>(std::countr_zero(bits)));
    }
  }
}

} // namespace

Scan::Scan(Part const& part, Plan const& plan, Examiner& examiner, Hits& hits)
    : part_(part),
      segment_(*part.segment),
      examiner_(examiner),
      hits_(hits),
      compares_boxes_(plan.meets != nullptr) {
  choose_collections(plan);
  if (allowed_.empty() || !wanted_.empty()) choose_rows(plan);
  if (is_empty() || plan.conditions.empty()) return;
  filter_ = Filter(segment_, *plan.properties, plan.said, plan.conditions);
  if (filter_.is_never()) end_ = begin_;
}

void Scan::choose_collections(Plan const& plan) {
  if (!plan.collections) return;
  auto const& known = segment_.collections;
  for (auto const number : *plan.collections) {
    auto const found = std::ranges::lower_bound(known, number, {}, &Segment::Collection::number);
    if (found == known.end() || found->number != number) continue;
    auto const place = static_cast<std::uint16_t>(found - known.begin());
    if (wanted_.empty() || wanted_.back() != place) wanted_.push_back(place);
  }
  if (wanted_.size() == known.size()) {
    wanted_.clear();
    return;
  }
  allowed_.resize(known.size());
  for (auto const place : wanted_) allowed_[place] = 1;
}

void Scan::choose_rows(Plan const& plan) {
  end_ = segment_.size;
  if (plan.at) choose_rows(*plan.at);
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
  choose_rows(*plan.during);
}

/// \pre times, or periods that are moments, have to be within these
void Scan::choose_rows(Moments const& within) {
  auto const begin = segment_.lower_bound({.time = within.last, .number = last_number});
  auto const end = segment_.lower_bound(
      {.time = within.first - 1, .number = last_number}); // no time is none of these
  begin_ = std::max(begin_, begin);
  end_ = std::min(end_, end);
}

BoxQuery Scan::query() const noexcept {
  return {.boxes = examiner_.boxes(), .is_exact = examiner_.is_boxes(), .allowed = allowed_};
}

// ---- Counts

std::optional<std::size_t> Scan::count() const {
  if (checks_moments_ || !filter_.is_always() || examiner_.asks_items()) return std::nullopt;
  return compares_boxes_ ? count_boxes() : count_rows(begin_, end_);
}

std::size_t Scan::count_rows(std::size_t begin, std::size_t end) const noexcept {
  auto const& tally = segment_.tally;
  auto const first = tally.mark_from(begin);
  auto const last = tally.mark_to(end);
  if (first >= last) return look_at_rows(begin, end);
  std::size_t items = 0;
  auto const add = [&](std::size_t place) { items += tally.items(place, first, last); };
  if (allowed_.empty()) {
    for (std::size_t place = 0; place < segment_.collections.size(); ++place) add(place);
  } else {
    for (auto const place : wanted_) add(place);
  }
  if (part_.removed) items -= count_removed(tally.row(first), tally.row(last));
  return items + look_at_rows(begin, tally.row(first)) + look_at_rows(tally.row(last), end);
}

std::vector<std::size_t> Scan::count_by_collection() const {
  std::vector<std::size_t> items(segment_.collections.size());
  auto const there = [&](std::size_t block) { return matching(block); };
  auto const add = [&](std::size_t row) { ++items[segment_.collection[row]]; };
  auto const& tally = segment_.tally;
  auto const first = tally.mark_from(begin_);
  auto const last = tally.mark_to(end_);
  if (first >= last) {
    for_each_row(begin_, end_, there, add);
    return items;
  }
  for (std::size_t place = 0; place < items.size(); ++place) {
    if (allowed_.empty() || allowed_[place] != 0) items[place] = tally.items(place, first, last);
  }
  if (part_.removed) {
    auto const gone = [&](std::size_t block) { return removed_items(block); };
    for_each_row(tally.row(first), tally.row(last), gone,
                 [&](std::size_t row) { --items[segment_.collection[row]]; });
  }
  for_each_row(begin_, tally.row(first), there, add);
  for_each_row(tally.row(last), end_, there, add);
  return items;
}

std::size_t Scan::look_at_rows(std::size_t begin, std::size_t end) const noexcept {
  if (begin >= end) return 0;
  std::size_t items = 0;
  auto const last = (end - 1) / Segment::block;
  for (auto block = begin / Segment::block; block <= last;) {
    auto const number = block / batch_blocks;
    auto const first = block;
    block = std::min(last + 1, (number + 1) * batch_blocks);
    if (number != batch_.number) find_batch(number);
    auto rows = batch_.rows;
    rows[first % batch_blocks] &= bits_within(first, begin, end);
    rows[(block - 1) % batch_blocks] &= bits_within(block - 1, begin, end);
    items += count_of(std::span(rows).subspan(first % batch_blocks, block - first));
  }
  return items;
}

std::uint64_t Scan::removed_items(std::size_t block) const noexcept {
  auto rows = part_.removed->rows[block];
  if (rows != 0) keep_items_of_collections(block, {&rows, 1});
  return rows;
}

/// \pre `begin` and `end` stand at the beginnings of blocks, or at the end
std::size_t Scan::count_removed(std::size_t begin, std::size_t end) const noexcept {
  std::size_t items = 0;
  for (auto block = begin / Segment::block; block * Segment::block < end; ++block) {
    items += count_of(removed_items(block));
  }
  return items;
}

std::size_t Scan::count_boxes() const {
  std::size_t items = 0;
  std::vector<Half> halves;
  auto const looks = segment_.boxes.visit(query(), [&](BoxTree::Leaf const& leaf) {
    auto const there = leaf.touching & present(leaf);
    if (leaf.are_halves) {
      for (auto rows = there; rows != 0; rows &= rows - 1) {
        auto const bit = std::countr_zero(rows);
        halves.push_back({leaf.rows[bit], (leaf.meeting >> static_cast<unsigned>(bit) & 1U) != 0});
      }
      return;
    }
    items += count_of(there & leaf.meeting);
    for (auto rows = there & ~leaf.meeting; rows != 0; rows &= rows - 1) {
      auto const bit = static_cast<std::size_t>(std::countr_zero(rows));
      if (examiner_.meets(segment_, leaf.rows[bit], leaf.first + bit)) ++items;
    }
  });
  examiner_.takes_blocks(looks);
  return items + count_halves(halves);
}

/// The second half of an item stands next to the first one.
std::size_t Scan::count_halves(std::vector<Half>& halves) const {
  std::ranges::sort(halves, {}, &Half::row);
  std::size_t items = 0;
  for (std::size_t i = 0; i < halves.size(); ++i) {
    auto const number = segment_.number[halves[i].row];
    bool meets = halves[i].meets;
    if (i + 1 < halves.size() && segment_.number[halves[i + 1].row] == number) {
      ++i;
      meets = meets || halves[i].meets;
    }
    if (meets || examiner_.meets(number)) ++items;
  }
  return items;
}

std::uint64_t Scan::present(BoxTree::Leaf const& leaf) const noexcept {
  auto rows = ~std::uint64_t{0};
  auto const* const numbers = leaf.rows;
  if (begin_ != 0 || end_ != segment_.size) {
    auto const first = static_cast<std::uint16_t>(begin_);
    auto const last = static_cast<std::uint16_t>(end_ - 1);
    keep_between(numbers, first, last, {&rows, 1});
  }
  if (part_.removed) {
    auto const* const removed = part_.removed->rows.data();
    rows &= mask_of([=](std::size_t i) {
      return (removed[numbers[i] / Segment::block] >> (numbers[i] % Segment::block) & 1U) == 0;
    });
  }
  return rows;
}

// ---- Rows

void Hits::begin(std::size_t blocks) {
  for (std::size_t word = 0; word < blocks_.size(); ++word) {
    for (auto bits = std::exchange(blocks_[word], 0); bits != 0; bits &= bits - 1) {
      auto const block = word * 64 + static_cast<std::size_t>(std::countr_zero(bits));
      touching_[block] = 0;
      meeting_[block] = 0;
    }
  }
  if (touching_.size() >= blocks) return;
  touching_.resize(blocks);
  meeting_.resize(blocks);
  blocks_.resize((blocks + 63) / 64);
}

void Scan::find() {
  if (!compares_boxes_) return;
  hits_.begin(segment_.blocks());
  auto const looks = segment_.boxes.visit(query(), [&](BoxTree::Leaf const& leaf) {
    for (auto rows = leaf.touching; rows != 0; rows &= rows - 1) {
      auto const place = std::countr_zero(rows);
      auto const row = leaf.rows[place];
      if (row < begin_ || row >= end_) continue;
      hits_.add(row, (leaf.meeting >> static_cast<unsigned>(place) & 1U) != 0);
    }
  });
  examiner_.takes_blocks(looks);
}

bool Scan::knows_blanks() const noexcept {
  return !wanted_.empty() && wanted_.size() <= few_collections;
}

bool Scan::is_blank(std::size_t block) const noexcept {
  if (!knows_blanks()) return false;
  auto const& tally = segment_.tally;
  auto const mark = tally.mark_to(block * Segment::block);
  return std::ranges::all_of(
      wanted_, [&](std::uint16_t place) { return tally.items(place, mark, mark + 1) == 0; });
}

std::uint64_t Scan::candidates(std::size_t block) const noexcept {
  auto const rows = matching(block);
  if (rows == 0 || !compares_boxes_ || !segment_.has_halves) return rows;
  // A second half stands next to the first one, be it in the block before.
  auto const again = rows & segment_.again[block];
  auto const before = (again & 1U) != 0 && block > 0 ? matching(block - 1) >> 63U : 0;
  return rows & ~(again & (rows << 1U | before));
}

bool Scan::matches(std::size_t row) const {
  bool const meets = (meeting(row / Segment::block) >> (row % Segment::block) & 1U) != 0;
  if (!meets && !examiner_.meets(segment_, row)) return false;
  return !examiner_.asks_items() || examiner_.is_true_of(segment_, row);
}

std::size_t Scan::count_matches(std::size_t begin, std::size_t end) const {
  if (begin >= end) return 0;
  std::size_t items = 0;
  if (!compares_boxes_ && !examiner_.asks_items()) {
    constexpr auto batch_rows = batch_blocks * Segment::block;
    for (auto from = begin; from < end;) {
      auto const to = std::min(end, (from / batch_rows + 1) * batch_rows);
      auto looks = (to + Segment::block - 1) / Segment::block - from / Segment::block;
      for (auto block = from / Segment::block; knows_blanks() && block * Segment::block < to;
           ++block) {
        if (is_blank(block)) --looks;
      }
      if (looks > 0 && !examiner_.takes_blocks(looks)) return items;
      if (looks > 0) items += look_at_rows(from, to);
      from = to;
    }
    return items;
  }
  visit_blocks(begin, end, false, [&](std::size_t block) {
    if (!examiner_.takes_blocks(1)) return false;
    auto const rows = candidates(block) & bits_within(block, begin, end);
    auto const sure = rows & certain(block);
    items += count_of(sure);
    for (auto rest = rows & ~sure; rest != 0; rest &= rest - 1) {
      auto const row = block * Segment::block + static_cast<std::size_t>(std::countr_zero(rest));
      if (matches(row)) ++items;
    }
    return true;
  });
  return items;
}

void Scan::find_batch(std::size_t number) const noexcept {
  auto const first = number * batch_blocks;
  auto const size = std::min(batch_blocks, segment_.blocks() - first);
  auto const rows = RowBits(batch_.rows).first(size);
  std::ranges::fill(rows, ~std::uint64_t{0});
  bool const is_whole = begin_ <= first * Segment::block && (first + size) * Segment::block <= end_;
  for (std::size_t i = 0; !is_whole && i < size; ++i) {
    rows[i] = bits_within(first + i, begin_, end_);
  }
  if (part_.removed) {
    for (std::size_t i = 0; i < size; ++i) rows[i] &= ~part_.removed->rows[first + i];
  }
  if (compares_boxes_) {
    for (std::size_t i = 0; i < size; ++i) rows[i] &= hits_.touching(first + i);
  }
  batch_.number = number;
  if (!has_any(rows)) return;
  if (!compares_boxes_) keep_collections(first, rows);
  if (checks_moments_) {
    auto const from = first * Segment::block;
    keep_between(segment_.first.data() + from, no_time, checks_moments_->last, rows);
    keep_between(segment_.last.data() + from, checks_moments_->first,
                 std::numeric_limits<std::int64_t>::max(), rows);
  }
  filter_.keep(first, rows);
  if (!compares_boxes_) keep_first_halves(first, rows); // last, for all have one but few
}

void Scan::keep_items_of_collections(std::size_t block, RowBits rows) const noexcept {
  keep_collections(block, rows);
  keep_first_halves(block, rows);
}

void Scan::keep_first_halves(std::size_t block, RowBits rows) const noexcept {
  for (std::size_t i = 0; segment_.has_halves && i < rows.size(); ++i) {
    rows[i] &= ~segment_.again[block + i];
  }
}

void Scan::keep_collections(std::size_t block, RowBits rows) const noexcept {
  auto const from = block * Segment::block;
  if (allowed_.empty()) return;
  auto const* const collection = segment_.collection.data() + from;
  if (wanted_.size() == 1) {
    keep_between(collection, wanted_.front(), wanted_.front(), rows);
  } else {
    keep_where(rows, [=, allowed = allowed_.data()](std::size_t i) {
      return allowed[collection[i]] != 0;
    });
  }
}

} // namespace terracat::index
