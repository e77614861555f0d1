#include "formats/eml/parts.hpp"
#include "formats/readers.hpp"

#include "formats/words/collect.hpp"
#include "formats/words/languages.hpp"
#include "formats/words/text.hpp"
#include "formats/xml/answers.hpp"

#include <algorithm>
#include <array>

namespace terracat::formats {
namespace eml {
namespace {

using xml::Node;
using xml::RecordDraft;

bool is_of_eml(std::string_view uri) noexcept {
  return uri.find("ecoinformatics.org/eml-2.") != std::string_view::npos;
}

bool is_document(Node node) {
  return node.name() == "eml" && is_of_eml(node.namespace_uri());
}

struct ResourceType {
  std::string_view element;
  std::string_view scope; ///< ISO 19115 MD_ScopeCode
};

constexpr std::array resource_types{
    ResourceType{"dataset", "dataset"}, ResourceType{"software", "software"},
    ResourceType{"protocol", "document"}, ResourceType{"citation", "document"}};

std::string native_id(Node document, ReadContext const& context) {
  if (!context.native_id.empty()) return context.native_id;
  auto of_list = xml::line_of(xml::oai_header(document).child("identifier"));
  if (is_name(of_list)) return of_list;
  auto own = one_line(document.attribute("packageId"));
  return is_name(own) ? own : std::string();
}

/// A further name; one that is the address of a page leads there.
void read_identifiers(Node document, Node resource, RecordDraft& draft) {
  xml::add_identifier(document, one_line(document.attribute("packageId")),
                      one_line(document.attribute("system")), draft);
  for (auto const node : resource.children("alternateIdentifier")) {
    auto const text = xml::line_of(node);
    xml::add_identifier(node, text, one_line(node.attribute("system")), draft);
    if (!text.starts_with("http")) continue;
    xml::add_online({.href = xml::link_at(node, text, draft), .function = "information"}, draft);
  }
}

void read_languages(Node document, Node resource, RecordDraft& draft) {
  for (auto const node : resource.children("language")) {
    auto const text = xml::line_of(node);
    auto language = read_language(text);
    if (!language.empty()) {
      constexpr std::size_t most = 100;
      draft.add_new(draft.parts.resource_languages, std::move(language), most);
    } else if (!says_nothing(text)) {
      draft.note(FindingCode::language_unknown, node, text);
    }
  }
  draft.language = read_language(document.attribute("lang"));
  if (!draft.language.empty()) draft.parts.metadata_languages.push_back(draft.language);
  if (draft.language.empty()) draft.language = draft.context().language;
  auto const& languages = draft.parts.resource_languages;
  if (draft.language.empty() && languages.size() == 1) draft.language = languages.front();
}

void read_texts(Node resource, RecordDraft& draft) {
  draft.parts.alternate_title = words_of(resource.all("shortName"), draft);
  draft.parts.description = paragraphs_of(resource.all("abstract"), draft);
  if (draft.parts.description.empty()) draft.note(FindingCode::abstract_missing, resource);
  draft.parts.purpose = paragraphs_of(resource.all("purpose"), draft);
  auto const methods = resource.child("methods");
  std::vector<Node> steps = methods.all("methodStep/description");
  for (auto const* const path : {"sampling/studyExtent/description", "sampling/samplingDescription",
                                 "qualityControl/description"}) {
    auto const more = methods.all(path);
    steps.insert(steps.end(), more.begin(), more.end());
  }
  draft.parts.lineage = paragraphs_of(steps, draft);
  for (auto const node : methods.all("methodStep/instrumentation")) {
    draft.add_new(draft.parts.instruments, words_of({node}, draft));
  }
}

void read_dates(Node document, Node resource, RecordDraft& draft) {
  for (auto const node : resource.children("pubDate")) xml::add_date(node, "publication", draft);
  for (auto const node : resource.all("maintenance/changeHistory/changeDate")) {
    xml::add_date(node, "revision", draft);
  }
  auto const header = xml::oai_header(document);
  // As GBIF has it.
  for (auto const node :
       {header.child("datestamp"), document.at("additionalMetadata/metadata/gbif/dateStamp")}) {
    if (!draft.parts.updated.earliest()) draft.parts.updated = xml::date_at(node, draft);
  }
}

struct Frequency {
  std::string_view name; ///< maintenanceUpdateFrequency
  std::string_view code; ///< ISO 19115 MD_MaintenanceFrequencyCode
};

constexpr std::array frequencies{Frequency{"annually", "annually"},
                                 Frequency{"asNeeded", "asNeeded"},
                                 Frequency{"biannually", "biannually"},
                                 Frequency{"continually", "continual"},
                                 Frequency{"daily", "daily"},
                                 Frequency{"irregular", "irregular"},
                                 Frequency{"monthly", "monthly"},
                                 Frequency{"notPlanned", "notPlanned"},
                                 Frequency{"unknown", "unknown"},
                                 Frequency{"unkown", "unknown"}, // as versions before 2.1.1 have it
                                 Frequency{"weekly", "weekly"}};

void read_frequency(Node resource, RecordDraft& draft) {
  auto const node = resource.at("maintenance/maintenanceUpdateFrequency");
  auto const text = xml::line_of(node);
  if (text.empty() || text == "otherMaintenancePeriod") return;
  auto const* const known = std::ranges::find(frequencies, text, &Frequency::name);
  if (known == frequencies.end()) {
    draft.note(FindingCode::code_unknown, node, text);
  } else {
    draft.parts.frequency = known->code;
  }
}

struct KeywordType {
  std::string_view name; ///< keywordType
  std::string_view kind; ///< ISO 19115 MD_KeywordTypeCode
};

constexpr std::array keyword_types{KeywordType{"place", "place"}, KeywordType{"stratum", "stratum"},
                                   KeywordType{"temporal", "temporal"},
                                   KeywordType{"theme", "theme"},
                                   KeywordType{"taxonomic", "taxon"}};

void read_keywords(Node set, RecordDraft& draft) {
  model::KeywordSet heading;
  auto const thesaurus = xml::line_of(set.child("keywordThesaurus"));
  if (thesaurus.starts_with("http"))
    heading.thesaurus_uri = thesaurus;
  else
    heading.thesaurus = words_of({set.child("keywordThesaurus")}, draft);
  for (auto const node : set.children("keyword")) {
    auto const type = stripped(node.attribute("keywordType"));
    auto const* const known = std::ranges::find(keyword_types, type, &KeywordType::name);
    heading.kind = known == keyword_types.end() ? "" : known->kind;
    draft.keywords.add(heading, {.label = words_of({node}, draft), .uri = {}});
  }
}

/// What says that a concept is what the data are about.
bool names_subject(Node annotation) {
  auto const property = xml::line_of(annotation.child("propertyURI"));
  return property == "http://purl.org/dc/elements/1.1/subject" ||
         property == "http://purl.org/dc/terms/subject";
}

void read_annotation(Node annotation, RecordDraft& draft) {
  if (!names_subject(annotation)) return;
  auto const value = annotation.child("valueURI");
  model::Keyword keyword{.label = model::LocalText(one_line(value.attribute("label"))),
                         .uri = xml::line_of(value)};
  if (!keyword.uri.starts_with("http")) keyword.uri.clear();
  draft.keywords.add({.kind = "theme", .thesaurus = {}, .thesaurus_uri = {}, .keywords = {}},
                     std::move(keyword));
}

void read_subjects(Node document, Node resource, RecordDraft& draft) {
  for (auto const set : resource.children("keywordSet")) read_keywords(set, draft);
  for (auto const node : resource.children("annotation")) read_annotation(node, draft);
  for (auto const node : document.all("annotations/annotation")) {
    auto const about = one_line(node.attribute("references"));
    bool const is_about_all = about == one_line(document.attribute("packageId")) ||
                              about == one_line(resource.attribute("id"));
    if (!about.empty() && is_about_all) read_annotation(node, draft);
  }
}

ReadResult read(Node document, ReadContext const& context) {
  Node resource;
  RecordDraft draft(context);
  for (auto const& [element, scope] : resource_types) {
    resource = document.child(element);
    draft.parts.type = scope;
    if (resource) break;
  }
  if (!resource) return xml::refusal(FindingCode::unexpected_root, document, document.name());
  draft.parts.native_id = native_id(document, context);
  if (draft.parts.native_id.empty()) return xml::refusal(FindingCode::no_identifier, document, {});
  read_languages(document, resource, draft);
  draft.parts.title = words_of(resource.all("title"), draft);
  if (draft.parts.title.empty()) {
    return xml::refusal(FindingCode::no_title, resource, draft.parts.native_id);
  }
  read_identifiers(document, resource, draft);
  read_texts(resource, draft);
  read_dates(document, resource, draft);
  read_frequency(resource, draft);
  read_subjects(document, resource, draft);
  read_parties(resource, draft);
  read_coverage(resource, draft);
  read_rights(resource, draft);
  read_distribution(resource, draft);
  read_relations(resource, draft);
  return draft.take();
}

} // namespace
} // namespace eml

bool recognises_eml(std::string_view document) {
  constexpr std::size_t enough = 40; // a header of OAI-PMH may name many sets
  return std::ranges::any_of(xml::first_start_tags(document, enough), [](auto const& tag) {
    return tag.name == "eml" && eml::is_of_eml(tag.namespace_uri);
  });
}

ReadResult read_eml(std::string_view document, ReadContext const& context) {
  auto parsed = xml::Document::parse(document);
  if (!parsed) return parsed.error();
  auto const root = parsed->root();
  if (auto const report = xml::error_report(root)) return *report;
  auto const found = xml::documents_in(root, eml::is_document);
  if (found.size() != 1) return xml::refusal(FindingCode::unexpected_root, root, root.name());
  return eml::read(found.front(), context);
}

} // namespace terracat::formats
