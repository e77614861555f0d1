#pragma once

#include "vocabulary/thesaurus.hpp"

#include <string>
#include <string_view>

/// What is known of a concept or a scheme, as RDF.
namespace terracat::vocabulary {

/// The property of SKOS, such as "skos:exactMatch".
[[nodiscard]] std::string_view predicate_of(MappingKind kind) noexcept;

enum class RdfForm : std::uint8_t { turtle, rdf_xml, json_ld };

/// The statements about a concept, those that other vocabularies made of it among them.
[[nodiscard]] std::string to_rdf(Thesaurus const& thesaurus, ConceptNumber number, RdfForm form);

/// The statements about a scheme, its top concepts among them.
[[nodiscard]] std::string to_rdf(Thesaurus const& thesaurus, Scheme const& scheme, RdfForm form);

} // namespace terracat::vocabulary
