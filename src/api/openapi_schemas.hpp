#pragma once

#include <string_view>

namespace terracat::api {

/// The schemas of bodies that OpenAPI documents refer to, by name: a JSON object.
[[nodiscard]] std::string_view openapi_schemas() noexcept;

} // namespace terracat::api
