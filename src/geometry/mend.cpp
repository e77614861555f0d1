#include "geometry/mend.hpp"

#include "geometry/deadline.hpp"
#include "geometry/geos.hpp"
#include "geometry/tangle.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <iterator>
#include <optional>
#include <set>
#include <span>
#include <utility>
#include <vector>

namespace terracat::geometry {
namespace {

using model::GeometryType;
using model::Part;
using model::Path;
using model::Position;
using model::RawGeometry;

/// True if the ring goes round the point, which lies on no edge: its winding number is not nought.
bool goes_round(Path const& ring, Position const& point) noexcept {
  int turns = 0;
  for (std::size_t i = 1; i < ring.size(); ++i) {
    auto const& a = ring[i - 1];
    auto const& b = ring[i];
    if ((a.y <= point.y) == (b.y <= point.y)) continue;
    auto const side = (b.x - a.x) * (point.y - a.y) - (point.x - a.x) * (b.y - a.y);
    if (b.y > a.y && side > 0) ++turns;
    if (b.y < a.y && side < 0) --turns;
  }
  return turns != 0;
}

bool is_within(Part const& part, Position const& point) noexcept {
  auto const holds = [&](Path const& ring) { return goes_round(ring, point); };
  return holds(part.front()) && std::none_of(part.begin() + 1, part.end(), holds);
}

/// All rings as lines that meet at their ends only.
GeosGeometry noded_rings(Geos const& geos, RawGeometry const& raw) {
  RawGeometry lines{
      .type = GeometryType::multi_line_string, .parts = {}, .members = {}, .heights = {}};
  for (auto const& part : raw.parts) {
    for (auto const& ring : part) lines.parts.push_back({ring});
  }
  auto const read = geos.read_wkb(model::to_wkb(lines));
  return geos.owned(GEOSUnaryUnion_r(geos.handle(), read.get()));
}

/// One of the areas between the lines, and a position inside it.
struct Face {
  Part part;
  Position inside;
};

std::vector<Face> faces_between(Geos const& geos, GEOSGeometry const& lines) {
  GEOSGeometry const* const all[] = {&lines};
  auto const faces = geos.owned(GEOSPolygonize_r(geos.handle(), all, 1));
  auto read = model::from_wkb(geos.write_wkb(*faces));
  std::vector<Face> out(read.members.size());
  for (std::size_t n = 0; n < out.size(); ++n) {
    auto const* const face = GEOSGetGeometryN_r(geos.handle(), faces.get(), static_cast<int>(n));
    if (face == nullptr) geos.fail();
    auto const point = geos.owned(GEOSPointOnSurface_r(geos.handle(), face));
    out[n].part = std::move(read.members[n].parts.front());
    if (GEOSGeomGetX_r(geos.handle(), point.get(), &out[n].inside.x) != 1 ||
        GEOSGeomGetY_r(geos.handle(), point.get(), &out[n].inside.y) != 1) {
      geos.fail();
    }
  }
  return out;
}

/// What is written as a hole and lies outside is one more area: some write polygons so that have
/// several parts.
void free_outer_rings(std::vector<Part>& parts, std::span<Face const> faces) {
  std::vector<Part> freed;
  for (auto& part : parts) {
    auto const lies_outside = [&](Path const& ring) {
      return std::ranges::none_of(faces, [&](Face const& face) {
        return goes_round(ring, face.inside) && goes_round(part.front(), face.inside);
      });
    };
    auto const outside =
        std::stable_partition(part.begin() + 1, part.end(), std::not_fn(lies_outside));
    for (auto ring = outside; ring != part.end(); ++ring) freed.push_back({std::move(*ring)});
    part.erase(outside, part.end());
  }
  std::ranges::move(freed, std::back_inserter(parts));
}

std::vector<Part> covered(std::vector<Face> faces, std::span<Part const> polygons) {
  std::vector<Part> out;
  for (auto& face : faces) {
    if (is_late()) throw Late();
    auto const holds = [&](Part const& polygon) { return is_within(polygon, face.inside); };
    if (std::ranges::any_of(polygons, holds)) out.push_back(std::move(face.part));
  }
  return out;
}

/// The edges that belong to one of the faces only: two of them, and what lies between goes.
GeosGeometry outline(Geos const& geos, std::span<Part const> faces) {
  std::set<std::array<double, 4>> edges;
  for (auto const& face : faces) {
    for (auto const& ring : face) {
      for (std::size_t i = 1; i < ring.size(); ++i) {
        auto const [from, to] =
            std::minmax({std::pair(ring[i - 1].x, ring[i - 1].y), std::pair(ring[i].x, ring[i].y)});
        auto const [place, is_new] = edges.insert({from.first, from.second, to.first, to.second});
        if (!is_new) edges.erase(place);
      }
    }
  }
  RawGeometry lines{
      .type = GeometryType::multi_line_string, .parts = {}, .members = {}, .heights = {}};
  for (auto const& [x, y, to_x, to_y] : edges) lines.parts.push_back({{{x, y}, {to_x, to_y}}});
  return geos.read_wkb(model::to_wkb(lines));
}

/// Polygons without area: their lines, or their first position if they have no length either.
GeosGeometry extent(Geos const& geos, GeosGeometry lines, RawGeometry const& polygons) {
  if (!geos.truth(GEOSisEmpty_r(geos.handle(), lines.get()))) return lines;
  RawGeometry const point{.type = GeometryType::point,
                          .parts = {{{polygons.parts.front().front().front()}}},
                          .members = {},
                          .heights = {}};
  return geos.read_wkb(model::to_wkb(point));
}

RawGeometry polygons(std::vector<Part> parts) {
  return {.type = parts.size() == 1 ? GeometryType::polygon : GeometryType::multi_polygon,
          .parts = std::move(parts),
          .members = {},
          .heights = {}};
}

/// Every face is looked for in every ring: some tenths of a second at most.
constexpr std::size_t most_looks = 200'000'000;

/// \pre     polygonal
/// \return  nothing, and `raw` is as it was, if that takes too long
std::optional<RawGeometry> mended_polygons(Geos const& geos, RawGeometry& raw) {
  auto lines = noded_rings(geos, raw);
  auto all = faces_between(geos, *lines);
  if (all.size() > most_looks / count_positions(raw)) return std::nullopt;
  free_outer_rings(raw.parts, all);
  auto faces = covered(std::move(all), raw.parts);
  if (faces.empty()) return model::from_wkb(geos.write_wkb(*extent(geos, std::move(lines), raw)));
  auto out = polygons(covered(faces_between(geos, *outline(geos, faces)), raw.parts));
  auto const read = geos.read_wkb(model::to_wkb(out));
  if (geos.truth(GEOSisValid_r(geos.handle(), read.get()))) return out;
  // Slivers of the last bit of a coordinate may overlap. What GEOS joins is without, and dearer.
  auto const apart = geos.read_wkb(model::to_wkb(polygons(std::move(faces))));
  auto const joined = geos.owned(GEOSUnaryUnion_r(geos.handle(), apart.get()));
  return model::from_wkb(geos.write_wkb(*joined));
}

} // namespace

void drop_empty(RawGeometry& raw) {
  std::erase_if(raw.parts, [](Part const& part) { return part.empty() || part.front().empty(); });
  for (auto& member : raw.members) drop_empty(member);
  std::erase_if(raw.members, [](RawGeometry const& member) {
    return member.parts.empty() && member.members.empty();
  });
}

RawGeometry mended(RawGeometry raw) {
  if (raw.type == GeometryType::geometry_collection) {
    for (auto& member : raw.members) member = mended(std::move(member));
    drop_empty(raw);
    return raw;
  }
  Geos const geos;
  auto const read = geos.read_wkb(model::to_wkb(raw));
  if (geos.truth(GEOSisValid_r(geos.handle(), read.get()))) return raw;
  if (raw.type == GeometryType::polygon || raw.type == GeometryType::multi_polygon) {
    if (auto made = mended_polygons(geos, raw)) return std::move(*made);
  }
  auto const valid = geos.owned(GEOSMakeValid_r(geos.handle(), read.get()));
  auto out = model::from_wkb(geos.write_wkb(*valid));
  drop_empty(out);
  return out;
}

} // namespace terracat::geometry
