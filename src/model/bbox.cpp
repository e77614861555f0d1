#include <terracat/bbox.hpp>

#include <algorithm>
#include <cmath>

namespace terracat::model {
namespace {

Problem bad_box(std::string detail) {
  return {.kind = ProblemKind::invalid_parameter, .detail = std::move(detail), .where = "bbox"};
}

/// Into -180..180; both ends of that range stay as they are.
double wrapped(double longitude) noexcept {
  while (longitude > 180) longitude -= 360;
  while (longitude < -180) longitude += 360;
  return longitude;
}

struct Span {
  double from;
  double to;
};

bool overlap(double a_from, double a_to, double b_from, double b_to) noexcept {
  return a_from <= b_to && b_from <= a_to;
}

} // namespace

Result<Bbox> Bbox::make(double west, double south, double east, double north) {
  for (auto const number : {west, south, east, north}) {
    if (!std::isfinite(number)) return bad_box("a box needs finite numbers");
  }
  if (south > north) return bad_box("the southern edge lies north of the northern edge");
  if (south < -90 || north > 90) return bad_box("latitudes run from -90 to 90");
  constexpr double lowest = -360;
  constexpr double highest = 540;
  if (std::min(west, east) < lowest || std::max(west, east) > highest) {
    return bad_box("longitudes run from -180 to 180, or from 0 to 360");
  }
  if (east - west >= 360) return Bbox(-180, south, 180, north);
  return Bbox(wrapped(west), south, wrapped(east), north);
}

std::vector<Bbox> Bbox::halves() const {
  if (!crosses_antimeridian()) return {*this};
  return {Bbox(west_, south_, 180, north_), Bbox(-180, south_, east_, north_)};
}

bool Bbox::intersects(Bbox const& other) const noexcept {
  if (!overlap(south_, north_, other.south_, other.north_)) return false;
  if (crosses_antimeridian() && other.crosses_antimeridian()) return true;
  if (crosses_antimeridian()) return other.east_ >= west_ || other.west_ <= east_;
  if (other.crosses_antimeridian()) return east_ >= other.west_ || west_ <= other.east_;
  return overlap(west_, east_, other.west_, other.east_);
}

bool Bbox::contains(Bbox const& other) const noexcept {
  if (other.south_ < south_ || other.north_ > north_) return false;
  if (west_ == -180 && east_ == 180) return true;
  if (crosses_antimeridian()) {
    if (other.crosses_antimeridian()) return other.west_ >= west_ && other.east_ <= east_;
    return other.west_ >= west_ || other.east_ <= east_;
  }
  return !other.crosses_antimeridian() && other.west_ >= west_ && other.east_ <= east_;
}

Bbox Bbox::joined(Bbox const& other) const noexcept {
  auto const south = std::min(south_, other.south_);
  auto const north = std::max(north_, other.north_);
  if (!crosses_antimeridian() && !other.crosses_antimeridian()) {
    return Bbox(std::min(west_, other.west_), south, std::max(east_, other.east_), north);
  }
  if (crosses_antimeridian() && other.crosses_antimeridian()) {
    auto const west = std::min(west_, other.west_);
    auto const east = std::max(east_, other.east_);
    return west <= east ? Bbox(-180, south, 180, north) : Bbox(west, south, east, north);
  }
  auto const& crossing = crosses_antimeridian() ? *this : other;
  auto const& plain = crosses_antimeridian() ? other : *this;
  if (crossing.contains(Bbox(plain.west_, crossing.south_, plain.east_, crossing.north_))) {
    return Bbox(crossing.west_, south, crossing.east_, north);
  }
  // Reach the plain box from whichever side is nearer.
  auto const eastward = Span{crossing.west_, std::max(crossing.east_, plain.east_)};
  auto const westward = Span{std::min(crossing.west_, plain.west_), crossing.east_};
  auto const nearer =
      eastward.to - eastward.from <= westward.to - westward.from ? eastward : westward;
  return nearer.from <= nearer.to ? Bbox(-180, south, 180, north)
                                  : Bbox(nearer.from, south, nearer.to, north);
}

Result<Bbox3> Bbox3::from_numbers(std::span<double const> numbers) {
  if (numbers.size() != 4 && numbers.size() != 6) {
    return bad_box("a box has four numbers (west, south, east, north), or six with heights");
  }
  auto const half = numbers.size() / 2;
  auto const plane = Bbox::make(numbers[0], numbers[1], numbers[half], numbers[half + 1]);
  if (!plane) return plane.error();
  if (half == 2) return Bbox3{*plane, std::nullopt};
  if (!std::isfinite(numbers[2]) || !std::isfinite(numbers[5]) || numbers[2] > numbers[5]) {
    return bad_box("the lowest height must not exceed the highest");
  }
  return Bbox3{*plane, HeightRange{numbers[2], numbers[5]}};
}

} // namespace terracat::model
