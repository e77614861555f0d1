#include <terracat/json.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace terracat::json {
namespace {

using model::GeometryType;
using model::HeightRange;
using model::Part;
using model::Path;
using model::Position;
using model::RawGeometry;

constexpr std::array<std::pair<std::string_view, GeometryType>, 7> types{{
    {"Point", GeometryType::point},
    {"LineString", GeometryType::line_string},
    {"Polygon", GeometryType::polygon},
    {"MultiPoint", GeometryType::multi_point},
    {"MultiLineString", GeometryType::multi_line_string},
    {"MultiPolygon", GeometryType::multi_polygon},
    {"GeometryCollection", GeometryType::geometry_collection},
}};

constexpr int collection_depth = 4; ///< RFC 7946 3.1.8 advises against nesting at all

Problem bad_geometry(std::string detail, std::string where) {
  return {.kind = ProblemKind::invalid_parameter,
          .detail = std::move(detail),
          .where = std::move(where)};
}

/// Reads one geometry; the pointer to what is being read grows and shrinks with the descent.
class GeometryReader {
 public:
  explicit GeometryReader(std::size_t positions)
      : most_positions_(positions), positions_left_(positions) {}

  Result<RawGeometry> read(Value const& value, std::string const& where, int depth = 0) {
    auto const name = value.string("type");
    auto const* const type =
        std::ranges::find(types, name.value_or(""), [](auto const& entry) { return entry.first; });
    if (type == types.end()) {
      return bad_geometry("expected a GeoJSON geometry with a 'type' such as Polygon",
                          where + "/type");
    }
    RawGeometry out;
    out.type = type->second;
    auto const read = out.type == GeometryType::geometry_collection
                          ? read_members(value, where, depth, out)
                          : read_coordinates(value, where + "/coordinates", out);
    if (!read) return read.error();
    return out;
  }

 private:
  Result<void> read_members(Value const& value, std::string const& where, int depth,
                            RawGeometry& out) {
    auto const members = value.member("geometries");
    if (!members || !members->is_array()) {
      return bad_geometry("expected an array of geometries", where + "/geometries");
    }
    if (depth >= collection_depth) {
      return bad_geometry("geometry collections are nested too deeply", where);
    }
    std::size_t index = 0;
    for (auto const member : members->elements()) {
      auto read = this->read(member, where + "/geometries/" + std::to_string(index++), depth + 1);
      if (!read) return read.error();
      out.members.push_back(std::move(*read));
    }
    return {};
  }

  Result<void> read_coordinates(Value const& value, std::string const& where, RawGeometry& out) {
    auto const coordinates = value.member("coordinates");
    if (!coordinates || !coordinates->is_array()) {
      return bad_geometry("expected an array of coordinates", where);
    }
    heights_.reset();
    auto const read = read_nested(*coordinates, where, out);
    if (!read) return read.error();
    out.heights = heights_;
    return {};
  }

  Result<void> read_nested(Value const& coordinates, std::string const& where, RawGeometry& out) {
    switch (out.type) {
    case GeometryType::point:
      return read_point(coordinates, where, out.parts);
    case GeometryType::line_string:
      return read_line(coordinates, where, out.parts);
    case GeometryType::polygon:
      return read_polygon(coordinates, where, out.parts);
    default:
      break;
    }
    std::size_t index = 0;
    for (auto const part : coordinates.elements()) {
      auto const at = where + "/" + std::to_string(index++);
      auto const read = out.type == GeometryType::multi_point ? read_point(part, at, out.parts)
                        : out.type == GeometryType::multi_line_string
                            ? read_line(part, at, out.parts)
                            : read_polygon(part, at, out.parts);
      if (!read) return read.error();
    }
    return {};
  }

  Result<void> read_point(Value const& value, std::string const& where, std::vector<Part>& parts) {
    auto const position = read_position(value);
    if (!position) return not_a_position(where);
    parts.push_back({Path{*position}});
    return {};
  }

