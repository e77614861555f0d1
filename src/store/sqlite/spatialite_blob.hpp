#pragma once

#include <terracat/geometry.hpp>

#include <string>

namespace terracat::store {

/// The geometry as SpatiaLite keeps it in a column: well-known binary with the bounding rectangle
/// in front, markers around and 4326 as its reference system (SpatiaLite, "BLOB-Geometry format").
[[nodiscard]] std::string to_spatialite(model::Geometry const& geometry);

/// The well-known binary of such a column: of the same points, members of collections within
/// collections beside each other.
/// \throws StoreError  corrupt, if it is none
[[nodiscard]] std::string from_spatialite(std::string_view blob);

} // namespace terracat::store
