#pragma once

#include <terracat/geometry.hpp>

#include <optional>
#include <vector>

namespace terracat::geometry {

/// Whether two areas share a point, found by comparing each edge of one with each of the other: for
/// what is asked of two small ones once, GEOS has more to prepare than to compare.
/// \param a, b  the parts of polygons or multi-polygons of Geometries
/// \return  nothing where floating point is too coarse to tell, or there is too much to compare;
///          where it tells, it is certain
[[nodiscard]] std::optional<bool> areas_meet(std::vector<model::Part> const& a,
                                             std::vector<model::Part> const& b);

} // namespace terracat::geometry
