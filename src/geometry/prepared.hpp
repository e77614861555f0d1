#pragma once

#include <terracat/geometry.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace terracat::geometry {

/// How two geometries lie to each other, as OGC Simple Features defines it.
enum class Relation : std::uint8_t {
  contains,
  crosses,
  disjoint,
  equals,
  intersects,
  overlaps,
  touches,
  within
};

/// What the second is to the first where the first is that to the second.
[[nodiscard]] constexpr Relation mirrored(Relation relation) noexcept {
  if (relation == Relation::contains) return Relation::within;
  return relation == Relation::within ? Relation::contains : relation;
}

/// A geometry made ready to be tested against many others.
///
/// The tests are those of OGC Simple Features on the plane: touching is intersecting. Not
/// thread-safe, for the index inside is built at the first test.
class Prepared {
 public:
  explicit Prepared(model::Geometry geometry);
  Prepared(Prepared const&) = delete;
  Prepared& operator=(Prepared const&) = delete;
  Prepared(Prepared&&) noexcept;
  Prepared& operator=(Prepared&&) noexcept;
  ~Prepared();

  [[nodiscard]] model::Geometry const& geometry() const noexcept { return geometry_; }

  [[nodiscard]] bool intersects(model::Geometry const& other) const;

  /// Whether this geometry is that to the other.
  [[nodiscard]] bool is(Relation relation, model::Geometry const& other) const;

 private:
  struct Index;

  [[nodiscard]] Index const& index() const;
  [[nodiscard]] std::optional<bool> compared(model::Geometry const& other) const;

  model::Geometry geometry_;
  mutable std::vector<model::Part> parts_; ///< of an area, once it was compared edge by edge
  mutable std::size_t compared_ = 0;       ///< how often it was
  mutable std::unique_ptr<Index> index_;   ///< made when less cannot decide
};

} // namespace terracat::geometry
