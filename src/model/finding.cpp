#include "model/finding_code.hpp"

#include <array>

namespace terracat {
namespace {

struct Row {
  FindingCode code;
  Severity severity;
  std::string_view name;
  std::string_view sentence;
};

constexpr auto refused = Severity::refused;
constexpr auto warning = Severity::warning;

using enum FindingCode;

constexpr std::array rows{
    Row{xml_malformed, refused, "xml-malformed", "the document is not well-formed XML"},
    Row{xml_entity, refused, "xml-entity", "the text depends on an entity, and none is resolved"},
    Row{json_malformed, refused, "json-malformed", "the document is not valid JSON"},
    Row{too_large, refused, "too-large", "the document is larger than is accepted"},
    Row{too_deep, refused, "too-deep", "elements are nested deeper than is accepted"},
    Row{not_utf8, refused, "not-utf8", "the text is not in the encoding that it claims"},
    Row{unexpected_root, refused, "unexpected-root", "the document is not of the expected format"},
    Row{exception_report, refused, "exception-report", "the source answered with an error report"},
    Row{no_identifier, refused, "no-identifier", "the document has no identifier"},
    Row{no_title, refused, "no-title", "the document has no title"},
    Row{no_collection, refused, "no-collection", "the item names no collection"},
    Row{collection_unknown, refused, "collection-unknown",
        "the item's collection is not in the catalogue"},
    Row{geometry_unreadable_item, refused, "item-geometry-unreadable",
        "the item's geometry cannot be read"},
    Row{stac_invalid, refused, "stac-invalid", "a required member is missing or of the wrong type"},
    Row{file_unreadable, refused, "file-unreadable", "the file cannot be read"},
    Row{not_delivered, refused, "not-delivered",
        "the source does not deliver this part of its list"},
    Row{rdf_malformed, refused, "rdf-malformed", "the document is not valid RDF"},
    Row{parser_crash, refused, "parser-crash",
        "the document made the process end that read it, or was too much for its limits"},
    Row{bbox_swapped, warning, "bbox-swapped", "opposite edges were swapped and are put right"},
    Row{bbox_unreadable, warning, "bbox-unreadable",
        "a bounding box cannot be read and is left out"},
    Row{bbox_clamped, warning, "bbox-clamped",
        "a bounding box reached beyond the Earth and was cut"},
    Row{bbox_wrapped, warning, "bbox-wrapped", "longitudes beyond 180 were wrapped"},
    Row{geometry_unreadable, warning, "geometry-unreadable",
        "a geometry cannot be read and is left out"},
    Row{geometry_mended, warning, "geometry-mended", "a geometry was not valid and was mended"},
    Row{date_unreadable, warning, "date-unreadable", "a date cannot be read; its text is kept"},
    Row{date_repaired, warning, "date-repaired", "a date is written in an unusual form"},
    Row{interval_reversed, warning, "interval-reversed", "a period starts after its end"},
    Row{datetime_missing, warning, "datetime-missing", "the item says nothing about its time"},
    Row{href_refused, warning, "href-refused", "a link of an unsafe or unknown scheme is left out"},
    Row{href_relative, warning, "href-relative",
        "a relative link without a base to resolve it is left out"},
    Row{identifier_placeholder, warning, "identifier-placeholder",
        "an identifier is a placeholder and is left out"},
    Row{abstract_missing, warning, "abstract-missing", "there is no abstract"},
    Row{role_unknown, warning, "role-unknown", "a contact has a role that no code list knows"},
    Row{language_unknown, warning, "language-unknown", "a language code is unknown"},
    Row{several_identifications, warning, "several-identifications",
        "the document describes several resources; the first data set is taken"},
    Row{value_type_differs, warning, "value-type-differs",
        "a property has another type than in the rest of its collection and counts as missing"},
    Row{html_stripped, warning, "html-stripped", "markup was removed from a text"},
    Row{bbox_flipped, warning, "bbox-flipped", "south and north were swapped and are put right"},
    Row{number_repaired, warning, "number-repaired", "a number is written in an unusual form"},
    Row{text_placeholder, warning, "text-placeholder",
        "a text is what a template left to be filled in and is left out"},
    Row{email_unreadable, warning, "email-unreadable",
        "an e-mail address cannot be read and is left out"},
    Row{href_completed, warning, "href-completed",
        "a link without scheme is taken for a web address"},
    Row{href_credentials, warning, "href-credentials", "a link holds a user name and a password"},
    Row{code_unknown, warning, "code-unknown", "a code is in no code list"},
    Row{id_taken, warning, "id-taken",
        "two records would have the same id; the one of the later source got a longer one"},
    Row{rdf_repaired, warning, "rdf-repaired",
        "something is not valid RDF and was left out or read as it was meant"},
    Row{mapping_value, warning, "mapping-value",
        "a rule of the source's mapping found what its field cannot hold, or more than is taken"},
    Row{more_than_taken, warning, "more-than-taken",
        "the document says more of something than is taken; the rest is left out"},
    Row{record_repeated, warning, "record-repeated", "the source lists this record more than once"},
    Row{sort_refused, warning, "sort-refused",
        "the source does not sort its list; pages may overlap"},
    Row{count_changed, warning, "count-changed",
        "the number of records at the source changed during the run"},
    Row{list_cut_short, warning, "list-cut-short",
        "the source's list ends before the number it announces"},
    Row{list_in_circles, warning, "list-in-circles",
        "the source's pages lead in circles and were not followed further"},
    Row{not_at_source, warning, "not-at-source",
        "the source does not have what the configuration names"},
    Row{sweep_unproven, warning, "sweep-unproven",
        "not every document could be told by its id; nothing is taken for missing"},
    Row{mass_deletion_held, warning, "mass-deletion-held",
        "more is missing than may be removed unasked; nothing was removed"},
    Row{concept_address, warning, "concept-address",
        "the address of a concept is none: relative ones are left out, signs that may not stand in "
        "it are percent-encoded"},
    Row{concept_untyped, warning, "concept-untyped",
        "it does not say that it is a concept and is taken for one"},
    Row{concept_repeated, warning, "concept-repeated",
        "two forms of one address are described as two concepts and are read as one"},
    Row{label_missing, warning, "label-missing", "a concept has no label"},
    Row{label_repeated, warning, "label-repeated",
        "a concept has two preferred labels in one language; the second one counts as alternate"},
    Row{label_shared, warning, "label-shared",
        "two concepts have the same preferred label in one language"},
    Row{label_language_missing, warning, "label-language-missing",
        "labels do not say in which language they are"},
    Row{scheme_missing, warning, "scheme-missing",
        "a concept is in a scheme that is not described"},
    Row{no_top_concepts, warning, "no-top-concepts",
        "a scheme names no top concepts; those without a broader one are taken"},
    Row{relation_dangling, warning, "relation-dangling",
        "a concept or scheme refers to a concept that is not described"},
    Row{relation_circular, warning, "relation-circular",
        "a concept is broader than itself, or related to itself"},
    Row{replacement_missing, warning, "replacement-missing",
        "the concept that replaces a deprecated one is not described"},
    Row{match_left_out, warning, "match-left-out",
        "too many concepts would be exactly the same; this match is not followed"},
    Row{stored_damaged, warning, "stored-damaged",
        "what is kept of the document is damaged; the next harvest fetches it again"},
};

constexpr bool in_order() {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (static_cast<std::size_t>(rows.at(i).code) != i) return false;
  }
  return rows.size() == static_cast<std::size_t>(stored_damaged) + 1;
}

static_assert(in_order(), "the rows stand in the order of the codes, none left out");

Row const& row(FindingCode code) noexcept {
  return rows[static_cast<std::size_t>(code)];
}

} // namespace

std::string_view name(FindingCode code) noexcept {
  return row(code).name;
}

std::optional<FindingCode> finding_code(std::string_view name) noexcept {
  for (auto const& known : rows) {
    if (known.name == name) return known.code;
  }
  return std::nullopt;
}

std::string_view sentence(FindingCode code) noexcept {
  return row(code).sentence;
}

Severity severity(FindingCode code) noexcept {
  return row(code).severity;
}

std::string excerpt(std::string_view text) {
  constexpr std::size_t longest = 200;
  auto length = std::min(text.size(), longest);
  // A byte 10xxxxxx continues a character: step back to its first byte.
  while (length < text.size() && length > 0 &&
         (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U) {
    --length;
  }
  return std::string(text.substr(0, length));
}

} // namespace terracat
