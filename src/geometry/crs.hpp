#pragma once

#include <terracat/bbox.hpp>
#include <terracat/geometry.hpp>

#include <memory>
#include <optional>
#include <span>
#include <string_view>

/// Coordinate reference systems. All that is kept is in longitude and latitude (CRS84); what is
/// asked and answered may be in others. PROJ only here.
namespace terracat::geometry {

/// What the two numbers of a position are.
enum class Axes : std::uint8_t {
  longitude_latitude,
  latitude_longitude,
  plane, ///< metres
};

struct Crs {
  std::string_view uri;  ///< as OGC writes it
  std::string_view name; ///< as PROJ knows it
  Axes axes;
};

/// THE table of those that can be asked for. The first is CRS84.
[[nodiscard]] std::span<Crs const> known_crs() noexcept;

/// \return  null if it is not among them
[[nodiscard]] Crs const* find_crs(std::string_view uri) noexcept;

/// The way between CRS84 and another one. Making one takes milliseconds. One thread at a time.
class Projection {
 public:
  /// \throws std::runtime_error  if PROJ does not find its data
  explicit Projection(Crs const& crs);
  Projection(Projection const&) = delete;
  Projection& operator=(Projection const&) = delete;
  Projection(Projection&&) noexcept;
  Projection& operator=(Projection&&) noexcept;
  ~Projection();

  [[nodiscard]] Axes axes() const noexcept;

  /// A position of CRS84 with the axes in the order of the other one.
  /// \return  nothing if it cannot be told there, as a pole in Mercator's
  [[nodiscard]] std::optional<model::Position> to(model::Position const& position) const;

  /// The way back. \return  nothing if it means no place on Earth
  [[nodiscard]] std::optional<model::Position> from(model::Position const& position) const;

  /// The box of CRS84 around one of the other CRS. \param numbers  four, axes in its order
  [[nodiscard]] Result<model::Bbox> box_from(std::span<double const, 4> numbers) const;

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

} // namespace terracat::geometry
