#include "geometry/area_grid.hpp"

#include <algorithm>
#include <cmath>

namespace terracat::geometry {
namespace {

/// Degrees: much more than what rounding takes or adds, much less than a cell of any area.
constexpr double slack = 1e-9;

/// Of each bit how many of it and the lower ones are set, odd or even.
std::uint64_t parities(std::uint64_t bits) noexcept {
  for (unsigned shift = 1; shift < AreaGrid::size; shift *= 2) bits ^= bits << shift;
  return bits;
}

} // namespace

std::optional<AreaGrid> AreaGrid::make(model::Geometry const& geometry) {
  auto const type = geometry.type();
  bool const is_area =
      type == model::GeometryType::polygon || type == model::GeometryType::multi_polygon;
  auto const& box = geometry.bbox();
  constexpr double least = slack * 1e3 * size;
  bool const is_wide = box.east() - box.west() > least && box.north() - box.south() > least;
  if (!is_area || !is_wide) return std::nullopt; // across the antimeridian it is less than nothing
  AreaGrid out({box.west(), box.south(), box.east(), box.north()});
  for (auto const& part : model::from_wkb(geometry.wkb()).parts) {
    for (auto const& ring : part) out.add_ring(ring);
  }
  out.fill();
  return out;
}

AreaGrid::AreaGrid(Rectangle const& box) noexcept
    : box_(box), width_((box.east - box.west) / size), height_((box.north - box.south) / size) {}

void AreaGrid::add_ring(model::Path const& ring) noexcept {
  for (std::size_t i = 1; i < ring.size(); ++i) add_edge(ring[i - 1], ring[i]);
}

/// Row by row, the columns between the ends of what an edge has in it. Until all are filled,
/// `within_` has where edges pass the middle of a row.
void AreaGrid::add_edge(model::Position const& a, model::Position const& b) noexcept {
  auto const& low = a.y <= b.y ? a : b;
  auto const& high = a.y <= b.y ? b : a;
  auto const at = [&](double y) {
    auto const share = std::clamp((y - low.y) / (high.y - low.y), 0.0, 1.0);
    return low.x + share * (high.x - low.x);
  };
  // So level that rounding moves where it passes a row: it may pass anywhere from end to end.
  bool const is_level = high.y - low.y <= 1e-4 * std::abs(high.x - low.x);
  auto const last = row_of(high.y + slack);
  for (auto row = row_of(low.y - slack); row <= last; ++row) {
    auto const south = box_.south + row * height_;
    auto const from = is_level ? low.x : at(south - slack);
    auto const to = is_level ? high.x : at(south + height_ + slack);
    passed_[row] |= Cells{.west = column_of(std::min(from, to) - slack),
                          .south = row,
                          .east = column_of(std::max(from, to) + slack),
                          .north = row}
                        .columns();
    auto const middle = south + height_ / 2;
    if ((a.y > middle) != (b.y > middle)) within_[row] ^= std::uint64_t{1} << column_of(at(middle));
  }
}

/// The cells between two that the boundary passes lie all on the same side of it.
void AreaGrid::fill() noexcept {
  for (unsigned row = 0; row < size; ++row) {
    within_[row] = parities(within_[row]) & ~passed_[row];
  }
}

std::optional<AreaGrid::Cells> AreaGrid::touched_by(Rectangle const& rectangle) const noexcept {
  auto const wide = rectangle.wider_by(slack, slack);
  if (wide.west > box_.east || wide.east < box_.west || wide.south > box_.north ||
      wide.north < box_.south) {
    return std::nullopt;
  }
  return Cells{.west = column_of(wide.west),
               .south = row_of(wide.south),
               .east = column_of(wide.east),
               .north = row_of(wide.north)};
}

Rectangle AreaGrid::rectangle(unsigned row, unsigned first, unsigned last) const noexcept {
  return {.west = box_.west + first * width_,
          .south = box_.south + row * height_,
          .east = box_.west + (last + 1) * width_,
          .north = box_.south + (row + 1) * height_};
}

unsigned AreaGrid::column_of(double x) const noexcept {
  return static_cast<unsigned>(std::clamp((x - box_.west) / width_, 0.0, size - 1.0));
}

unsigned AreaGrid::row_of(double y) const noexcept {
  return static_cast<unsigned>(std::clamp((y - box_.south) / height_, 0.0, size - 1.0));
}

} // namespace terracat::geometry
