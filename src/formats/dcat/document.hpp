#pragma once

#include <terracat/format.hpp>
#include <terracat/rdf.hpp>

#include <boost/system/result.hpp>

#include <string_view>

/// Documents of RDF in the syntaxes that catalogues are written in.
namespace terracat::formats::dcat {

/// True if it begins with a declaration, a comment or a start tag with a namespace: Turtle may
/// begin with `<` as well.
[[nodiscard]] bool looks_like_xml(std::string_view document);

/// True if it begins with an object or an array of objects.
[[nodiscard]] bool looks_like_json(std::string_view document);

/// The graph of a document in RDF/XML, Turtle, N-Triples or JSON-LD, or why there is none.
/// \pre the context has a parser for RDF
[[nodiscard]] boost::system::result<terracat::rdf::Graph, Finding>
graph_of(std::string_view document, ReadContext const& context);

} // namespace terracat::formats::dcat
