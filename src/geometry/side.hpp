#pragma once

#include <terracat/geometry.hpp>

#include <cmath>

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

} // namespace terracat::geometry
