#pragma once

#include "formats/xml/record_draft.hpp"

#include <string_view>
#include <vector>

/// The mapping of Dublin Core to a record: the fifteen elements, and the DCMI terms beside them, as
/// OAI-PMH (oai_dc) and catalogue services (csw:Record) carry them.
namespace terracat::formats::dublin_core {

/// Areas and periods: `coverage`, `spatial`, `temporal`, and the boxes of catalogue services.
void read_coverage(xml::Node record, xml::RecordDraft& draft);

/// What speaks of other resources, and links to the data.
void read_relations(xml::Node record, xml::RecordDraft& draft);

/// The elements of these names, in the order of the document.
[[nodiscard]] std::vector<xml::Node> all_of(xml::Node record,
                                            std::initializer_list<std::string_view> names);

/// The scheme by which a value is encoded, without prefix and in lower case: `box` of
/// `xsi:type="DCTERMS:Box"`; empty if none is given.
[[nodiscard]] std::string scheme_of(xml::Node value);

} // namespace terracat::formats::dublin_core
