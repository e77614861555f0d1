#include "formats/xml/gml.hpp"

#include "formats/words/text.hpp"
#include "geometry/tangle.hpp"

#include "geometry/normalise.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <stdexcept>

namespace terracat::formats::gml {
namespace {

using model::Bbox;
using model::GeometryType;
using model::Part;
using model::Path;
using model::Position;
using model::RawGeometry;

enum class Axes { longitude_latitude, latitude_longitude };

/// The value of this attribute at the element or at the nearest one around it that has it, as far
/// up as a geometry is nested.
std::string_view inherited(xml::Node node, std::string_view name) noexcept {
  constexpr int deepest = 10;
  for (int level = 0; node && level < deepest; ++level, node = node.parent()) {
    if (auto const value = node.attribute(name); !value.empty()) return value;
  }
  return {};
}

/// By the rules of OGC: an EPSG code as URN or in the http form has the axes of EPSG, which for
/// geographic systems (4000 to 4999) begin with the latitude; the old short forms have longitude
/// first, and so has CRS84.
Axes axes_of(std::string_view crs) {
  auto const lower = lowered(stripped(crs));
  bool const is_formal = lower.starts_with("urn:") || lower.find("/def/crs/") != std::string::npos;
  if (!is_formal || lower.find("epsg") == std::string::npos) return Axes::longitude_latitude;
  auto const code = lower.substr(lower.find_last_of(":/") + 1);
  bool const is_geographic = code.size() == 4 && code.front() == '4';
  return is_geographic ? Axes::latitude_longitude : Axes::longitude_latitude;
}

/// All numbers of a list; nothing if there is anything else in it.
std::optional<std::vector<double>> numbers_of(std::string_view text, char decimal = '.') {
  std::vector<double> numbers;
  std::string replaced;
  if (decimal != '.') {
    replaced = text;
    std::ranges::replace(replaced, decimal, '.');
    text = replaced;
  }
  auto const* at = text.data();
  auto const* const end = at + text.size();
  while (true) {
    while (at != end && (static_cast<unsigned char>(*at) <= ' ' || *at == ',')) ++at;
    if (at == end) return numbers;
    if (*at == '+') ++at;
    double number = 0;
    auto const [stop, error] = std::from_chars(at, end, number);
    if (error != std::errc{} || !std::isfinite(number)) return std::nullopt;
    numbers.push_back(number);
    at = stop;
  }
}

/// Takes the positions out of a ring, a line or a point, in the order of the document, with the
/// first axis as x.
class PathReader {
 public:
  explicit PathReader(xml::Node element) : element_(element) {}

  std::optional<Path> read() {
    for (auto const child : element_.children()) {
      auto const name = child.name();
      bool known = true;
      if (name == "posList" || name == "pos") {
        known = add(numbers_of(child.text()), dimension_of(child));
      } else if (name == "coordinates") {
        known = add_coordinates(child);
      } else if (name == "pointProperty" || name == "pointRep") {
        known = add(numbers_of(child.at("Point/pos").text()), dimension_of(child));
      } else if (name == "coord") {
        known = add(numbers_of(child.child("X").text() + " " + child.child("Y").text()), 2);
      }
      if (!known) return std::nullopt;
    }
    if (path_.empty()) return std::nullopt;
    return std::move(path_);
  }

 private:
  bool add(std::optional<std::vector<double>> const& numbers, std::size_t dimension) {
    if (!numbers || numbers->empty()) return false;
    // An odd number of numbers says that there are three for a position.
    if (numbers->size() % 2 != 0) dimension = 3;
    if (numbers->size() % dimension != 0) return false;
    for (std::size_t i = 0; i < numbers->size(); i += dimension) {
      path_.push_back({.x = (*numbers)[i], .y = (*numbers)[i + 1]});
    }
    return true;
  }

  /// `x,y x,y` with signs that the element may set for itself.
  bool add_coordinates(xml::Node list) {
    auto const decimal = list.attribute("decimal");
    auto text = list.text();
    auto const separator = list.attribute("cs");
    if (separator.size() == 1 && separator != ",") std::ranges::replace(text, separator[0], ' ');
    auto const tuples = split(text, " \t\r\n");
    bool const has_third = !tuples.empty() && std::ranges::count(tuples.front(), ',') == 2;
    return add(numbers_of(text, decimal.size() == 1 ? decimal.front() : '.'), has_third ? 3 : 2);
  }

