#include "pages/key_facts.hpp"

#include "formats/words/access.hpp"
#include "pages/record_words.hpp"

#include <algorithm>

namespace terracat::pages {
namespace {

constexpr Message measured{"Ce qui est mesuré", "What is measured"};
constexpr Message by_keywords{"{0} (mots-clés)", "{0} (keywords)"};
constexpr Message where_label{"Où", "Where"};
constexpr Message when_label{"Quand", "When"};
constexpr Message detail_label{"Finesse", "Detail"};
constexpr Message frequency_label{"Mise à jour", "Updates"};
constexpr Message who_label{"Qui", "Who"};
constexpr Message licence_label{"Licence", "Licence"};
constexpr Message how_label{"Comment l’obtenir", "How to get it"};
constexpr Message by_download{"Téléchargement", "Download"};
constexpr Message by_service{"Service en ligne", "Online service"};
constexpr Message by_items{"API STAC", "STAC API"};
constexpr Message at_producer{"Chez le producteur", "At the producer"};

std::string how_to_get(Sheet const& sheet, Resource const& resource, std::vector<Way> const& ways) {
  std::vector<std::string> out;
  auto const has = [&](Way::Kind kind) {
    return std::ranges::find(ways, kind, &Way::kind) != ways.end();
  };
  if (has(Way::Kind::file)) out.emplace_back(sheet.in(by_download));
  if (resource.items > 0) out.emplace_back(sheet.in(by_items));
  if (has(Way::Kind::service)) out.emplace_back(sheet.in(by_service));
  if (out.empty() && has(Way::Kind::page)) out.emplace_back(sheet.in(at_producer));
  auto text = listed(out);
  if (auto const access = formats::access_of(resource.record)) {
    auto const words = words_of_access(formats::name_of(*access), sheet.language());
    (text += text.empty() ? "" : " · ") += words;
  }
  return text;
}

/// Where no variable is named, keywords say best what it is about.
std::string what_is_measured(Sheet const& sheet, model::Record const& record) {
  constexpr std::size_t most = 4;
  auto const language = sheet.language();
  auto text = listed(variables_of(record, language, most));
  if (!text.empty()) return text;
  std::vector<std::string> words;
  for (auto const& set : record->keyword_sets) {
    if (set.kind == "place" || set.kind == "temporal") continue;
    for (auto const& keyword : set.keywords) {
      auto const shown = best(keyword.label, language);
      if (words.size() < most && !shown.text.empty()) words.emplace_back(shown.text);
    }
  }
  return words.empty() ? std::string() : sheet.filled(by_keywords, {listed(words)});
}

} // namespace

KeyFacts key_facts_of(Sheet const& sheet, Resource const& resource, std::vector<Way> const& ways) {
  auto const& record = resource.record;
  auto const language = sheet.language();
  auto makers = makers_of(record, language);
  if (makers.size() > 3) makers.resize(3);
  return {{
      {measured, what_is_measured(sheet, record)},
      {where_label, where(record, language)},
      {when_label, when(record, language)},
      {detail_label, detail(record, language)},
      {frequency_label, frequency(record, language)},
      {who_label, listed(makers)},
      {licence_label, licence_name(record, language)},
      {how_label, how_to_get(sheet, resource, ways)},
  }};
}

} // namespace terracat::pages
