#include "formats/dcat/record.hpp"

#include "formats/dcat/draft.hpp"
#include "formats/words/frequencies.hpp"
#include "formats/words/identifiers.hpp"
#include "formats/words/languages.hpp"
#include "formats/words/text.hpp"

#include <algorithm>
#include <array>

namespace terracat::formats::dcat {
namespace {

using graph::Node;

struct Word {
  std::string_view theirs;
  std::string_view ours;
};

/// Lists of states, in the words of MD_ProgressCode.
constexpr std::array states{
    Word{"COMPLETED", "completed"}, Word{"DEVELOP", "underDevelopment"},
    Word{"DEPRECATED", "obsolete"}, Word{"WITHDRAWN", "obsolete"},
    Word{"Completed", "completed"}, Word{"UnderDevelopment", "underDevelopment"},
    Word{"Deprecated", "obsolete"}, Word{"Withdrawn", "obsolete"}};

/// A word of these lists, or one that is ISO's own already.
std::string state_of(Node value) {
  auto const name = last_part(value.text());
  auto const* const known = std::ranges::find(states, name, &Word::theirs);
  if (known != states.end()) return std::string(known->ours);
  // `null` is what GeoNetwork makes of none.
  bool const is_word = std::ranges::all_of(name, [](char c) { return is_alphanumeric(c); });
  bool const is_own = is_word && !name.empty() && name[0] >= 'a' && name[0] <= 'z';
  return is_own && name != "null" && !says_nothing(name) ? std::string(name) : std::string();
}

std::vector<std::string> languages_of(Node owner, Draft& draft) {
  std::vector<std::string> out;
  for (auto const value : owner.all({"dct:language", "dc:language"})) {
    auto language = read_language(value.is_iri() ? last_part(value.text()) : value.text());
    if (language.empty()) {
      draft.note(FindingCode::language_unknown, owner, "dct:language", value.text());
    } else if (std::ranges::find(out, language) == out.end()) {
      out.push_back(std::move(language));
    }
  }
  return out;
}

std::string native_id(Node resource, std::vector<Node> const& entries) {
  if (auto address = address_of(resource); is_name(address)) return address;
  for (auto const value : resource.all({"dct:identifier", "dc:identifier"})) {
    auto text = value.is_literal() ? one_line(value.text()) : address_of(value);
    if (is_name(text)) return text;
  }
  for (auto const entry : entries) {
    auto text = one_line(entry.first({"dct:identifier"}).text());
    if (is_name(text)) return text;
    if (auto address = address_of(entry); is_name(address)) return address;
  }
  return {};
}

void add_identifier(std::string_view text, std::string_view scheme, Draft& draft) {
  constexpr std::size_t most = 1'000;
  if (auto found = read_identifier(text, scheme)) {
    draft.add_new(draft.parts.identifiers, std::move(*found), most);
  }
}

void read_identifiers(Node resource, Draft& draft) {
  if (auto const doi = read_doi(draft.parts.native_id)) add_identifier(*doi, "doi", draft);
  for (auto const value : resource.all({"dct:identifier", "dc:identifier", "owl:sameAs"})) {
    add_identifier(value.is_literal() ? one_line(value.text()) : address_of(value), {}, draft);
  }
  for (auto const value : resource.all({"adms:identifier"})) {
    auto const notation = value.first({"skos:notation", "dct:identifier"});
    auto const scheme = value.first({"adms:schemaAgency", "dct:creator"});
    auto const& name = scheme.is_literal() ? scheme.text() : std::string();
    if (notation) {
      add_identifier(one_line(notation.text()), one_line(name), draft);
    } else {
      add_identifier(value.is_literal() ? one_line(value.text()) : address_of(value), {}, draft);
    }
  }
}

void read_dates(Node resource, std::vector<Node> const& entries, Draft& draft) {
  constexpr std::array kinds{Word{"dct:created", "creation"}, Word{"dct:issued", "publication"},
                             Word{"dct:modified", "revision"}, Word{"dct:updated", "revision"},
                             Word{"dct:available", "released"}};
  for (auto const& [property, kind] : kinds) {
    model::ResourceDate date{.kind = std::string(kind)};
    date.at = date_of(resource, property, date.text, draft);
    if (!date.text.empty()) draft.parts.dates.push_back(std::move(date));
  }
  std::string text;
  for (auto const entry : entries) {
    if (!draft.parts.created.earliest()) {
      draft.parts.created = date_of(entry, "dct:created", text, draft);
      if (text.empty()) draft.parts.created = date_of(entry, "dct:issued", text, draft);
    }
    if (!draft.parts.updated.earliest()) {
      draft.parts.updated = date_of(entry, "dct:modified", text, draft);
    }
  }
}

/// `http://www.opengis.net/def/crs/EPSG/0/2154`
void read_crs(Node resource, Draft& draft) {
  for (auto const value : resource.all({"dct:conformsTo"})) {
    auto const address = address_of(value);
    auto const at = address.find("/def/crs/EPSG/");
    auto const number = last_part(address);
    if (at == std::string::npos || number.empty()) continue;
    if (!std::ranges::all_of(number, [](char c) { return is_digit(c); })) continue;
    draft.parts.crs = "EPSG:" + std::string(number);
    return;
  }
}

void read_lineage(Node resource, Draft& draft) {
  auto& lineage = draft.parts.lineage;
  lineage = prose_of(resource, {"dct:provenance"}, draft);
  for (auto const statement : resource.all({"dct:provenance"})) {
    if (lineage.empty()) {
      lineage = prose_of(statement, {"rdfs:label", "dct:description", "dct:title"}, draft);
    }
  }
}

Finding refusal(FindingCode code, Node where, std::string_view what) {
  return {.code = code, .where = where.pointer(), .excerpt = excerpt(one_line(what))};
}

} // namespace

std::string native_id_of(graph::Graph const& graph, Node resource) {
  return native_id(resource, entries_of(graph, resource));
}

void read_relations(Node resource, Draft& draft) {
  constexpr std::array kinds{
      Word{"dcat:inSeries", "parent"},           Word{"dct:isPartOf", "parent"},
      Word{"dcat:servesDataset", "operates-on"}, Word{"dct:source", "source"},
      Word{"dct:isVersionOf", "revisionOf"},     Word{"dct:relation", "crossReference"},
      Word{"dct:references", "crossReference"},  Word{"dct:isReferencedBy", "crossReference"}};
  constexpr std::size_t most = 1'000;
  for (auto const& [property, kind] : kinds) {
    for (auto const value : resource.all({property})) {
      model::Relation relation{.kind = std::string(kind)};
      relation.id = value.is_literal() ? one_line(value.text()) : address_of(value);
      if (relation.id.starts_with("http")) {
        relation.href = link_of(resource, property, value, draft);
      }
      if (!value.is_literal()) {
        relation.title = name_of(value, {"dct:title", "rdfs:label", "skos:prefLabel"}, draft);
      }
      if (relation.id.empty() && relation.title.empty()) continue;
      draft.add_new(draft.parts.relations, std::move(relation), most);
    }
  }
}

ReadResult read_record(graph::Graph const& graph, Resource const& found,
                       ReadContext const& context) {
  Draft draft(context);
  auto const resource = found.node;
  auto const entries = entries_of(graph, resource);
  auto& parts = draft.parts;
  for (auto const& oddity : graph.oddities()) draft.note(oddity);
  for (auto const entry : entries) parts.metadata_languages = languages_of(entry, draft);
  parts.resource_languages = languages_of(resource, draft);
  draft.language =
      parts.metadata_languages.size() == 1 ? parts.metadata_languages.front() : context.language;
  parts.native_id = native_id(resource, entries);
  if (parts.native_id.empty()) parts.native_id = context.native_id;
  if (parts.native_id.empty()) return refusal(FindingCode::no_identifier, resource, {});
  parts.title = name_of(resource, {"dct:title", "dc:title", "schema:name", "rdfs:label"}, draft);
  if (parts.title.empty()) return refusal(FindingCode::no_title, resource, parts.native_id);
  parts.alternate_title = name_of(resource, {"dct:alternative", "skos:altLabel"}, draft);
  parts.description = prose_of(
      resource, {"dct:description", "dct:abstract", "dc:description", "schema:description"}, draft);
  if (parts.description.empty())
    draft.note(FindingCode::abstract_missing, resource, "dct:description");
  parts.type = found.type;
  read_identifiers(resource, draft);
  read_dates(resource, entries, draft);
  read_subjects(resource, draft);
  read_contacts(resource, entries, draft);
  read_extents(resource, draft);
  read_rights(resource, draft);
  read_distributions(resource, draft);
  read_lineage(resource, draft);
  read_relations(resource, draft);
  read_crs(resource, draft);
  parts.status = state_of(resource.first({"adms:status"}));
  parts.frequency = read_frequency(resource.first({"dct:accrualPeriodicity"}).text());
  parts.contacts = draft.contacts.take();
  auto record = model::Record::make(std::move(parts));
  if (!record) return refusal(FindingCode::no_title, resource, record.error().detail);
  return Reading{.resource = std::move(*record), .findings = draft.take_findings()};
}

} // namespace terracat::formats::dcat
