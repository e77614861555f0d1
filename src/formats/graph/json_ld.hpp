#pragma once

#include <terracat/finding.hpp>
#include <terracat/json.hpp>
#include <terracat/rdf.hpp>

#include <boost/system/result.hpp>

#include <span>
#include <string_view>

namespace terracat::formats::graph {

/// A context that documents name by its address.
struct NamedContext {
  std::string_view address; ///< without scheme and slashes at its end
  std::string_view text;    ///< JSON: an object of terms
};

/// What counts in place of contexts that stand elsewhere: none is ever fetched.
struct ContextsElsewhere {
  std::span<NamedContext const> known;

  /// Stands for one that is not known, and for one that is missing where the document's type is a
  /// plain word. Such documents, and those with contexts within terms, are then read as far as they
  /// can be, with `rdf_repaired` among the oddities; where this is empty, they are refused.
  std::string_view usual;
};

/// Reads JSON-LD 1.1 as catalogues and vocabularies write it: expanded, or with a context in the
/// document: terms, prefixes, `@vocab`, `@base`, types and languages of terms, containers (`@list`,
/// `@set`, `@language`, `@index`, `@id`, `@graph`), `@reverse`, aliases of keywords, `@included`.
/// Contexts within the definition of a term are not read.
/// Named graphs count as part of the whole.
/// \param base       an absolute IRI
/// \param parser     is used for the document, of which the graph keeps nothing
/// \param elsewhere  nothing is known of contexts that are not in the document if there is none
/// \return           the graph, or why there is none: json_malformed, too_deep, too_large,
/// not_utf8,
///                   rdf_malformed with a JSON pointer
[[nodiscard]] boost::system::result<terracat::rdf::Graph, Finding>
read_json_ld(std::string_view document, std::string_view base, json::Parser& parser,
             ContextsElsewhere const& elsewhere = {});

} // namespace terracat::formats::graph
