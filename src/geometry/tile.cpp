#include "geometry/tile.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <utility>

namespace terracat::geometry {
namespace {

using model::GeometryType;
using model::Path;
using model::Position;
using model::RawGeometry;

constexpr double most_north = 85.051128779806604; ///< where the square of Web Mercator ends
constexpr double circle = 360;
constexpr double radian = std::numbers::pi / 180;

/// From the meridian of -180 degrees, in circumferences of the earth.
double across(double longitude) noexcept {
  return (longitude + circle / 2) / circle;
}

/// From the northern side of the square, likewise.
double down(double latitude) noexcept {
  return (1 - std::asinh(std::tan(latitude * radian)) / std::numbers::pi) / 2;
}

double latitude_of(double down) noexcept {
  return std::atan(std::sinh(std::numbers::pi * (1 - 2 * down))) / radian;
}

/// Twice the area that a ring goes round, by the surveyor's formula.
std::int64_t doubled_area(TilePath const& ring) noexcept {
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    auto const& a = ring[i];
    auto const& b = ring[(i + 1) % ring.size()];
    sum += std::int64_t{a.x} * b.y - std::int64_t{b.x} * a.y;
  }
  return sum;
}

/// One side of a box.
struct Side {
  double Position::*axis;
  double at;
  bool is_lower; ///< what is greater lies within

  [[nodiscard]] bool has_within(Position const& position) const noexcept {
    return is_lower ? position.*axis >= at : position.*axis <= at;
  }

  /// Where the edge between two positions crosses the side. \pre one of them lies within
  [[nodiscard]] Position crossing(Position const& from, Position const& to) const noexcept {
    auto const share = (at - from.*axis) / (to.*axis - from.*axis);
    Position out{from.x + share * (to.x - from.x), from.y + share * (to.y - from.y)};
    out.*axis = at;
    return out;
  }
};

using Sides = std::array<Side, 4>;

/// What is left of a ring, which then runs along the sides (Sutherland and Hodgman): the parts of
/// one that is not convex stay joined there, where a tile does not show it. In linear time,
/// whatever the ring. \return  empty, or closed again
Path clipped_ring(Path ring, Sides const& sides) {
  if (!ring.empty()) ring.pop_back();
  for (auto const& side : sides) {
    Path out;
    for (std::size_t i = 0; i < ring.size(); ++i) {
      auto const& from = ring[i];
      auto const& to = ring[(i + 1) % ring.size()];
      bool const begins_within = side.has_within(from);
      if (begins_within) out.push_back(from);
      if (begins_within != side.has_within(to)) out.push_back(side.crossing(from, to));
    }
    ring = std::move(out);
  }
  if (!ring.empty()) ring.push_back(ring.front());
  return ring;
}

/// The pieces of a line within one side.
void cut(Path const& line, Side const& side, std::vector<Path>& out) {
  Path piece;
  for (std::size_t i = 0; i < line.size(); ++i) {
    bool const is_within = side.has_within(line[i]);
    if (i > 0 && is_within != side.has_within(line[i - 1])) {
      piece.push_back(side.crossing(line[i - 1], line[i]));
    }
    if (is_within) {
      piece.push_back(line[i]);
    } else if (!piece.empty()) {
      out.push_back(std::exchange(piece, {}));
    }
  }
  if (!piece.empty()) out.push_back(std::move(piece));
}

std::vector<Path> clipped_line(Path line, Sides const& sides) {
  std::vector<Path> pieces{std::move(line)};
  for (auto const& side : sides) {
    std::vector<Path> out;
    for (auto const& piece : pieces) cut(piece, side, out);
    pieces = std::move(out);
  }
  return pieces;
}

/// Cuts geometries in degrees and puts what is left into units of a tile.
class Drawing {
 public:
  /// \param tiles  in a row of the pyramid
  Drawing(double tiles, double x, double y, model::Bbox const& box) noexcept
      : tiles_(tiles),
        x_(x),
        y_(y),
        sides_{{{&Position::x, box.west(), true},
                {&Position::x, box.east(), false},
                {&Position::y, box.south(), true},
                {&Position::y, box.north(), false}}} {}

  void add(RawGeometry const& geometry) {
    for (auto const& part : geometry.parts) {
      switch (geometry.type) {
      case GeometryType::polygon:
      case GeometryType::multi_polygon:
        add_polygon(part);
        break;
      case GeometryType::line_string:
      case GeometryType::multi_line_string:
        for (auto const& path : part) add_line(path);
        break;
      default:
        for (auto const& path : part) add_points(path);
      }
    }
    for (auto const& member : geometry.members) add(member);
  }

  [[nodiscard]] TileShape take() { return std::move(shape_); }

 private:
  struct Spot {
    double x;
    double y;

