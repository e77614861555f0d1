#include "api/vector_tile.hpp"

#include <protozero/pbf_builder.hpp>
#include <protozero/pbf_writer.hpp>

namespace terracat::api {
namespace {

// The messages of the specification's vector_tile.proto.
enum class TileField : protozero::pbf_tag_type { layers = 3 };
enum class LayerField : protozero::pbf_tag_type {
  name = 1,
  features = 2,
  keys = 3,
  values = 4,
  extent = 5,
  version = 15,
};
enum class FeatureField : protozero::pbf_tag_type { tags = 2, type = 3, geometry = 4 };
enum class ValueField : protozero::pbf_tag_type {
  text = 1,
  real = 3,
  whole = 4,
  truth = 7,
};

using LayerWriter = protozero::pbf_builder<LayerField>;

constexpr std::uint32_t specification = 2; ///< its major version

/// The commands of a geometry (4.3): each path begins where the one before has ended.
class Commands {
 public:
  void points(geometry::TilePath const& points) {
    command(move_to, points.size());
    for (auto const& point : points) go(point);
  }

  void line(geometry::TilePath const& line) {
    command(move_to, 1);
    go(line.front());
    command(line_to, line.size() - 1);
    for (auto const& point : std::span(line).subspan(1)) go(point);
  }

  void ring(geometry::TilePath const& ring) {
    line(ring);
    command(close_path, 1);
  }

  [[nodiscard]] std::span<std::uint32_t const> all() const noexcept { return all_; }

 private:
  static constexpr std::uint32_t move_to = 1;
  static constexpr std::uint32_t line_to = 2;
  static constexpr std::uint32_t close_path = 7;

  void command(std::uint32_t id, std::size_t count) {
    all_.push_back(static_cast<std::uint32_t>(count << 3) | id);
  }

  void go(geometry::TilePoint to) {
    all_.push_back(protozero::encode_zigzag32(to.x - at_.x));
    all_.push_back(protozero::encode_zigzag32(to.y - at_.y));
    at_ = to;
  }

  std::vector<std::uint32_t> all_;
  geometry::TilePoint at_;
};

/// The number of a value; the next one if it is new.
template<class Map, class Value>
std::uint32_t number_in(Map& numbers, Value const& value) {
  return numbers.try_emplace(value, static_cast<std::uint32_t>(numbers.size())).first->second;
}

/// By their numbers.
template<class Map>
std::vector<typename Map::key_type const*> in_order(Map const& numbers) {
  std::vector<typename Map::key_type const*> out(numbers.size());
  for (auto const& [value, number] : numbers) out[number] = &value;
  return out;
}

void write_value(LayerWriter& layer, VectorTile::Attribute const& attribute) {
  protozero::pbf_builder<ValueField> out(layer, LayerField::values);
  if (auto const* const text = std::get_if<std::string>(&attribute)) {
    out.add_string(ValueField::text, *text);
  } else if (auto const* const real = std::get_if<double>(&attribute)) {
    out.add_double(ValueField::real, *real);
  } else if (auto const* const whole = std::get_if<std::int64_t>(&attribute)) {
    out.add_int64(ValueField::whole, *whole);
  } else {
    out.add_bool(ValueField::truth, std::get<bool>(attribute));
  }
}

} // namespace

VectorTile::VectorTile(std::string_view layer) {
  LayerWriter out(layer_);
  out.add_uint32(LayerField::version, specification);
  out.add_string(LayerField::name, layer.data(), layer.size());
}

void VectorTile::add(geometry::TileShape const& shape, Attributes const& attributes) {
  if (shape.is_empty()) return;
  auto const tags = tags_of(attributes);
  if (!shape.points.empty()) {
    Commands commands;
    commands.points(shape.points);
    add(Kind::point, commands.all(), tags);
  }
  if (!shape.lines.empty()) {
    Commands commands;
    for (auto const& line : shape.lines) commands.line(line);
    add(Kind::line_string, commands.all(), tags);
  }
  if (!shape.polygons.empty()) {
    Commands commands;
    for (auto const& polygon : shape.polygons) {
      for (auto const& ring : polygon) commands.ring(ring);
    }
    add(Kind::polygon, commands.all(), tags);
  }
}

std::string VectorTile::take() {
  if (!has_features_) return {};
  {
    LayerWriter out(layer_);
    for (auto const* const key : in_order(keys_)) out.add_string(LayerField::keys, *key);
    for (auto const* const value : in_order(values_)) write_value(out, *value);
    out.add_uint32(LayerField::extent, geometry::Tile::extent);
  }
  std::string tile;
  protozero::pbf_builder<TileField>(tile).add_message(TileField::layers, layer_);
  return tile;
}

void VectorTile::add(Kind kind, std::span<std::uint32_t const> geometry,
                     std::span<std::uint32_t const> tags) {
  has_features_ = true;
  LayerWriter layer(layer_);
  protozero::pbf_builder<FeatureField> out(layer, LayerField::features);
  out.add_packed_uint32(FeatureField::tags, tags.begin(), tags.end());
  out.add_enum(FeatureField::type, static_cast<std::int32_t>(kind));
  out.add_packed_uint32(FeatureField::geometry, geometry.begin(), geometry.end());
}

std::vector<std::uint32_t> VectorTile::tags_of(Attributes const& attributes) {
  std::vector<std::uint32_t> out;
  for (auto const& [key, value] : attributes) {
    out.push_back(number_in(keys_, key));
    out.push_back(number_in(values_, value));
  }
  return out;
}

} // namespace terracat::api
