#include "formats/rules/field.hpp"

#include "formats/json/identifier_text.hpp"
#include "formats/rules/field_parts.hpp"
#include "formats/words/frequencies.hpp"
#include "formats/words/identifiers.hpp"
#include "formats/words/languages.hpp"
#include "formats/words/licences.hpp"
#include "formats/words/links.hpp"
#include "formats/words/progress.hpp"
#include "formats/words/resource_types.hpp"
#include "formats/words/rights.hpp"
#include "formats/words/text.hpp"
#include "formats/words/topics.hpp"

#include <algorithm>
#include <array>

namespace terracat::formats::rules {
namespace {

using model::LocalText;
using model::RecordParts;
using Language = std::string_view;

std::string in_list(std::string_view member, std::size_t index) {
  return "/" + std::string(member) + "/" + std::to_string(index);
}

/// Adds what is new. \return  the pointer to it; empty: the list is full
template<class Value>
std::string put_new(std::vector<Value>& values, Value value, std::string_view member) {
  constexpr std::size_t most = 1'000;
  auto const same = std::ranges::find(values, value);
  auto const index = static_cast<std::size_t>(same - values.begin());
  if (same == values.end()) {
    if (values.size() >= most) return {};
    values.push_back(std::move(value));
  }
  return in_list(member, index);
}

/// The word of a list that a text is, whatever its capitals; empty if there is none.
template<std::size_t Size>
std::string_view word_of(std::array<std::string_view, Size> const& words, std::string_view text) {
  auto const* const found = std::ranges::find_if(
      words, [&](std::string_view word) { return equal_ignoring_case(word, stripped(text)); });
  return found == words.end() ? std::string_view() : *found;
}

// ---- One text in several languages

template<LocalText RecordParts::*Member>
bool has_text(RecordParts const& record, Language language) {
  auto const& text = record.*Member;
  return language.empty() ? !text.empty() : !text.in(language).empty();
}

template<LocalText RecordParts::*Member>
void clear_text(RecordParts& record, Language language) {
  LocalText left;
  for (auto const& entry : (record.*Member).entries()) {
    if (!language.empty() && entry.language != language) left.add(entry.language, entry.text);
  }
  record.*Member = std::move(left);
}

template<LocalText RecordParts::*Member, auto Read, char const* Name>
std::string put_text(RecordParts& record, Saying const& saying) {
  auto& text = record.*Member;
  auto const before = text.entries().size();
  text.add(std::string(saying.language), Read(saying.text));
  return text.entries().size() == before ? std::string() : in_list(Name, before);
}

template<LocalText RecordParts::*Member, auto Read, char const* Name>
constexpr Field text_field(std::string_view name, std::string_view summary) {
  return {name,
          summary,
          true,
          false,
          false,
          has_text<Member>,
          clear_text<Member>,
          put_text<Member, Read, Name>};
}

// ---- Lists

template<auto Member>
bool has_any(RecordParts const& record, Language) {
  return !(record.*Member).empty();
}

template<auto Member>
void clear_all(RecordParts& record, Language) {
  (record.*Member).clear();
}

template<std::vector<LocalText> RecordParts::*Member, char const* Name>
std::string put_in_texts(RecordParts& record, Saying const& saying) {
  LocalText text(std::string(saying.language), one_line(saying.text));
  return text.empty() ? std::string() : put_new(record.*Member, std::move(text), Name);
}

template<std::vector<LocalText> RecordParts::*Member, char const* Name>
constexpr Field texts_field(std::string_view name, std::string_view summary) {
  return {name,
          summary,
          true,
          true,
          false,
          has_any<Member>,
          clear_all<Member>,
          put_in_texts<Member, Name>};
}

std::string put_topic(RecordParts& record, Saying const& saying) {
  auto const topic = word_of(topic_categories, saying.text);
  return topic.empty() ? std::string() : put_new(record.topics, std::string(topic), "topics");
}

template<std::vector<std::string> RecordParts::*Member, char const* Name>
std::string put_language(RecordParts& record, Saying const& saying) {
  auto code = read_language(saying.text);
  return code.empty() ? std::string() : put_new(record.*Member, std::move(code), Name);
}

// ---- Identifiers

std::string put_identifier(RecordParts& record, Saying const& saying) {
  auto found = read_identifier(stripped(saying.text), {});
  return found ? put_new(record.identifiers, std::move(*found), "identifiers") : std::string();
}

bool is_doi(model::Identifier const& identifier) {
  return identifier.scheme == "doi";
}

bool has_doi(RecordParts const& record, Language) {
  return std::ranges::any_of(record.identifiers, is_doi);
}

void clear_doi(RecordParts& record, Language) {
  std::erase_if(record.identifiers, is_doi);
}

std::string put_doi(RecordParts& record, Saying const& saying) {
  auto doi = stated_doi(stripped(saying.text));
  if (!doi) return {};
  return put_new(record.identifiers, {"doi", std::move(*doi)}, "identifiers");
}

// ---- Licences

std::string put_licence(RecordParts& record, Saying const& saying) {
  auto const text = one_line(saying.text);
  model::Licence licence{.spdx = {}, .text = {}, .url = {}};
  if (is_web_address(text)) {
    auto const link = read_link(text, saying.context);
    if (link.href.empty()) return {};
    licence = {.spdx = spdx_of_address(link.href), .text = {}, .url = link.href};
  } else if (auto const identifier = spdx_identifier(text); !identifier.empty()) {
    licence.spdx = identifier;
  } else {
    licence = {.spdx = spdx_of(text, {}),
               .text = LocalText(std::string(saying.language), text),
               .url = std::string(address_in(text))};
  }
  auto const before = record.licences.size();
  add_licence(record, std::move(licence));
  auto const count = record.licences.size();
  if (count == 0) return {};
  return in_list("licences", count > before ? before : count - 1);
}

// ---- Ways to the data

constexpr std::string_view download_function = "download";

bool is_download(model::OnlineResource const& resource) {
  return resource.function == download_function;
}

bool has_download(RecordParts const& record, Language) {
  return std::ranges::any_of(record.online, is_download);
}

void clear_downloads(RecordParts& record, Language) {
  std::erase_if(record.online, is_download);
}

std::string put_online(RecordParts& record, Saying const& saying, std::string_view function) {
  auto link = read_link(stripped(saying.text), saying.context);
  if (link.href.empty()) return {};
  model::OnlineResource resource{.href = std::move(link.href),
                                 .name = {},
                                 .description = {},
                                 .protocol = {},
                                 .function = std::string(function),
                                 .media_type = {}};
  return put_new(record.online, std::move(resource), "online");
}

std::string put_link(RecordParts& record, Saying const& saying) {
  return put_online(record, saying, "information");
}

std::string put_download(RecordParts& record, Saying const& saying) {
  return put_online(record, saying, download_function);
}

// ---- Codes

template<std::string RecordParts::*Member>
void clear_code(RecordParts& record, Language) {
  (record.*Member).clear();
}

std::string put_code(std::string& member, std::string_view code, std::string_view name) {
  if (code.empty()) return {};
  member = code;
  return "/" + std::string(name);
}

std::string put_type(RecordParts& record, Saying const& saying) {
  return put_code(record.type, word_of(scopes, saying.text), "type");
}

std::string put_status(RecordParts& record, Saying const& saying) {
  return put_code(record.status, word_of(progress_codes, saying.text), "status");
}

std::string put_frequency(RecordParts& record, Saying const& saying) {
  return put_code(record.frequency, read_frequency(saying.text), "frequency");
}

// ---- The table

// Members of the text that keeps a record (record_fields.hpp).
constexpr char title[] = "title";
constexpr char alternate_title[] = "alternate_title";
constexpr char description[] = "description";
constexpr char purpose[] = "purpose";
constexpr char lineage[] = "lineage";
constexpr char variables[] = "variables";
constexpr char platforms[] = "platforms";
constexpr char instruments[] = "instruments";
constexpr char formats_of_data[] = "formats";
constexpr char access_constraints[] = "access_constraints";
constexpr char resource_languages[] = "resource_languages";
constexpr char metadata_languages[] = "metadata_languages";

using Parts = RecordParts;

constexpr std::array field_rows{
    text_field<&Parts::title, one_line, title>("title", "what it is called"),
    text_field<&Parts::alternate_title, one_line, alternate_title>("alternate_title",
                                                                   "what else it is called"),
    text_field<&Parts::description, paragraphs, description>("description", "what it is"),
    text_field<&Parts::purpose, paragraphs, purpose>("purpose", "what it was made for"),
    text_field<&Parts::lineage, paragraphs, lineage>("lineage", "how it was made"),
    texts_field<&Parts::variables, variables>("variable", "what was measured or computed"),
    texts_field<&Parts::platforms, platforms>("platform", "on what: satellites, ships, models"),
    texts_field<&Parts::instruments, instruments>("instrument", "by what"),
    texts_field<&Parts::formats, formats_of_data>("format", "a format of the data"),
    texts_field<&Parts::access_constraints, access_constraints>("access",
                                                                "who may have the data, and how"),
    Field{"keyword", "a word without thesaurus", true, true, false, has_keyword, clear_keywords,
          put_keyword},
    Field{"theme", "the address of a concept", false, true, false, has_theme, clear_themes,
          put_theme},
    Field{"topic", "a topic of ISO 19115: oceans, biota, …", false, true, false,
          has_any<&Parts::topics>, clear_all<&Parts::topics>, put_topic},
    Field{"language", "a language of the data", false, true, false,
          has_any<&Parts::resource_languages>, clear_all<&Parts::resource_languages>,
          put_language<&Parts::resource_languages, resource_languages>},
    Field{"metadata_language", "a language of the document", false, true, false,
          has_any<&Parts::metadata_languages>, clear_all<&Parts::metadata_languages>,
          put_language<&Parts::metadata_languages, metadata_languages>},
    Field{"identifier", "another name of it: a DOI, a URN, …", false, true, false,
          has_any<&Parts::identifiers>, clear_all<&Parts::identifiers>, put_identifier},
    Field{"doi", "its DOI", false, true, false, has_doi, clear_doi, put_doi},
    Field{"contact", "a person to ask", false, true, false, has_contact, clear_contacts,
          put_contact},
    Field{"organisation", "an organisation to ask", true, true, false, has_organisation,
          clear_organisations, put_organisation},
    Field{"email", "an address to write to", false, true, false, has_email, clear_emails,
          put_email},
    Field{"author", "a person who made it", false, true, false, has_author, clear_authors,
          put_author},
    Field{"publisher", "an organisation that publishes it", true, true, false, has_publisher,
          clear_publishers, put_publisher},
    Field{"licence", "SPDX identifier, address or name of a licence", true, true, false,
          has_any<&Parts::licences>, clear_all<&Parts::licences>, put_licence},
    Field{"begin", "when the data begin", false, false, false, has_begin, clear_nothing, put_begin},
    Field{"end", "when the data end", false, false, false, has_end, clear_nothing, put_end},
    Field{"period", "when the data begin and end: 2001/2002", false, true, false,
          has_any<&Parts::temporal>, clear_all<&Parts::temporal>, put_period},
    Field{"bbox", "west south east north in degrees", false, true, true, has_box, clear_boxes,
          put_box},
    Field{"place", "what the area is called", true, true, false, has_place, clear_places,
          put_place},
    Field{"created", "when the record was made", false, false, false, has_created, clear_nothing,
          put_created},
    Field{"updated", "when the record was changed last", false, false, false, has_updated,
          clear_nothing, put_updated},
    Field{"publication", "when the data were published", false, true, false, has_publication,
          clear_publications, put_publication},
    Field{"revision", "when the data were changed", false, true, false, has_revision,
          clear_revisions, put_revision},
    Field{"link", "an address of more about it", false, true, false, has_any<&Parts::online>,
          clear_all<&Parts::online>, put_link},
    Field{"download", "an address of the data", false, true, false, has_download, clear_downloads,
          put_download},
    Field{"type", "dataset, series, service or another scope of ISO 19115", false, false, false,
          has_any<&Parts::type>, clear_code<&Parts::type>, put_type},
    Field{"status", "completed, onGoing or another progress of ISO 19115", false, false, false,
          has_any<&Parts::status>, clear_code<&Parts::status>, put_status},
    Field{"frequency", "how often the data are brought up to date", false, false, false,
          has_any<&Parts::frequency>, clear_code<&Parts::frequency>, put_frequency},
};

} // namespace

std::span<Field const> fields() noexcept {
  return field_rows;
}

Field const* find_field(std::string_view name) noexcept {
  auto const* const found = std::ranges::find(field_rows, name, &Field::name);
  return found == field_rows.end() ? nullptr : found;
}

} // namespace terracat::formats::rules
