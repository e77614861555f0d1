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

} // namespace

Segment::Segment(std::span<Row const> rows, Values const& values, OutlineList const& list,
                 bool is_one_of_shelf)
    : size(rows.size()), is_arranged(is_one_of_shelf), collections(collections_of(rows)) {
  auto const padded = blocks() * block;
  time.resize(padded);
  number.resize(padded);
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
    flags[i] = row.flags;
    auto const known =
        std::ranges::lower_bound(collections, row.collection, {}, &Collection::number);
    collection[i] = static_cast<std::uint16_t>(known - collections.begin());
    if (holds_spans()) {
      first[i] = row.first;
      last[i] = row.last;
    }
  }
  boxes = BoxTree(rows, std::span(collection).first(size));
  std::vector<OutlineList::Place> wanted;
  wanted.reserve(boxes.rows().size());
  for (auto const row : boxes.rows()) wanted.push_back(rows[row].outline);
  outlines = Outlines(wanted, list);
  std::vector<Values::Place> places;
  for (auto const& row : rows) places.push_back(row.values);
  columns.reserve(values.properties());
  for (std::size_t property = 0; property < values.properties(); ++property) {
    columns.emplace_back(values, property, places, padded);
  }
  sum_up();
}

void Segment::sum_up() {
  lowest_number = number.front();
  highest_number = number.front();
  std::vector<std::uint8_t> counts(size);
  auto const& begins = holds_spans() ? first : time;
  auto const& ends = holds_spans() ? last : time;
  for (std::size_t i = 0; i < size; ++i) {
    if ((flags[i] & Row::is_again) == 0) {
      ++collections[collection[i]].items;
      counts[i] = 1;
    }
    if (begins[i] != no_time) earliest = std::min(earliest, begins[i]);
    latest = std::max(latest, ends[i]);
    lowest_number = std::min(lowest_number, number[i]);
    highest_number = std::max(highest_number, number[i]);
    has_halves = has_halves || (flags[i] & Row::is_half) != 0;
  }
  again.resize(has_halves ? blocks() : 0);
  for (std::size_t i = 0; has_halves && i < size; ++i) {
    again[i / block] |= std::uint64_t{(flags[i] & Row::is_again) != 0} << (i % block);
  }
  boxes.find_rows(size);
  extent = boxes.extent();
  value_bits = index::value_bits(columns, blocks() * block);
  tally = Tally(std::span(collection).first(size), counts, collections.size());
}

Row Segment::row(std::size_t row) const {
  return {.place = place(row),
          .collection = collections[collection[row]].number,
          .first = holds_spans() ? first[row] : time[row],
          .last = holds_spans() ? last[row] : time[row],
          .flags = flags[row]};
}

std::size_t Segment::lower_bound(Place const& wanted) const {
  // Most that is asked for is before or behind all rows.
  if (!place(0).precedes(wanted)) return 0;
  if (place(size - 1).precedes(wanted)) return size;
  return first_not(size, [&](std::size_t row) { return place(row).precedes(wanted); });
}

std::size_t Segment::bytes() const noexcept {
  auto of_columns = bytes_of(columns);
  for (auto const& column : columns) of_columns += column.bytes();
  for (auto const& bits : value_bits) of_columns += sizeof bits + bits.bytes();
  return sizeof *this + of_columns + bytes_of(time) + bytes_of(number) + boxes.bytes() +
         outlines.bytes() + tally.bytes() + bytes_of(collection) + bytes_of(flags) +
         bytes_of(again) + bytes_of(first) + bytes_of(last) + bytes_of(collections);
}

} // namespace terracat::index