  Result<void> read_line(Value const& value, std::string const& where, std::vector<Part>& parts) {
    auto path = read_path(value, where);
    if (!path) return path.error();
    parts.push_back({std::move(*path)});
    return {};
  }

  Result<void> read_polygon(Value const& value, std::string const& where,
                            std::vector<Part>& parts) {
    if (!value.is_array()) return bad_geometry("expected an array of rings", where);
    Part rings;
    std::size_t index = 0;
    for (auto const ring : value.elements()) {
      auto path = read_path(ring, where + "/" + std::to_string(index++));
      if (!path) return path.error();
      rings.push_back(std::move(*path));
    }
    parts.push_back(std::move(rings));
    return {};
  }

  Result<Path> read_path(Value const& value, std::string const& where) {
    if (!value.is_array()) return bad_geometry("expected an array of positions", where);
    Path path;
    path.reserve(value.size());
    for (auto const element : value.elements()) {
      auto const position = read_position(element);
      if (!position) return not_a_position(where + "/" + std::to_string(path.size()));
      path.push_back(*position);
    }
    return path;
  }

  std::optional<Position> read_position(Value const& value) {
    if (!value.is_array() || positions_left_ == 0) return std::nullopt;
    --positions_left_;
    std::array<double, 3> numbers{};
    std::size_t count = 0;
    for (auto const element : value.elements()) {
      auto const number = element.number();
      if (!number) return std::nullopt;
      if (count < numbers.size()) numbers.at(count) = *number;
      ++count;
    }
    if (count < 2) return std::nullopt;
    if (count > 2) {
      auto const z = numbers[2];
      heights_ = heights_
                     ? HeightRange{std::min(heights_->lowest, z), std::max(heights_->highest, z)}
                     : HeightRange{z, z};
    }
    return Position{numbers[0], numbers[1]};
  }

  [[nodiscard]] Problem not_a_position(std::string const& where) const {
    if (positions_left_ == 0) {
      return bad_geometry(
          "the geometry has more than " + std::to_string(most_positions_) + " positions", {});
    }
    return bad_geometry("expected a position: an array of longitude and latitude", where);
  }

  std::size_t const most_positions_;
  std::size_t positions_left_;
  std::optional<HeightRange> heights_;
};

void write_path(Writer& out, Path const& path) {
  out.begin_array();
  for (auto const& [x, y] : path) out.begin_array().number(x).number(y).end_array();
  out.end_array();
}

void write_part(Writer& out, GeometryType type, Part const& part) {
  switch (type) {
  case GeometryType::point:
  case GeometryType::multi_point: {
    auto const& [x, y] = part.front().front();
    out.begin_array().number(x).number(y).end_array();
    break;
  }
  case GeometryType::line_string:
  case GeometryType::multi_line_string:
    write_path(out, part.front());
    break;
  default:
    out.begin_array();
    for (auto const& ring : part) write_path(out, ring);
    out.end_array();
  }
}

bool is_multi(GeometryType type) noexcept {
  return type == GeometryType::multi_point || type == GeometryType::multi_line_string ||
         type == GeometryType::multi_polygon;
}

} // namespace

Result<RawGeometry> read_geometry(Value const& geometry, std::size_t positions) {
  return GeometryReader(positions).read(geometry, "");
}

void write_geometry(Writer& out, RawGeometry const& geometry) {
  auto const* const type =
      std::ranges::find(types, geometry.type, [](auto const& entry) { return entry.second; });
  out.begin_object().name("type").string(type->first);
  if (geometry.type == GeometryType::geometry_collection) {
    out.name("geometries").begin_array();
    for (auto const& member : geometry.members) write_geometry(out, member);
    out.end_array().end_object();
    return;
  }
  out.name("coordinates");
  if (is_multi(geometry.type)) {
    out.begin_array();
    for (auto const& part : geometry.parts) write_part(out, geometry.type, part);
    out.end_array();
  } else {
    write_part(out, geometry.type, geometry.parts.front());
  }
  out.end_object();
}

} // namespace terracat::json
