#pragma once

#include "formats/xml/xml.hpp"

#include <terracat/format.hpp>

#include <span>
#include <string_view>

namespace terracat::formats::iso {

/// The XML encodings of ISO 19115 that are read.
enum class Encoding { iso19139, iso19115_3 };

/// True if one of the first elements of the document is the root of a metadata record in this
/// encoding.
[[nodiscard]] bool recognises(std::string_view document, Encoding encoding);

/// Reads a document that is one metadata record, or the answer of a service that holds exactly one.
[[nodiscard]] ReadResult read(std::string_view document, ReadContext const& context,
                              Encoding encoding);

} // namespace terracat::formats::iso
