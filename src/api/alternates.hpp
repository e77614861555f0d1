#pragma once

#include <string_view>

namespace terracat::api {

/// The extension of STAC by which an asset has `alternate`: other addresses of the same file.
inline constexpr std::string_view alternates_extension =
    "https://stac-extensions.github.io/alternate-assets/v1.2.0/schema.json";

} // namespace terracat::api
