#pragma once

#include "chance.hpp"
#include "footprint.hpp"

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace terracat::bench {

/// What a collection's items cover.
enum class Cover {
  tile,    ///< a square of a grid that is revisited; three in ten are cut by the edge of the swath
  scene,   ///< a square that lies along the ground track
  swath,   ///< a strip between two curved edges
  quarter, ///< a small box of one region, photographed from an aeroplane
  slanted, ///< a cell of a sinusoidal grid
  globe,
};

/// How much time an item stands for.
enum class Span { moment, eight_days, year };

/// Which assets an item has.
enum class Sensor { optical, radar, atmosphere };

struct CollectionKind {
  std::string_view id;
  std::string_view title;
  std::string_view platform;
  double share; ///< of all items
  double degrees;
  Cover cover;
  Span span;
  Sensor sensor;
  bool on_land; ///< nothing lies at sea
};

/// The largest first.
inline constexpr std::array<CollectionKind, 20> collection_kinds{{
    {"tiles-l2a", "Surface reflectance in tiles", "alpha", .27, 1.0, Cover::tile, Span::moment,
     Sensor::optical, true},
    {"tiles-l1c", "Radiance in tiles", "alpha", .21, 1.0, Cover::tile, Span::moment,
     Sensor::optical, true},
    {"scenes-l2", "Surface reflectance in scenes", "beta", .13, 1.7, Cover::scene, Span::moment,
     Sensor::optical, true},
    {"radar-grd", "Radar amplitude", "gamma", .10, 2.4, Cover::scene, Span::moment, Sensor::radar,
     false},
    {"radar-slc", "Radar phase", "gamma", .07, 2.4, Cover::scene, Span::moment, Sensor::radar,
     false},
    {"ocean-colour", "Colour of the ocean", "delta", .05, 12.0, Cover::swath, Span::moment,
     Sensor::optical, false},
    {"vegetation-8d", "Vegetation of eight days", "epsilon", .04, 10.0, Cover::slanted,
     Span::eight_days, Sensor::optical, true},
    {"trace-gases", "Trace gases", "zeta", .03, 24.0, Cover::swath, Span::moment,
     Sensor::atmosphere, false},
    {"aerial", "Aerial photographs", "aeroplane", .025, .0625, Cover::quarter, Span::moment,
     Sensor::optical, true},
    {"temperature-8d", "Temperature of the land in eight days", "epsilon", .02, 10.0,
     Cover::slanted, Span::eight_days, Sensor::atmosphere, true},
    {"harmonised-a", "Harmonised reflectance, first kind", "alpha", .015, 1.0, Cover::tile,
     Span::moment, Sensor::optical, true},
    {"harmonised-b", "Harmonised reflectance, second kind", "beta", .012, 1.0, Cover::tile,
     Span::moment, Sensor::optical, true},
    {"thermal", "Thermal scenes", "beta", .009, .7, Cover::scene, Span::moment, Sensor::optical,
     true},
    {"radar-terrain", "Radar amplitude without terrain", "gamma", .007, 2.4, Cover::scene,
     Span::moment, Sensor::radar, true},
    {"elevation", "Elevation", "eta", .005, 1.0, Cover::tile, Span::year, Sensor::radar, true},
    {"land-cover", "Land cover", "alpha", .003, 3.0, Cover::tile, Span::year, Sensor::optical,
     true},
    {"mosaics", "Mosaics of years", "alpha", .002, 6.0, Cover::tile, Span::year, Sensor::optical,
     true},
    {"surface-water", "Surface water", "beta", .001, 10.0, Cover::slanted, Span::year,
     Sensor::optical, true},
    {"rain", "Rain of the whole Earth", "theta", .0006, 360.0, Cover::globe, Span::moment,
     Sensor::atmosphere, false},
    {"reanalysis", "Reanalysis of the atmosphere", "model", .0004, 360.0, Cover::globe,
     Span::moment, Sensor::atmosphere, false},
}};

/// The archive has ten years from 2015-07-01 on; times are milliseconds since 1970.
inline constexpr std::int64_t first_moment = 1'435'708'800'000;
inline constexpr std::int64_t day_length = 86'400'000;
inline constexpr std::uint32_t days_of_archive = 3'653;
inline constexpr std::int64_t last_moment = first_moment + day_length * days_of_archive;

/// One item, apart from its text.
struct Scene {
  std::uint64_t number;     ///< of the archive, in order of acquisition from 0
  std::uint32_t collection; ///< of collection_kinds
  std::int64_t start;
  std::int64_t end; ///< start, if it is a moment
  std::uint32_t orbit;
  double cloud_cover; ///< percent
  Footprint footprint;
};

/// What satellites saw: they go round the Earth in 143 orbits of ten days, so that places are seen
/// again at the same time of the day; later days have up to 2.5 times as many items as the first.
/// The same seed and number of items give the same archive.
class Archive {
 public:
  Archive(std::uint64_t seed, std::uint64_t items);

  /// In order of acquisition. \param day  below days_of_archive
  [[nodiscard]] std::vector<Scene> day(std::uint32_t day) const;

 private:
  std::uint64_t seed_;
  std::vector<std::uint64_t> first_of_day_; ///< and, at the end, the number of items
};

/// A place on land, as far as some boxes tell.
[[nodiscard]] Position place_on_land(Chance& chance);

[[nodiscard]] bool is_land(Position const& place);

} // namespace terracat::bench
