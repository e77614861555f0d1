#pragma once

#include "geometry/rectangle.hpp"

#include <terracat/geometry.hpp>

#include <optional>
#include <span>
#include <string_view>

namespace terracat::geometry {

/// Whether a geometry shares a point with a box, edges included, found by going along its paths
/// once: for what is asked about one geometry once, GEOS takes ten times as long.
/// \param wkb  of a Geometry
/// \return  nothing where floating point is too coarse to tell; where it tells, it is certain
[[nodiscard]] std::optional<bool> meets_box(model::Bbox const& box, std::string_view wkb);

/// Likewise, of what a ring encloses, it included. \param ring  closed \pre the box is not empty
[[nodiscard]] std::optional<bool> meets_box(Rectangle const& box,
                                            std::span<model::Position const> ring) noexcept;

} // namespace terracat::geometry
