#include "formats/schema_org/document.hpp"
#include "formats/schema_org/parts.hpp"
#include "formats/words/identifiers.hpp"
#include "formats/words/languages.hpp"
#include "formats/words/links.hpp"
#include "formats/words/markup.hpp"
#include "formats/words/rights.hpp"
#include "formats/words/text.hpp"

#include <algorithm>
#include <array>

namespace terracat::formats::schema_org {
namespace {

using graph::Node;

struct Word {
  std::string_view theirs;
  std::string_view ours;
};

constexpr std::size_t most_entries = 1'000;

/// Descriptions are HTML, and often HTML that was escaped once more.
model::LocalText description_of(Node dataset, Draft& draft) {
  auto const once = dcat::prose_of(dataset, {"schema:description", "schema:abstract"}, draft);
  model::LocalText out;
  for (auto const& [language, text] : once.entries()) {
    out.add(language, paragraphs(without_markup(text).text));
  }
  return says_nothing(out.first()) ? model::LocalText() : out;
}

void read_languages(Node dataset, Draft& draft) {
  for (auto const value : dataset.all({"schema:inLanguage"})) {
    auto const stated = value.first({"schema:alternateName", "schema:identifier", "schema:name"});
    auto const text = text_of(stated ? stated : value);
    auto language = read_language(text);
    if (!language.empty()) {
      draft.add_new(draft.parts.resource_languages, std::move(language), most_entries);
    } else if (!says_nothing(text)) {
      draft.note(FindingCode::language_unknown, dataset, "schema:inLanguage", text);
    }
  }
  auto const& languages = draft.parts.resource_languages;
  draft.language = languages.size() == 1 ? languages.front() : draft.context().language;
}

void add_identifier(std::string_view text, std::string_view scheme, Node dataset, Draft& draft) {
  if (auto found = read_identifier(text, scheme)) {
    draft.add_new(draft.parts.identifiers, std::move(*found), most_entries);
  } else if (is_placeholder(text)) {
    draft.note(FindingCode::identifier_placeholder, dataset, "schema:identifier", text);
  }
}

void read_identifiers(Node dataset, Draft& draft) {
  if (auto const doi = read_doi(draft.parts.native_id)) {
    add_identifier(*doi, "doi", dataset, draft);
  }
  for (auto const value : dataset.all({"schema:identifier"})) {
    auto const stated = value.first({"schema:value"});
    if (!stated) {
      auto const address = value.first({"schema:url"});
      add_identifier(text_of(address ? address : value), {}, dataset, draft);
      continue;
    }
    // A scheme is often an address of a registry, of which the name remains.
    auto scheme = text_of(value.first({"schema:propertyID"}));
    scheme = dcat::last_part(scheme);
    add_identifier(text_of(stated), equal_ignoring_case(scheme, "doi") ? "doi" : scheme, dataset,
                   draft);
  }
  for (auto const value : dataset.all({"schema:sameAs"})) {
    auto const text = text_of(value);
    if (auto const doi = read_doi(text)) add_identifier(*doi, "doi", dataset, draft);
  }
}

void read_dates(Node dataset, Draft& draft) {
  constexpr std::array kinds{Word{"schema:dateCreated", "creation"},
                             Word{"schema:datePublished", "publication"},
                             Word{"schema:dateModified", "revision"}};
  for (auto const& [property, kind] : kinds) {
    model::ResourceDate date{.kind = std::string(kind)};
    date.at = dcat::date_of(dataset, property, date.text, draft);
    if (date.text.empty()) continue;
    if (kind == "revision") draft.parts.updated = date.at;
    draft.parts.dates.push_back(std::move(date));
  }
  std::string text;
  auto const stated = dcat::date_of(dataset, "schema:sdDatePublished", text, draft);
  if (stated.earliest()) draft.parts.updated = stated;
}

void read_conditions(Node dataset, Draft& draft) {
  auto const read = [&](std::string_view property, About about) {
    for (auto const value : dataset.all({property})) {
      auto const address = value.first({"schema:url", "schema:identifier"});
      auto name = value.is_literal() ? dcat::label_of(value, draft)
                                     : dcat::name_of(value, {"schema:name"}, draft);
      auto const text = address ? text_of(address) : text_of(value);
      std::string href;
      if (text.starts_with("http")) {
        href = dcat::link_of(dataset, property, address ? address : value, draft);
        if (value.is_literal()) name = {};
      }
      if (says_nothing(name.first()) || is_placeholder(name.first())) name = {};
      if (!name.empty() || !href.empty()) {
        add_statement(draft, std::move(name), std::move(href), about);
      }
    }
  };
  read("schema:license", About::use);
  read("schema:usageInfo", About::use);
  read("schema:conditionsOfAccess", About::access);
  for (auto const value : dataset.all({"schema:isAccessibleForFree"})) {
    if (equal_ignoring_case(dcat::last_part(value.text()), "false")) {
      draft.add_new(draft.parts.access_constraints, model::LocalText("restricted"));
    }
  }
}

void read_other_works(Node dataset, Draft& draft) {
  constexpr std::array kinds{
      Word{"schema:isPartOf", "parent"},        Word{"schema:hasPart", "isComposedOf"},
      Word{"schema:isBasedOn", "source"},       Word{"prov:wasDerivedFrom", "source"},
      Word{"prov:wasRevisionOf", "revisionOf"}, Word{"schema:citation", "crossReference"}};
  for (auto const& [property, kind] : kinds) {
    for (auto const value : dataset.all({property})) {
      model::Relation relation{.kind = std::string(kind)};
      auto const address = value.first({"schema:url", "schema:identifier", "schema:sameAs"});
      auto text = value.is_iri() ? text_of(value) : text_of(address ? address : value);
      if (text.starts_with("http")) {
        bool const is_own = value.is_iri() || value.is_literal();
        relation.href = dcat::link_of(dataset, property, is_own ? value : address, draft);
      }
      if (auto doi = read_doi(text)) {
        relation.id = std::move(*doi);
      } else if (value.is_literal() && relation.href.empty()) {
        relation.title = dcat::label_of(value, draft); // a reference as people write it
      } else {
        relation.id = std::move(text);
      }
      if (!value.is_literal()) {
        relation.title = dcat::name_of(value, {"schema:name", "schema:headline"}, draft);
      }
      if (relation.id.empty() && relation.href.empty() && relation.title.empty()) continue;
      draft.add_new(draft.parts.relations, std::move(relation), most_entries);
    }
  }
}

Finding refusal(FindingCode code, Node where, std::string_view property, std::string_view what) {
  return {.code = code,
          .where = where.pointer() + " " + std::string(property),
          .excerpt = excerpt(one_line(what))};
}

} // namespace

ReadResult read_record(graph::Graph const& graph, Node dataset, ReadContext const& context) {
  Draft draft(context);
  for (auto const& oddity : graph.oddities()) draft.note(oddity);
  auto& parts = draft.parts;
  read_languages(dataset, draft);
  parts.native_id = native_id_of(dataset);
  if (parts.native_id.empty()) parts.native_id = context.native_id;
  if (parts.native_id.empty() && is_web_address(context.address)) {
    parts.native_id = context.address; // it stands for the page that it was found in
  }
  if (parts.native_id.empty()) {
    return refusal(FindingCode::no_identifier, dataset, "schema:identifier", {});
  }
  parts.title = dcat::name_of(dataset, {"schema:name", "schema:headline"}, draft);
  if (!is_name(parts.title.first())) {
    return refusal(FindingCode::no_title, dataset, "schema:name", parts.native_id);
  }
  parts.type = "dataset";
  parts.alternate_title = dcat::name_of(dataset, {"schema:alternateName"}, draft);
  parts.description = description_of(dataset, draft);
  if (parts.description.empty()) {
    draft.note(FindingCode::abstract_missing, dataset, "schema:description");
  }
  read_identifiers(dataset, draft);
  read_dates(dataset, draft);
  read_concepts(dataset, draft);
  read_agents(dataset, draft);
  read_places(dataset, draft);
  read_times(dataset, draft);
  read_conditions(dataset, draft);
  read_links(dataset, draft);
  read_other_works(dataset, draft);
  parts.contacts = draft.contacts.take();
  auto record = model::Record::make(std::move(parts));
  if (!record) return refusal(FindingCode::no_title, dataset, "schema:name", record.error().detail);
  return Reading{.resource = std::move(*record), .findings = draft.take_findings()};
}

} // namespace terracat::formats::schema_org
