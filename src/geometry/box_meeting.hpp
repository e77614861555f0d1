#pragma once

#include <terracat/geometry.hpp>

#include <optional>
#include <string_view>

namespace terracat::geometry {

/// Whether a geometry shares a point with a box, edges included, found by going along its paths
/// once: for what is asked about one geometry once, GEOS takes ten times as long.
/// \param wkb  of a Geometry
/// \return  nothing where floating point is too coarse to tell; where it tells, it is certain
[[nodiscard]] std::optional<bool> meets_box(model::Bbox const& box, std::string_view wkb);

} // namespace terracat::geometry
