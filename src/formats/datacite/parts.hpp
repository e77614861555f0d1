#pragma once

#include "formats/xml/record_draft.hpp"

/// The mapping of DataCite's metadata to a record: kernels 2 to 4, which differ in how they write
/// places and in what they have beside the rest.
namespace terracat::formats::datacite {

/// Creators, contributors, the publisher and who paid.
void read_agents(xml::Node resource, xml::RecordDraft& draft);

/// Places, and the periods among the dates.
void read_coverage(xml::Node resource, xml::RecordDraft& draft);

/// Other resources, further names, licences.
void read_relations(xml::Node resource, xml::RecordDraft& draft);
void read_rights(xml::Node resource, xml::RecordDraft& draft);

} // namespace terracat::formats::datacite
