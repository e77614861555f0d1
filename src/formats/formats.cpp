#include <terracat/format.hpp>

#include "formats/readers.hpp"

#include <algorithm>
#include <array>

namespace terracat::formats {
namespace {

/// A document is of the first format that recognises it: those that look for more stand first.
constexpr std::array rows{
    Format{
        .name = "stac-item",
        .summary = "STAC Item, version 0.8 to 1.1",
        .media_type = "application/geo+json",
        .recognises = is_stac_item,
        .read = read_stac_item,
        .write = nullptr,
    },
    Format{
        .name = "stac-collection",
        .summary = "STAC Collection, version 0.8 to 1.1",
        .media_type = "application/json",
        .recognises = is_stac_collection,
        .read = read_stac_collection,
        .write = write_stac_collection,
    },
    Format{
        .name = "ogc-record",
        .summary = "record of OGC API Records 1.0 as GeoJSON",
        .media_type = "application/geo+json",
        .recognises = is_ogc_record,
        .read = read_ogc_record,
        .write = write_ogc_record,
    },
    Format{
        .name = "iso19139",
        .summary = "ISO 19115 metadata as XML of ISO 19139 (gmd) or 19115-2 (gmi)",
        .media_type = "application/vnd.iso.19139+xml",
        .recognises = recognises_iso19139,
        .read = read_iso19139,
        .write = nullptr,
    },
    Format{
        .name = "iso19115-3",
        .summary = "ISO 19115-1 metadata as XML of ISO 19115-3 (mdb)",
        .media_type = "application/vnd.iso.19115-3+xml",
        .recognises = recognises_iso19115_3,
        .read = read_iso19115_3,
        .write = nullptr,
    },
};

} // namespace

std::span<Format const> all() noexcept {
  return rows;
}

Format const* find(std::string_view name) noexcept {
  auto const* const row = std::ranges::find(rows, name, &Format::name);
  return row == rows.end() ? nullptr : row;
}

Format const* recognise(std::string_view document) noexcept {
  auto const* const row = std::ranges::find_if(
      rows, [document](Format const& format) { return format.recognises(document); });
  return row == rows.end() ? nullptr : row;
}

} // namespace terracat::formats
