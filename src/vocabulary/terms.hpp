#pragma once

#include "vocabulary/concept.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

/// The words of SKOS and its neighbours.
namespace terracat::vocabulary {

/// What a property means here, whichever ontology it is of.
enum class Property : std::uint8_t {
  other,
  type,
  preferred,
  alternate,
  hidden,
  notation,
  literal_form,
  label, ///< `rdfs:label`
  title, ///< `dct:title`, `dc:title`
  definition,
  scope_note,
  example,
  note,
  in_scheme,
  top_concept_of,
  has_top_concept,
  broader,
  narrower,
  related,
  exact_match,
  close_match,
  broad_match,
  narrow_match,
  related_match,
  deprecated,
  status,
  replaced_by,
  created,
  modified,

  member,      ///< `skos:member`, `rdfs:member`, `isothes:subGroup`
  member_list, ///< `skos:memberList`
  super_group, ///< `isothes:superGroup`
  list_first,
  list_rest,

  // What formats that are not quite SKOS say (nvs.cpp, registry.cpp).
  description, ///< `dct:description`
  date,        ///< `dct:date`
  item_definition,
  item_entity,
  item_notation,
  item_register,
  predecessor,
  successor,
};

[[nodiscard]] Property property_of(std::string_view iri);

enum class Class : std::uint8_t { other, skos_concept, scheme, collection };

[[nodiscard]] Class class_of(std::string_view iri) noexcept;

[[nodiscard]] Property property_of(LabelKind kind) noexcept;
[[nodiscard]] Property property_of(NoteKind kind) noexcept;
[[nodiscard]] Property property_of(MappingKind kind) noexcept;

[[nodiscard]] std::optional<LabelKind> label_kind(Property property) noexcept;
[[nodiscard]] std::optional<NoteKind> note_kind(Property property) noexcept;
[[nodiscard]] std::optional<MappingKind> mapping_kind(Property property) noexcept;

/// It names a scheme.
[[nodiscard]] bool is_title(Property property) noexcept;

/// It is said of concepts only.
[[nodiscard]] bool is_placing(Property property) noexcept;

} // namespace terracat::vocabulary
