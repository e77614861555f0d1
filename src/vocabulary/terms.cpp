#include "vocabulary/terms.hpp"

#include <algorithm>
#include <array>

namespace terracat::vocabulary {
namespace {

constexpr std::string_view skos = "http://www.w3.org/2004/02/skos/core#";
constexpr std::string_view skos_xl = "http://www.w3.org/2008/05/skos-xl#";
constexpr std::string_view thesauri = "http://purl.org/iso25964/skos-thes#";
constexpr std::string_view rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
constexpr std::string_view rdfs = "http://www.w3.org/2000/01/rdf-schema#";
constexpr std::string_view owl = "http://www.w3.org/2002/07/owl#";
constexpr std::string_view terms = "http://purl.org/dc/terms/";
constexpr std::string_view elements = "http://purl.org/dc/elements/1.1/";
constexpr std::string_view assets = "http://www.w3.org/ns/adms#";
constexpr std::string_view registry = "http://purl.org/linked-data/registry#";

struct Row {
  std::string_view ontology;
  std::string_view name;
  Property property;
};

constexpr std::array rows{
    Row{rdf, "type", Property::type},
    Row{skos, "prefLabel", Property::preferred},
    Row{skos, "altLabel", Property::alternate},
    Row{skos, "hiddenLabel", Property::hidden},
    Row{skos_xl, "prefLabel", Property::preferred},
    Row{skos_xl, "altLabel", Property::alternate},
    Row{skos_xl, "hiddenLabel", Property::hidden},
    Row{skos_xl, "literalForm", Property::literal_form},
    Row{skos, "notation", Property::notation},
    Row{rdfs, "label", Property::label},
    Row{terms, "title", Property::title},
    Row{elements, "title", Property::title},
    Row{skos, "definition", Property::definition},
    Row{skos, "scopeNote", Property::scope_note},
    Row{skos, "example", Property::example},
    Row{skos, "note", Property::note},
    Row{skos, "inScheme", Property::in_scheme},
    Row{skos, "topConceptOf", Property::top_concept_of},
    Row{skos, "hasTopConcept", Property::has_top_concept},
    Row{skos, "broader", Property::broader},
    Row{thesauri, "broaderGeneric", Property::broader},
    Row{thesauri, "broaderInstantial", Property::broader},
    Row{thesauri, "broaderPartitive", Property::broader},
    Row{skos, "narrower", Property::narrower},
    Row{thesauri, "narrowerGeneric", Property::narrower},
    Row{thesauri, "narrowerInstantial", Property::narrower},
    Row{thesauri, "narrowerPartitive", Property::narrower},
    Row{skos, "related", Property::related},
    Row{skos, "exactMatch", Property::exact_match},
    Row{skos, "closeMatch", Property::close_match},
    Row{skos, "broadMatch", Property::broad_match},
    Row{skos, "narrowMatch", Property::narrow_match},
    Row{skos, "relatedMatch", Property::related_match},
    Row{owl, "deprecated", Property::deprecated},
    Row{assets, "status", Property::status},
    Row{registry, "status", Property::status},
    Row{terms, "isReplacedBy", Property::replaced_by},
    Row{terms, "created", Property::created},
    Row{terms, "modified", Property::modified},
    Row{skos, "member", Property::member},
    Row{rdfs, "member", Property::member},
    Row{thesauri, "subGroup", Property::member},
    Row{thesauri, "superGroup", Property::super_group},
    Row{skos, "memberList", Property::member_list},
    Row{rdf, "first", Property::list_first},
    Row{rdf, "rest", Property::list_rest},
    Row{terms, "description", Property::description},
    Row{terms, "date", Property::date},
    Row{registry, "definition", Property::item_definition},
    Row{registry, "entity", Property::item_entity},
    Row{registry, "notation", Property::item_notation},
    Row{registry, "register", Property::item_register},
    Row{registry, "predecessor", Property::predecessor},
    Row{registry, "successor", Property::successor},
};

} // namespace

Property property_of(std::string_view iri) {
  auto const* const found = std::ranges::find_if(rows, [&](Row const& row) {
    return iri.size() == row.ontology.size() + row.name.size() && iri.starts_with(row.ontology) &&
           iri.ends_with(row.name);
  });
  return found == rows.end() ? Property::other : found->property;
}

Class class_of(std::string_view iri) noexcept {
  if (iri.starts_with(thesauri)) {
    iri.remove_prefix(thesauri.size());
    return iri == "ConceptGroup" || iri == "ThesaurusArray" ? Class::collection : Class::other;
  }
  if (!iri.starts_with(skos)) return Class::other;
  iri.remove_prefix(skos.size());
  if (iri == "Concept") return Class::skos_concept;
  if (iri == "Collection" || iri == "OrderedCollection") return Class::collection;
  return iri == "ConceptScheme" ? Class::scheme : Class::other;
}

namespace {

constexpr std::array labels{Property::preferred, Property::alternate, Property::hidden,
                            Property::notation};
constexpr std::array notes{Property::definition, Property::scope_note, Property::example,
                           Property::note};
constexpr std::array mappings{Property::exact_match, Property::close_match, Property::broad_match,
                              Property::narrow_match, Property::related_match};

/// The kind whose property stands at its place.
template<class Kind, std::size_t Count>
std::optional<Kind> kind_in(std::array<Property, Count> const& properties, Property property) {
  auto const* const found = std::ranges::find(properties, property);
  if (found == properties.end()) return std::nullopt;
  return static_cast<Kind>(found - properties.begin());
}

} // namespace

Property property_of(LabelKind kind) noexcept {
  return labels.at(static_cast<std::size_t>(kind));
}

Property property_of(NoteKind kind) noexcept {
  return notes.at(static_cast<std::size_t>(kind));
}

Property property_of(MappingKind kind) noexcept {
  return mappings.at(static_cast<std::size_t>(kind));
}

std::optional<LabelKind> label_kind(Property property) noexcept {
  return kind_in<LabelKind>(labels, property);
}

std::optional<NoteKind> note_kind(Property property) noexcept {
  return kind_in<NoteKind>(notes, property);
}

std::optional<MappingKind> mapping_kind(Property property) noexcept {
  return kind_in<MappingKind>(mappings, property);
}

bool is_title(Property property) noexcept {
  return property == Property::preferred || property == Property::label ||
         property == Property::title;
}

bool is_placing(Property property) noexcept {
  switch (property) {
  case Property::in_scheme:
  case Property::top_concept_of:
  case Property::broader:
  case Property::narrower:
    return true;
  default:
    return false;
  }
}

} // namespace terracat::vocabulary