    [[nodiscard]] TilePoint rounded() const noexcept {
      return {.x = static_cast<std::int32_t>(std::lround(x)),
              .y = static_cast<std::int32_t>(std::lround(y))};
    }
  };

  [[nodiscard]] Spot place(Position const& position) const noexcept {
    return {.x = (across(position.x) * tiles_ - x_) * Tile::extent,
            .y = (down(position.y) * tiles_ - y_) * Tile::extent};
  }

  void add_points(Path const& path) {
    for (auto const& position : path) {
      bool const is_within =
          std::ranges::all_of(sides_, [&](Side const& side) { return side.has_within(position); });
      if (is_within) shape_.points.push_back(place(position).rounded());
    }
  }

  void add_line(Path const& path) {
    for (auto const& piece : clipped_line(path, sides_)) add_thin(drawn(piece));
  }

  void add_thin(TilePath line) {
    if (line.size() > 1) {
      shape_.lines.push_back(std::move(line));
    } else {
      shape_.points.push_back(line.front());
    }
  }

  void add_polygon(model::Part const& part) {
    std::vector<TilePath> rings;
    for (auto const& path : part) {
      auto const left = clipped_ring(path, sides_);
      bool const is_outer = rings.empty();
      if (left.empty() && is_outer) return;
      if (left.empty()) continue;
      auto ring = drawn(left);
      if (ring.size() > 1 && ring.front() == ring.back()) ring.pop_back();
      auto const area = doubled_area(ring);
      if (area == 0 && is_outer) return add_thin(std::move(ring));
      if (area == 0) continue;
      if ((area > 0) != is_outer) std::ranges::reverse(ring);
      rings.push_back(std::move(ring));
    }
    if (!rings.empty()) shape_.polygons.push_back(std::move(rings));
  }

  /// Without points that fall upon the one before.
  [[nodiscard]] TilePath drawn(Path const& path) const {
    TilePath out;
    auto const add = [&](Spot const& spot) {
      auto const point = spot.rounded();
      if (out.empty() || out.back() != point) out.push_back(point);
    };
    add(place(path.front()));
    for (std::size_t i = 1; i < path.size(); ++i) {
      auto const& from = path[i - 1];
      auto const& to = path[i];
      Side const equator{&Position::y, 0, true};
      bool const crosses = from.x != to.x && from.y * to.y < 0;
      auto const begin = crosses ? equator.crossing(from, to) : from;
      if (crosses) bend(from, begin, add, most_halvings);
      bend(begin, to, add, most_halvings);
    }
    return out;
  }

  /// Adds the end of an edge, and before it what keeps to the edge: straight in degrees, it is a
  /// curve in Web Mercator unless it follows a meridian or a parallel. \pre it does not cross the
  /// equator, where the curve changes its side and its middle may be right by chance
  template<class Add>
  void bend(Position const& from, Position const& to, Add const& add, int halvings) const {
    auto const end = place(to);
    bool const is_slanted = from.x != to.x && from.y != to.y;
    if (is_slanted && halvings > 0) {
      Position const middle{(from.x + to.x) / 2, (from.y + to.y) / 2};
      if (std::abs(place(middle).y - (place(from).y + end.y) / 2) > 1) {
        bend(from, middle, add, halvings - 1);
        return bend(middle, to, add, halvings - 1);
      }
    }
    add(end);
  }

  static constexpr int most_halvings = 8;

  double tiles_;
  double x_;
  double y_;
  Sides sides_;
  TileShape shape_;
};

} // namespace

std::optional<Tile> Tile::at(std::int64_t zoom, std::int64_t x, std::int64_t y) {
  if (zoom < 0 || zoom > finest) return std::nullopt;
  auto const tiles = std::int64_t{1} << zoom;
  if (x < 0 || x >= tiles || y < 0 || y >= tiles) return std::nullopt;
  return Tile(static_cast<int>(zoom), x, y);
}

model::Bbox Tile::bbox() const {
  auto const tiles = std::exp2(zoom_);
  constexpr double more = double{margin} / extent;
  auto const column = static_cast<double>(x_);
  auto const row = static_cast<double>(y_);
  auto const longitude = [&](double from) {
    return std::clamp(from / tiles, 0.0, 1.0) * circle - circle / 2;
  };
  auto const latitude = [&](double from) {
    return std::clamp(latitude_of(std::clamp(from / tiles, 0.0, 1.0)), -most_north, most_north);
  };
  return model::Bbox::restored(longitude(column - more), latitude(row + 1 + more),
                               longitude(column + 1 + more), latitude(row - more));
}

TileShape Tile::cut(model::Geometry const& geometry) const {
  Drawing drawing(std::exp2(zoom_), static_cast<double>(x_), static_cast<double>(y_), bbox());
  drawing.add(model::from_wkb(geometry.wkb()));
  return drawing.take();
}

} // namespace terracat::geometry
