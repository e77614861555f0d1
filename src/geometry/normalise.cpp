#include "geometry/normalise.hpp"

#include "geometry/geos.hpp"
#include "geometry/mend.hpp"
#include "geometry/side.hpp"
#include "geometry/tangle.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace terracat::geometry {
namespace {

using model::Bbox;
using model::Geometry;
using model::GeometryType;
using model::Part;
using model::Path;
using model::Position;
using model::RawGeometry;

Problem bad_geometry(std::string detail) {
  return {.kind = ProblemKind::invalid_parameter, .detail = std::move(detail), .where = {}};
}

bool is_polygonal(GeometryType type) noexcept {
  return type == GeometryType::polygon || type == GeometryType::multi_polygon;
}

bool is_puntal(GeometryType type) noexcept {
  return type == GeometryType::point || type == GeometryType::multi_point;
}

// ---- What can be refused

Result<void> check_path(GeometryType type, Path const& path) {
  if (is_puntal(type) && path.size() != 1) return bad_geometry("a point needs one position");
  if (!is_puntal(type) && !is_polygonal(type) && path.size() < 2) {
    return bad_geometry("a line needs at least two positions");
  }
  if (is_polygonal(type) && path.size() < 3) {
    return bad_geometry("the ring of a polygon needs at least four positions");
  }
  for (auto const& [x, y] : path) {
    if (!std::isfinite(x) || !std::isfinite(y)) return bad_geometry("a coordinate is not finite");
    if (y < -90 || y > 90) return bad_geometry("latitudes run from -90 to 90");
    if (x < -360 || x > 540) {
      return bad_geometry("longitudes run from -180 to 180, or from 0 to 360");
    }
  }
  return {};
}

Result<void> check(RawGeometry const& raw) {
  if (raw.type == GeometryType::geometry_collection) {
    if (raw.members.empty()) return bad_geometry("the geometry collection is empty");
    for (auto const& member : raw.members) {
      if (auto const checked = check(member); !checked) return checked.error();
    }
    return {};
  }
  if (raw.parts.empty()) return bad_geometry("the geometry has no coordinates");
  for (auto const& part : raw.parts) {
    if (part.empty()) return bad_geometry("a part of the geometry has no coordinates");
    for (auto const& path : part) {
      if (auto const checked = check_path(raw.type, path); !checked) return checked.error();
    }
  }
  return {};
}

// ---- The usual case: nothing to cut, nothing to mend

bool within_circle(Path const& path) noexcept {
  return std::ranges::all_of(path, [](auto const& p) { return p.x >= -180 && p.x <= 180; });
}

/// An edge along a pole has no length: rings that were led through the pole keep theirs.
bool is_long_edge(Position const& from, Position const& to) noexcept {
  bool const along_pole = std::abs(from.y) == 90 && from.y == to.y;
  return std::abs(to.x - from.x) > 180 && !along_pole;
}

bool has_long_edge(Path const& path) noexcept {
  for (std::size_t i = 1; i < path.size(); ++i) {
    if (is_long_edge(path[i - 1], path[i])) return true;
  }
  return false;
}

bool is_rectangle(Path const& ring) noexcept {
  if (ring.size() != 5 || ring.front() != ring.back()) return false;
  bool const starts_flat = ring[0].y == ring[1].y;
  for (std::size_t i = 1; i < ring.size(); ++i) {
    bool const flat = (i % 2 == 1) == starts_flat;
    if (flat ? ring[i].y != ring[i - 1].y : ring[i].x != ring[i - 1].x) return false;
  }
  return ring[0] != ring[2];
}

/// True only for rings without any crossing: each corner turns the same way, and the ring goes east
/// and west once only.
bool is_convex(Path const& ring) noexcept {
  auto const edges = ring.size() - 1;
  double turn = 0;
  int reversals = 0;
  double last_dx = 0;
  for (std::size_t i = 0; i < edges; ++i) {
    auto const& a = ring[i];
    auto const& b = ring[i + 1];
    auto const& c = ring[i + 1 == edges ? 1 : i + 2];
    auto const cross = (b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x);
    if (cross == 0 || cross * turn < 0) return false;
    turn = cross;
    auto const dx = b.x - a.x;
    if (dx * last_dx < 0) ++reversals;
    if (dx != 0) last_dx = dx;
  }
  return reversals <= 2;
}

/// Wraps longitudes, closes rings. Nothing else changes for a geometry away from the antimeridian.
RawGeometry tidied(RawGeometry raw) {
  for (auto& part : raw.parts) {
    for (auto& path : part) {
      if (is_puntal(raw.type)) {
        auto& x = path.front().x;
        if (x > 180) x -= 360;
        if (x < -180) x += 360;
      }
      if (is_polygonal(raw.type) && path.front() != path.back()) path.push_back(path.front());
    }
  }
  for (auto& member : raw.members) member = tidied(std::move(member));
  return raw;
}

/// The longitudes that a geometry covers, without the widest gap between its parts where that gap
/// lies inside and both sides of the antimeridian are touched.
Bbox bounds(RawGeometry const& raw) {
  struct Span {
    double from;
    double to;
  };

  std::vector<Span> spans;
  double south = 90;
  double north = -90;
  auto const collect = [&](auto const& self, RawGeometry const& geometry) -> void {
    for (auto const& part : geometry.parts) {
      Span span{180, -180};
      for (auto const& [x, y] : part.front()) {
        span = {std::min(span.from, x), std::max(span.to, x)};
        south = std::min(south, y);
        north = std::max(north, y);
      }
      spans.push_back(span);
    }
    for (auto const& member : geometry.members) self(self, member);
  };
  collect(collect, raw);
  std::ranges::sort(spans, {}, &Span::from);
  auto const west = spans.front().from;
  auto reach = spans.front().to;
  Span gap{0, 0};
  for (auto const& span : spans) {
    if (span.from - reach > gap.to - gap.from) gap = {reach, span.from};
    reach = std::max(reach, span.to);
  }
  if (west == -180 && reach == 180 && gap.to > gap.from) {
    return Bbox::restored(gap.to, south, gap.from, north);
  }
  return Bbox::restored(west, south, reach, north);
}

/// Two rectangles that meet at the antimeridian: one box that crosses it.
bool is_crossing_box(RawGeometry const& raw) noexcept {
  if (!is_polygonal(raw.type) || raw.parts.size() != 2) return false;
  for (auto const& part : raw.parts) {
    if (part.size() != 1 || !is_rectangle(part.front())) return false;
  }
  auto const [a_south, a_north] = std::ranges::minmax(raw.parts[0].front(), {}, &Position::y);
  auto const [b_south, b_north] = std::ranges::minmax(raw.parts[1].front(), {}, &Position::y);
  return a_south.y == b_south.y && a_north.y == b_north.y && bounds(raw).crosses_antimeridian();
}

bool covers_its_box(RawGeometry const& raw) noexcept {
  if (is_crossing_box(raw)) return true;
  if (raw.parts.size() != 1 || raw.parts.front().size() != 1) return false;
  auto const& path = raw.parts.front().front();
  if (is_puntal(raw.type)) return true;
  if (is_polygonal(raw.type)) return is_rectangle(path);
  return path.size() == 2 && (path[0].x == path[1].x || path[0].y == path[1].y);
}

/// A polygon without holes.
bool is_one_ring(RawGeometry const& raw) noexcept {
  return is_polygonal(raw.type) && raw.parts.size() == 1 && raw.parts.front().size() == 1;
}

bool is_simple(RawGeometry const& raw) noexcept {
  if (!is_polygonal(raw.type)) return raw.type != GeometryType::geometry_collection;
  if (!is_one_ring(raw)) return false;
  auto const& ring = raw.parts.front().front();
  return is_rectangle(ring) || (ring.size() >= 4 && is_convex(ring));
}

// ---- The antimeridian

/// The path with each longitude moved by whole turns until no edge is longer than half a turn.
Path unrolled(Path path) {
  for (std::size_t i = 1; i < path.size(); ++i) {
    while (path[i].x - path[i - 1].x > 180) path[i].x -= 360;
    while (path[i].x - path[i - 1].x < -180) path[i].x += 360;
  }
  return path;
}

/// A ring that ends a whole turn from where it began goes round a pole: it is led through that
/// pole.
Path closed_over_pole(Path ring) {
  auto const turned = ring.back().x - ring.front().x;
  if (std::abs(turned) < 180) return ring;
  double latitudes = 0;
  for (auto const& position : ring) latitudes += position.y;
  auto const pole = latitudes >= 0 ? 90.0 : -90.0;
  ring.push_back({ring.back().x, pole});
  ring.push_back({ring.front().x, pole});
  ring.push_back(ring.front());
  return ring;
}

void shift(Path& path, double by) noexcept {
  for (auto& position : path) position.x += by;
}

/// Holes start within a turn of their outer ring.
Part unrolled(Part part, bool polygonal) {
  for (auto& path : part) path = unrolled(std::move(path));
  if (!polygonal) return part;
  auto const [least, most] = std::ranges::minmax(part.front(), {}, &Position::x);
  for (auto& ring : part) {
    while (ring.front().x < least.x) shift(ring, 360);
    while (ring.front().x > most.x) shift(ring, -360);
    ring = closed_over_pole(std::move(ring));
  }
  return part;
}

bool needs_cut(GeometryType type, Part const& part, LongEdges long_edges) noexcept {
  if (is_puntal(type)) return false;
  if (!std::ranges::all_of(part, within_circle)) return true;
  auto const& outer = part.front();
  if (!has_long_edge(outer)) return false;
  return long_edges == LongEdges::crossing || !is_polygonal(type) || !is_rectangle(outer);
}

/// Cuts `part`, which may reach over several turns, into pieces within -180..180.
void cut(Geos const& geos, GeometryType single, Part const& part, std::vector<Part>& pieces) {
  RawGeometry const whole{.type = single, .parts = {part}, .members = {}, .heights = {}};
  auto source = geos.read_wkb(model::to_wkb(whole));
  if (single == GeometryType::polygon && !geos.truth(GEOSisValid_r(geos.handle(), source.get()))) {
    source = geos.owned(GEOSMakeValid_r(geos.handle(), source.get()));
  }
  auto const [least, most] = std::ranges::minmax(part.front(), {}, &Position::x);
  auto const first_turn = static_cast<int>(std::floor((least.x + 180) / 360));
  auto const last_turn = static_cast<int>(std::ceil((most.x - 180) / 360));
  for (int turn = first_turn; turn <= last_turn; ++turn) {
    auto const offset = turn * 360.0;
    auto const strip =
        geos.read_wkb(Geometry::box(Bbox::restored(-180 + offset, -90, 180 + offset, 90)).wkb());
    auto const piece = geos.owned(GEOSIntersection_r(geos.handle(), source.get(), strip.get()));
    if (geos.truth(GEOSisEmpty_r(geos.handle(), piece.get()))) continue;
    auto const add = [&](auto const& self, RawGeometry const& geometry) -> void {
      bool const same_kind =
          is_polygonal(geometry.type) == is_polygonal(single) && !is_puntal(geometry.type);
      for (auto moved : same_kind ? geometry.parts : std::vector<Part>{}) {
        for (auto& path : moved) shift(path, -offset);
        pieces.push_back(std::move(moved));
      }
      for (auto const& member : geometry.members) self(self, member);
    };
    add(add, model::from_wkb(geos.write_wkb(*piece)));
  }
}

bool must_be_cut(RawGeometry const& raw, LongEdges long_edges) noexcept {
  return std::ranges::any_of(
             raw.parts, [&](Part const& part) { return needs_cut(raw.type, part, long_edges); }) ||
         std::ranges::any_of(raw.members,
                             [&](RawGeometry const& one) { return must_be_cut(one, long_edges); });
}

RawGeometry cut_at_antimeridian(RawGeometry raw, LongEdges long_edges) {
  for (auto& member : raw.members) member = cut_at_antimeridian(std::move(member), long_edges);
  auto const crosses = [&](Part const& part) { return needs_cut(raw.type, part, long_edges); };
  if (std::ranges::none_of(raw.parts, crosses)) return raw;
  Geos const geos;
  bool const polygonal = is_polygonal(raw.type);
  auto const single = polygonal ? GeometryType::polygon : GeometryType::line_string;
  std::vector<Part> pieces;
  for (auto& part : raw.parts) {
    if (!crosses(part)) {
      pieces.push_back(std::move(part));
      continue;
    }
    // A rectangle from 0 to 360 is taken as written: unrolling would fold it to nothing.
    bool const as_written =
        polygonal && is_rectangle(part.front()) && long_edges == LongEdges::guess;
    cut(geos, single, as_written ? part : unrolled(std::move(part), polygonal), pieces);
  }
  raw.parts = std::move(pieces);
  if (raw.parts.size() > 1) {
    raw.type = polygonal ? GeometryType::multi_polygon : GeometryType::multi_line_string;
  }
  return raw;
}

/// Halves the edges that parts of more than half a turn got when they were joined, so that the
/// geometry means the same when it is read again.
void halve_long_edges(RawGeometry& raw) {
  if (is_puntal(raw.type)) return;
  for (auto& part : raw.parts) {
    if (is_polygonal(raw.type) && is_rectangle(part.front())) continue; // taken as written
    for (auto& path : part) {
      for (std::size_t i = 1; i < path.size(); ++i) {
        auto const from = path[i - 1];
        auto const to = path[i];
        if (!is_long_edge(from, to)) continue;
        path.insert(path.begin() + static_cast<std::ptrdiff_t>(i),
                    {std::midpoint(from.x, to.x), std::midpoint(from.y, to.y)});
      }
    }
  }
  for (auto& member : raw.members) halve_long_edges(member);
}

/// Outlines that cross themselves more often are refused: each crossing costs GEOS microseconds and
/// memory, and nothing real has so many.
constexpr std::size_t most_meetings = 5'000;

/// How often the geometry meets itself, if that is worth knowing. \return  nothing if mending it
/// may take more than a moment
std::optional<std::size_t> meetings_of(RawGeometry const& raw) {
  constexpr std::size_t harmless = 100; // not even a star of so many corners takes long
  bool const may_be_proven = is_one_ring(raw);
  if (!may_be_proven && count_positions(raw) <= harmless) return most_meetings;
  return count_meetings(raw, most_meetings);
}

/// An edge leads back along the one before.
bool turns_back(Path const& ring) noexcept {
  auto const edges = ring.size() - 1;
  for (std::size_t i = 0; i < edges; ++i) {
    auto const& a = ring[i];
    auto const& b = ring[i + 1];
    auto const& c = ring[i + 1 == edges ? 1 : i + 2];
    if ((b.x - a.x) * (c.x - b.x) + (b.y - a.y) * (c.y - b.y) <= 0 && side(a, b, c) == 0) {
      return true;
    }
  }
  return false;
}

/// A ring that meets itself nowhere: there is nothing to mend, and GEOS need not be asked.
bool is_proven(RawGeometry const& raw, std::size_t meetings) noexcept {
  if (!is_one_ring(raw) || meetings != 0) return false;
  auto const& ring = raw.parts.front().front();
  return ring.size() >= 4 && !turns_back(ring);
}

} // namespace

Result<Geometry> normalise(RawGeometry const& raw, LongEdges long_edges) {
  if (auto const checked = check(raw); !checked) return checked.error();
  auto flat = tidied(raw);
  bool is_sound = is_simple(flat);
  if (!is_sound) {
    auto const meetings = meetings_of(flat);
    if (!meetings) return bad_geometry("the geometry crosses itself too often");
    is_sound = is_proven(flat, *meetings);
  }
  if (must_be_cut(flat, long_edges)) {
    flat = cut_at_antimeridian(std::move(flat), long_edges);
    is_sound = is_simple(flat);
  }
  drop_empty(flat);
  auto const is_empty = [&] { return flat.parts.empty() && flat.members.empty(); };
  if (!is_empty() && !is_sound) {
    flat = mended(std::move(flat));
    halve_long_edges(flat);
  }
  if (is_empty()) return bad_geometry("the geometry has no extent");
  return Geometry::restored(model::to_wkb(flat), bounds(flat), covers_its_box(flat));
}

} // namespace terracat::geometry
