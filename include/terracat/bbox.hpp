#pragma once

#include <terracat/problem.hpp>

#include <optional>
#include <span>
#include <vector>

namespace terracat::model {

/// Metres above the ellipsoid or whatever the source's third axis is; only compared, never
/// converted.
struct HeightRange {
  double lowest = 0;
  double highest = 0;

  [[nodiscard]] bool intersects(HeightRange const& other) const noexcept {
    return lowest <= other.highest && highest >= other.lowest;
  }

  friend bool operator==(HeightRange const&, HeightRange const&) = default;
};

/// A box on the longitude-latitude plane, in degrees, with its edges included.
///
/// Longitudes are within -180..180, latitudes within -90..90, south is no greater than north. A
/// west greater than east says that the box crosses the antimeridian (RFC 7946 5.2).
class Bbox {
 public:
  /// Longitudes may run from -360 to 540 and are wrapped; 360 degrees or more make the whole
  /// circle.
  [[nodiscard]] static Result<Bbox> make(double west, double south, double east, double north);

  [[nodiscard]] static Bbox world() noexcept { return Bbox(-180, -90, 180, 90); }

  /// A box whose numbers were taken from another Bbox, as a store keeps them.
  [[nodiscard]] static Bbox restored(double west, double south, double east,
                                     double north) noexcept {
    return Bbox(west, south, east, north);
  }

  [[nodiscard]] double west() const noexcept { return west_; }

  [[nodiscard]] double south() const noexcept { return south_; }

  [[nodiscard]] double east() const noexcept { return east_; }

  [[nodiscard]] double north() const noexcept { return north_; }

  [[nodiscard]] bool crosses_antimeridian() const noexcept { return west_ > east_; }

  /// Degrees of longitude from west to east, 0 to 360.
  [[nodiscard]] double width() const noexcept {
    return crosses_antimeridian() ? east_ - west_ + 360 : east_ - west_;
  }

  /// The box itself, or its two halves beside the antimeridian, west half first. None of them
  /// crosses.
  [[nodiscard]] std::vector<Bbox> halves() const;

  [[nodiscard]] bool intersects(Bbox const& other) const noexcept;

  [[nodiscard]] bool contains(Bbox const& other) const noexcept;

  /// The narrowest box that holds both; it crosses the antimeridian only if one of the two does.
  [[nodiscard]] Bbox joined(Bbox const& other) const noexcept;

  friend bool operator==(Bbox const&, Bbox const&) = default;

 private:
  Bbox(double west, double south, double east, double north) noexcept
      : west_(west), south_(south), east_(east), north_(north) {}

  double west_;
  double south_;
  double east_;
  double north_;
};

/// A `bbox` of four numbers, or of six with the heights third and last, as GeoJSON and OGC API
/// write it.
struct Bbox3 {
  Bbox plane;
  std::optional<HeightRange> heights;

  [[nodiscard]] static Result<Bbox3> from_numbers(std::span<double const> numbers);
};

} // namespace terracat::model
