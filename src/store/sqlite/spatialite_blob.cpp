#include "store/sqlite/spatialite_blob.hpp"

#include <terracat/store_error.hpp>

#include <cstring>

namespace terracat::store {
namespace {

constexpr char start_marker = '\x00';
constexpr char little_endian = '\x01';
constexpr char rectangle_marker = '\x7c';
constexpr char entity_marker = '\x69';
constexpr char end_marker = '\xfe';
constexpr std::uint32_t wgs84 = 4326;

/// The bytes of one simple geometry inside well-known binary, its byte-order mark left out.
constexpr std::size_t byte_order = 1;

class BlobWriter {
 public:
  template<class Value>
  void raw(Value value) {
    auto const at = out_.size();
    out_.resize(at + sizeof value);
    std::memcpy(out_.data() + at, &value, sizeof value);
  }

  void mark(char marker) { out_ += marker; }

  void bytes(std::string_view text) { out_ += text; }

  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

/// Every simple geometry, one after the other: SpatiaLite knows no collections within collections.
void write_entities(BlobWriter& out, model::RawGeometry const& geometry) {
  using model::GeometryType;
  for (auto const& member : geometry.members) write_entities(out, member);
  for (auto const& part : geometry.parts) {
    model::RawGeometry single;
    single.type = geometry.type;
    if (geometry.type == GeometryType::multi_point) single.type = GeometryType::point;
    if (geometry.type == GeometryType::multi_line_string) single.type = GeometryType::line_string;
    if (geometry.type == GeometryType::multi_polygon) single.type = GeometryType::polygon;
    single.parts = {part};
    out.mark(entity_marker);
    out.bytes(std::string_view(model::to_wkb(single)).substr(byte_order));
  }
}

std::uint32_t count_entities(model::RawGeometry const& geometry) {
  auto count = static_cast<std::uint32_t>(geometry.parts.size());
  for (auto const& member : geometry.members) count += count_entities(member);
  return count;
}

/// Copies what SpatiaLite wrote, with the byte-order marks that well-known binary has.
class BlobReader {
 public:
  explicit BlobReader(std::string_view blob) : rest_(blob) {}

  /// Everything up to the geometry's type.
  void skip_head() {
    constexpr std::size_t head = 2 + sizeof(std::uint32_t) + 4 * sizeof(double) + 1;
    if (take(head).back() != rectangle_marker) fail();
  }

  void copy_geometry() {
    auto const type = begin_geometry();
    if (type > static_cast<std::uint32_t>(model::GeometryType::geometry_collection)) fail();
    if (type > static_cast<std::uint32_t>(model::GeometryType::polygon)) {
      for (auto count = copy_number(); count > 0; --count) copy_entity();
    } else {
      copy_parts(type);
    }
    if (take(1).front() != end_marker || !rest_.empty()) fail();
  }

  std::string take_wkb() { return std::move(out_); }

 private:
  void copy_entity() {
    if (take(1).front() != entity_marker) fail();
    copy_parts(begin_geometry());
  }

  std::uint32_t begin_geometry() {
    out_ += little_endian;
    return copy_number();
  }

  void copy_parts(std::uint32_t type) {
    switch (static_cast<model::GeometryType>(type)) {
    case model::GeometryType::point:
      return copy_positions(1);
    case model::GeometryType::line_string:
      return copy_positions(copy_number());
    case model::GeometryType::polygon:
      for (auto rings = copy_number(); rings > 0; --rings) copy_positions(copy_number());
      return;
    default:
      fail();
    }
  }

  void copy_positions(std::size_t count) { out_ += take(count * sizeof(model::Position)); }

  std::uint32_t copy_number() {
    std::uint32_t number = 0;
    auto const bytes = take(sizeof number);
    std::memcpy(&number, bytes.data(), sizeof number);
    out_ += bytes;
    return number;
  }

  std::string_view take(std::size_t size) {
    if (rest_.size() < size) fail();
    auto const taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

  [[noreturn]] static void fail() {
    throw StoreError(StoreError::Reason::corrupt, "a footprint is not as SpatiaLite keeps it");
  }

  std::string_view rest_;
  std::string out_;
};

} // namespace

std::string to_spatialite(model::Geometry const& geometry) {
  auto const& box = geometry.bbox();
  BlobWriter out;
  out.mark(start_marker);
  out.mark(little_endian);
  out.raw(wgs84);
  // The rectangle is one of the plane: across the antimeridian it is the whole circle.
  out.raw(box.crosses_antimeridian() ? -180.0 : box.west());
  out.raw(box.south());
  out.raw(box.crosses_antimeridian() ? 180.0 : box.east());
  out.raw(box.north());
  out.mark(rectangle_marker);
  bool const is_simple = geometry.type() <= model::GeometryType::polygon;
  if (is_simple) {
    out.bytes(std::string_view(geometry.wkb()).substr(byte_order));
  } else {
    auto const raw = model::from_wkb(geometry.wkb());
    out.raw(static_cast<std::uint32_t>(raw.type));
    out.raw(count_entities(raw));
    write_entities(out, raw);
  }
  out.mark(end_marker);
  return out.take();
}

std::string from_spatialite(std::string_view blob) {
  BlobReader reader(blob);
  reader.skip_head();
  reader.copy_geometry();
  return reader.take_wkb();
}

} // namespace terracat::store
