#pragma once

#include "formats/iso/draft.hpp"

/// The parts of the mapping, one .cpp file each. Every function takes the element that it starts
/// from, reads what belongs to its concern, and adds to the draft.
namespace terracat::formats::iso {

/// Languages of the document and of the resource. Comes first: texts need it.
void read_locales(xml::Node metadata, Draft& draft);
void read_resource_languages(xml::Node identification, Draft& draft);

/// Titles, dates, identifiers and parties of a CI_Citation.
void read_citation(xml::Node citation, Draft& draft);

/// Names of the resource that stand elsewhere: DOIs among the links, the old dataSetURI.
void read_further_identifiers(xml::Node metadata, Draft& draft);

/// What an MD_Identifier or RS_Identifier, or an Anchor in it, names; notes placeholders.
[[nodiscard]] std::vector<model::Identifier> identifiers_of(xml::Node identifier, Draft& draft);

/// A CI_Date with its kind; nothing if there is no date in it.
[[nodiscard]] std::optional<model::ResourceDate> date_of(xml::Node date, Draft& draft);

/// Everybody that the document names, with the roles that they have for the resource. Whoever is
/// responsible for the metadata has the role `metadataContact`, whatever he is called there: the
/// author of a description is not the author of the data.
void read_contacts(xml::Node metadata, xml::Node identification, Draft& draft);

void read_keywords(xml::Node identification, Draft& draft);

/// Areas, heights and periods.
void read_extents(xml::Node identification, Draft& draft);

/// Licences, and statements about access that are none.
void read_constraints(xml::Node identification, Draft& draft);

/// Links, formats and pictures.
void read_distribution(xml::Node metadata, xml::Node identification, Draft& draft);

/// Variables, platforms and instruments from what the data contain and how they were acquired. The
/// keywords of these kinds have been added before.
void read_content(xml::Node metadata, Draft& draft);

/// Purpose, resolution, state, reference system, lineage.
void read_description(xml::Node metadata, xml::Node identification, Draft& draft);

/// Parents, associated resources, what a service operates on, and further resources that the
/// document describes, which are services of the first.
void read_relations(xml::Node metadata, xml::Node identification, Draft& draft);

} // namespace terracat::formats::iso
