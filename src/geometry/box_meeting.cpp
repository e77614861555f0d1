#include "geometry/box_meeting.hpp"

#include "geometry/side.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <utility>

namespace terracat::geometry {
namespace {

using model::GeometryType;
using model::Position;

/// The segment lies beyond one of the edges of the box.
bool is_beside(Rectangle const& box, Position const& a, Position const& b) noexcept {
  return (a.x < box.west && b.x < box.west) || (a.x > box.east && b.x > box.east) ||
         (a.y < box.south && b.y < box.south) || (a.y > box.north && b.y > box.north);
}

/// What is known of a geometry after some of its paths.
struct Findings {
  bool meets = false;   ///< it certainly does
  bool unclear = false; ///< something may meet that floating point cannot tell from what does not
};

/// Goes along the paths of one simple geometry.
class Walk {
 public:
  Walk(Rectangle const& box, Findings& findings) : box_(box), findings_(findings) {}

  void start(Position const& position) {
    last_ = position;
    if (box_.holds(position)) findings_.meets = true;
  }

  void go_to(Position const& position) {
    auto const from = std::exchange(last_, position);
    if (box_.holds(position)) findings_.meets = true;
    count_if_passed(from, position);
    if (findings_.meets || is_beside(box_, from, position)) return;
    if (from.x == position.x || from.y == position.y) { // along an axis: as wide as its own box
      findings_.meets = true;
      return;
    }
    bool const rises = (from.x < position.x) == (from.y < position.y);
    auto const above = side(from, position, {rises ? box_.west : box_.east, box_.north});
    auto const below = side(from, position, {rises ? box_.east : box_.west, box_.south});
    if (above == 0 || below == 0) {
      findings_.unclear = true;
    } else if ((above > 0) != (below > 0)) {
      findings_.meets = true;
    }
  }

  /// \pre the paths are the rings of a polygon, none of which meets the box
  void finish_polygon() {
    if (is_inside_ && knows_passings_) findings_.meets = true;
  }

 private:
  /// Counts the edges that a ray from the box's south-western corner to the east passes.
  void count_if_passed(Position const& from, Position const& to) {
    auto const passes = passing(from, to, {box_.west, box_.south});
    if (passes == Meeting::unclear) {
      findings_.unclear = true;
      knows_passings_ = false;
    }
    is_inside_ = is_inside_ != (passes == Meeting::yes);
  }

  Rectangle box_;
  Findings& findings_;
  Position last_;
  bool is_inside_ = false;
  bool knows_passings_ = true;
};

/// Reads well-known binary of a Geometry. \pre it is whole
class WkbWalk {
 public:
  WkbWalk(std::string_view wkb, Rectangle const& box) : at_(wkb.data()), box_(box) {}

  void geometry(Findings& findings) {
    ++at_; // little-endian
    auto const type = static_cast<GeometryType>(number());
    Walk walk(box_, findings);
    switch (type) {
    case GeometryType::point:
      return walk.start(position());
    case GeometryType::line_string:
      return path(walk);
    case GeometryType::polygon:
      for (auto rings = number(); rings > 0; --rings) path(walk);
      return walk.finish_polygon();
    default:
      for (auto members = number(); members > 0; --members) geometry(findings);
    }
  }

 private:
  void path(Walk& walk) {
    auto const size = number();
    for (std::uint32_t i = 0; i < size; ++i) {
      i == 0 ? walk.start(position()) : walk.go_to(position());
    }
  }

  template<class Value>
  Value read() {
    Value value;
    std::memcpy(&value, at_, sizeof value);
    at_ += sizeof value;
    return value;
  }

  std::uint32_t number() { return read<std::uint32_t>(); }

  Position position() { return read<Position>(); }

  char const* at_;
  Rectangle box_;
};

} // namespace

std::optional<bool> meets_box(model::Bbox const& box, std::string_view wkb) {
  bool is_unclear = false;
  for (auto const& half : box.halves()) {
    Findings findings;
    WkbWalk(wkb, {half.west(), half.south(), half.east(), half.north()}).geometry(findings);
    if (findings.meets) return true;
    is_unclear = is_unclear || findings.unclear;
  }
  return is_unclear ? std::nullopt : std::optional(false);
}

std::optional<bool> meets_box(Rectangle const& box, std::span<Position const> ring) noexcept {
  Findings findings;
  Walk walk(box, findings);
  walk.start(ring.front());
  for (auto const& position : ring.subspan(1)) {
    walk.go_to(position);
    if (findings.meets) return true;
  }
  walk.finish_polygon();
  if (findings.meets) return true;
  return findings.unclear ? std::nullopt : std::optional(false);
}

} // namespace terracat::geometry
