#include "formats/words/media_types.hpp"

#include "formats/words/text.hpp"

#include <algorithm>
#include <array>

namespace terracat::formats {
namespace {

struct FileEnding {
  std::string_view ending;
  std::string_view type;
};

constexpr std::array endings{
    FileEnding{"csv", "text/csv"},
    FileEnding{"gif", "image/gif"},
    FileEnding{"geojson", "application/geo+json"},
    FileEnding{"gml", "application/gml+xml"},
    FileEnding{"gpkg", "application/geopackage+sqlite3"},
    FileEnding{"grib", "application/wmo-grib"},
    FileEnding{"grib2", "application/wmo-grib"},
    FileEnding{"gz", "application/gzip"},
    FileEnding{"h5", "application/x-hdf5"},
    FileEnding{"hdf5", "application/x-hdf5"},
    FileEnding{"hdf", "application/x-hdf"},
    FileEnding{"htm", "text/html"},
    FileEnding{"html", "text/html"},
    FileEnding{"jp2", "image/jp2"},
    FileEnding{"jpeg", "image/jpeg"},
    FileEnding{"jpg", "image/jpeg"},
    FileEnding{"json", "application/json"},
    FileEnding{"kml", "application/vnd.google-earth.kml+xml"},
    FileEnding{"kmz", "application/vnd.google-earth.kmz"},
    FileEnding{"nc", "application/netcdf"},
    FileEnding{"nc4", "application/netcdf"},
    FileEnding{"ods", "application/vnd.oasis.opendocument.spreadsheet"},
    FileEnding{"parquet", "application/vnd.apache.parquet"},
    FileEnding{"pdf", "application/pdf"},
    FileEnding{"png", "image/png"},
    FileEnding{"svg", "image/svg+xml"},
    FileEnding{"tif", "image/tiff"},
    FileEnding{"tiff", "image/tiff"},
    FileEnding{"txt", "text/plain"},
    FileEnding{"webp", "image/webp"},
    FileEnding{"xls", "application/vnd.ms-excel"},
    FileEnding{"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    FileEnding{"xml", "application/xml"},
    FileEnding{"zip", "application/zip"},
};

constexpr std::array<std::string_view, 7> top_levels{"application", "audio", "font", "image",
                                                     "model",       "text",  "video"};

bool is_subtype(std::string_view text) noexcept {
  constexpr std::string_view others = "!#$&-^_.+";
  return !text.empty() && text.size() <= 80 && std::ranges::all_of(text, [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           others.find(c) != std::string_view::npos;
  });
}

} // namespace

std::string media_type_in(std::string_view text) {
  auto const lower = lowered(stripped(text));
  for (auto const top : top_levels) {
    auto const at = lower.find(std::string(top) + "/");
    bool const begins =
        at == 0 || (at != std::string::npos && (lower[at - 1] == '/' || lower[at - 1] == ':'));
    if (!begins) continue;
    std::string_view type = lower;
    type.remove_prefix(at);
    // Parameters do not matter here.
    type = stripped(type.substr(0, type.find(';')));
    if (is_subtype(type.substr(top.size() + 1))) return std::string(type);
  }
  return {};
}

std::string media_type_of_name(std::string_view path) {
  if (auto const scheme = path.find("://"); scheme != std::string_view::npos) {
    path.remove_prefix(scheme + 3);
    auto const slash = path.find('/');
    path = slash == std::string_view::npos ? std::string_view() : path.substr(slash);
  }
  path = path.substr(0, path.find_first_of("?#"));
  auto const dot = path.find_last_of("./");
  if (dot == std::string_view::npos || path[dot] != '.') return {};
  auto const ending = lowered(path.substr(dot + 1));
  auto const* const found = std::ranges::find(endings, ending, &FileEnding::ending);
  return found == endings.end() ? std::string() : std::string(found->type);
}

} // namespace terracat::formats
