#pragma once

#include <terracat/bbox.hpp>

/// How large boxes are, on the plane of degrees: what is compared lies side by side.
namespace terracat::geometry {

/// Square degrees. A point or a line is widened a little, so that it has an area.
[[nodiscard]] double area_of(model::Bbox const& box) noexcept;

/// Of what lies in both, also across the antimeridian. Boxes that touch share a little, those that
/// do not meet 0.
[[nodiscard]] double common_area(model::Bbox const& a, model::Bbox const& b);

} // namespace terracat::geometry
