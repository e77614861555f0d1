#include "archive.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace terracat::bench {
namespace {

constexpr double degree = std::numbers::pi / 180;
constexpr double orbit_length = 864'000'000.0 / 143; ///< milliseconds
constexpr double inclination = 98.6 * degree;
constexpr double highest_latitude = 80; ///< of what is no globe
constexpr double share_of_cut_tiles = 0.3;

/// Where most of the land is.
constexpr std::array<Box, 18> land{{
    {-165, 58, -55, 70},
    {-125, 30, -68, 58},
    {-112, 15, -84, 30},
    {-79, -4, -52, 9},
    {-76, -21, -37, -4},
    {-72, -52, -50, -21},
    {-51, 61, -24, 80},
    {-9, 37, 30, 55},
    {8, 55, 40, 70},
    {30, 48, 178, 74},
    {-16, 5, 46, 37},
    {10, -34, 41, 5},
    {41, 13, 60, 39},
    {60, 9, 93, 48},
    {93, 20, 121, 48},
    {96, -9, 140, 19},
    {115, -37, 152, -12},
    {167, -46, 177, -36},
}};

constexpr Box photographed{-124, 26, -67, 48};

struct Pass {
  Position below;      ///< of the satellite
  double angle;        ///< of the ground track against the meridian, clockwise
  std::uint32_t orbit; ///< 1 to 143
};

/// Since a satellite crossed the equator on its way north.
double orbits_at(std::int64_t since, std::size_t platform) {
  return static_cast<double>(since) / orbit_length + static_cast<double>(platform % 7) / 7;
}

/// Where a satellite is. It is sun-synchronous: the plane of its orbit follows the Sun, and the
/// Earth turns once a day below it. \param since  milliseconds since first_moment \param platform
/// each has a place of its own on the orbit
Pass pass_at(std::int64_t since, std::size_t platform) {
  auto const turn = 2 * std::numbers::pi;
  auto const orbits = orbits_at(since, platform);
  auto const along = std::fmod(orbits, 1.0) * turn;
  auto const latitude = std::asin(std::sin(inclination) * std::sin(along));
  auto const day = std::fmod(static_cast<double>(since) / static_cast<double>(day_length), 1.0);
  auto const longitude =
      std::atan2(std::cos(inclination) * std::sin(along), std::cos(along)) - day * turn;
  auto const slope = std::clamp(std::cos(inclination) / std::cos(latitude), -1.0, 1.0);
  return {.below = {std::remainder(longitude / degree, 360.0), latitude / degree},
          .angle = -std::asin(slope),
          .orbit = static_cast<std::uint32_t>(orbits) % 143 + 1};
}

/// The same moment, or half an orbit later, if the satellite is on its way north then: it is night
/// there.
std::int64_t descending(std::int64_t since, std::size_t platform) {
  auto const phase = std::fmod(orbits_at(since, platform), 1.0);
  bool const is_descending = phase >= 0.25 && phase < 0.75;
  return is_descending ? since : since + static_cast<std::int64_t>(orbit_length / 2);
}

/// The cell of a grid in which a place lies; cells have nearly the same area.
Box cell_at(Position const& place, double degrees) {
  auto const south = std::floor(place.latitude / degrees) * degrees;
  auto const middle = south + degrees / 2;
  auto const columns = std::floor(360 / (degrees * stretch(middle)));
  auto const width = 360 / columns;
  auto const west = std::floor((place.longitude + 180) / width) * width - 180;
  return {.west = west,
          .south = std::max(south, -90.0),
          .east = std::min(west + width, 180.0),
          .north = std::min(south + degrees, 90.0)};
}

Ring tile_at(Position const& place, double degrees, Chance& chance) {
  auto const cell = cell_at(place, degrees);
  if (chance.unit() >= share_of_cut_tiles) return ring_of(cell);
  auto const above = chance.between(0.2, 0.95);
  return cut(cell, above, std::max(0.0, above - chance.between(0.1, 0.6)));
}

/// Cells of a sinusoidal grid: edges to the east and west lean as far as the map is narrower there.
Ring slanted_at(Position const& place, double degrees) {
  auto const cell = cell_at(place, degrees);
  auto const middle = (cell.south + cell.north) / 2;
  auto const lean = [&](double latitude) { return stretch(latitude) / stretch(middle); };
  auto const at = [&](double longitude, double latitude) {
    return Position{std::clamp(longitude * lean(latitude), -180.0, 180.0), latitude};
  };
  return {at(cell.west, cell.south), at(cell.east, cell.south), at(cell.east, cell.north),
          at(cell.west, cell.north)};
}

/// Four places along the track, half of the strip on each side of them.
Ring strip_at(std::int64_t since, std::size_t platform, double degrees, double middle) {
  Ring left;
  Ring right;
  for (int step = -2; step <= 2; ++step) {
    auto const at = since + static_cast<std::int64_t>(step * degrees / 4 / 360 * orbit_length);
    auto const [below, angle, orbit] = pass_at(at, platform);
    auto const half = degrees / 2 * stretch(below.latitude);
    auto const longitude = middle + std::remainder(below.longitude - middle, 360.0);
    left.push_back({longitude - half, below.latitude});
    right.push_back({longitude + half, below.latitude});
  }
  right.insert(right.end(), left.rbegin(), left.rend());
  return right;
}

Ring box_photographed(Chance& chance, double degrees) {
  auto const west = chance.between(photographed.west, photographed.east);
  auto const south = chance.between(photographed.south, photographed.north);
  return ring_of(cell_at({west, south}, degrees));
}

/// Clear or overcast more often than between.
double cloud_cover(Chance& chance) {
  auto const kind = chance.unit();
  if (kind < 0.3) return chance.between(0, 5);
  if (kind < 0.65) return chance.between(0, 100);
  return chance.between(80, 100);
}

std::uint32_t collection_of(Chance& chance) {
  auto left = chance.unit();
  std::uint32_t out = 0;
  while (out + 1 < collection_kinds.size() && left >= collection_kinds.at(out).share) {
    left -= collection_kinds.at(out).share;
    ++out;
  }
  return out;
}

/// All but the number and the collection.
void take(Scene& scene, std::int64_t since, Chance& chance) {
  auto const& kind = collection_kinds.at(scene.collection);
  auto const platform = static_cast<std::size_t>(kind.platform.front());
  Pass pass{};
  Position place{};
  for (int tries = 0;; ++tries) {
    since = descending(since, platform);
    pass = pass_at(since, platform);
    auto const beside = chance.between(-1.3, 1.3) * stretch(pass.below.latitude);
    place = {std::remainder(pass.below.longitude + beside, 360.0), pass.below.latitude};
    bool const is_wanted = std::abs(place.latitude) <= highest_latitude - kind.degrees / 2 &&
                           (!kind.on_land || is_land(place) || tries >= 20);
    if (kind.cover == Cover::globe || kind.cover == Cover::quarter || is_wanted) break;
    since = since / day_length * day_length + chance.below(day_length);
  }
  scene.orbit = pass.orbit;
  scene.start = first_moment + since;
  switch (kind.cover) {
  case Cover::tile:
    scene.footprint = footprint_of(tile_at(place, kind.degrees, chance));
    break;
  case Cover::scene:
    scene.footprint = footprint_of(turned(place, kind.degrees, pass.angle));
    break;
  case Cover::swath:
    scene.footprint = footprint_of(strip_at(since, platform, kind.degrees, pass.below.longitude));
    break;
  case Cover::slanted:
    scene.footprint = footprint_of(slanted_at(place, kind.degrees));
    break;
  case Cover::quarter:
    scene.footprint = footprint_of(box_photographed(chance, kind.degrees));
    break;
  case Cover::globe:
    scene.footprint = footprint_of(ring_of({-180, -90, 180, 90}));
    break;
  }
}

/// The first moment of what the item stands for, and the last one.
void widen(Scene& scene) {
  constexpr std::int64_t second = 1'000;
  auto const span = collection_kinds.at(scene.collection).span;
  auto const length = (span == Span::year ? 365 : 8) * day_length;
  if (span != Span::moment) {
    scene.start = first_moment + (scene.start - first_moment) / length * length;
  }
  scene.end = span == Span::moment ? scene.start : scene.start + length - second;
}

} // namespace

