#pragma once

#include <terracat/geometry.hpp>

#include <memory>

namespace terracat::geometry {

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

 private:
  struct Index;

  model::Geometry geometry_;
  mutable std::unique_ptr<Index> index_; ///< made when boxes alone cannot decide
};

} // namespace terracat::geometry
