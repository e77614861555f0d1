#include "formats/dcat/draft.hpp"

#include "formats/words/dates.hpp"
#include "formats/words/languages.hpp"
#include "formats/words/links.hpp"
#include "formats/words/markup.hpp"
#include "formats/words/text.hpp"

namespace terracat::formats::dcat {
namespace {

using graph::Node;
using model::LocalText;

std::string language_of(Node literal, Draft const& draft) {
  auto language = read_language(literal.language());
  return language.empty() ? draft.language : language;
}

std::string name_text(Node literal) {
  return one_line(literal.text());
}

} // namespace

void Draft::note(FindingCode code, Node where, std::string_view property, std::string_view what) {
  if (findings_.is_full()) return;
  findings_.add(code, where.pointer() + " " + std::string(property), one_line(what));
}

void Draft::note(Finding finding) {
  findings_.add(finding.code, std::move(finding.where), finding.excerpt);
}

std::vector<Finding> Draft::take_findings() {
  auto findings = findings_.take();
  cuts_.tell(findings);
  return findings;
}

LocalText name_of(Node node, std::initializer_list<std::string_view> names, Draft& draft) {
  for (auto const name : names) {
    LocalText out;
    for (auto const value : node.all({name})) {
      if (!value.is_literal()) continue;
      auto text = name_text(value);
      if (is_placeholder(text)) {
        draft.note(FindingCode::text_placeholder, node, name, text);
        continue;
      }
      out.add(language_of(value, draft), std::move(text));
    }
    if (!out.empty()) return out;
  }
  return {};
}

LocalText prose_of(Node node, std::initializer_list<std::string_view> names, Draft& draft) {
  for (auto const name : names) {
    LocalText out;
    for (auto const value : node.all({name})) {
      if (!value.is_literal()) continue;
      auto plain = without_markup(value.text());
      if (plain.had_markup) draft.note(FindingCode::html_stripped, node, name, value.text());
      out.add(language_of(value, draft), paragraphs(plain.text));
    }
    if (!out.empty()) return out;
  }
  return {};
}

LocalText label_of(Node value, Draft& draft) {
  if (value.is_literal()) return {language_of(value, draft), name_text(value)};
  return name_of(value,
                 {"skos:prefLabel", "rdfs:label", "dct:title", "foaf:name", "dct:description",
                  "schema:name", "rdf:value", "skos:notation"},
                 draft);
}

std::string_view last_part(std::string_view address) noexcept {
  while (address.ends_with('/')) address.remove_suffix(1);
  auto const separator = address.find_last_of("/#");
  return separator == std::string_view::npos ? address : address.substr(separator + 1);
}

std::string address_of(Node node) {
  if (!node.is_iri()) return {};
  auto text = graph::legal_address(node.text());
  if (text.starts_with(terracat::rdf::no_base)) text.erase(0, terracat::rdf::no_base.size());
  return text;
}

model::Bound date_of(Node node, std::string_view property, std::string& text, Draft& draft) {
  auto const value = node.first({property});
  text = one_line(value.text());
  if (text.empty()) return model::Bound::unknown();
  auto const reading = read_date(text);
  if (reading.finding) draft.note(*reading.finding, node, property, text);
  return reading.at;
}

std::string link_of(Node owner, std::string_view property, Node value, Draft& draft) {
  auto const text = value.is_literal() ? one_line(value.text()) : address_of(value);
  if (text.empty()) return {};
  auto reading = read_link(text, draft.context());
  if (reading.finding) draft.note(*reading.finding, owner, property, text);
  return std::move(reading.href);
}

} // namespace terracat::formats::dcat
