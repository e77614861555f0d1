#include "formats/iso/parts.hpp"
#include "formats/iso/property.hpp"

#include "formats/words/languages.hpp"
#include "formats/words/text.hpp"

#include <algorithm>

namespace terracat::formats::iso {
namespace {

/// The tag of a `language` property; empty, and noted, if it is not known.
std::string language_of(xml::Node property, Draft& draft) {
  auto const value = property.child();
  auto const attribute = one_line(value.attribute("codeListValue"));
  auto const text = line(property);
  for (auto const& written : {attribute, text}) {
    if (auto tag = read_language(written); !tag.empty()) return tag;
  }
  bool const says_something = !text.empty() && !says_nothing(text) && text != "und" &&
                              text != "zxx" && text != "mul" && text != "mis";
  if (says_something) draft.note(FindingCode::language_unknown, property, text);
  return {};
}

void add_language(std::vector<std::string>& languages, std::string tag) {
  if (!tag.empty() && std::ranges::find(languages, tag) == languages.end()) {
    languages.push_back(std::move(tag));
  }
}

/// `languageCode` in 19139, `language` in 19115-3.
std::string language_of_locale(xml::Node locale, Draft& draft) {
  auto const older = locale.child("languageCode");
  return language_of(older ? older : locale.child("language"), draft);
}

} // namespace

void read_locales(xml::Node metadata, Draft& draft) {
  auto& languages = draft.parts.metadata_languages;
  for (auto const language : metadata.children("language")) {
    add_language(languages, language_of(language, draft));
  }
  for (auto const* const name : {"defaultLocale", "otherLocale", "locale"}) {
    for (auto const locale : metadata.all(std::string(name) + "/PT_Locale")) {
      auto tag = language_of_locale(locale, draft);
      auto const id = locale.attribute("id");
      if (!id.empty() && !tag.empty()) draft.locales.by_id.emplace_back(id, tag);
      add_language(languages, std::move(tag));
    }
  }
  bool const names_its_own = metadata.child("language") || metadata.child("defaultLocale");
  draft.locales.main =
      names_its_own && !languages.empty() ? languages.front() : draft.context().language;
}

void read_resource_languages(xml::Node identification, Draft& draft) {
  auto& languages = draft.parts.resource_languages;
  for (auto const language : identification.children("language")) {
    add_language(languages, language_of(language, draft));
  }
  for (auto const* const name : {"defaultLocale", "otherLocale"}) {
    for (auto const locale : identification.all(std::string(name) + "/PT_Locale")) {
      add_language(languages, language_of_locale(locale, draft));
    }
  }
}

} // namespace terracat::formats::iso
