#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace terracat::formats::xml {

/// The bytes of an XML document as UTF-8 without byte order mark. The encoding is the one of the
/// byte order mark, else of the XML declaration, else UTF-8 (XML 1.0 appendix F). \return  nothing
/// if the bytes are not in that encoding, or it is none of those that harvested
///          documents come in: UTF-8, UTF-16, UTF-32, ISO 8859, Windows code pages, US-ASCII
[[nodiscard]] std::optional<std::string> to_utf8(std::string_view document);

} // namespace terracat::formats::xml
