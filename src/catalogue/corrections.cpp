#include "catalogue/corrections.hpp"

#include "formats/json/identifier_text.hpp"
#include "formats/words/licences.hpp"
#include "formats/words/text.hpp"
#include "query/queryables.hpp"

#include <terracat/json.hpp>
#include <terracat/text.hpp>

#include <algorithm>
#include <array>

namespace terracat::catalogue {
namespace {

using model::LocalText;
using model::RecordParts;

constexpr std::size_t longest_value = 100'000; ///< bytes; people type less

Problem wrong(std::string detail) {
  return {.kind = ProblemKind::invalid_parameter, .detail = std::move(detail), .where = {}};
}

// ---- Texts

Result<std::string> read_line(std::string_view value) {
  return formats::one_line(value);
}

Result<std::string> read_paragraphs(std::string_view value) {
  return formats::paragraphs(value);
}

template<LocalText RecordParts::*Field>
std::string text_said(RecordParts const& record, std::string_view language, Languages languages) {
  auto const& text = record.*Field;
  return std::string(language.empty() ? text.best(languages) : text.in(language));
}

/// Replaces the one text, or adds it if there is none.
template<LocalText RecordParts::*Field>
void put_text(RecordParts& record, std::string const& language, std::string const& value,
              Languages languages) {
  auto& text = record.*Field;
  auto const shown = text.best(languages);
  LocalText out;
  bool is_put = false;
  for (auto const& entry : text.entries()) {
    bool const is_meant =
        language.empty() ? entry.text.data() == shown.data() : entry.language == language;
    out.add(entry.language, is_meant ? value : entry.text);
    is_put = is_put || is_meant;
  }
  if (!is_put) out.add(language, value);
  text = std::move(out);
}

// ---- The licence

/// One that may be published: without a password.
bool is_web_address(std::string_view text) noexcept {
  return (text.starts_with("https://") || text.starts_with("http://")) &&
         text.find_first_of(" \t\r\n\"<>") == std::string_view::npos &&
         model::is_public_href(text) && model::credentials_in(text).empty();
}

Result<std::string> read_licence(std::string_view value) {
  auto const text = trimmed(value);
  if (is_web_address(text)) return std::string(text);
  for (auto const* const word : {"other", "proprietary", "various"}) {
    if (equal_ignoring_case(text, word)) return std::string(word);
  }
  if (auto identifier = formats::spdx_identifier(text); !identifier.empty()) return identifier;
  if (auto named = formats::spdx_of_text(text); !named.empty()) return named;
  return wrong("'" + std::string(text) +
               "' is no licence that is known here; expected an SPDX identifier such as CC-BY-4.0, "
               "ODbL-1.0 or etalab-2.0, the address of the licence, or 'other'");
}

std::string licence_said(RecordParts const& record, std::string_view, Languages) {
  return formats::licence_code(record);
}

/// Links of a STAC source to its licence contradict another one.
void drop_licence_links(RecordParts& record) {
  auto const links = std::ranges::find(record.stac_members, "links",
                                       [](auto const& entry) { return entry.first; });
  if (links == record.stac_members.end()) return;
  auto const document = json::Document::parse(links->second);
  if (!document) return;
  json::Writer out;
  out.begin_array();
  for (auto const link : document->root().elements()) {
    if (link.string("rel") != "license") out.value(link);
  }
  links->second = out.end_array().take();
}

void put_licence(RecordParts& record, std::string const&, std::string const& value, Languages) {
  if (formats::licence_code(record) == value) return; // with its link and its text
  record.licences.clear();
  if (is_web_address(value)) {
    record.licences.push_back({.spdx = formats::spdx_of_address(value), .text = {}, .url = value});
  } else {
    record.licences.push_back(formats::licence_of(value));
  }
  drop_licence_links(record);
}

// ---- Concepts

Result<std::string> read_concepts(std::string_view value) {
  std::string out;
  for (auto const address : formats::split(value, " \t\r\n")) {
    if (!is_web_address(address)) {
      return wrong(
          "'" + std::string(address) +
          "' is no address of a concept; expected http:// or https://, several with blanks "
          "between them");
    }
    if (!out.empty()) out += ' ';
    out += address;
  }
  return out;
}

bool names_concept(RecordParts const& record, std::string_view address) {
  return std::ranges::any_of(record.keyword_sets, [&](model::KeywordSet const& set) {
    return std::ranges::find(set.keywords, address, &model::Keyword::uri) != set.keywords.end();
  });
}

std::string concepts_said(RecordParts const& record, std::string_view, Languages) {
  std::string out;
  for (auto const& set : record.keyword_sets) {
    for (auto const& keyword : set.keywords) {
      if (!keyword.uri.empty()) out += (out.empty() ? "" : " ") + keyword.uri;
    }
  }
  return out;
}

/// Beside those that the source names. Their labels are not known without the vocabulary.
void add_concepts(RecordParts& record, std::string const&, std::string const& value, Languages) {
  for (auto const address : formats::split(value, " ")) {
    if (names_concept(record, address)) continue;
    record.keyword_sets.push_back({.kind = "theme",
                                   .thesaurus = {},
                                   .thesaurus_uri = {},
                                   .keywords = {{.label = {}, .uri = std::string(address)}}});
  }
}

// ---- The table

constexpr std::array fields{
    CorrectableField{"title", "what it is called", true, read_line, text_said<&RecordParts::title>,
                     put_text<&RecordParts::title>},
    CorrectableField{"description", "what it is, in some sentences", true, read_paragraphs,
                     text_said<&RecordParts::description>, put_text<&RecordParts::description>},
    CorrectableField{"license", "SPDX identifier, or the address of the licence", false,
                     read_licence, licence_said, put_licence},
    CorrectableField{"themes", "addresses of concepts, added to those of the source", false,
                     read_concepts, concepts_said, add_concepts},
};

std::string list_of_fields() {
  return listed(fields, [](CorrectableField const& field) {
    auto const name = std::string(field.name);
    return field.has_languages ? name + ", " + name + ".LANGUAGE" : name;
  });
}

Problem no_such_field(std::string_view name) {
  std::vector<std::string_view> names(fields.size());
  std::ranges::transform(fields, names.begin(), &CorrectableField::name);
  auto const near = query::nearest(name, names);
  return wrong("there is no field '" + std::string(name) + "' to correct" +
               (near.empty() ? "." : "; did you mean " + near.front() + "?") + " There are " +
               list_of_fields());
}

} // namespace

std::span<CorrectableField const> correctable_fields() noexcept {
  return fields;
}

CorrectableField const* find_correctable(std::string_view name) noexcept {
  auto const* const found = std::ranges::find(fields, name, &CorrectableField::name);
  return found == fields.end() ? nullptr : found;
}

Result<Wording> read_place(std::string_view text, Languages languages) {
  auto const dot = text.find('.');
  auto const name = text.substr(0, dot);
  auto const* const field = find_correctable(name);
  if (field == nullptr) return no_such_field(name);
  if (dot == std::string_view::npos) return Wording{std::string(name), {}, {}};
  auto language = lowered(text.substr(dot + 1));
  if (!field->has_languages) {
    return wrong(std::string(name) + " is the same in every language; expected '" +
                 std::string(name) + "'");
  }
  if (std::ranges::find(languages, language) == languages.end()) {
    return wrong("the site has no language '" + language + "'; site.languages are " +
                 listed(languages));
  }
  return Wording{std::string(name), std::move(language), {}};
}

Result<Wording> read_wording(std::string_view text, Languages languages) {
  auto const sign = text.find('=');
  if (sign == std::string_view::npos) {
    return wrong("expected FIELD=VALUE instead of '" + std::string(text) + "'; fields are " +
                 list_of_fields());
  }
  auto wording = read_place(trimmed(text.substr(0, sign)), languages);
  if (!wording) return wording;
  auto const written = text.substr(sign + 1);
  if (written.size() > longest_value) {
    return wrong("the value of " + wording->field + " is longer than " +
                 std::to_string(longest_value) + " bytes");
  }
  auto value = find_correctable(wording->field)->read(written);
  if (!value) return value.error();
  if (value->empty()) {
    return wrong("the value of " + wording->field +
                 " is empty; what the source says comes back by --remove");
  }
  wording->value = std::move(*value);
  return wording;
}

std::string place_name(store::CorrectionKey const& key) {
  return key.language.empty() ? key.field : key.field + "." + key.language;
}

model::Record corrected(model::Record const& said,
                        std::vector<store::Correction> const& corrections, Languages languages) {
  if (corrections.empty()) return said;
  auto parts = *said;
  // That of one language says more than that of the text that is shown; keys are in this order.
  for (auto const& correction : corrections) {
    auto const* const field = find_correctable(correction.key.field);
    if (field == nullptr) continue;
    auto const before = parts;
    field->put(parts, correction.key.language, correction.value, languages);
    if (parts == before) continue;
    std::erase_if(parts.inferences,
                  [&](model::Inference const& one) { return one.member == field->name; });
    parts.corrected.push_back({.member = std::string(field->name),
                               .language = correction.key.language,
                               .at = correction.at});
  }
  return model::Record::make(std::move(parts)).value();
}

} // namespace terracat::catalogue
