#pragma once

#include "helper/gdal.hpp"

#include <terracat/data_file.hpp>

#include <array>
#include <span>
#include <string>
#include <string_view>

/// What is taken out of the rasters and layers that GDAL has opened.
namespace terracat::helper {

/// Turns outlines in any system into degrees of WGS 84.
class Outliner {
 public:
  /// \throws std::system_error  ELIBBAD if the library does not know WGS 84
  explicit Outliner(gdal::Library const& library);
  Outliner(Outliner const&) = delete;
  Outliner& operator=(Outliner const&) = delete;
  Outliner(Outliner&&) = delete;
  Outliner& operator=(Outliner&&) = delete;
  ~Outliner();

  using Corners = std::array<model::Position, 4>;

  /// \param crs      null: not known
  /// \param corners  of a quadrangle in that system, in their order around it
  /// \return         sides without positions if one of them cannot be said in degrees
  [[nodiscard]] std::array<model::Path, 4> outline(gdal::Handle crs, Corners const& corners) const;

  /// WGS 84.
  [[nodiscard]] gdal::Handle degrees() const noexcept { return degrees_; }

 private:
  gdal::Library const& library_;
  gdal::Handle degrees_;
};

/// Puts size, place and bands of a raster into the facts, as far as they are not there yet.
void add_raster(gdal::Library const& library, Outliner const& outliner, gdal::Handle data_set,
                data::Facts& facts);

/// Puts the layers of a file and where they lie into the facts.
void add_layers(gdal::Library const& library, Outliner const& outliner, gdal::Handle data_set,
                data::Facts& facts);

/// Puts what the header of a point cloud says into the facts.
/// \return  false if it cannot be read
[[nodiscard]] bool add_points(gdal::Library const& library, Outliner const& outliner,
                              std::span<unsigned char const> bytes, data::Facts& facts);

/// What a reference system is called, or says.
void add_crs(gdal::Library const& library, gdal::Handle crs, data::Facts& facts);

/// Puts what a domain says into the facts, as far as it is not said there yet.
/// \param domain  null: the one without a name
void add_metadata(gdal::Library const& library, gdal::Handle thing, char const* domain,
                  data::Facts& facts);

/// Text that a file holds, cut to what is passed on.
[[nodiscard]] std::string text_of(char const* text);

/// The value behind `NAME=` among what a domain says; empty: there is none.
[[nodiscard]] std::string value_of(gdal::Library const& library, gdal::Handle thing,
                                   char const* domain, std::string_view name);

} // namespace terracat::helper
