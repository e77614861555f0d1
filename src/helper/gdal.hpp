#pragma once

#include "helper/library.hpp"

/// What is used of the C interface of libgdal.so.32, declared here: the library, and the hundred
/// that it brings along, are loaded by the helper alone, so that the program starts without it.
namespace terracat::helper::gdal {

using Handle = void*; ///< of a data set, a band, a layer, a reference system, a transformation

/// GDAL_GCP: a point of the raster whose place is known.
struct ControlPoint {
  char* id;
  char* info;
  double pixel;
  double line;
  double x;
  double y;
  double z;
};

struct Envelope {
  double min_x;
  double max_x;
  double min_y;
  double max_y;
};

inline constexpr unsigned open_raster = 0x02;
inline constexpr unsigned open_vector = 0x04;
inline constexpr int traditional_axes = 0; ///< OAMS_TRADITIONAL_GIS_ORDER: longitude first

using ErrorHandler = void (*)(int severity, int number, char const* message);

/// The functions by their names without the prefixes of the library.
struct Functions {
  void (*set_option)(char const* name, char const* value);
  ErrorHandler (*set_error_handler)(ErrorHandler);
  char const* (*version)(char const* what);
  Handle (*file_from_buffer)(char const* name, unsigned char* bytes, unsigned long long length,
                             int is_taken);
  int (*close_file)(Handle);
  int (*unlink)(char const* name);

  Handle (*open)(char const* name, unsigned flags, char const* const* drivers,
                 char const* const* options, char const* const* siblings);
  void (*close)(Handle);
  Handle (*driver_of)(Handle data_set);
  char const* (*driver_name)(Handle driver);
  char** (*metadata)(Handle thing, char const* domain);
  int (*columns)(Handle data_set);
  int (*rows)(Handle data_set);
  int (*band_count)(Handle data_set);
  int (*transform_of)(Handle data_set, double* six);
  Handle (*crs_of)(Handle data_set);
  int (*control_point_count)(Handle data_set);
  ControlPoint const* (*control_points)(Handle data_set);
  Handle (*control_point_crs)(Handle data_set);
  int (*transform_by_points)(int count, ControlPoint const*, double* six, int is_rough);

  Handle (*band)(Handle data_set, int number);
  int (*data_type)(Handle band);
  char const* (*data_type_name)(int type);
  double (*no_data)(Handle band, int* is_there);
  double (*scale)(Handle band, int* is_there);
  double (*offset)(Handle band, int* is_there);
  char const* (*unit)(Handle band);
  char const* (*description)(Handle thing);
  int (*color_of)(Handle band);
  char const* (*color_name)(int color);

  int (*layer_count)(Handle data_set);
  Handle (*layer)(Handle data_set, int number);
  char const* (*layer_name)(Handle layer);
  int (*layer_extent)(Handle layer, Envelope*, int is_forced);
  Handle (*layer_crs)(Handle layer);
  long long (*feature_count)(Handle layer, int is_forced);
  int (*geometry_type)(Handle layer);
  char const* (*geometry_name)(int type);
  Handle (*definition)(Handle layer);
  int (*field_count)(Handle definition);
  Handle (*field)(Handle definition, int number);
  char const* (*field_name)(Handle field);
  int (*field_type)(Handle field);
  char const* (*field_type_name)(int type);

  Handle (*new_crs)(char const* wkt);
  void (*free_crs)(Handle);
  int (*import_epsg)(Handle crs, int code);
  void (*set_axes)(Handle crs, int strategy);
  char const* (*authority)(Handle crs, char const* node);
  char const* (*code)(Handle crs, char const* node);
  int (*export_wkt)(Handle crs, char** text, char const* const* options);
  void (*free_text)(void*);
  Handle (*new_transformation)(Handle from, Handle to);
  void (*free_transformation)(Handle);
  int (*transform)(Handle transformation, int count, double* x, double* y, double* z,
                   int* succeeded);
};

/// The library, with the drivers that read files of data and neither ask a network nor open other
/// files that a file names.
class Library : public helper::Library<Functions> {
 public:
  /// \throws std::system_error  if it is not installed, or not the one that is meant
  Library();
};

} // namespace terracat::helper::gdal
