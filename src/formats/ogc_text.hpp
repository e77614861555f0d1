#pragma once

#include <terracat/record.hpp>

#include <span>
#include <string>
#include <string_view>

/// Records of OGC API Records 1.0 as answers have them.
namespace terracat::formats {

/// The record as GeoJSON.
/// \param languages  of its texts, the preferred one first; the author's first one comes last
/// \param links      JSON objects separated by commas, before those of the record; may be empty
[[nodiscard]] std::string ogc_record_text(model::Record const& record, std::string_view id,
                                          std::span<std::string const> languages,
                                          std::string_view links);

/// BCP 47, of the title in these languages, else the first of the metadata; empty if none is known.
[[nodiscard]] std::string language_of(model::Record const& record,
                                      std::span<std::string const> languages);

} // namespace terracat::formats
