#pragma once

#include <terracat/geometry.hpp>

namespace terracat::geometry {

/// A box on the plane, in degrees, edges included. One with an edge beyond the other is empty.
struct Rectangle {
  double west;
  double south;
  double east;
  double north;

  [[nodiscard]] bool is_empty() const noexcept { return west > east || south > north; }

  [[nodiscard]] bool holds(model::Position const& p) const noexcept {
    return p.x >= west && p.x <= east && p.y >= south && p.y <= north;
  }

  /// Wider by so much on each side; narrower, if that is less than nothing.
  [[nodiscard]] Rectangle wider_by(double x, double y) const noexcept {
    return {west - x, south - y, east + x, north + y};
  }
};

} // namespace terracat::geometry
