#include "index/rows.hpp"

namespace terracat::index {

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
  if (item.is_connected) row.flags |= Row::is_connected;
  auto const halves = item.bbox->halves();
  if (halves.size() > 1) row.flags |= Row::is_half;
  row.outline = outlines.add(item.outline);
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

} // namespace terracat::index