  xml::Node element_;
  Path path_;
};

/// The rings of a Polygon or PolygonPatch, outer ring first.
std::optional<Part> rings_of(xml::Node polygon) {
  Part part;
  constexpr std::array<std::string_view, 4> boundaries{"exterior", "outerBoundaryIs", "interior",
                                                       "innerBoundaryIs"};
  for (auto const name : boundaries) {
    for (auto const boundary : polygon.children(name)) {
      auto ring = PathReader(boundary.child("LinearRing")).read();
      if (!ring) return std::nullopt;
      part.push_back(std::move(*ring));
    }
    // A hole without an outline around it is nothing.
    if (name == "outerBoundaryIs" && part.empty()) return std::nullopt;
  }
  return part;
}

/// The simple geometries that any combination is made of.
struct Simple {
  std::vector<Part> polygons;
  std::vector<Part> lines;
  std::vector<Part> points;
  bool unreadable = false;

  void take(xml::Node element) {
    auto const name = element.name();
    if (name == "Polygon" || name == "PolygonPatch") {
      add(polygons, rings_of(element));
    } else if (name == "LineString" || name == "LineStringSegment") {
      add(lines, line_of(element));
    } else if (name == "Point") {
      add(points, line_of(element));
    }
  }

  [[nodiscard]] static bool is_simple(std::string_view name) noexcept {
    return name == "Polygon" || name == "PolygonPatch" || name == "LineString" ||
           name == "LineStringSegment" || name == "Point";
  }

 private:
  void add(std::vector<Part>& parts, std::optional<Part> part) {
    if (part) {
      parts.push_back(std::move(*part));
    } else {
      unreadable = true;
    }
  }

