#include "formats/schema_org/document.hpp"
#include "formats/schema_org/parts.hpp"
#include "formats/words/identifiers.hpp"
#include "formats/words/keyword_book.hpp"
#include "formats/words/links.hpp"
#include "formats/words/media_types.hpp"
#include "formats/words/text.hpp"

#include <algorithm>

namespace terracat::formats::schema_org {
namespace {

using graph::Node;

constexpr std::size_t most_values = 2'000;
constexpr std::size_t most_links = 5'000;

/// A word, or a term with its address and what it is defined in.
void read_keyword(Node value, std::string_view kind, KeywordBook& book, Draft& draft) {
  model::KeywordSet heading;
  model::Keyword keyword;
  if (value.is_literal()) {
    keyword.label = dcat::label_of(value, draft);
  } else {
    heading.kind = kind;
    keyword.label = dcat::name_of(value, {"schema:name"}, draft);
    auto const address = value.first({"schema:url", "schema:sameAs"});
    keyword.uri = value.is_iri() ? text_of(value) : text_of(address);
    if (!is_absolute_uri(keyword.uri)) keyword.uri.clear();
    auto const scheme = value.first({"schema:inDefinedTermSet"});
    auto const name = dcat::name_of(scheme, {"schema:name"}, draft);
    auto const text = text_of(scheme);
    if (is_web_address(text)) heading.thesaurus_uri = text;
    heading.thesaurus = name.empty() && !is_web_address(text) ? model::LocalText(text) : name;
  }
  auto const words = keyword.label.first();
  if (says_nothing(words) || is_placeholder(words)) keyword.label = {};
  if (is_web_address(words)) {
    keyword.uri = std::string(words);
    keyword.label = model::LocalText(std::string(dcat::last_part(words)));
  }
  if (!keyword.label.empty()) book.add(heading, std::move(keyword));
}

/// One text is a list of words, as schema.org has it; in several, a comma is part of the word.
void read_keywords(Node dataset, KeywordBook& book, Draft& draft) {
  auto const values = dataset.all({"schema:keywords"});
  bool const is_list = values.size() == 1 && values.front().is_literal();
  if (!is_list) {
    for (auto const value : values) read_keyword(value, "theme", book, draft);
    return;
  }
  auto const whole = dcat::label_of(values.front(), draft);
  for (auto const& [language, text] : whole.entries()) {
    for (auto const word : split(text, text.find(';') == std::string::npos ? "," : ";")) {
      if (!is_name(word)) continue;
      book.add({}, {.label = model::LocalText(language, std::string(word)), .uri = {}});
    }
  }
}

void add_names(Node dataset, std::string_view property, std::vector<model::LocalText>& out,
               Draft& draft) {
  for (auto const value : dataset.all({property})) {
    auto name = value.is_literal()
                    ? dcat::label_of(value, draft)
                    : dcat::name_of(value, {"schema:name", "schema:description"}, draft);
    if (is_name(name.first())) draft.add_new(out, std::move(name), most_values);
  }
}

// ---- Links

void add(model::OnlineResource link, Draft& draft) {
  if (!link.href.empty()) draft.add_new(draft.parts.online, std::move(link), most_links);
}

void read_distribution(Node value, Node dataset, Draft& draft) {
  if (!value.is_blank() && value.all({"rdf:type"}).empty()) { // an address alone
    add({.href = dcat::link_of(dataset, "schema:distribution", value, draft),
         .function = "download"},
        draft);
    return;
  }
  model::OnlineResource link;
  link.name = dcat::name_of(value, {"schema:name"}, draft);
  link.description = dcat::prose_of(value, {"schema:description"}, draft);
  for (auto const format : value.all({"schema:encodingFormat", "schema:fileFormat"})) {
    auto const text = text_of(format);
    if (link.media_type.empty()) link.media_type = media_type_in(text);
    bool const is_word = media_type_in(text).empty() && !is_web_address(text) && is_name(text);
    if (is_word) draft.add_new(draft.parts.formats, model::LocalText(text));
  }
  bool has_file = false;
  for (auto const address : value.all({"schema:contentUrl"})) {
    auto file = link;
    file.href = dcat::link_of(value, "schema:contentUrl", address, draft);
    file.function = "download";
    has_file = has_file || !file.href.empty();
    add(std::move(file), draft);
  }
  if (has_file) return;
  for (auto const address : value.all({"schema:url"})) {
    auto page = link;
    page.href = dcat::link_of(value, "schema:url", address, draft);
    add(std::move(page), draft);
  }
}

} // namespace

void read_concepts(Node dataset, Draft& draft) {
  KeywordBook book(draft.parts.keyword_sets);
  read_keywords(dataset, book, draft);
  for (auto const value : dataset.all({"schema:about"})) {
    if (!value.is_a("schema:Dataset")) read_keyword(value, "theme", book, draft);
  }
  if (book.left_out() > 0) draft.left_out("keywords", KeywordBook::most, book.left_out());
  add_names(dataset, "schema:variableMeasured", draft.parts.variables, draft);
  add_names(dataset, "schema:measurementTechnique", draft.parts.instruments, draft);
}

void read_links(Node dataset, Draft& draft) {
  for (auto const* const property : {"schema:url", "schema:sameAs"}) {
    for (auto const value : dataset.all({property})) {
      if (!is_web_address(text_of(value))) continue;
      add({.href = dcat::link_of(dataset, property, value, draft), .function = "information"},
          draft);
    }
  }
  for (auto const value : dataset.all({"schema:distribution"})) {
    read_distribution(value, dataset, draft);
  }
}

} // namespace terracat::formats::schema_org
