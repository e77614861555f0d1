#pragma once

#include <terracat/geometry.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace terracat::geometry {

/// Greater than 0 if `c` lies left of the way from `a` to `b`, less if it lies right of it, 0 if it
/// lies on it or floating point is too coarse to tell.
[[nodiscard]] inline double side(model::Position const& a, model::Position const& b,
                                 model::Position const& c) noexcept {
  // Shewchuk's bound of what four roundings make of the determinant, (3 + 16 ε) ε.
  constexpr double unit = 0x1p-53;
  constexpr double bound = (3 + 16 * unit) * unit;
  auto const left = (b.x - a.x) * (c.y - a.y);
  auto const right = (b.y - a.y) * (c.x - a.x);
  auto const determinant = left - right;
  return std::abs(determinant) > bound * (std::abs(left) + std::abs(right)) ? determinant : 0;
}

/// What is known of two things: whether they share a point. The greater, the more they do.
enum class Meeting : std::uint8_t { no, unclear, yes };

/// Of the segments from `a` to `b` and from `c` to `d`; unclear if they may only touch.
[[nodiscard]] inline Meeting meeting(model::Position const& a, model::Position const& b,
                                     model::Position const& c, model::Position const& d) noexcept {
  auto const are_apart = [](double e, double f, double g, double h) {
    return std::max(e, f) < std::min(g, h) || std::max(g, h) < std::min(e, f);
  };
  if (are_apart(a.x, b.x, c.x, d.x) || are_apart(a.y, b.y, c.y, d.y)) return Meeting::no;
  auto const first = side(a, b, c) * side(a, b, d);
  auto const second = side(c, d, a) * side(c, d, b);
  if (first > 0 || second > 0) return Meeting::no;
  return first < 0 && second < 0 ? Meeting::yes : Meeting::unclear;
}

/// Whether a ray from `origin` to the east passes the edge: who passes the edges of an area an odd
/// number of times began within it.
[[nodiscard]] inline Meeting passing(model::Position const& from, model::Position const& to,
                                     model::Position const& origin) noexcept {
  if ((from.y > origin.y) == (to.y > origin.y)) return Meeting::no;
  auto const where = side(from, to, origin);
  if (where == 0) return Meeting::unclear;
  return (where > 0) == (to.y > from.y) ? Meeting::yes : Meeting::no;
}

} // namespace terracat::geometry