bool is_land(Position const& place) {
  return std::ranges::any_of(land, [&](Box const& box) {
    return place.longitude >= box.west && place.longitude < box.east &&
           place.latitude >= box.south && place.latitude < box.north;
  });
}

Position place_on_land(Chance& chance) {
  auto const& box = land.at(chance.below(land.size()));
  return {chance.between(box.west, box.east), chance.between(box.south, box.north)};
}

Archive::Archive(std::uint64_t seed, std::uint64_t items) : seed_(seed) {
  // Days grow from 1 to 2.5; what came before a day is the integral of that.
  auto const before = [](double share) { return (share + 0.75 * share * share) / 1.75; };
  for (std::uint32_t day = 0; day <= days_of_archive; ++day) {
    auto const share = static_cast<double>(day) / days_of_archive;
    first_of_day_.push_back(
        static_cast<std::uint64_t>(std::llround(before(share) * static_cast<double>(items))));
  }
}

std::vector<Scene> Archive::day(std::uint32_t day) const {
  Chance chance(seed_ * 1'000'003 + day);
  std::vector<Scene> out(first_of_day_.at(day + 1) - first_of_day_.at(day));
  for (auto& scene : out) {
    scene.collection = collection_of(chance);
    scene.cloud_cover = cloud_cover(chance);
    take(scene, day * day_length + chance.below(day_length), chance);
  }
  std::ranges::stable_sort(out, {}, &Scene::start);
  auto number = first_of_day_.at(day);
  for (auto& scene : out) {
    scene.number = number++;
    widen(scene);
  }
  return out;
}

} // namespace terracat::bench
