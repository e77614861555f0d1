#include "footprint.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <numbers>

namespace terracat::bench {
namespace {

constexpr double least_cosine = 0.12;

Box box_of(Ring const& ring) {
  Box out{.west = 360, .south = 90, .east = -360, .north = -90};
  for (auto const& [longitude, latitude] : ring) {
    out.west = std::min(out.west, longitude);
    out.east = std::max(out.east, longitude);
    out.south = std::min(out.south, latitude);
    out.north = std::max(out.north, latitude);
  }
  return out;
}

/// The part on one side of a meridian. \param sign  1: the east, -1: the west
Ring side_of(Ring const& ring, double meridian, double sign) {
  Ring out;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    auto const& from = ring[i];
    auto const& to = ring[(i + 1) % ring.size()];
    auto const before = (from.longitude - meridian) * sign;
    auto const after = (to.longitude - meridian) * sign;
    if (before >= 0) out.push_back(from);
    if ((before > 0 && after < 0) || (before < 0 && after > 0)) {
      auto const share = before / (before - after);
      out.push_back({meridian, from.latitude + (to.latitude - from.latitude) * share});
    }
  }
  return out;
}

void move(Ring& ring, double degrees) {
  for (auto& corner : ring) corner.longitude += degrees;
}

} // namespace

double stretch(double latitude) {
  return 1 / std::max(least_cosine, std::cos(latitude * std::numbers::pi / 180));
}

Footprint footprint_of(Ring ring) {
  auto box = box_of(ring);
  if (box.west >= -180 && box.east <= 180) return {.parts = {std::move(ring)}, .box = box};
  if (box.west < -180) move(ring, 360);
  auto west = side_of(ring, 180, -1);
  auto east = side_of(ring, 180, 1);
  move(east, -360);
  box.west = box_of(west).west;
  box.east = box_of(east).east;
  return {.parts = {std::move(west), std::move(east)}, .box = box};
}

Ring ring_of(Box const& box) {
  return {
      {box.west, box.south}, {box.east, box.south}, {box.east, box.north}, {box.west, box.north}};
}

Ring cut(Box const& box, double above, double below) {
  auto const at = [&](double share) { return box.west + (box.east - box.west) * share; };
  Ring out{{box.west, box.south}};
  if (below > 0) out.push_back({at(below), box.south});
  out.push_back({at(above), box.north});
  out.push_back({box.west, box.north});
  return out;
}

Ring turned(Position const& middle, double degrees, double angle) {
  auto const half = degrees / 2;
  auto const cosine = std::cos(angle) * half;
  auto const sine = std::sin(angle) * half;
  auto const wide = stretch(middle.latitude);
  auto const corner = [&](double x, double y) {
    return Position{middle.longitude + (x * cosine + y * sine) * wide,
                    std::clamp(middle.latitude + y * cosine - x * sine, -90.0, 90.0)};
  };
  return {corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)};
}

void append_number(std::string& out, double value, int decimals) {
  std::array<char, 40> digits{};
  auto const [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), value,
                                          std::chars_format::fixed, decimals);
  out.append(digits.data(), end);
}

void append_ring(std::string& out, std::span<Position const> ring) {
  out += '[';
  for (std::size_t i = 0; i <= ring.size(); ++i) {
    auto const& [longitude, latitude] = ring[i % ring.size()];
    out += i == 0 ? "[" : ",[";
    append_number(out, longitude);
    out += ',';
    append_number(out, latitude);
    out += ']';
  }
  out += ']';
}

} // namespace terracat::bench
