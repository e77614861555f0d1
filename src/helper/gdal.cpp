#include "helper/gdal.hpp"

#include <array>

namespace terracat::helper::gdal {
namespace {

constexpr auto const* file = "libgdal.so.32";

/// What registers a driver. Those of the list open what they are given and nothing beside it but
/// files of the same name; one that is not there (a library built without it) is passed over.
constexpr std::array drivers{
    "GDALRegister_GTiff", "GDALRegister_JP2OpenJPEG", "GDALRegister_netCDF",
    "GDALRegister_HDF5",  "GDALRegister_HDF5Image",   "RegisterOGRGeoPackage",
    "RegisterOGRShape",   "RegisterOGRGeoJSON",       "RegisterOGRFlatGeobuf"};

void find_common(SharedLibrary const& library, Functions& it) {
  library.find("CPLSetConfigOption", it.set_option);
  library.find("CPLSetErrorHandler", it.set_error_handler);
  library.find("GDALVersionInfo", it.version);
  library.find("VSIFileFromMemBuffer", it.file_from_buffer);
  library.find("VSIFCloseL", it.close_file);
  library.find("VSIUnlink", it.unlink);
  library.find("VSIFree", it.free_text);
  library.find("GDALOpenEx", it.open);
  library.find("GDALClose", it.close);
  library.find("GDALGetDatasetDriver", it.driver_of);
  library.find("GDALGetDriverShortName", it.driver_name);
  library.find("GDALGetMetadata", it.metadata);
  library.find("GDALGetDescription", it.description);
}

void find_raster(SharedLibrary const& library, Functions& it) {
  library.find("GDALGetRasterXSize", it.columns);
  library.find("GDALGetRasterYSize", it.rows);
  library.find("GDALGetRasterCount", it.band_count);
  library.find("GDALGetGeoTransform", it.transform_of);
  library.find("GDALGetSpatialRef", it.crs_of);
  library.find("GDALGetGCPCount", it.control_point_count);
  library.find("GDALGetGCPs", it.control_points);
  library.find("GDALGetGCPSpatialRef", it.control_point_crs);
  library.find("GDALGCPsToGeoTransform", it.transform_by_points);
  library.find("GDALGetRasterBand", it.band);
  library.find("GDALGetRasterDataType", it.data_type);
  library.find("GDALGetDataTypeName", it.data_type_name);
  library.find("GDALGetRasterNoDataValue", it.no_data);
  library.find("GDALGetRasterScale", it.scale);
  library.find("GDALGetRasterOffset", it.offset);
  library.find("GDALGetRasterUnitType", it.unit);
  library.find("GDALGetRasterColorInterpretation", it.color_of);
  library.find("GDALGetColorInterpretationName", it.color_name);
}

void find_vector(SharedLibrary const& library, Functions& it) {
  library.find("GDALDatasetGetLayerCount", it.layer_count);
  library.find("GDALDatasetGetLayer", it.layer);
  library.find("OGR_L_GetName", it.layer_name);
  library.find("OGR_L_GetExtent", it.layer_extent);
  library.find("OGR_L_GetSpatialRef", it.layer_crs);
  library.find("OGR_L_GetFeatureCount", it.feature_count);
  library.find("OGR_L_GetGeomType", it.geometry_type);
  library.find("OGRGeometryTypeToName", it.geometry_name);
  library.find("OGR_L_GetLayerDefn", it.definition);
  library.find("OGR_FD_GetFieldCount", it.field_count);
  library.find("OGR_FD_GetFieldDefn", it.field);
  library.find("OGR_Fld_GetNameRef", it.field_name);
  library.find("OGR_Fld_GetType", it.field_type);
  library.find("OGR_GetFieldTypeName", it.field_type_name);
}

void find_crs(SharedLibrary const& library, Functions& it) {
  library.find("OSRNewSpatialReference", it.new_crs);
  library.find("OSRDestroySpatialReference", it.free_crs);
  library.find("OSRImportFromEPSG", it.import_epsg);
  library.find("OSRSetAxisMappingStrategy", it.set_axes);
  library.find("OSRGetAuthorityName", it.authority);
  library.find("OSRGetAuthorityCode", it.code);
  library.find("OSRExportToWktEx", it.export_wkt);
  library.find("OCTNewCoordinateTransformation", it.new_transformation);
  library.find("OCTDestroyCoordinateTransformation", it.free_transformation);
  library.find("OCTTransformEx", it.transform);
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

Library::Library() : helper::Library<Functions>(file) {
  auto& it = functions();
  find_common(shared(), it);
  find_raster(shared(), it);
  find_vector(shared(), it);
  find_crs(shared(), it);
  set_up(it);
  for (auto const* const name : drivers) {
    auto* const register_driver = shared().optional<void()>(name);
    if (register_driver != nullptr) register_driver();
  }
}

} // namespace terracat::helper::gdal