  static std::optional<Part> line_of(xml::Node element) {
    auto path = PathReader(element).read();
    if (!path) return std::nullopt;
    return Part{std::move(*path)};
  }
};

/// Every simple geometry at or below the element. The depth of a document is bounded when it is
/// parsed, but the way down is kept on the heap all the same.
Simple simple_geometries(xml::Node geometry) {
  Simple found;
  std::vector<xml::Node> waiting{geometry};
  while (!waiting.empty()) {
    auto const element = waiting.back();
    waiting.pop_back();
    if (Simple::is_simple(element.name())) {
      found.take(element);
      continue;
    }
    auto const first_child = static_cast<std::ptrdiff_t>(waiting.size());
    for (auto const child : element.children()) waiting.push_back(child);
    std::reverse(waiting.begin() + first_child, waiting.end());
  }
  return found;
}

RawGeometry one_kind(std::vector<Part> parts, GeometryType single, GeometryType multiple) {
  RawGeometry raw;
  raw.type = parts.size() == 1 ? single : multiple;
  raw.parts = std::move(parts);
  return raw;
}

RawGeometry combined(Simple simple) {
  std::vector<RawGeometry> kinds;
  if (!simple.polygons.empty()) {
    kinds.push_back(
        one_kind(std::move(simple.polygons), GeometryType::polygon, GeometryType::multi_polygon));
  }
  if (!simple.lines.empty()) {
    kinds.push_back(one_kind(std::move(simple.lines), GeometryType::line_string,
                             GeometryType::multi_line_string));
  }
  if (!simple.points.empty()) {
    kinds.push_back(
        one_kind(std::move(simple.points), GeometryType::point, GeometryType::multi_point));
  }
  if (kinds.size() == 1) return std::move(kinds.front());
  RawGeometry all;
  all.type = GeometryType::geometry_collection;
  all.members = std::move(kinds);
  return all;
}

struct Envelope {
  double least_x = 1e9;
  double least_y = 1e9;
  double most_x = -1e9;
  double most_y = -1e9;
};

Envelope envelope_of(RawGeometry const& raw) {
  Envelope envelope;
  model::for_each_position(raw, [&](Position const& position) {
    envelope.least_x = std::min(envelope.least_x, position.x);
    envelope.least_y = std::min(envelope.least_y, position.y);
    envelope.most_x = std::max(envelope.most_x, position.x);
    envelope.most_y = std::max(envelope.most_y, position.y);
  });
  return envelope;
}

Envelope exchanged(Envelope const& e) noexcept {
  return {.least_x = e.least_y, .least_y = e.least_x, .most_x = e.most_y, .most_y = e.most_x};
}

bool is_on_earth(Envelope const& e) noexcept {
  return e.least_x >= -360 && e.most_x <= 540 && e.least_y >= -90 && e.most_y <= 90;
}

bool lies_near(Envelope const& e, Bbox const& box) {
  auto const as_box = Bbox::make(e.least_x, e.least_y, e.most_x, e.most_y);
  return as_box && as_box->intersects(box);
}

/// True if x, the first axis as written, must become y.
bool needs_exchange(Envelope const& written, std::string_view crs,
                    std::optional<Bbox> const& around) {
  bool const by_rule = axes_of(crs) == Axes::latitude_longitude;
  auto const expected = by_rule ? exchanged(written) : written;
  auto const other = exchanged(expected);
  if (!is_on_earth(expected)) return is_on_earth(other) ? !by_rule : by_rule;
  bool const is_contradicted =
      around && is_on_earth(other) && !lies_near(expected, *around) && lies_near(other, *around);
  return is_contradicted ? !by_rule : by_rule;
}

void exchange_axes(RawGeometry& raw) {
  for (auto& part : raw.parts) {
    for (auto& path : part) {
      for (auto& position : path) std::swap(position.x, position.y);
    }
  }
  for (auto& member : raw.members) exchange_axes(member);
}

/// \return  false if the geometry would take more than is left
bool take_from(Allowance& allowance, RawGeometry const& raw) {
  std::size_t positions = 0;
  model::for_each_position(raw, [&](Position const&) { ++positions; });
  if (positions > allowance.positions) return false;
  auto const meetings = geometry::count_meetings(raw, allowance.meetings);
  if (!meetings) return false;
  allowance.positions -= positions;
  allowance.meetings -= *meetings;
  return true;
}

/// The first system that a geometry or one of its parts names.
std::string_view crs_of(xml::Node geometry) {
  if (auto const around = inherited(geometry, "srsName"); !around.empty()) return around;
  std::vector<xml::Node> waiting{geometry};
  while (!waiting.empty()) {
    auto const element = waiting.back();
    waiting.pop_back();
    if (auto const name = element.attribute("srsName"); !name.empty()) return name;
    for (auto const child : element.children()) waiting.push_back(child);
  }
  return {};
}

} // namespace

std::size_t dimension_of(xml::Node positions) noexcept {
  auto const written = inherited(positions, "srsDimension");
  auto const older = written.empty() ? inherited(positions, "dimension") : written;
  return older == "3" ? 3 : 2;
}

std::optional<model::Geometry> normalised(RawGeometry const& raw, Allowance& allowance) {
  if (!take_from(allowance, raw)) return std::nullopt;
  try {
    auto normal = geometry::normalise(raw);
    return normal ? std::optional(std::move(*normal)) : std::nullopt;
  } catch (std::runtime_error const&) {
    // What the checks of the room geometry let through, its library may still give up on.
    return std::nullopt;
  }
}

GeometryReading read_geometry(xml::Node geometry, std::optional<Bbox> const& around,
                              Allowance& allowance) {
  GeometryReading unreadable{.geometry = {}, .findings = {FindingCode::geometry_unreadable}};
  auto simple = simple_geometries(geometry);
  bool const is_incomplete = simple.unreadable;
  auto raw = combined(std::move(simple));
  if (is_incomplete || (raw.parts.empty() && raw.members.empty())) return unreadable;
  if (needs_exchange(envelope_of(raw), crs_of(geometry), around)) exchange_axes(raw);
  auto normal = normalised(raw, allowance);
  if (!normal) return unreadable;
  return {.geometry = std::move(normal), .findings = {}};
}

} // namespace terracat::formats::gml
