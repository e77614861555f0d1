#include "geometry/prepared.hpp"

#include "geometry/area_meeting.hpp"
#include "geometry/box_meeting.hpp"
#include "geometry/geos.hpp"

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <tuple>
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

/// One of the two is a box, and the other so small that going along it is less work than asking an
/// index.
std::optional<bool> walked(model::Geometry const& a, model::Geometry const& b) {
  constexpr std::size_t most_bytes = std::size_t{16} << 10; // a thousand corners
  if (!a.is_box() && !b.is_box()) return std::nullopt;
  auto const& [box, other] = a.is_box() ? std::tie(a, b) : std::tie(b, a);
  if (other.wkb().size() > most_bytes) return std::nullopt;
  return meets_box(box.bbox(), other.wkb());
}

bool is_area(model::Geometry const& geometry) noexcept {
  return geometry.type() == model::GeometryType::polygon ||
         geometry.type() == model::GeometryType::multi_polygon;
}

bool is_collection(model::Geometry const& geometry) noexcept {
  return geometry.type() == model::GeometryType::geometry_collection;
}

char answer_of(Geos const& geos, Relation relation, GEOSPreparedGeometry const& a,
               GEOSGeometry const& b) {
  auto* const handle = geos.handle();
  switch (relation) {
  case Relation::contains:
    return GEOSPreparedContains_r(handle, &a, &b);
  case Relation::crosses:
    return GEOSPreparedCrosses_r(handle, &a, &b);
  case Relation::overlaps:
    return GEOSPreparedOverlaps_r(handle, &a, &b);
  case Relation::touches:
    return GEOSPreparedTouches_r(handle, &a, &b);
  case Relation::within:
    return GEOSPreparedWithin_r(handle, &a, &b);
  default:
    break;
  }
  throw std::logic_error("a relation that is not asked of prepared geometries");
}

char answer_of(Geos const& geos, Relation relation, GEOSGeometry const& a, GEOSGeometry const& b) {
  auto* const handle = geos.handle();
  switch (relation) {
  case Relation::contains:
    return GEOSContains_r(handle, &a, &b);
  case Relation::crosses:
    return GEOSCrosses_r(handle, &a, &b);
  case Relation::overlaps:
    return GEOSOverlaps_r(handle, &a, &b);
  case Relation::touches:
    return GEOSTouches_r(handle, &a, &b);
  case Relation::within:
    return GEOSWithin_r(handle, &a, &b);
  case Relation::equals:
    return GEOSEquals_r(handle, &a, &b);
  default:
    break;
  }
  throw std::logic_error("a relation that is asked member by member");
}

/// A collection as the set of positions that it is: where members share area, GEOS 3.11 throws when
/// it is asked how they relate to others. \param room  keeps what had to be made
GEOSGeometry const& dissolved(Geos const& geos, GEOSGeometry const& geometry, GeosGeometry& room) {
  if (GEOSGeomTypeId_r(geos.handle(), &geometry) != GEOS_GEOMETRYCOLLECTION) return geometry;
  room = geos.owned(GEOSUnaryUnion_r(geos.handle(), &geometry));
  return *room;
}

} // namespace

Prepared::Prepared(model::Geometry geometry) : geometry_(std::move(geometry)) {}

Prepared::Prepared(Prepared&&) noexcept = default;
Prepared& Prepared::operator=(Prepared&&) noexcept = default;
Prepared::~Prepared() = default;

bool Prepared::intersects(model::Geometry const& other) const {
  if (!geometry_.bbox().intersects(other.bbox())) return false;
  if (geometry_.is_box() && other.is_box()) return true;
  if (auto const told = walked(geometry_, other)) return *told;
  if (auto const told = compared(other)) return *told;
  auto const& made = index();
  auto const& geos = made.geos;
  auto const candidate = geos.read_wkb(other.wkb());
  return std::ranges::any_of(
      made.members, [&](GeosPrepared const& member) { return meets(geos, *member, *candidate); });
}

/// For the first few: to make the index takes longer.
std::optional<bool> Prepared::compared(model::Geometry const& other) const {
  constexpr std::size_t most = 8;
  if (index_ || compared_ == most || !is_area(geometry_) || !is_area(other)) return std::nullopt;
  ++compared_;
  if (parts_.empty()) parts_ = model::from_wkb(geometry_.wkb()).parts;
  return areas_meet(parts_, model::from_wkb(other.wkb()).parts);
}

bool Prepared::is(Relation relation, model::Geometry const& other) const {
  if (relation == Relation::intersects) return intersects(other);
  if (relation == Relation::disjoint) return !intersects(other);
  if (!geometry_.bbox().intersects(other.bbox())) return false; // all others share a point
  auto const& made = index();
  auto const candidate = made.geos.read_wkb(other.wkb());
  bool const is_whole =
      relation == Relation::equals || is_collection(geometry_) || is_collection(other);
  if (!is_whole) {
    return made.geos.truth(answer_of(made.geos, relation, *made.members.front(), *candidate));
  }
  GeosGeometry ours;
  GeosGeometry theirs;
  auto const& whole = dissolved(made.geos, *made.whole, ours);
  return made.geos.truth(
      answer_of(made.geos, relation, whole, dissolved(made.geos, *candidate, theirs)));
}

Prepared::Index const& Prepared::index() const {
  if (!index_) index_ = std::make_unique<Index>(geometry_);
  return *index_;
}

} // namespace terracat::geometry
