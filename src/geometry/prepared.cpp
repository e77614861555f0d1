#include "geometry/prepared.hpp"

#include "geometry/geos.hpp"

#include <algorithm>
#include <vector>

namespace terracat::geometry {

/// The simple members of the geometry, each prepared on its own: GEOS answers for collections
/// slowly, and not in every predicate.
struct Prepared::Index {
  explicit Index(model::Geometry const& geometry) : whole(geos.read_wkb(geometry.wkb())) {
    add(*whole);
  }

  void add(GEOSGeometry const& geometry) {
    auto* const handle = geos.handle();
    if (GEOSGeomTypeId_r(handle, &geometry) != GEOS_GEOMETRYCOLLECTION) {
      members.push_back(geos.prepared(geometry));
      return;
    }
    auto const count = GEOSGetNumGeometries_r(handle, &geometry);
    for (int i = 0; i < count; ++i) add(*GEOSGetGeometryN_r(handle, &geometry, i));
  }

  Geos geos;
  GeosGeometry whole;
  std::vector<GeosPrepared> members;
};

namespace {

/// Whether some simple member of the candidate meets the prepared one. Member by member, for a
/// prepared line overlooks the points of a collection that also holds lines or polygons (GEOS
/// 3.11).
bool meets(Geos const& geos, GEOSPreparedGeometry const& prepared, GEOSGeometry const& candidate) {
  auto* const handle = geos.handle();
  if (GEOSGeomTypeId_r(handle, &candidate) != GEOS_GEOMETRYCOLLECTION) {
    return geos.truth(GEOSPreparedIntersects_r(handle, &prepared, &candidate));
  }
  auto const count = GEOSGetNumGeometries_r(handle, &candidate);
  for (int i = 0; i < count; ++i) {
    if (meets(geos, prepared, *GEOSGetGeometryN_r(handle, &candidate, i))) return true;
  }
  return false;
}

} // namespace

Prepared::Prepared(model::Geometry geometry) : geometry_(std::move(geometry)) {}

Prepared::Prepared(Prepared&&) noexcept = default;
Prepared& Prepared::operator=(Prepared&&) noexcept = default;
Prepared::~Prepared() = default;

bool Prepared::intersects(model::Geometry const& other) const {
  if (!geometry_.bbox().intersects(other.bbox())) return false;
  if (geometry_.is_box() && other.is_box()) return true;
  if (!index_) index_ = std::make_unique<Index>(geometry_);
  auto const& geos = index_->geos;
  auto const candidate = geos.read_wkb(other.wkb());
  return std::ranges::any_of(index_->members, [&](GeosPrepared const& member) {
    return meets(geos, *member, *candidate);
  });
}

} // namespace terracat::geometry
