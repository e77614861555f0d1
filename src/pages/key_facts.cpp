#include "pages/key_facts.hpp"

#include "formats/words/access.hpp"
#include "pages/record_words.hpp"

#include <algorithm>

namespace terracat::pages {
namespace {

constexpr Message measured{"Ce qui est mesuré", "What is measured"};
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

} // namespace

KeyFacts key_facts_of(Sheet const& sheet, Resource const& resource, std::vector<Way> const& ways) {
  auto const& record = resource.record;
  auto const language = sheet.language();
  auto makers = makers_of(record, language);
  if (makers.size() > 3) makers.resize(3);
  return {{
      {measured, listed(variables_of(record, language, 4))},
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
