#include "index/zone.hpp"

#include "index/segment.hpp"

#include <algorithm>

namespace terracat::index {
namespace {

bool overlap(Moments const& wanted, std::int64_t first, std::int64_t last) noexcept {
  return first <= wanted.last && last >= wanted.first;
}

} // namespace

bool Zone::meets(Bounds const& bounds) const noexcept {
  if (bounds.collections && !collections.may_share_with(*bounds.collections)) return false;
  if (bounds.during && !overlap(*bounds.during, earliest, latest)) return false;
  if (bounds.at && !overlap(*bounds.at, last_time, first_time)) return false;
  return !bounds.boxes || std::ranges::any_of(*bounds.boxes, [&](CellQuery const& box) {
    return box.cells().overlaps(extent);
  });
}

Zone zone_of(Segment const& segment) noexcept {
  Zone out{.collections = {},
           .extent = segment.extent,
           .earliest = segment.earliest,
           .latest = segment.latest,
           .first_time = segment.time[0],
           .last_time = segment.time[segment.size - 1]};
  for (auto const& one : segment.collections) out.collections.add(one.number);
  return out;
}

} // namespace terracat::index
