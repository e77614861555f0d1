#include "pages/enrichment.hpp"

#include "pages/record_words.hpp"
#include "pages/signs.hpp"
#include "pages/ways.hpp"

#include <algorithm>
#include <array>

namespace terracat::pages {
namespace {

using enrich::PlaceRule;

struct RuleWords {
  PlaceRule rule;
  Message where;
};

constexpr std::array rules{
    RuleWords{PlaceRule::extent, {"dans le nom du lieu", "in the name of the place"}},
    RuleWords{PlaceRule::place_keyword,
              {"parmi les lieux cités", "among the places that it names"}},
    RuleWords{PlaceRule::keyword, {"parmi les mots-clés", "among the keywords"}},
    RuleWords{PlaceRule::title, {"dans le titre", "in the title"}},
};

struct IdentityWords {
  enrich::IdentityRule rule;
  Message how;
};

constexpr std::array identity_rules{
    IdentityWords{enrich::IdentityRule::text,
                  {"lu dans son nom par le catalogue", "read by the catalogue in the name"}},
    IdentityWords{enrich::IdentityRule::shared,
                  {"d’après le même nom dans cette fiche", "by the same name in this record"}},
};

constexpr Message guessed_area{
    "Le producteur ne donne pas de coordonnées. D’après « {0} » {1}, le catalogue suppose : {2}.",
    "The producer gives no coordinates. By “{0}” {1}, the catalogue guesses: {2}."};
constexpr Message guessed_language{
    "La langue de la description n’est pas dite ; d’après {0} de ses petits mots, c’est : {1}.",
    "The language of the description is not stated; by {0} of its small words it is: {1}."};

struct LanguageName {
  std::string_view code;
  Message name;
};

constexpr std::array language_names{
    LanguageName{"fr", {"le français", "French"}},
    LanguageName{"en", {"l’anglais", "English"}},
    LanguageName{"de", {"l’allemand", "German"}},
    LanguageName{"es", {"l’espagnol", "Spanish"}},
    LanguageName{"it", {"l’italien", "Italian"}},
    LanguageName{"pt", {"le portugais", "Portuguese"}},
    LanguageName{"nl", {"le néerlandais", "Dutch"}},
};

std::vector<std::string> preferred(Language language) {
  return {std::string(code(language)), std::string(code(other(language)))};
}

} // namespace

std::string near_of(Sheet const& sheet, enrich::Enrichment const& enrichment) {
  std::vector<std::string> names;
  for (auto const& one : enrichment.near) {
    names.emplace_back(one.place->label(preferred(sheet.language())));
  }
  return listed(names);
}

void write_guessed_area(Sheet& sheet, std::optional<enrich::GuessedArea> const& area) {
  if (!area) return;
  std::vector<std::string> words;
  for (auto const& one : area->places) words.push_back(one.word);
  auto const* const rule = std::ranges::find(rules, area->rule, &RuleWords::rule);
  sheet.html.element("p", {{"class", "note"}}, [&] {
    sheet.html.markup(sign::warning).text(" ");
    sheet.html.text(sheet.filled(
        guessed_area, {listed(words), sheet.in(rule->where), place(area->box, sheet.language())}));
  });
}

std::vector<enrich::Identity const*> identities_of(enrich::Enrichment const& enrichment,
                                                   std::size_t contact) {
  std::vector<enrich::Identity const*> out;
  for (auto const& one : enrichment.identities) {
    if (one.contact == contact) out.push_back(&one);
  }
  return out;
}

void write_identity(Sheet& sheet, enrich::Identity const& identity) {
  write_address(sheet.html, identity.uri);
  auto const* const words = std::ranges::find(identity_rules, identity.rule, &IdentityWords::rule);
  if (words == identity_rules.end()) return; // its own address
  sheet.html.element("span", {{"class", "micro dim"}}, sheet.in(words->how));
}

std::string language_guess(Sheet const& sheet, enrich::Enrichment const& enrichment) {
  if (!enrichment.language) return {};
  auto const* const row =
      std::ranges::find(language_names, enrichment.language->language, &LanguageName::code);
  auto const name =
      row == language_names.end() ? enrichment.language->language : sheet.in(row->name);
  return sheet.filled(guessed_language, {std::to_string(enrichment.language->words), name});
}

} // namespace terracat::pages
