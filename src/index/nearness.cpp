#include "index/nearness.hpp"

#include <algorithm>
#include <cmath>

namespace terracat::index {
namespace {

/// Halves the weight of a record of which a sixth lies in the place (doc/discovery.md).
constexpr double exponent = 0.4;

/// Degrees by which a box is widened that is a point or a line, so that it has an area.
constexpr double least_side = 1e-4;

double height_of(model::Bbox const& box) noexcept {
  return std::max(box.north() - box.south(), least_side);
}

/// Square degrees, counted on the plane: what is compared lies side by side.
double area_of(model::Bbox const& box) noexcept {
  return std::max(box.width(), least_side) * height_of(box);
}

double common(model::Bbox const& a, model::Bbox const& b) {
  double out = 0;
  for (auto const& one : a.halves()) {
    for (auto const& other : b.halves()) {
      if (!one.intersects(other)) continue;
      auto const width = std::min(one.east(), other.east()) - std::max(one.west(), other.west());
      auto const height =
          std::min(one.north(), other.north()) - std::max(one.south(), other.south());
      out += std::max(width, least_side) * std::max(height, least_side);
    }
  }
  return out;
}

} // namespace

double nearness(model::Bbox const& place, model::Bbox const& record) {
  if (!place.intersects(record)) return 0;
  return std::pow(std::min(common(place, record) / area_of(record), 1.0), exponent);
}

} // namespace terracat::index
