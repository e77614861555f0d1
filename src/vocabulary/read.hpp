#pragma once

#include "vocabulary/draft.hpp"

#include <terracat/rdf.hpp>

#include <boost/system/result.hpp>

#include <string_view>

namespace terracat::vocabulary {

/// Reads a vocabulary.
/// \param document  Turtle, N-Triples, RDF/XML or JSON-LD: found out from how it begins
/// \param name      the vocabulary's, in addresses
/// \return          why it cannot be read: what rdf::Parser and formats::graph::read_json_ld give,
/// or
///                  unexpected_root if neither a concept nor a scheme is described in it
[[nodiscard]] boost::system::result<Draft, Finding>
read(std::string_view document, std::string_view name, rdf::Parser& parser);

} // namespace terracat::vocabulary
