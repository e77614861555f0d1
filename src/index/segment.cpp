#include "index/segment.hpp"

#include "index/bisection.hpp"

#include <algorithm>
#include <set>

namespace terracat::index {
namespace {

std::vector<Segment::Collection> collections_of(std::span<Row const> rows) {
  std::set<RecordNumber> numbers;
  for (auto const& row : rows) numbers.insert(row.collection);
  std::vector<Segment::Collection> out;
  out.reserve(numbers.size());
  for (auto const number : numbers) out.push_back({number, 0});
  return out;
}

void extend(CellBox& extent, CellBox const& cells) {
  extent.west = std::min(extent.west, cells.west);
  extent.south = std::min(extent.south, cells.south);
  extent.east = std::max(extent.east, cells.east);
  extent.north = std::max(extent.north, cells.north);
}

} // namespace

void Rows::add(store::ItemPlace const& item) {
  Row row{.place = {.time = item.time ? item.time->milliseconds() : no_time, .number = item.number},
          .collection = item.collection,
          .values = values.add()};
  values.set(row.values, item.values);
  if (item.period) {
    row.first = item.period->first()->milliseconds();
    row.last = item.period->last()->milliseconds();
  }
  if (!item.bbox) {
    rows.push_back(row);
    return;
  }
  row.flags = Row::has_footprint;
  if (item.is_box) row.flags |= Row::is_box;
  auto const halves = item.bbox->halves();
  if (halves.size() > 1) row.flags |= Row::is_half;
  for (auto const& half : halves) {
    row.cells = cells_of(half);
    rows.push_back(row);
    row.flags |= Row::is_again;
  }
}

bool precedes(Row const& a, Row const& b) noexcept {
  if (a.place != b.place) return a.place.precedes(b.place);
  return (a.flags & Row::is_again) < (b.flags & Row::is_again);
}

Segment::Segment(std::span<Row const> rows, Values const& values)
    : size(rows.size()),
      collections(collections_of(rows)),
      lowest_number(rows.front().place.number),
      highest_number(lowest_number) {
  auto const padded = blocks() * block;
  time.resize(padded);
  number.resize(padded);
  for (auto* const edge : {&west, &south, &east, &north}) edge->resize(padded);
  collection.resize(padded);
  flags.resize(padded);
  if (rows.front().is_span()) {
    first.resize(padded);
    last.resize(padded);
  }
  for (std::size_t i = 0; i < size; ++i) {
    auto const& row = rows[i];
    time[i] = row.place.time;
    number[i] = row.place.number;
    west[i] = row.cells.west;
    south[i] = row.cells.south;
    east[i] = row.cells.east;
    north[i] = row.cells.north;
    flags[i] = row.flags;
    auto const known =
        std::ranges::lower_bound(collections, row.collection, {}, &Collection::number);
    collection[i] = static_cast<std::uint16_t>(known - collections.begin());
    if ((row.flags & Row::is_again) == 0) ++known->items;
    if (holds_spans()) {
      first[i] = row.first;
      last[i] = row.last;
    }
    if ((row.flags & Row::has_footprint) != 0) extend(extent, row.cells);
    if (row.first != no_time) earliest = std::min(earliest, row.first);
    latest = std::max(latest, row.last);
    lowest_number = std::min(lowest_number, row.place.number);
    highest_number = std::max(highest_number, row.place.number);
    has_halves = has_halves || (row.flags & Row::is_half) != 0;
  }
  std::vector<Values::Place> places;
  for (auto const& row : rows) places.push_back(row.values);
  columns.reserve(values.properties());
  for (std::size_t property = 0; property < values.properties(); ++property) {
    columns.emplace_back(values, property, places, padded);
  }
}

Row Segment::row(std::size_t row) const {
  return {.place = place(row),
          .collection = collections[collection[row]].number,
          .first = holds_spans() ? first[row] : time[row],
          .last = holds_spans() ? last[row] : time[row],
          .cells = cells(row),
          .flags = flags[row]};
}

std::size_t Segment::lower_bound(Place const& wanted) const {
  return first_not(size, [&](std::size_t row) { return place(row).precedes(wanted); });
}

std::size_t Segment::bytes() const noexcept {
  auto of_columns = bytes_of(columns);
  for (auto const& column : columns) of_columns += column.bytes();
  return sizeof *this + of_columns + bytes_of(time) + bytes_of(number) + bytes_of(west) +
         bytes_of(south) + bytes_of(east) + bytes_of(north) + bytes_of(collection) +
         bytes_of(flags) + bytes_of(first) + bytes_of(last) + bytes_of(collections);
}

} // namespace terracat::index
