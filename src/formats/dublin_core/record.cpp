#include "formats/dublin_core/parts.hpp"
#include "formats/readers.hpp"

#include "formats/words/collect.hpp"
#include "formats/words/identifiers.hpp"
#include "formats/words/languages.hpp"
#include "formats/words/resource_types.hpp"
#include "formats/words/rights.hpp"
#include "formats/words/text.hpp"
#include "formats/words/topics.hpp"
#include "formats/xml/answers.hpp"

#include <algorithm>
#include <array>

namespace terracat::formats {
namespace dublin_core {
namespace {

using xml::Node;
using xml::RecordDraft;

/// Elements of others within a record (GeoNetwork's `geonet:info`) are not looked at.
constexpr std::array<std::string_view, 6> namespaces{"http://purl.org/dc/*",
                                                     "http://www.openarchives.org/OAI/2.0/*",
                                                     "http://www.opengis.net/cat/csw*",
                                                     "http://www.opengis.net/ows*",
                                                     "http://dublincore.org/*",
                                                     "http://www.w3.org/XML/1998/namespace"};

bool is_dublin_core(std::string_view uri) noexcept {
  return uri.starts_with("http://purl.org/dc/elements/1.1") ||
         uri.starts_with("http://purl.org/dc/terms");
}

/// A record of a catalogue service, whose dates are those of the record.
bool is_catalogue_record(std::string_view name, std::string_view uri) noexcept {
  bool const is_name = name == "Record" || name == "SummaryRecord" || name == "BriefRecord";
  return is_name && (uri.empty() || uri.starts_with("http://www.opengis.net/cat/csw/"));
}

bool is_record_name(std::string_view name, std::string_view uri) noexcept {
  if (is_catalogue_record(name, uri)) return true;
  if (name == "dc") return uri.empty() || uri == "http://www.openarchives.org/OAI/2.0/oai_dc/";
  return name == "simpledc" || name == "qualifieddc";
}

/// Some repositories leave out the element around the fifteen.
bool is_bare(Node node) {
  return node.name() == "metadata" && is_dublin_core(node.child().namespace_uri());
}

bool is_record(Node node) {
  return is_record_name(node.name(), node.namespace_uri()) || is_bare(node);
}

bool is_of_catalogue(Node record) {
  return is_catalogue_record(record.name(), record.namespace_uri());
}

/// What the protocol calls the record, else its first name.
std::string native_id(Node record, ReadContext const& context) {
  if (!context.native_id.empty()) return context.native_id;
  auto named = xml::line_of(xml::oai_header(record).child("identifier"));
  if (is_name(named)) return named;
  for (auto const value : record.children("identifier")) {
    auto text = xml::line_of(value);
    if (is_name(text)) return text;
  }
  return {};
}

void read_languages(Node record, RecordDraft& draft) {
  auto& languages = draft.parts.resource_languages;
  for (auto const value : record.children("language")) {
    auto const text = xml::line_of(value);
    auto language = read_language(text);
    if (!language.empty()) {
      draft.add_new(languages, std::move(language), 100);
    } else if (!says_nothing(text)) {
      draft.note(FindingCode::language_unknown, value, text);
    }
  }
  draft.language = read_language(record.attribute("lang"));
  if (draft.language.empty()) draft.language = draft.context().language;
  // Nothing else says in what language the texts are.
  if (draft.language.empty() && languages.size() == 1) draft.language = languages.front();
}

void add_other(std::vector<model::LocalText>& titles, model::LocalText title, RecordDraft& draft) {
  if (!add_new(titles, std::move(title))) draft.left_out("titles", most_texts_in_list);
}

/// Of several titles the first of each language, and what else it is called.
void read_titles(Node record, RecordDraft& draft) {
  std::vector<model::LocalText> others;
  for (auto const value : record.children("title")) {
    auto title = xml::name_of({value}, draft);
    if (title.empty()) continue;
    auto const& [language, text] = title.entries().front();
    if (draft.parts.title.in(language).empty()) {
      draft.parts.title.add(language, text);
    } else {
      add_other(others, std::move(title), draft);
    }
  }
  for (auto const value : record.children("alternative")) {
    add_other(others, xml::name_of({value}, draft), draft);
  }
  std::erase(others, draft.parts.title);
  draft.parts.alternate_title = joined(others, "; ");
}

void read_descriptions(Node record, RecordDraft& draft) {
  // Catalogue services say the same in both places.
  draft.parts.description = xml::prose_of(all_of(record, {"abstract"}), draft);
  if (draft.parts.description.empty()) {
    draft.parts.description = xml::prose_of(all_of(record, {"description"}), draft);
  }
  if (draft.parts.description.empty()) draft.note(FindingCode::abstract_missing, record);
  draft.parts.lineage = xml::prose_of(all_of(record, {"provenance"}), draft);
  // GeoNetwork has the statement of lineage there; a name is that of another resource.
  for (auto const value : record.children("source")) {
    auto const text = xml::line_of(value);
    if (is_absolute_uri(text) || read_doi(text)) {
      model::Relation source{.kind = "source", .id = text};
      draft.add_new(draft.parts.relations, std::move(source), 1'000);
    } else if (draft.parts.lineage.empty()) {
      draft.parts.lineage = xml::prose_of({value}, draft);
    }
  }
}

/// The scope that a type means: its own name, one of the DCMI list, or a publication of OpenAIRE's.
std::string scope_of(std::string_view text) {
  auto const written = type_from_address(text);
  auto const* const own = std::ranges::find_if(
      scopes, [&](std::string_view scope) { return equal_ignoring_case(scope, written); });
  if (own != scopes.end()) return std::string(*own);
  if (auto const scope = scope_of_dcmi_type(written); !scope.empty()) return std::string(scope);
  constexpr std::string_view semantics = "info:eu-repo/semantics/";
  if (!text.starts_with(semantics)) return {};
  text.remove_prefix(semantics.size());
  return text == "dataset" ? "dataset" : "document";
}

void read_type(Node record, RecordDraft& draft) {
  auto& type = draft.parts.type;
  for (auto const value : record.children("type")) {
    auto const text = xml::line_of(value);
    if (!is_name(text)) continue;
    auto scope = scope_of(text);
    if (scope.empty()) draft.note(FindingCode::code_unknown, value, text);
    // A publication may call itself a text and an article; a data set says that it is one.
    bool const says_more = type.empty() || (type == "document" && !scope.empty());
    if (says_more) type = std::move(scope);
  }
  if (type.empty()) type = "dataset";
}

void read_subjects(Node record, RecordDraft& draft) {
  for (auto const value : record.children("subject")) {
    auto const text = xml::line_of(value);
    auto const address = stripped(value.attribute("href"));
    bool const is_topic = std::ranges::find(topic_categories, text) != topic_categories.end();
    if (is_topic && is_of_catalogue(record)) {
      add_new(draft.parts.topics, text, topic_categories.size());
      continue;
    }
    model::Keyword keyword{.label = without_path(xml::name_of({value}, draft)), .uri = {}};
    if (is_absolute_uri(address)) keyword.uri = address;
    if (keyword.uri.empty() && is_absolute_uri(text)) keyword.uri = text;
    draft.keywords.add({}, std::move(keyword));
  }
}

/// "Legrand, Julien" is a person; without a comma nothing tells persons from organisations.
bool is_person(std::string_view name) {
  constexpr std::size_t longest = 60;
  return name.size() <= longest && std::ranges::count(name, ',') == 1 &&
         name.find_first_of("();/") == std::string_view::npos;
}

void read_contacts(Node record, RecordDraft& draft) {
  struct Role {
    std::string_view element;
    std::string_view role;
  };

  constexpr std::array roles{Role{"creator", "author"}, Role{"publisher", "publisher"},
                             Role{"contributor", "contributor"},
                             Role{"rightsHolder", "rightsHolder"}};
  for (auto const& [element, role] : roles) {
    for (auto const value : record.children(element)) {
      auto name = xml::name_of({value}, draft);
      model::Contact contact{.roles = {std::string(role)}};
      if (auto orcid = read_orcid(name.first())) {
        contact.orcid = std::move(*orcid);
      } else if (element != "publisher" && is_person(name.first())) {
        contact.name = name.first();
      } else {
        contact.organisation = std::move(name);
      }
      draft.contacts.add(std::move(contact));
    }
  }
}

void read_dates(Node record, RecordDraft& draft) {
  struct Date {
    std::string_view element;
    std::string_view kind; ///< CI_DateTypeCode
  };

  constexpr std::array dates{Date{"created", "creation"},     Date{"issued", "publication"},
                             Date{"available", "released"},   Date{"dateAccepted", "adopted"},
                             Date{"valid", "validityBegins"}, Date{"dateCopyrighted", "creation"}};
  for (auto const& [element, kind] : dates) {
    for (auto const value : record.children(element)) xml::add_date(value, kind, draft);
  }
  if (is_of_catalogue(record)) {
    auto const modified = record.child("modified");
    draft.parts.updated = xml::date_at(modified ? modified : record.child("date"), draft);
    return;
  }
  for (auto const value : record.children("modified")) xml::add_date(value, "revision", draft);
  // Of several, nothing says which is which.
  auto const written = all_of(record, {"date"});
  for (auto const value : written) {
    xml::add_date(value, written.size() == 1 ? "publication" : "", draft);
  }
  draft.parts.updated = xml::date_at(xml::oai_header(record).child("datestamp"), draft);
}

void read_rights(Node record, RecordDraft& draft) {
  auto const read = [&](std::string_view element, About about) {
    for (auto const value : record.children(element)) {
      auto text = xml::prose_of({value}, draft);
      if (text.empty() || take_restriction_code(draft.parts, text.first())) continue;
      std::string address;
      if (text.first().starts_with("http") && is_absolute_uri(text.first())) {
        address = text.first();
        text = {};
      }
      add_statement(draft, std::move(text), std::move(address), about);
    }
  };
  read("license", About::use);
  read("rights", About::use);
  read("accessRights", About::access);
}

void read_formats(Node record, RecordDraft& draft) {
  for (auto const value : all_of(record, {"format", "medium"})) {
    draft.add_new(draft.parts.formats, xml::name_of({value}, draft));
  }
}

ReadResult read(Node record, ReadContext const& context) {
  RecordDraft draft(context);
  draft.parts.native_id = native_id(record, context);
  if (draft.parts.native_id.empty()) return xml::refusal(FindingCode::no_identifier, record, {});
  read_languages(record, draft);
  read_titles(record, draft);
  if (draft.parts.title.empty()) {
    return xml::refusal(FindingCode::no_title, record, draft.parts.native_id);
  }
  for (auto const value : record.children("identifier")) {
    xml::add_identifier(value, xml::line_of(value), scheme_of(value), draft);
  }
  read_descriptions(record, draft);
  read_type(record, draft);
  read_subjects(record, draft);
  read_contacts(record, draft);
  read_dates(record, draft);
  read_coverage(record, draft);
  read_rights(record, draft);
  read_relations(record, draft);
  read_formats(record, draft);
  return draft.take();
}

} // namespace

std::vector<Node> all_of(Node record, std::initializer_list<std::string_view> names) {
  std::vector<Node> found;
  for (auto const child : record.children()) {
    if (std::ranges::find(names, child.name()) != names.end()) found.push_back(child);
  }
  return found;
}

std::string scheme_of(Node value) {
  auto const type = lowered(stripped(value.attribute("type")));
  return type.substr(type.find(':') + 1); // without a colon: all of it
}

} // namespace dublin_core

bool recognises_dublin_core(std::string_view document) {
  using namespace dublin_core;
  constexpr std::size_t enough = 40; // a header of OAI-PMH may name many sets
  bool is_within_metadata = false;
  for (auto const& tag : xml::first_start_tags(document, enough)) {
    if (is_record_name(tag.name, tag.namespace_uri)) return true;
    if (is_within_metadata && is_dublin_core(tag.namespace_uri)) return true;
    is_within_metadata = tag.name == "metadata";
  }
  return false;
}

ReadResult read_dublin_core(std::string_view document, ReadContext const& context) {
  using namespace dublin_core;
  auto parsed = xml::Document::parse(document);
  if (!parsed) return parsed.error();
  auto const root = parsed->root();
  if (auto const report = xml::error_report(root)) return *report;
  auto const records = xml::documents_in(root, is_record);
  if (records.size() != 1) return xml::refusal(FindingCode::unexpected_root, root, root.name());
  xml::keep_only(records.front(), namespaces);
  return read(records.front(), context);
}

} // namespace terracat::formats
