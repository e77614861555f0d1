#pragma once

#include <terracat/record.hpp>

#include <boost/pfr/tuple_size.hpp>

#include <concepts>
#include <type_traits>

/// The parts of a record and the names of their fields in stored JSON, in one place for reading and
/// writing. A name that has been stored is for ever. `visit_fields(part, visit)` calls
/// `visit(name, field)` for each field of a part, const or not.
namespace terracat::formats {

template<class Part, class Model>
concept PartOf = std::same_as<std::remove_const_t<Part>, Model>;

/// Compared beside each list of names, so that a field cannot be added to the model and forgotten
/// here.
template<class Model>
inline constexpr std::size_t field_count = boost::pfr::tuple_size_v<Model>;

static_assert(field_count<model::Identifier> == 2);

template<PartOf<model::Identifier> Part, class Visitor>
void visit_fields(Part& part, Visitor const& visit) {
  visit("scheme", part.scheme);
  visit("value", part.value);
}

static_assert(field_count<model::Keyword> == 2);

template<PartOf<model::Keyword> Part, class Visitor>
void visit_fields(Part& part, Visitor const& visit) {
  visit("label", part.label);
  visit("uri", part.uri);
}

static_assert(field_count<model::KeywordSet> == 4);

template<PartOf<model::KeywordSet> Part, class Visitor>
void visit_fields(Part& part, Visitor const& visit) {
  visit("kind", part.kind);
  visit("thesaurus", part.thesaurus);
  visit("thesaurus_uri", part.thesaurus_uri);
  visit("keywords", part.keywords);
}

static_assert(field_count<model::Contact> == 9);

template<PartOf<model::Contact> Part, class Visitor>
void visit_fields(Part& part, Visitor const& visit) {
  visit("name", part.name);
  visit("organisation", part.organisation);
  visit("position", part.position);
  visit("emails", part.emails);
  visit("phones", part.phones);
  visit("url", part.url);
  visit("orcid", part.orcid);
  visit("ror", part.ror);
  visit("roles", part.roles);
}

static_assert(field_count<model::ResourceDate> == 3);

template<PartOf<model::ResourceDate> Part, class Visitor>
void visit_fields(Part& part, Visitor const& visit) {
  visit("kind", part.kind);
  visit("at", part.at);
  visit("text", part.text);
}

static_assert(field_count<model::TemporalExtent> == 3);

template<PartOf<model::TemporalExtent> Part, class Visitor>
void visit_fields(Part& part, Visitor const& visit) {
  visit("interval", part.interval);
  visit("start_text", part.start_text);
  visit("end_text", part.end_text);
}

static_assert(field_count<model::SpatialExtent> == 2);

template<PartOf<model::SpatialExtent> Part, class Visitor>
void visit_fields(Part& part, Visitor const& visit) {
  visit("geometry", part.geometry);
  visit("place", part.place);
}

static_assert(field_count<model::VerticalExtent> == 3);

template<PartOf<model::VerticalExtent> Part, class Visitor>
void visit_fields(Part& part, Visitor const& visit) {
  visit("range", part.range);
  visit("unit", part.unit);
  visit("crs", part.crs);
}

static_assert(field_count<model::Licence> == 3);

template<PartOf<model::Licence> Part, class Visitor>
void visit_fields(Part& part, Visitor const& visit) {
  visit("spdx", part.spdx);
  visit("text", part.text);
  visit("url", part.url);
}

static_assert(field_count<model::OnlineResource> == 6);

template<PartOf<model::OnlineResource> Part, class Visitor>
void visit_fields(Part& part, Visitor const& visit) {
  visit("href", part.href);
  visit("name", part.name);
  visit("description", part.description);
  visit("protocol", part.protocol);
  visit("function", part.function);
  visit("media_type", part.media_type);
}

static_assert(field_count<model::Asset> == 6);

template<PartOf<model::Asset> Part, class Visitor>
void visit_fields(Part& part, Visitor const& visit) {
  visit("key", part.key);
  visit("href", part.href);
  visit("title", part.title);
  visit("description", part.description);
  visit("type", part.type);
  visit("roles", part.roles);
}

static_assert(field_count<model::Relation> == 4);

template<PartOf<model::Relation> Part, class Visitor>
void visit_fields(Part& part, Visitor const& visit) {
  visit("kind", part.kind);
  visit("id", part.id);
  visit("href", part.href);
  visit("title", part.title);
}

static_assert(field_count<model::Resolution> == 2);

template<PartOf<model::Resolution> Part, class Visitor>
void visit_fields(Part& part, Visitor const& visit) {
  visit("value", part.value);
  visit("unit", part.unit);
}

static_assert(field_count<model::Inference> == 2);

template<PartOf<model::Inference> Part, class Visitor>
void visit_fields(Part& part, Visitor const& visit) {
  visit("member", part.member);
  visit("rule", part.rule);
}

static_assert(field_count<model::RecordParts> == 35); // all but `corrected`

template<PartOf<model::RecordParts> Part, class Visitor>
void visit_fields(Part& part, Visitor const& visit) {
  visit("native_id", part.native_id);
  visit("type", part.type);
  visit("title", part.title);
  visit("alternate_title", part.alternate_title);
  visit("description", part.description);
  visit("metadata_languages", part.metadata_languages);
  visit("resource_languages", part.resource_languages);
  visit("identifiers", part.identifiers);
  visit("created", part.created);
  visit("updated", part.updated);
  visit("dates", part.dates);
  visit("keyword_sets", part.keyword_sets);
  visit("topics", part.topics);
  visit("variables", part.variables);
  visit("platforms", part.platforms);
  visit("instruments", part.instruments);
  visit("contacts", part.contacts);
  visit("spatial", part.spatial);
  visit("vertical", part.vertical);
  visit("temporal", part.temporal);
  visit("resolutions", part.resolutions);
  visit("licences", part.licences);
  visit("access_constraints", part.access_constraints);
  visit("online", part.online);
  visit("assets", part.assets);
  visit("formats", part.formats);
  visit("lineage", part.lineage);
  visit("purpose", part.purpose);
  visit("relations", part.relations);
  visit("status", part.status);
  visit("frequency", part.frequency);
  visit("crs", part.crs);
  visit("inferences", part.inferences);
  visit("stac_members", part.stac_members);
}

} // namespace terracat::formats
