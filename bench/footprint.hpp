#pragma once

#include <span>
#include <string>
#include <vector>

namespace terracat::bench {

struct Position {
  double longitude;
  double latitude;
};

/// Corners, the first not repeated.
using Ring = std::vector<Position>;

struct Box {
  double west; ///< greater than east, if the box crosses the antimeridian
  double south;
  double east;
  double north;
};

/// A polygon; two, if it crosses the antimeridian.
struct Footprint {
  std::vector<Ring> parts;
  Box box;
};

/// \param ring  may leave the map in the west or the east, at most once round the Earth
[[nodiscard]] Footprint footprint_of(Ring ring);

[[nodiscard]] Ring ring_of(Box const& box);

/// What is left of a box west of a line from the share `above` of its northern edge to the share
/// `below` of its southern one; a triangle, if `below` is 0.
[[nodiscard]] Ring cut(Box const& box, double above, double below);

/// A square of `degrees` of latitude whose sides are turned by `angle` (radians, clockwise).
[[nodiscard]] Ring turned(Position const& middle, double degrees, double angle);

/// Degrees of longitude that are as long as one of latitude; bounded near the poles.
[[nodiscard]] double stretch(double latitude);

/// With six decimals.
void append_number(std::string& out, double value, int decimals = 6);

/// `[[x,y],…]`, closed.
void append_ring(std::string& out, std::span<Position const> ring);

} // namespace terracat::bench
