#include "helper/gdal.hpp"

#include <dlfcn.h>

#include <array>
#include <cerrno>
#include <string>
#include <system_error>

namespace terracat::helper::gdal {
namespace {

constexpr auto const* file = "libgdal.so.32";

/// What registers a driver. Those of the list open what they are given and nothing beside it but
/// files of the same name; one that is not there (a library built without it) is passed over.
constexpr std::array drivers{
    "GDALRegister_GTiff", "GDALRegister_JP2OpenJPEG", "GDALRegister_netCDF",
    "GDALRegister_HDF5",  "GDALRegister_HDF5Image",   "RegisterOGRGeoPackage",
    "RegisterOGRShape",   "RegisterOGRGeoJSON",       "RegisterOGRFlatGeobuf"};

[[noreturn]] void fail(std::string const& what) {
  throw std::system_error(ELIBACC, std::generic_category(), what);
}

template<class Function>
void find(void* library, char const* name, Function& function) {
  auto* const address = ::dlsym(library, name);
  if (address == nullptr) fail(name);
  function = reinterpret_cast<Function>(address); // NOLINT: what dlsym() is for
}

void find_common(void* library, Functions& it) {
  find(library, "CPLSetConfigOption", it.set_option);
  find(library, "CPLSetErrorHandler", it.set_error_handler);
  find(library, "GDALVersionInfo", it.version);
  find(library, "VSIFileFromMemBuffer", it.file_from_buffer);
  find(library, "VSIFCloseL", it.close_file);
  find(library, "VSIUnlink", it.unlink);
  find(library, "VSIFree", it.free_text);
  find(library, "GDALOpenEx", it.open);
  find(library, "GDALClose", it.close);
  find(library, "GDALGetDatasetDriver", it.driver_of);
  find(library, "GDALGetDriverShortName", it.driver_name);
  find(library, "GDALGetMetadata", it.metadata);
  find(library, "GDALGetDescription", it.description);
}

void find_raster(void* library, Functions& it) {
  find(library, "GDALGetRasterXSize", it.columns);
  find(library, "GDALGetRasterYSize", it.rows);
  find(library, "GDALGetRasterCount", it.band_count);
  find(library, "GDALGetGeoTransform", it.transform_of);
  find(library, "GDALGetSpatialRef", it.crs_of);
  find(library, "GDALGetGCPCount", it.control_point_count);
  find(library, "GDALGetGCPs", it.control_points);
  find(library, "GDALGetGCPSpatialRef", it.control_point_crs);
  find(library, "GDALGCPsToGeoTransform", it.transform_by_points);
  find(library, "GDALGetRasterBand", it.band);
  find(library, "GDALGetRasterDataType", it.data_type);
  find(library, "GDALGetDataTypeName", it.data_type_name);
  find(library, "GDALGetRasterNoDataValue", it.no_data);
  find(library, "GDALGetRasterScale", it.scale);
  find(library, "GDALGetRasterOffset", it.offset);
  find(library, "GDALGetRasterUnitType", it.unit);
  find(library, "GDALGetRasterColorInterpretation", it.color_of);
  find(library, "GDALGetColorInterpretationName", it.color_name);
}

void find_vector(void* library, Functions& it) {
  find(library, "GDALDatasetGetLayerCount", it.layer_count);
  find(library, "GDALDatasetGetLayer", it.layer);
  find(library, "OGR_L_GetName", it.layer_name);
  find(library, "OGR_L_GetExtent", it.layer_extent);
  find(library, "OGR_L_GetSpatialRef", it.layer_crs);
  find(library, "OGR_L_GetFeatureCount", it.feature_count);
  find(library, "OGR_L_GetGeomType", it.geometry_type);
  find(library, "OGRGeometryTypeToName", it.geometry_name);
  find(library, "OGR_L_GetLayerDefn", it.definition);
  find(library, "OGR_FD_GetFieldCount", it.field_count);
  find(library, "OGR_FD_GetFieldDefn", it.field);
  find(library, "OGR_Fld_GetNameRef", it.field_name);
  find(library, "OGR_Fld_GetType", it.field_type);
  find(library, "OGR_GetFieldTypeName", it.field_type_name);
}

void find_crs(void* library, Functions& it) {
  find(library, "OSRNewSpatialReference", it.new_crs);
  find(library, "OSRDestroySpatialReference", it.free_crs);
  find(library, "OSRImportFromEPSG", it.import_epsg);
  find(library, "OSRSetAxisMappingStrategy", it.set_axes);
  find(library, "OSRGetAuthorityName", it.authority);
  find(library, "OSRGetAuthorityCode", it.code);
  find(library, "OSRExportToWktEx", it.export_wkt);
  find(library, "OCTNewCoordinateTransformation", it.new_transformation);
  find(library, "OCTDestroyCoordinateTransformation", it.free_transformation);
  find(library, "OCTTransformEx", it.transform);
}

/// Before any driver is there, for some look at their settings only then.
void set_up(Functions const& it) {
  it.set_option("GDAL_CACHEMAX", "64"); // megabytes
  it.set_option("GDAL_NUM_THREADS", "1");
  it.set_option("GDAL_DRIVER_PATH", "disable");
  it.set_option("GDAL_HTTP_MAX_RETRY", "0");
  it.set_option("OGR_GEOJSON_MAX_OBJ_SIZE", "64"); // megabytes
  it.set_option("SQLITE_USE_OGR_VFS", "YES");
  it.set_option("OGR_SQLITE_JOURNAL", "OFF");
}

} // namespace

void Library::Closer::operator()(void* library) const noexcept {
  ::dlclose(library);
}

// It is never unloaded: libraries that it brings along forget memory when they are.
Library::Library() : handle_(::dlopen(file, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE)) {
  auto* const library = handle_.get();
  if (library == nullptr) fail(file);
  find_common(library, functions_);
  find_raster(library, functions_);
  find_vector(library, functions_);
  find_crs(library, functions_);
  set_up(functions_);
  for (auto const* const name : drivers) {
    auto* const address = ::dlsym(library, name);
    if (address == nullptr) continue;
    reinterpret_cast<void (*)()>(address)(); // NOLINT: what dlsym() is for
  }
}

} // namespace terracat::helper::gdal
