#pragma once

#include <terracat/geometry.hpp>

namespace terracat::geometry {

/// How to read a ring with an edge longer than 180 degrees, where its author said so.
enum class LongEdges : std::uint8_t {
  guess,    ///< a rectangle is taken as written, any other ring as crossing the antimeridian
  crossing, ///< the bounding box says that the antimeridian is crossed
};

/// Makes the one form that stores and indexes see (model::Geometry): longitudes wrapped, rings
/// closed and cut at the antimeridian, a ring around a pole closed through the pole, crossings of a
/// ring with itself dissolved. The area that results is the area that was meant; the number and
/// order of vertices may change. Third coordinates are dropped. \return  invalid_parameter if a
/// coordinate is not finite or out of range, or a line has fewer than
///          two and a ring fewer than three positions
[[nodiscard]] Result<model::Geometry> normalise(model::RawGeometry const& raw,
                                                LongEdges long_edges = LongEdges::guess);

} // namespace terracat::geometry
