#include "index/box_tree.hpp"

#include "index/hilbert.hpp"

#include <algorithm>

namespace terracat::index {
namespace {

static_assert(BoxTree::leaf_rows == lanes, "a leaf is compared at once");

constexpr std::int32_t large = 4'096; // cells: 22.5 degrees from west to east, 11.25 to the north

constexpr unsigned row_bits = 16;
constexpr unsigned sort_bits = 2;

/// The order of the tree, and in the lowest bits the row.
std::uint64_t key_of(Row const& row, std::uint16_t collection, std::size_t number) noexcept {
  auto const group = std::uint64_t{collection} << sort_bits | static_cast<unsigned>(sort_of(row));
  auto const along = along_curve(row.cells.centre_column(), row.cells.centre_row());
  return (group << curve_bits | along) << row_bits | number;
}

std::uint64_t group_of(std::uint64_t key) noexcept {
  return key >> (curve_bits + row_bits);
}

std::uint16_t row_of_key(std::uint64_t key) noexcept {
  return static_cast<std::uint16_t>(key);
}

std::uint64_t first_bits(std::size_t count) noexcept {
  return count >= BoxTree::leaf_rows ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
}

} // namespace

BoxSort sort_of(Row const& row) noexcept {
  if ((row.flags & Row::is_half) != 0) return BoxSort::half;
  auto const& [west, south, east, north] = row.cells;
  return east - west >= large || north - south >= large ? BoxSort::large : BoxSort::small;
}

// ---- Boxes

void BoxTree::Boxes::reserve(std::size_t size) {
  for (auto* const edge : {&west_, &south_, &east_, &north_}) edge->reserve(size + leaf_rows);
}

void BoxTree::Boxes::push_back(CellBox const& box) {
  west_.push_back(box.west);
  south_.push_back(box.south);
  east_.push_back(box.east);
  north_.push_back(box.north);
}

void BoxTree::Boxes::pad() {
  for (auto* const edge : {&west_, &south_, &east_, &north_}) {
    edge->resize(edge->size() + leaf_rows);
    edge->shrink_to_fit();
  }
}

std::size_t BoxTree::Boxes::bytes() const noexcept {
  return bytes_of(west_) + bytes_of(south_) + bytes_of(east_) + bytes_of(north_);
}

// ---- BoxTree

BoxTree::BoxTree(std::span<Row const> rows, std::span<std::uint16_t const> collections) {
  std::vector<std::uint64_t> keys;
  keys.reserve(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if ((rows[i].flags & Row::has_footprint) == 0) continue;
    keys.push_back(key_of(rows[i], collections[i], i));
  }
  std::ranges::sort(keys);
  boxes_.reserve(keys.size());
  rows_.reserve(keys.size() + leaf_rows);
  std::span<std::uint64_t const> rest = keys;
  while (!rest.empty()) {
    auto const is_of_group = [of = group_of(rest.front())](auto key) {
      return group_of(key) == of;
    };
    auto const end = std::ranges::find_if_not(rest, is_of_group);
    auto const size = static_cast<std::size_t>(end - rest.begin());
    auto const& row = rows[row_of_key(rest.front())];
    Group group{.collection = collections[row_of_key(rest.front())],
                .are_halves = (row.flags & Row::is_half) != 0,
                .first = static_cast<std::uint32_t>(rows_.size()),
                .size = static_cast<std::uint32_t>(size),
                .first_leaf = static_cast<std::uint32_t>(are_boxes_.size()),
                .extent = CellBox::nowhere()};
    for (std::size_t i = 0; i < size; i += leaf_rows) {
      add_leaf(group, rest.subspan(i, std::min(leaf_rows, size - i)), rows);
    }
    groups_.push_back(group);
    rest = rest.subspan(size);
  }
  boxes_.pad();
  leaves_.pad();
  rows_.resize(rows_.size() + leaf_rows);
  for (auto* const words : {&are_boxes_, &are_connected_}) words->shrink_to_fit();
}

void BoxTree::add_leaf(Group& group, std::span<std::uint64_t const> keys,
                       std::span<Row const> rows) {
  std::uint64_t boxes = 0;
  std::uint64_t connected = 0;
  auto extent = CellBox::nowhere();
  for (std::size_t i = 0; i < keys.size(); ++i) {
    auto const number = row_of_key(keys[i]);
    auto const& row = rows[number];
    rows_.push_back(number);
    boxes_.push_back(row.cells);
    extent.extend(row.cells);
    auto const bit = std::uint64_t{1} << i;
    if ((row.flags & Row::is_box) != 0) boxes |= bit;
    if ((row.flags & Row::is_connected) != 0) connected |= bit;
  }
  leaves_.push_back(extent);
  are_boxes_.push_back(boxes);
  are_connected_.push_back(connected);
  group.extent.extend(extent);
  ++group.leaves;
}

bool BoxTree::is_wanted(Group const& group, BoxQuery const& query) noexcept {
  if (!query.allowed.empty() && query.allowed[group.collection] == 0) return false;
  return std::ranges::any_of(
      query.boxes, [&](CellQuery const& box) { return box.cells().overlaps(group.extent); });
}

std::uint64_t BoxTree::touched_leaves(Group const& group, std::uint32_t first,
                                      BoxQuery const& query) const noexcept {
  std::uint64_t touched = 0;
  for (auto const& box : query.boxes) {
    touched |= touching(leaves_.edges(group.first_leaf + first), box.cells());
  }
  return touched & first_bits(group.leaves - first);
}

BoxTree::Leaf BoxTree::look(Group const& group, std::uint32_t number,
                            BoxQuery const& query) const noexcept {
  auto const at = group.first_leaf + number;
  auto const from = std::size_t{group.first} + number * leaf_rows;
  auto const all = first_bits(group.size - number * leaf_rows);
  Leaf leaf{.rows = rows_.data() + from,
            .touching = 0,
            .meeting = 0,
            .are_halves = group.are_halves,
            .first = from};
  for (auto const& box : query.boxes) {
    // Nobody knows what a half of a box holds.
    bool const is_held = box.holds(leaves_.at(at)) && !group.are_halves;
    if (is_held && query.is_exact) {
      leaf.touching = all;
      leaf.meeting = all;
      return leaf;
    }
    auto const edges = boxes_.edges(from);
    auto const touched = touching(edges, box.cells()) & all;
    leaf.touching |= touched;
    if (!query.is_exact || touched == 0) continue;
    auto const [meet, held, crossing] = certain(edges, box);
    leaf.meeting |= meet & are_boxes_[at];
    if (!group.are_halves) leaf.meeting |= held | (crossing & are_connected_[at]);
  }
  leaf.meeting &= leaf.touching;
  return leaf;
}

void BoxTree::find_rows(std::size_t size) {
  places_.assign(size, 0);
  for (auto const& group : groups_) {
    for (std::size_t i = group.first; i < group.first + group.size; ++i) {
      places_[rows_[i]] = static_cast<std::uint16_t>(i);
    }
  }
}

CellBox BoxTree::extent() const noexcept {
  auto extent = CellBox::nowhere();
  for (auto const& group : groups_) extent.extend(group.extent);
  return extent;
}

std::size_t BoxTree::bytes() const noexcept {
  return bytes_of(groups_) + bytes_of(rows_) + bytes_of(places_) + boxes_.bytes() +
         leaves_.bytes() + bytes_of(are_boxes_) + bytes_of(are_connected_);
}

} // namespace terracat::index
