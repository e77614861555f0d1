#include <terracat/geometry.hpp>

#include <bit>
#include <cstring>

namespace terracat::model {
namespace {

static_assert(std::endian::native == std::endian::little, "well-known binary is copied as it is");

constexpr char little_endian = 1;

class WkbWriter {
 public:
  void header(GeometryType type) {
    out_ += little_endian;
    count(static_cast<std::uint32_t>(type));
  }

  void count(std::size_t number) { raw(static_cast<std::uint32_t>(number)); }

  void position(Position const& position) {
    raw(position.x);
    raw(position.y);
  }

  void path(Path const& path) {
    count(path.size());
    for (auto const& point : path) position(point);
  }

  std::string take() { return std::move(out_); }

 private:
  template<class T>
  void raw(T value) {
    auto const size = out_.size();
    out_.resize(size + sizeof value);
    std::memcpy(out_.data() + size, &value, sizeof value);
  }

  std::string out_;
};

GeometryType single_of(GeometryType type) noexcept {
  switch (type) {
  case GeometryType::multi_point:
    return GeometryType::point;
  case GeometryType::multi_line_string:
    return GeometryType::line_string;
  case GeometryType::multi_polygon:
    return GeometryType::polygon;
  default:
    return type;
  }
}

void write_part(WkbWriter& out, GeometryType type, Part const& part) {
  out.header(type);
  switch (type) {
  case GeometryType::point:
    out.position(part.front().front());
    break;
  case GeometryType::line_string:
    out.path(part.front());
    break;
  default:
    out.count(part.size());
    for (auto const& ring : part) out.path(ring);
  }
}

void write_geometry(WkbWriter& out, RawGeometry const& geometry) {
  if (geometry.type == GeometryType::geometry_collection) {
    out.header(geometry.type);
    out.count(geometry.members.size());
    for (auto const& member : geometry.members) write_geometry(out, member);
    return;
  }
  auto const single = single_of(geometry.type);
  if (single == geometry.type) {
    write_part(out, single, geometry.parts.front());
    return;
  }
  out.header(geometry.type);
  out.count(geometry.parts.size());
  for (auto const& part : geometry.parts) write_part(out, single, part);
}

class WkbReader {
 public:
  explicit WkbReader(std::string_view wkb) noexcept : rest_(wkb) {}

  RawGeometry geometry() {
    RawGeometry out;
    out.type = header();
    if (out.type == GeometryType::geometry_collection) {
      for (auto left = count(); left > 0; --left) out.members.push_back(geometry());
    } else if (single_of(out.type) == out.type) {
      out.parts.push_back(part(out.type));
    } else {
      for (auto left = count(); left > 0; --left) out.parts.push_back(part(header()));
    }
    return out;
  }

  Path outline(std::size_t most_corners) {
    if (header() != GeometryType::polygon || count() != 1) return {};
    auto const positions = count();
    Path out;
    if (positions < 4 || positions > most_corners + 1) return out;
    for (auto left = positions; left > 0; --left) out.push_back(position());
    return out;
  }

 private:
  GeometryType header() {
    rest_.remove_prefix(1);
    return static_cast<GeometryType>(count());
  }

  std::uint32_t count() { return raw<std::uint32_t>(); }

  Position position() {
    auto const x = raw<double>();
    return {x, raw<double>()};
  }

  Path path() {
    Path out(count());
    for (auto& point : out) point = position();
    return out;
  }

  Part part(GeometryType type) {
    if (type == GeometryType::point) return {Path{position()}};
    if (type == GeometryType::line_string) return {path()};
    Part out(count());
    for (auto& ring : out) ring = path();
    return out;
  }

  template<class T>
  T raw() {
    if (rest_.size() < sizeof(T)) throw std::logic_error("well-known binary ends too early");
    T value;
    std::memcpy(&value, rest_.data(), sizeof value);
    rest_.remove_prefix(sizeof value);
    return value;
  }

  std::string_view rest_;
};

Part rectangle(Bbox const& box) {
  return {Path{{box.west(), box.south()},
               {box.east(), box.south()},
               {box.east(), box.north()},
               {box.west(), box.north()},
               {box.west(), box.south()}}};
}

/// A box without width or height is a line or a point: a flat polygon would not be valid.
RawGeometry raw_box(Bbox const& box) {
  RawGeometry out;
  bool const flat_x = box.west() == box.east();
  bool const flat_y = box.south() == box.north();
  if (flat_x && flat_y) {
    out.type = GeometryType::point;
    out.parts = {Part{Path{{box.west(), box.south()}}}};
  } else if (flat_x || flat_y) {
    out.type = GeometryType::line_string;
    out.parts = {Part{Path{{box.west(), box.south()}, {box.east(), box.north()}}}};
  } else {
    out.type = GeometryType::polygon;
    out.parts = {rectangle(box)};
  }
  return out;
}

} // namespace

Geometry Geometry::box(Bbox const& box) {
  if (!box.crosses_antimeridian()) return {to_wkb(raw_box(box)), box, true};
  RawGeometry both;
  auto const halves = box.halves();
  auto const west = raw_box(halves[0]);
  auto const east = raw_box(halves[1]);
  if (west.type == east.type && west.type != GeometryType::point) {
    both.type = west.type == GeometryType::polygon ? GeometryType::multi_polygon
                                                   : GeometryType::multi_line_string;
    both.parts = {west.parts.front(), east.parts.front()};
  } else {
    both.type = GeometryType::geometry_collection;
    both.members = {west, east};
  }
  return {to_wkb(both), box, true};
}

std::string to_wkb(RawGeometry const& geometry) {
  WkbWriter out;
  write_geometry(out, geometry);
  return out.take();
}

RawGeometry from_wkb(std::string_view wkb) {
  return WkbReader(wkb).geometry();
}

Path outline_from_wkb(std::string_view wkb, std::size_t most_corners) {
  return WkbReader(wkb).outline(most_corners);
}

} // namespace terracat::model
