#pragma once

#include <string_view>

namespace terracat::api {

inline constexpr std::string_view json_type = "application/json";
inline constexpr std::string_view geojson_type = "application/geo+json";
inline constexpr std::string_view catalog_type = "application/ogc-catalog+json";
inline constexpr std::string_view facets_type = "application/facets+json";
inline constexpr std::string_view schema_type = "application/schema+json";
inline constexpr std::string_view openapi_type = "application/vnd.oai.openapi+json;version=3.0";
inline constexpr std::string_view problem_type = "application/problem+json";
inline constexpr std::string_view merge_patch_type = "application/merge-patch+json";
inline constexpr std::string_view json_patch_type = "application/json-patch+json";
inline constexpr std::string_view json_ld_type = "application/ld+json";
inline constexpr std::string_view turtle_type = "text/turtle";
inline constexpr std::string_view rdf_xml_type = "application/rdf+xml";
inline constexpr std::string_view html_type = "text/html";
inline constexpr std::string_view text_type = "text/plain";
inline constexpr std::string_view vector_tile_type = "application/vnd.mapbox-vector-tile";
inline constexpr std::string_view bytes_type = "application/octet-stream";

/// The one CRS of what is answered: longitude before latitude.
inline constexpr std::string_view crs84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";

} // namespace terracat::api
