#pragma once

#include <terracat/bbox.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace terracat::model {

/// The geometry types of GeoJSON; the numbers are those of well-known binary.
enum class GeometryType : std::uint8_t {
  point = 1,
  line_string = 2,
  polygon = 3,
  multi_point = 4,
  multi_line_string = 5,
  multi_polygon = 6,
  geometry_collection = 7,
};

/// Degrees: x is the longitude, y the latitude.
struct Position {
  double x = 0;
  double y = 0;

  friend bool operator==(Position const&, Position const&) = default;
};

/// A list of positions: the points of a line or the closed ring of a polygon.
using Path = std::vector<Position>;

/// One part of a geometry: a point or a line has one path, a polygon its outer ring, then its
/// holes.
using Part = std::vector<Path>;

/// A geometry as somebody wrote it: longitudes may run beyond 180, rings may cross the
/// antimeridian, touch themselves or turn either way. `geometry::normalise` makes a Geometry of it.
struct RawGeometry {
  GeometryType type = GeometryType::point;
  std::vector<Part> parts;            ///< one for the simple types, any number for the multi types
  std::vector<RawGeometry> members;   ///< of a geometry collection, which has no parts
  std::optional<HeightRange> heights; ///< of all third coordinates, if there are any
};

/// A geometry on the longitude-latitude plane in the one form that stores and indexes see: two
/// dimensions, within -180..180 and -90..90, cut at the antimeridian, valid in the sense of OGC
/// Simple Features.
class Geometry {
 public:
  /// The box, or its two halves as a multi-polygon.
  [[nodiscard]] static Geometry box(Bbox const& box);

  /// A geometry whose parts were taken from another Geometry, as a store keeps them.
  [[nodiscard]] static Geometry restored(std::string wkb, Bbox const& bbox, bool is_box) {
    return {std::move(wkb), bbox, is_box};
  }

  /// Little-endian well-known binary, type codes 1 to 7.
  [[nodiscard]] std::string const& wkb() const noexcept { return wkb_; }

  [[nodiscard]] Bbox const& bbox() const noexcept { return bbox_; }

  /// True if the geometry covers its bounding box entirely, so that the box alone answers every
  /// question: boxes, points, and straight lines along an axis.
  [[nodiscard]] bool is_box() const noexcept { return is_box_; }

  [[nodiscard]] GeometryType type() const noexcept { return static_cast<GeometryType>(wkb_[1]); }

  friend bool operator==(Geometry const&, Geometry const&) = default;

 private:
  Geometry(std::string wkb, Bbox const& bbox, bool is_box)
      : wkb_(std::move(wkb)), bbox_(bbox), is_box_(is_box) {}

  std::string wkb_;
  Bbox bbox_;
  bool is_box_;
};

/// Little-endian well-known binary of a geometry that holds at least one position.
[[nodiscard]] std::string to_wkb(RawGeometry const& geometry);

/// The inverse of to_wkb, for what a Geometry holds. \pre the text came from a Geometry
[[nodiscard]] RawGeometry from_wkb(std::string_view wkb);

/// The ring of a polygon without holes, its first position again as the last; empty: the geometry
/// is something else, or has more corners. \pre the text came from a Geometry
[[nodiscard]] Path outline_from_wkb(std::string_view wkb, std::size_t most_corners);

/// Calls `visit(Position const&)` for every position, members of collections included.
template<class Visitor>
void for_each_position(RawGeometry const& geometry, Visitor&& visit) {
  for (auto const& part : geometry.parts) {
    for (auto const& path : part) {
      for (auto const& position : path) visit(position);
    }
  }
  for (auto const& member : geometry.members) for_each_position(member, visit);
}

} // namespace terracat::model
