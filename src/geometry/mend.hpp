#pragma once

#include <terracat/geometry.hpp>

namespace terracat::geometry {

/// The same area without crossings: what at least one outer ring goes round, however often and
/// whichever way, and no hole of its part; a hole outside its polygon is one more outer ring. A
/// polygon without area becomes the line or point it is; a valid geometry stays as it is. Of
/// thousands of rings and corners at once, what is gone round twice may be left out. What has no
/// extent at all ends up without parts and members. GEOSMakeValid would do that by a buffer, which
/// loses memory (GEOS 3.11) where it meets the limits of its precision, and so would let clients
/// use up ours. \throws GeosError, Late
[[nodiscard]] model::RawGeometry mended(model::RawGeometry raw);

/// Leaves out parts and members that have no extent.
void drop_empty(model::RawGeometry& raw);

} // namespace terracat::geometry
