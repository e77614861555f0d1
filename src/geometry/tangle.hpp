#pragma once

#include <terracat/geometry.hpp>

#include <cstddef>
#include <optional>

namespace terracat::geometry {

[[nodiscard]] std::size_t count_positions(model::RawGeometry const& geometry);

/// Counts how often the lines of a geometry meet (cross, touch or lie on one another) apart from
/// where one edge follows another; counted is what may meet, should floating point be too coarse to
/// tell, so that of none there is none. Each place costs whoever mends the geometry some
/// microseconds and half a kilobyte, so that an outline of a few thousand corners that crosses
/// itself everywhere would take minutes and all of the memory. \return  nothing if there are more
/// than `limit`, or if they cannot be counted with little work
[[nodiscard]] std::optional<std::size_t> count_meetings(model::RawGeometry const& geometry,
                                                        std::size_t limit);

} // namespace terracat::geometry
