#include "geometry/box_area.hpp"

#include <algorithm>

namespace terracat::geometry {
namespace {

constexpr double least_side = 1e-4; ///< degrees

double area(double width, double height) noexcept {
  return std::max(width, least_side) * std::max(height, least_side);
}

} // namespace

double area_of(model::Bbox const& box) noexcept {
  return area(box.width(), box.north() - box.south());
}

double common_area(model::Bbox const& a, model::Bbox const& b) {
  double out = 0;
  for (auto const& one : a.halves()) {
    for (auto const& other : b.halves()) {
      if (!one.intersects(other)) continue;
      out += area(std::min(one.east(), other.east()) - std::max(one.west(), other.west()),
                  std::min(one.north(), other.north()) - std::max(one.south(), other.south()));
    }
  }
  return out;
}

} // namespace terracat::geometry
