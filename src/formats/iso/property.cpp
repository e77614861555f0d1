#include "formats/iso/property.hpp"

#include "formats/words/markup.hpp"
#include "formats/words/text.hpp"

#include <algorithm>
#include <array>

namespace terracat::formats::iso {
namespace {

/// The value element of a property: the first child that is no list of translations. Some programs
/// write every element that might stand there, with a mark (xsi:nil) on those that do not.
xml::Node value_of(xml::Node property) noexcept {
  xml::Node marked;
  for (auto const child : property.children()) {
    if (child.name() == "PT_FreeText") continue;
    auto const nil = child.attribute("nil");
    if (nil != "true" && nil != "1") return child;
    if (!marked) marked = child;
  }
  return marked;
}

using Cleaner = std::string (*)(xml::Node property, std::string const& text, Draft& draft);

std::string clean_line(xml::Node, std::string const& text, Draft&) {
  return one_line(text);
}

std::string clean_prose(xml::Node property, std::string const& text, Draft& draft) {
  auto const plain = without_markup(text);
  if (plain.had_markup) draft.note(FindingCode::html_stripped, property, text);
  return paragraphs(plain.text);
}

void add(model::LocalText& out, std::string language, std::string text, xml::Node where,
         Draft& draft) {
  // More languages than any source has; each new one is compared with all before.
  constexpr std::size_t most_languages = 64;
  // Programs write "null" for a translation that they do not have.
  if (text.empty() || text == "null") return;
  if (out.entries().size() >= most_languages) return draft.left_out("languages", most_languages);
  if (is_placeholder(text)) {
    draft.note(FindingCode::text_placeholder, where, text);
    return;
  }
  out.add(std::move(language), std::move(text));
}

model::LocalText in_languages(xml::Node property, Draft& draft, Cleaner clean) {
  model::LocalText out;
  if (!property) return out;
  add(out, draft.locales.main, clean(property, raw_text(property), draft), property, draft);
  for (auto const text : property.all("PT_FreeText/textGroup/LocalisedCharacterString")) {
    auto const reference = text.attribute("locale");
    auto language = draft.locales.of(reference);
    if (language.empty() && !stripped(reference).empty()) {
      draft.note(FindingCode::language_unknown, text, reference);
      continue;
    }
    if (language.empty()) language = draft.locales.main;
    add(out, std::move(language), clean(property, text.text(), draft), text, draft);
  }
  return out;
}

std::string_view spelling(std::string_view code, std::span<std::string_view const> known) noexcept {
  auto const found = std::ranges::find_if(
      known, [&](std::string_view entry) { return equal_ignoring_case(entry, code); });
  return found == known.end() ? std::string_view() : *found;
}

} // namespace

std::string raw_text(xml::Node property) {
  auto const value = value_of(property);
  if (!value) return property.text();
  auto text = value.text();
  // A code list value without text is only its code; an Anchor may have but a title.
  if (stripped(text).empty()) text = value.attribute("codeListValue");
  if (stripped(text).empty() && value.name() == "Anchor") text = value.attribute("title");
  if (stripped(text).empty()) text = property.text();
  return text;
}

std::string line(xml::Node property) {
  return one_line(raw_text(property));
}

model::LocalText name_in_languages(xml::Node property, Draft& draft) {
  return in_languages(property, draft, clean_line);
}

model::LocalText prose_in_languages(xml::Node property, Draft& draft) {
  return in_languages(property, draft, clean_prose);
}

std::string_view anchor(xml::Node property) {
  auto const of_value = stripped(value_of(property).attribute("href"));
  return of_value.empty() ? stripped(property.attribute("href")) : of_value;
}

std::string code(xml::Node property, std::span<std::string_view const> known) {
  auto const value = value_of(property);
  auto const attribute = one_line(value.attribute("codeListValue"));
  auto const text = line(property);
  for (auto const& written : {attribute, text}) {
    if (auto const entry = spelling(written, known); !entry.empty()) return std::string(entry);
  }
  return attribute.empty() ? text : attribute;
}

bool is_known(std::string_view code, std::span<std::string_view const> known) noexcept {
  return std::ranges::find(known, code) != known.end();
}

std::string_view type_of(xml::Node object) {
  auto const extended = object.attribute("isoType");
  if (extended.empty()) return object.name();
  auto const colon = extended.find(':');
  return colon == std::string_view::npos ? extended : extended.substr(colon + 1);
}

} // namespace terracat::formats::iso
