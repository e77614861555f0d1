#pragma once

#include <geos_c.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace terracat::geometry {

struct GeosDeleter {
  GEOSContextHandle_t context = nullptr;

  void operator()(GEOSGeometry* geometry) const noexcept { GEOSGeom_destroy_r(context, geometry); }

  void operator()(GEOSPreparedGeometry const* prepared) const noexcept {
    GEOSPreparedGeom_destroy_r(context, prepared);
  }

  void operator()(GEOSWKBReader* reader) const noexcept {
    GEOSWKBReader_destroy_r(context, reader);
  }
};

using GeosGeometry = std::unique_ptr<GEOSGeometry, GeosDeleter>;
using GeosPrepared = std::unique_ptr<GEOSPreparedGeometry const, GeosDeleter>;

/// One GEOS context with what is made in it. A context is used from one thread at a time and must
/// outlive its geometries. Failures of GEOS are GeosError, for the input has been checked before.
class Geos {
 public:
  Geos();
  Geos(Geos const&) = delete;
  Geos& operator=(Geos const&) = delete;
  Geos(Geos&&) = delete;
  Geos& operator=(Geos&&) = delete;
  ~Geos();

  [[nodiscard]] GEOSContextHandle_t handle() const noexcept { return context_; }

  [[nodiscard]] GeosGeometry owned(GEOSGeometry* geometry) const;
  [[nodiscard]] GeosPrepared prepared(GEOSGeometry const& geometry) const;
  [[nodiscard]] GeosGeometry read_wkb(std::string_view wkb) const;

  /// Little-endian, two dimensions.
  [[nodiscard]] std::string write_wkb(GEOSGeometry const& geometry) const;

  /// True or false of a GEOS predicate, whose third answer is an exception.
  [[nodiscard]] bool truth(char answer) const;

  [[noreturn]] void fail() const;

 private:
  GEOSContextHandle_t context_;
  std::string message_;
};

class GeosError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

} // namespace terracat::geometry
