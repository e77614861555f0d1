#pragma once

#include <string>
#include <string_view>

namespace terracat::formats {

/// The media type that a text is, names (`WWW:DOWNLOAD:text/csv`) or leads to
/// (".../media-types/application/x-shapefile"), in lower case; empty if it does not look like one.
[[nodiscard]] std::string media_type_in(std::string_view text);

/// The media type of a file, by the ending of its name in a path or address; empty for endings that
/// mean nothing certain.
[[nodiscard]] std::string media_type_of_name(std::string_view path);

} // namespace terracat::formats
