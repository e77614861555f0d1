#pragma once

#include <terracat/geometry.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace terracat::geometry {

/// A point in units of a tile: x to the east, y to the south, both from 0 to Tile::extent.
struct TilePoint {
  std::int32_t x = 0;
  std::int32_t y = 0;

  friend bool operator==(TilePoint const&, TilePoint const&) = default;
};

/// Points of a line, or of a ring without the first point again.
using TilePath = std::vector<TilePoint>;

/// What a tile shows of a geometry. Rings turn as Mapbox Vector Tile 2.1 4.3.4.4 wants it: with y
/// to the south, outer ones have a positive area by the surveyor's formula, holes a negative one.
struct TileShape {
  TilePath points;
  std::vector<TilePath> lines;
  std::vector<std::vector<TilePath>> polygons; ///< the outer ring, then its holes

  [[nodiscard]] bool is_empty() const noexcept {
    return points.empty() && lines.empty() && polygons.empty();
  }

  friend bool operator==(TileShape const&, TileShape const&) = default;
};

/// A tile of the pyramid of squares in Web Mercator that maps on the web share (WebMercatorQuad of
/// OGC 17-083r4): one tile at zoom 0, four times as many with each step, counted from the
/// north-west.
class Tile {
 public:
  static constexpr int finest = 24;   ///< zoom
  static constexpr int extent = 4096; ///< units of a side

  /// Units that a tile shows of its neighbours, so that lines drawn along its side are not cut.
  static constexpr int margin = 64;

  /// \return  nothing if there is no such tile
  [[nodiscard]] static std::optional<Tile> at(std::int64_t zoom, std::int64_t x, std::int64_t y);

  /// What it shows, margin included, in degrees. Beyond 85.05 degrees of latitude there is nothing.
  [[nodiscard]] model::Bbox bbox() const;

  /// The part of the geometry that the tile shows, in linear time. An area that is too thin to be
  /// drawn becomes a line, what is too small for that a point, so that nothing vanishes from a map
  /// because one looks at it from afar.
  [[nodiscard]] TileShape cut(model::Geometry const& geometry) const;

 private:
  Tile(int zoom, std::int64_t x, std::int64_t y) noexcept : zoom_(zoom), x_(x), y_(y) {}

  int zoom_;
  std::int64_t x_;
  std::int64_t y_;
};

} // namespace terracat::geometry
