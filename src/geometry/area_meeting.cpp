#include "geometry/area_meeting.hpp"

#include "geometry/side.hpp"

#include <algorithm>

namespace terracat::geometry {
namespace {

using model::Part;
using model::Position;

constexpr std::size_t most_comparisons = 20'000;

/// Calls `each` with both ends of each edge, until it returns false.
/// \return  false if it did
template<class Each>
bool for_each_edge(std::vector<Part> const& parts, Each const& each) {
  for (auto const& part : parts) {
    for (auto const& ring : part) {
      for (std::size_t i = 1; i < ring.size(); ++i) {
        if (!each(ring[i - 1], ring[i])) return false;
      }
    }
  }
  return true;
}

std::size_t count_edges(std::vector<Part> const& parts) {
  std::size_t count = 0;
  for_each_edge(parts, [&](auto const&, auto const&) {
    ++count;
    return true;
  });
  return count;
}

/// Of their boundaries.
Meeting meeting_of(std::vector<Part> const& a, std::vector<Part> const& b) {
  auto found = Meeting::no;
  for_each_edge(b, [&](Position const& c, Position const& d) {
    return for_each_edge(a, [&](Position const& from, Position const& to) {
      found = std::max(found, meeting(from, to, c, d));
      return found != Meeting::yes;
    });
  });
  return found;
}

/// The position lies in the area.
Meeting holds(std::vector<Part> const& area, Position const& position) {
  bool is_inside = false;
  bool const is_clear = for_each_edge(area, [&](Position const& from, Position const& to) {
    auto const passes = passing(from, to, position);
    is_inside = is_inside != (passes == Meeting::yes);
    return passes != Meeting::unclear;
  });
  if (!is_clear) return Meeting::unclear;
  return is_inside ? Meeting::yes : Meeting::no;
}

/// The area holds one of the parts. \pre no boundaries meet
Meeting holds_any(std::vector<Part> const& area, std::vector<Part> const& parts) {
  auto found = Meeting::no;
  for (auto const& part : parts) found = std::max(found, holds(area, part.front().front()));
  return found;
}

} // namespace

std::optional<bool> areas_meet(std::vector<Part> const& a, std::vector<Part> const& b) {
  if (count_edges(a) * count_edges(b) > most_comparisons) return std::nullopt;
  auto found = meeting_of(a, b);
  if (found == Meeting::no) found = std::max(holds_any(a, b), holds_any(b, a));
  if (found == Meeting::unclear) return std::nullopt;
  return found == Meeting::yes;
}

} // namespace terracat::geometry
