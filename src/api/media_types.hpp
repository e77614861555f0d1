#pragma once

#include <string_view>

namespace terracat::api {

inline constexpr std::string_view json_type = "application/json";
inline constexpr std::string_view geojson_type = "application/geo+json";
inline constexpr std::string_view schema_type = "application/schema+json";
inline constexpr std::string_view openapi_type = "application/vnd.oai.openapi+json;version=3.0";
inline constexpr std::string_view problem_type = "application/problem+json";
inline constexpr std::string_view html_type = "text/html";
inline constexpr std::string_view text_type = "text/plain";
inline constexpr std::string_view bytes_type = "application/octet-stream";

} // namespace terracat::api
