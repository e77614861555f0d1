#include "geometry/prepared.hpp"

#include "geometry/geos.hpp"

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
  for (auto const& member : index_->members) {
    if (geos.truth(GEOSPreparedIntersects_r(geos.handle(), member.get(), candidate.get()))) {
      return true;
    }
  }
  return false;
}

} // namespace terracat::geometry
