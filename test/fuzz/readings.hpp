#pragma once

#include <terracat/format.hpp>

namespace terracat::fuzz {

/// Reads a document in a format and proves what came of it: text that is UTF-8, findings with their
/// severity, a record that survives being written in each format that can be written, an item whose
/// body is JSON.
void check_format(formats::Format const& format, std::string_view document);

/// Takes a document apart and proves that each part is a document of one resource.
/// \pre the format takes documents apart
void check_split(formats::Format const& format, std::string_view document);

} // namespace terracat::fuzz
