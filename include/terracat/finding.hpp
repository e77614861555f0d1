#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace terracat {

/// What was noticed about a harvested document. The code is stable: reports, documentation and
/// tests name it. The table in `model/finding.cpp` has the code's text and severity.
enum class FindingCode : std::uint8_t {
  // The document cannot become a record or an item.
  xml_malformed,
  xml_entity,
  json_malformed,
  too_large,
  too_deep,
  not_utf8,
  unexpected_root,
  exception_report,
  no_identifier,
  no_title,
  no_collection,
  collection_unknown,
  geometry_unreadable_item,
  stac_invalid,
  file_unreadable,
  not_delivered,
  rdf_malformed,
  parser_crash,
  // It can, and something was repaired, dropped or left as it was.
  bbox_swapped,
  bbox_unreadable,
  bbox_clamped,
  bbox_wrapped,
  geometry_unreadable,
  geometry_mended,
  date_unreadable,
  date_repaired,
  interval_reversed,
  datetime_missing,
  href_refused,
  href_relative,
  identifier_placeholder,
  abstract_missing,
  role_unknown,
  language_unknown,
  several_identifications,
  value_type_differs,
  html_stripped,
  bbox_flipped,
  number_repaired,
  text_placeholder,
  email_unreadable,
  href_completed,
  href_credentials,
  code_unknown,
  id_taken,
  rdf_repaired,
  mapping_value,
  more_than_taken,
  // The source answered, and something about its list is odd.
  record_repeated,
  sort_refused,
  count_changed,
  list_cut_short,
  list_in_circles,
  not_at_source,
  sweep_unproven,
  mass_deletion_held,
  // A vocabulary is loaded, and something about it is odd.
  concept_address,
  concept_untyped,
  concept_repeated,
  label_missing,
  label_repeated,
  label_shared,
  label_language_missing,
  scheme_missing,
  no_top_concepts,
  relation_dangling,
  relation_circular,
  replacement_missing,
  match_left_out,
  // What the catalogue keeps cannot be read.
  stored_damaged,
};

/// The document is refused, or kept although something about it is wrong.
enum class Severity : std::uint8_t { refused, warning };

struct Finding {
  FindingCode code;
  std::string where;   ///< XPath or JSON pointer within the document
  std::string excerpt; ///< what stood there, at most 200 bytes

  friend bool operator==(Finding const&, Finding const&) = default;
};

/// `bbox-swapped`
[[nodiscard]] std::string_view name(FindingCode code) noexcept;

/// "west and east were swapped": a sentence for the person who runs the source
[[nodiscard]] std::string_view sentence(FindingCode code) noexcept;

[[nodiscard]] Severity severity(FindingCode code) noexcept;

/// Cuts to what an excerpt may hold, at a character boundary.
[[nodiscard]] std::string excerpt(std::string_view text);

} // namespace terracat
