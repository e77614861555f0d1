#pragma once

#include <terracat/format.hpp>

namespace terracat::formats {

/// Parses a document whose root must be an object. A byte order mark is skipped.
/// \return  `json_malformed`, `too_large`, `too_deep` or `unexpected_root`
[[nodiscard]] boost::system::result<json::Value, Finding>
parse_document(std::string_view document, ReadContext const& context);

} // namespace terracat::formats
