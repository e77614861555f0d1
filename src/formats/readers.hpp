#pragma once

#include <terracat/format.hpp>

/// The functions that the rows of formats.cpp name. Each format has its own .cpp file.
namespace terracat::formats {

[[nodiscard]] bool recognises_iso19139(std::string_view document);
[[nodiscard]] ReadResult read_iso19139(std::string_view document, ReadContext const& context);

[[nodiscard]] bool recognises_iso19115_3(std::string_view document);
[[nodiscard]] ReadResult read_iso19115_3(std::string_view document, ReadContext const& context);

} // namespace terracat::formats
