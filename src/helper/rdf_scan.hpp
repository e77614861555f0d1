#pragma once

#include <terracat/finding.hpp>
#include <terracat/rdf.hpp>

#include <optional>
#include <string>
#include <string_view>

/// What is looked at before a parser for RDF sees a document: libxml2 would fetch what a document
/// type names, and the time of raptor2 grows with the square of the depth.
namespace terracat::helper {

/// What a document may be.
struct RdfLimits {
  std::size_t bytes = std::size_t{16} << 20;
  std::size_t depth = 64; ///< of elements, of brackets
};

/// \return  why the document is not to be parsed: too_large, not_utf8, too_deep, xml_entity,
///          xml_malformed
[[nodiscard]] std::optional<Finding> scan_rdf(std::string_view document, rdf::Syntax syntax,
                                              RdfLimits const& limits = {});

/// The document with blanks in the place of an XML declaration, whose encoding is not to be
/// believed.
[[nodiscard]] std::string without_declaration(std::string_view document);

/// "line 3", counted from 1
[[nodiscard]] std::string line_at(std::string_view document, std::size_t offset);

} // namespace terracat::helper
