#pragma once

#include "geometry/tile.hpp"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace terracat::api {

/// Writes a layer of a vector tile (Mapbox Vector Tile 2.1), which is a tile by itself.
class VectorTile {
 public:
  using Attribute = std::variant<bool, std::int64_t, double, std::string>;
  using Attributes = std::vector<std::pair<std::string, Attribute>>;

  explicit VectorTile(std::string_view layer);

  /// A feature for each kind of geometry in the shape.
  void add(geometry::TileShape const& shape, Attributes const& attributes);

  /// The tile. Without a feature it is empty, as the standard wants it.
  [[nodiscard]] std::string take();

 private:
  enum class Kind : std::uint8_t { point = 1, line_string = 2, polygon = 3 };

  void add(Kind kind, std::span<std::uint32_t const> geometry, std::span<std::uint32_t const> tags);
  [[nodiscard]] std::vector<std::uint32_t> tags_of(Attributes const& attributes);

  std::string layer_;                                      ///< as far as it is written
  std::map<std::string, std::uint32_t, std::less<>> keys_; ///< by which number features know them
  std::map<Attribute, std::uint32_t> values_;
  bool has_features_ = false;
};

} // namespace terracat::api
