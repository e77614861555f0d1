#pragma once

#include <terracat/format.hpp>

/// The functions that the rows of formats.cpp point to, one group per format.
namespace terracat::formats {

// stac-item
[[nodiscard]] bool is_stac_item(std::string_view document);
[[nodiscard]] ReadResult read_stac_item(std::string_view document, ReadContext const& context);

// stac-collection
[[nodiscard]] bool is_stac_collection(std::string_view document);
[[nodiscard]] ReadResult read_stac_collection(std::string_view document,
                                              ReadContext const& context);
[[nodiscard]] std::string write_stac_collection(model::Record const& record, std::string_view id);

// ogc-record
[[nodiscard]] bool is_ogc_record(std::string_view document);
[[nodiscard]] ReadResult read_ogc_record(std::string_view document, ReadContext const& context);
[[nodiscard]] std::string write_ogc_record(model::Record const& record, std::string_view id);

// iso19139, iso19115-3
[[nodiscard]] bool recognises_iso19139(std::string_view document);
[[nodiscard]] ReadResult read_iso19139(std::string_view document, ReadContext const& context);

[[nodiscard]] bool recognises_iso19115_3(std::string_view document);
[[nodiscard]] ReadResult read_iso19115_3(std::string_view document, ReadContext const& context);

} // namespace terracat::formats
