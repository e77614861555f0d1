#pragma once

#include "formats/xml/xml.hpp"

#include <pugixml.hpp>

/// What pugixml forgives and we do not (XML 1.0, reliability limits of a document).
namespace terracat::formats::xml {

/// Looks at every reference `&…;` of a document in UTF-8. Refused are numbers that are no
/// character, and, where there is a document type, names that only it could explain.
[[nodiscard]] std::optional<Finding> check_references(std::string_view text);

/// One root, depth and number of attributes within the limits, no attribute twice.
[[nodiscard]] std::optional<Finding> check_tree(pugi::xml_document const& document,
                                                Limits const& limits);

/// "line 3, column 14", counted from 1, for a place in the text.
[[nodiscard]] std::string line_and_column(std::string_view text, std::size_t offset);

} // namespace terracat::formats::xml
