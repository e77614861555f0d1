#include "formats/datacite/parts.hpp"
#include "formats/readers.hpp"

#include "formats/words/collect.hpp"
#include "formats/words/languages.hpp"
#include "formats/words/text.hpp"
#include "formats/xml/answers.hpp"

#include <algorithm>
#include <array>

namespace terracat::formats {
namespace datacite {
namespace {

using xml::Node;
using xml::RecordDraft;

/// OpenAIRE mixes its own names in; elements of others are not looked at.
constexpr std::array<std::string_view, 5> namespaces{
    "http://datacite.org/schema/*", "http://schema.datacite.org/*", "https://schema.datacite.org/*",
    "http://namespace.openaire.eu/schema/oaire*", "http://www.openarchives.org/OAI/2.0/"};

bool is_of_datacite(std::string_view uri) noexcept {
  return uri.find("datacite.org/") != std::string_view::npos;
}

/// In no namespace a resource may be anything, so it has to have what all of DataCite's have.
bool is_resource(Node node) {
  if (node.name() != "resource") return false;
  return is_of_datacite(node.namespace_uri()) ||
         (node.namespace_uri().empty() && node.child("titles") && node.child("creators"));
}

/// What OAI-PMH says of the resource, which may stand within what DataCite has around it there.
Node header_of(Node resource) {
  auto const payload = resource.parent();
  return xml::oai_header(payload.name() == "payload" ? payload.parent() : resource);
}

std::string native_id(Node resource, ReadContext const& context) {
  if (!context.native_id.empty()) return context.native_id;
  for (auto const node : {header_of(resource).child("identifier"), resource.child("identifier")}) {
    auto text = xml::line_of(node);
    if (is_name(text)) return text;
  }
  return {};
}

std::vector<Node> titles_of_type(Node resource, std::string_view type) {
  std::vector<Node> found;
  for (auto const title : resource.all("titles/title")) {
    if (stripped(title.attribute("titleType")) == type) found.push_back(title);
  }
  return found;
}

/// A translation is the title in another language, if it says in which.
void read_titles(Node resource, RecordDraft& draft) {
  auto const own = titles_of_type(resource, {});
  auto& title = draft.parts.title;
  title = xml::name_of(own.empty() ? resource.all("titles/title") : own, draft);
  std::vector<model::LocalText> others;
  for (auto const* const type : {"TranslatedTitle", "Subtitle", "AlternativeTitle", "Other"}) {
    for (auto const node : titles_of_type(resource, type)) {
      auto const language = read_language(node.attribute("lang"));
      bool const is_new = !language.empty() && title.in(language).empty();
      if (is_new && std::string_view(type) == "TranslatedTitle" && !title.empty()) {
        title.add(language, xml::line_of(node));
      } else {
        if (!add_new(others, xml::name_of({node}, draft))) {
          draft.left_out("titles", most_texts_in_list);
        }
      }
    }
  }
  std::erase(others, title);
  draft.parts.alternate_title = joined(others, "; ");
}

/// The abstract, else whatever there is; methods tell how the data came to be.
void read_descriptions(Node resource, RecordDraft& draft) {
  std::vector<Node> abstracts;
  std::vector<Node> methods;
  std::vector<Node> others;
  for (auto const node : resource.all("descriptions/description")) {
    auto const type = stripped(node.attribute("descriptionType"));
    (type == "Abstract" ? abstracts : type == "Methods" ? methods : others).push_back(node);
  }
  draft.parts.lineage = xml::prose_of(methods, draft);
  draft.parts.description = xml::prose_of(abstracts, draft);
  if (draft.parts.description.empty()) draft.parts.description = xml::prose_of(others, draft);
  if (draft.parts.description.empty()) draft.note(FindingCode::abstract_missing, resource);
}

struct ResourceType {
  std::string_view general; ///< resourceTypeGeneral
  std::string_view scope;   ///< ISO 19115 MD_ScopeCode
};

constexpr std::array resource_types{
    ResourceType{"Dataset", "dataset"},
    ResourceType{"Collection", "series"},
    ResourceType{"Software", "software"},
    ResourceType{"ComputationalNotebook", "software"},
    ResourceType{"Workflow", "software"},
    ResourceType{"Service", "service"},
    ResourceType{"Model", "model"},
    ResourceType{"InteractiveResource", "application"},
    ResourceType{"PhysicalObject", "sample"},
    ResourceType{"Instrument", "collectionHardware"},
    ResourceType{"Event", "collectionSession"},
    ResourceType{"Project", "initiative"},
    ResourceType{"Image", "nonGeographicDataset"},
    ResourceType{"Audiovisual", "nonGeographicDataset"},
    ResourceType{"Film", "nonGeographicDataset"},
    ResourceType{"Sound", "nonGeographicDataset"},
    ResourceType{"Text", "document"},
    ResourceType{"Book", "document"},
    ResourceType{"BookChapter", "document"},
    ResourceType{"ConferencePaper", "document"},
    ResourceType{"ConferenceProceeding", "document"},
    ResourceType{"DataPaper", "document"},
    ResourceType{"Dissertation", "document"},
    ResourceType{"Journal", "document"},
    ResourceType{"JournalArticle", "document"},
    ResourceType{"OutputManagementPlan", "document"},
    ResourceType{"PeerReview", "document"},
    ResourceType{"Preprint", "document"},
    ResourceType{"Report", "document"},
    ResourceType{"Standard", "document"},
    ResourceType{"StudyRegistration", "document"},
};

void read_type(Node resource, RecordDraft& draft) {
  auto const node = resource.child("resourceType");
  auto const general = stripped(node.attribute("resourceTypeGeneral"));
  auto const* const known = std::ranges::find(resource_types, general, &ResourceType::general);
  bool const says_nothing_else = general.empty() || general == "Other";
  if (known == resource_types.end() && !says_nothing_else) {
    draft.note(FindingCode::code_unknown, node, general);
  }
  draft.parts.type = known == resource_types.end() ? "dataset" : known->scope;
}

void read_subjects(Node resource, RecordDraft& draft) {
  for (auto const subject : resource.all("subjects/subject")) {
    auto const attribute = [subject](std::string_view name) {
      return one_line(subject.attribute(name));
    };
    model::KeywordSet heading;
    if (auto scheme = attribute("subjectScheme"); is_name(scheme)) {
      heading.thesaurus = model::LocalText(std::move(scheme));
    }
    if (auto uri = attribute("schemeURI"); uri.starts_with("http")) heading.thesaurus_uri = uri;
    model::Keyword keyword{.label = xml::name_of({subject}, draft), .uri = {}};
    if (auto uri = attribute("valueURI"); uri.starts_with("http")) keyword.uri = std::move(uri);
    if (keyword.label.empty()) continue;
    if (!heading.thesaurus.empty() || !keyword.uri.empty()) heading.kind = "theme";
    draft.keywords.add(heading, std::move(keyword));
  }
}

void read_languages(Node resource, RecordDraft& draft) {
  for (auto const node : resource.children("language")) {
    auto const text = xml::line_of(node);
    auto language = read_language(text);
    if (!language.empty()) {
      draft.add_new(draft.parts.resource_languages, std::move(language), 100);
    } else if (!says_nothing(text)) {
      draft.note(FindingCode::language_unknown, node, text);
    }
  }
  draft.language = read_language(resource.attribute("lang"));
  if (draft.language.empty()) draft.language = draft.context().language;
  auto const& languages = draft.parts.resource_languages;
  if (draft.language.empty() && languages.size() == 1) draft.language = languages.front();
}

ReadResult read(Node resource, ReadContext const& context) {
  RecordDraft draft(context);
  draft.parts.native_id = native_id(resource, context);
  if (draft.parts.native_id.empty()) return xml::refusal(FindingCode::no_identifier, resource, {});
  read_languages(resource, draft);
  read_titles(resource, draft);
  if (draft.parts.title.empty()) {
    return xml::refusal(FindingCode::no_title, resource, draft.parts.native_id);
  }
  auto const identifier = resource.child("identifier");
  xml::add_identifier(identifier, xml::line_of(identifier),
                      lowered(stripped(identifier.attribute("identifierType"))), draft);
  draft.parts.updated = xml::date_at(header_of(resource).child("datestamp"), draft);
  read_type(resource, draft);
  read_descriptions(resource, draft);
  read_subjects(resource, draft);
  read_agents(resource, draft);
  read_coverage(resource, draft);
  read_rights(resource, draft);
  read_relations(resource, draft);
  for (auto const format : resource.all("formats/format")) {
    draft.add_new(draft.parts.formats, xml::name_of({format}, draft));
  }
  return draft.take();
}

} // namespace
} // namespace datacite

bool recognises_datacite(std::string_view document) {
  constexpr std::size_t enough = 40; // a header of OAI-PMH may name many sets
  bool is_candidate = false;
  for (auto const& tag : xml::first_start_tags(document, enough)) {
    if (tag.name == "resource" && datacite::is_of_datacite(tag.namespace_uri)) return true;
    if (is_candidate && (tag.name == "creators" || tag.name == "titles")) return true;
    is_candidate = is_candidate || (tag.name == "resource" && tag.namespace_uri.empty());
  }
  return false;
}

ReadResult read_datacite(std::string_view document, ReadContext const& context) {
  auto parsed = xml::Document::parse(document);
  if (!parsed) return parsed.error();
  auto const root = parsed->root();
  if (auto const report = xml::error_report(root)) return *report;
  auto const found = xml::documents_in(root, datacite::is_resource);
  if (found.size() != 1) return xml::refusal(FindingCode::unexpected_root, root, root.name());
  xml::keep_only(found.front(), datacite::namespaces);
  return datacite::read(found.front(), context);
}

} // namespace terracat::formats
