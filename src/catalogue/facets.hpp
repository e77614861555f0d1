#pragma once

#include "catalogue/kept_value.hpp"
#include "catalogue/record_request.hpp"
#include "vocabulary/concept.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What the records that a search finds have in common, counted, so that it can be narrowed.
namespace terracat::catalogue {

/// A facet of records. Who picks one of its values asks for records of which `property` is that.
struct FacetRow {
  std::string_view name;
  std::string_view property; ///< a queryable of records; empty: the source of the record

  /// Of concepts: only those that have it, or are the same as one; empty: all.
  std::string_view role;

  /// Whether the values of the property are counted; else it is of concepts, or counted by its
  /// name.
  [[nodiscard]] constexpr bool counts_values() const noexcept {
    return kept_column(property) < kept_properties.size();
  }
};

/// THE table of facets.
[[nodiscard]] std::span<FacetRow const> facet_rows() noexcept;

inline constexpr std::string_view decade_facet = "decade";
inline constexpr std::string_view pole_facet = "pole";
inline constexpr std::string_view concept_facet = "concept";
inline constexpr std::string_view compartment_facet = "compartment";
inline constexpr std::string_view variable_concept_facet = "observed-property";

/// Sources that count as one value of the facet `pole`.
struct SourceGroup {
  std::string key;
  std::string label;
  std::vector<std::string> sources;
};

/// What was picked of a facet.
struct FacetSelection {
  std::string_view facet;
  query::Expression condition;
};

/// A value of a facet.
struct FacetValue {
  std::string_view facet;
  std::string key;
  std::optional<vocabulary::ConceptNumber> head = {}; ///< of a concept: of whichever facet
};

struct FacetRequest {
  RecordRequest search;         ///< without what was picked; order and page do not matter
  bool are_collections = false; ///< nothing else is counted
  std::vector<FacetSelection> selections;
  std::optional<std::string> group; ///< that was picked
  std::vector<SourceGroup> groups;
  std::vector<FacetRow const*> facets; ///< that are wanted
  std::size_t most = SIZE_MAX;         ///< buckets of each
  std::vector<FacetValue> always;      ///< that have a bucket even so
  std::vector<std::string> languages;  ///< of labels of concepts, the wanted one first
};

struct FacetBucket {
  std::string key;
  std::string label;
  std::size_t count = 0;
  std::string language = {};                          ///< of the label; empty: nobody said
  std::optional<vocabulary::ConceptNumber> head = {}; ///< of a concept (ConceptUses::head_of)
};

/// A record of a search on the map. Valid while its view is.
struct PlacedRecord {
  std::string_view id;
  std::string_view title;
  std::string_view source;
  model::Bbox bbox;
};

/// Values of a facet, the most frequent first, and decades the latest first. Of the records
/// that are counted each fits the criteria and what was picked of all other facets.
struct Facet {
  FacetRow const* row = nullptr;
  std::vector<FacetBucket> buckets;
  std::size_t values = 0; ///< that there are in all
};

} // namespace terracat::catalogue
