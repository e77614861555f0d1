#pragma once

#include "formats/xml/record_draft.hpp"

/// The mapping of the Ecological Metadata Language, versions 2.0 to 2.2, to a record.
namespace terracat::formats::eml {

/// The texts of elements in the languages in which they are written: their own, and those of their
/// `value` elements.
[[nodiscard]] model::LocalText words_of(std::vector<xml::Node> const& nodes,
                                        xml::RecordDraft& draft);

/// Likewise of elements that hold paragraphs, sections, lists or Markdown.
[[nodiscard]] model::LocalText paragraphs_of(std::vector<xml::Node> const& nodes,
                                             xml::RecordDraft& draft);

/// People and organisations, those of the project too.
void read_parties(xml::Node resource, xml::RecordDraft& draft);

/// Places, heights, periods and taxa.
void read_coverage(xml::Node resource, xml::RecordDraft& draft);

/// Licences and other statements about use.
void read_rights(xml::Node resource, xml::RecordDraft& draft);

/// Ways to the data: those of the whole, and those of its tables, rasters, vectors and other parts,
/// with their formats and variables.
void read_distribution(xml::Node resource, xml::RecordDraft& draft);

/// What was written about the data, and what they come from.
void read_relations(xml::Node resource, xml::RecordDraft& draft);

} // namespace terracat::formats::eml
