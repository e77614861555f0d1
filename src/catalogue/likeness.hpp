#pragma once

#include <terracat/bbox.hpp>

#include <algorithm>
#include <cmath>

/// When two descriptions say the same of where something is.
namespace terracat::catalogue {

/// Sources round in different ways: a hundredth of the side, or of a degree, is no difference.
[[nodiscard]] inline bool is_near(double a, double b, double side) noexcept {
  return std::abs(a - b) <= std::max(side, 1.0) / 100;
}

[[nodiscard]] inline bool is_same_place(model::Bbox const& a, model::Bbox const& b) noexcept {
  auto const width = std::max(a.width(), b.width());
  auto const height = std::max(a.north() - a.south(), b.north() - b.south());
  return is_near(a.west(), b.west(), width) && is_near(a.east(), b.east(), width) &&
         is_near(a.south(), b.south(), height) && is_near(a.north(), b.north(), height);
}

} // namespace terracat::catalogue
