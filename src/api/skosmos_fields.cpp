#include "api/skosmos_fields.hpp"

#include "vocabulary/rdf_text.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <optional>

namespace terracat::api {
namespace {

using vocabulary::Concept;
using vocabulary::ConceptNumber;
using vocabulary::LabelKind;
using vocabulary::NoteKind;
using Numbers = std::span<ConceptNumber const>;

constexpr std::string_view labels_in_all = "prefLabel";

/// A property, and where its values are.
struct Field {
  std::string_view name;
  Numbers (Concept::*concepts)() const = nullptr;
  std::optional<LabelKind> label = {};
  std::optional<NoteKind> note = {};
  std::string_view mapping = {}; ///< as vocabulary::predicate_of has it
};

constexpr std::array fields{
    Field{.name = labels_in_all},
    Field{.name = "altLabel", .label = LabelKind::alternate},
    Field{.name = "hiddenLabel", .label = LabelKind::hidden},
    Field{.name = "definition", .note = NoteKind::definition},
    Field{.name = "scopeNote", .note = NoteKind::scope},
    Field{.name = "example", .note = NoteKind::example},
    Field{.name = "note", .note = NoteKind::other},
    Field{.name = "broader", .concepts = &Concept::broader},
    Field{.name = "narrower", .concepts = &Concept::narrower},
    Field{.name = "related", .concepts = &Concept::related},
    Field{.name = "exactMatch", .mapping = "skos:exactMatch"},
    Field{.name = "closeMatch", .mapping = "skos:closeMatch"},
    Field{.name = "broadMatch", .mapping = "skos:broadMatch"},
    Field{.name = "narrowMatch", .mapping = "skos:narrowMatch"},
    Field{.name = "relatedMatch", .mapping = "skos:relatedMatch"},
};

Field const* field_of(std::string_view name) {
  auto const* const found = std::ranges::find(fields, name, &Field::name);
  return found == fields.end() ? nullptr : found;
}

void write_concept(json::Writer& out, VocabularyQuestion const& question, std::string_view uri,
                   std::optional<ConceptNumber> number) {
  out.begin_object().name("uri").string(uri);
  if (number) out.name("prefLabel").string(question.label(*number));
  out.end_object();
}

/// Texts that the field has, in one language or in any.
std::vector<std::string_view> texts_of(Field const& field, Concept const& described,
                                       std::string_view language) {
  std::vector<std::string_view> out;
  auto const is_meant = [&](std::string_view tag) {
    return language.empty() || vocabulary::is_of_language(tag, language);
  };
  for (auto const& label : described.labels()) {
    if (field.label == label.kind && is_meant(label.language)) out.push_back(label.text);
  }
  for (auto const& note : described.notes()) {
    if (field.note == note.kind && is_meant(note.language)) out.push_back(note.text);
  }
  return out;
}

/// One for each language.
void write_preferred(json::Writer& out, Concept const& described) {
  std::map<std::string_view, std::string_view> labels;
  for (auto const& label : described.labels()) {
    if (label.kind == LabelKind::preferred) labels.try_emplace(label.language, label.text);
  }
  out.name("prefLabels").begin_object();
  for (auto const& [language, text] : labels) out.name(language).string(text);
  out.end_object();
}

} // namespace

SkosmosFields::SkosmosFields(std::string_view names, std::string language)
    : language_(std::move(language)) {
  while (!(names = trimmed(names)).empty()) {
    auto const end = std::min(names.find(' '), names.size());
    auto const* const field = field_of(names.substr(0, end));
    if (field != nullptr && !has(field->name)) names_.push_back(field->name);
    names.remove_prefix(end);
  }
}

bool SkosmosFields::has(std::string_view name) const noexcept {
  return std::ranges::find(names_, name) != names_.end();
}

std::string SkosmosFields::words() const {
  std::string out;
  for (auto const name : names_) {
    if (name == labels_in_all) {
      out += R"(,"prefLabels":{"@id":"skos:prefLabel","@container":"@language"})";
    } else if (!field_of(name)->label) { // those are in the context of every search
      out += ",\"" + std::string(name) + R"(":"skos:)" + std::string(name) + '"';
    }
  }
  return out;
}

void SkosmosFields::write(json::Writer& out, VocabularyQuestion const& question,
                          Concept const& described) const {
  for (auto const name : names_) {
    auto const& field = *field_of(name);
    if (name == labels_in_all) {
      write_preferred(out, described);
    } else if (field.concepts != nullptr) {
      auto const numbers = (described.*field.concepts)();
      if (numbers.empty()) continue;
      out.name(name).begin_array();
      for (auto const number : numbers) {
        write_concept(out, question, question.all().at(number).uri(), number);
      }
      out.end_array();
    } else if (!field.mapping.empty()) {
      auto mappings = described.mappings();
      std::erase_if(mappings, [&](vocabulary::Mapping const& mapping) {
        return vocabulary::predicate_of(mapping.kind) != field.mapping;
      });
      if (mappings.empty()) continue;
      out.name(name).begin_array();
      for (auto const& mapping : mappings) {
        write_concept(out, question, mapping.uri, mapping.number);
      }
      out.end_array();
    } else if (auto const texts = texts_of(field, described, language_); !texts.empty()) {
      out.name(name).begin_array();
      for (auto const text : texts) out.string(text);
      out.end_array();
    }
  }
}

} // namespace terracat::api
