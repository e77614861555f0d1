#include "pages/quality.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>

namespace terracat::pages {
namespace {

using enrich::Aspect;
using enrich::Level;
using enrich::Principle;
using enrich::Rating;

struct Words {
  Aspect aspect;
  Message label;
  Message missing; ///< what would have to be written
  Message partial; ///< likewise, where something is written already
};

constexpr Message never{"–", "–"}; ///< the level that the aspect cannot have

// THE table: a row for each criterion of enrich/.
constexpr std::array table{
    Words{Aspect::title,
          {"Titre", "Title"},
          {"Aucun titre : l’identifiant en tient lieu.",
           "No title: the identifier stands in its place."},
          {"Le titre a moins de trois mots : dire quoi, où, quand.",
           "The title has less than three words: say what, where, when."}},
    Words{Aspect::description,
          {"Résumé", "Summary"},
          {"Aucun résumé, ou moins d’une phrase.", "No summary, or less than a sentence."},
          {"Le résumé est très court : deux ou trois phrases sur ce qui est mesuré, comment, et "
           "pour quoi faire.",
           "The summary is very short: two or three sentences on what is measured, how, and what "
           "for."}},
    Words{Aspect::identifier,
          {"Identifiant durable", "Lasting identifier"},
          {"Aucun identifiant : un DOI permet de citer et de retrouver les données.",
           "No identifier: with a DOI the data can be cited and found again."},
          {"Un identifiant, mais ni DOI, ni Handle, ni ARK : rien ne dit qu’il durera.",
           "An identifier, but no DOI, Handle or ARK: nothing says that it will last."}},
    Words{Aspect::keywords,
          {"Mots-clés", "Keywords"},
          {"Aucun mot-clé ni variable.", "No keyword and no variable."},
          {"Moins de trois mots-clés ou variables.", "Less than three keywords or variables."}},
    Words{
        Aspect::place,
        {"Lieu", "Place"},
        {"Le lieu n’est pas dit.", "The place is not stated."},
        {"Le lieu n’est pas dit par des coordonnées.", "The place is not stated by coordinates."}},
    Words{Aspect::period,
          {"Période", "Period"},
          {"La période n’est pas dite.", "The period is not stated."},
          {"La période n’est pas dite par des dates qu’un programme puisse lire.",
           "The period is not stated by dates that a program can read."}},
    Words{Aspect::access,
          {"Accès", "Access"},
          {"Aucune adresse ne mène aux données.", "No address leads to the data."},
          {"Une page y mène, mais ni fichier ni service.",
           "A page leads there, but no file and no service."}},
    Words{Aspect::contact,
          {"Contact", "Contact"},
          {"Personne à qui écrire.", "Nobody to write to."},
          {"Un nom, mais ni courriel, ni téléphone, ni page.",
           "A name, but no e-mail, telephone or page."}},
    Words{Aspect::concepts,
          {"Concepts", "Concepts"},
          {"Aucun mot-clé n’est pris d’un vocabulaire connu ici.",
           "No keyword is taken from a vocabulary that is known here."},
          {"Le catalogue a reconnu des mots : donner l’adresse du concept.",
           "The catalogue recognised some words: give the address of the concept."}},
    Words{Aspect::formats,
          {"Formats", "Formats"},
          {"Le format des fichiers n’est pas dit.", "The format of the files is not stated."},
          {"Le format n’est dit qu’avec chaque fichier.",
           "The format is stated with each file only."}},
    Words{Aspect::language,
          {"Langue", "Language"},
          {"La langue de la description n’est pas dite.",
           "The language of the description is not stated."},
          never},
    Words{Aspect::licence,
          {"Licence", "Licence"},
          {"Aucune licence : personne ne sait ce qu’il a le droit de faire.",
           "No licence: nobody knows what he may do."},
          {"Des conditions en toutes lettres : nommer une licence connue, ou son adresse.",
           "Conditions in words: name a known licence, or its address."}},
    Words{Aspect::lineage,
          {"Origine", "Lineage"},
          {"Rien sur la manière dont les données ont été faites.",
           "Nothing about how the data were made."},
          {"Presque rien sur la manière dont les données ont été faites.",
           "Hardly anything about how the data were made."}},
    Words{Aspect::citation,
          {"Citation", "Citation"},
          {"Ni auteur, ni éditeur, ni année.", "No author, publisher or year."},
          {"Il manque l’auteur ou l’année.", "The author or the year is missing."}},
};

struct PrincipleWords {
  Principle principle;
  Message label;
};

constexpr std::array principles{
    PrincipleWords{Principle::findable, {"Facile à trouver", "Findable"}},
    PrincipleWords{Principle::accessible, {"Accessible", "Accessible"}},
    PrincipleWords{Principle::interoperable, {"Interopérable", "Interoperable"}},
    PrincipleWords{Principle::reusable, {"Réutilisable", "Reusable"}},
};

static_assert(principles.size() == enrich::all_principles.size());

Words const& words_of(Aspect aspect) noexcept {
  return *std::ranges::find(table, aspect, &Words::aspect);
}

constexpr Message score_text{"Cette description est complète à {0} %.",
                             "This description is {0} % complete."};
constexpr Message percent{"{0} %", "{0} %"};
constexpr Message missing_title{"Ce qui manque", "What is missing"};
constexpr Message partial_title{"Ce qui peut être mieux dit", "What can be said better"};
constexpr Message nothing_missing{"Rien de ce qui est demandé ne manque.",
                                  "Nothing that is asked for is missing."};
constexpr Message stated_title{"Ce qui est dit ({0})", "What is stated ({0})"};
constexpr Message for_programs{"La même chose pour les programmes", "The same for programs"};

void write_principles(Sheet& sheet, enrich::Quality const& quality) {
  auto& html = sheet.html;
  html.element("dl", {{"class", "dl"}}, [&] {
    for (auto const principle : enrich::all_principles) {
      auto const score = quality.score(principle);
      if (!score) continue;
      html.element("dt", {}, label_of(principle, sheet.language()));
      html.element("dd", {}, sheet.filled(percent, {std::to_string(*score)}));
    }
  });
}

std::vector<Rating> rated(enrich::Quality const& quality, Level level) {
  std::vector<Rating> out;
  std::ranges::copy_if(quality.ratings(), std::back_inserter(out),
                       [&](Rating const& one) { return one.level == level; });
  std::ranges::stable_sort(out, std::ranges::greater{},
                           [](Rating const& one) { return one.criterion->weight; });
  return out;
}

/// The weightiest first. Nothing is written if there is none.
void write_advice(Sheet& sheet, Message heading, std::vector<Rating> const& ratings) {
  auto& html = sheet.html;
  if (ratings.empty()) return;
  html.element("h3", {}, sheet.in(heading));
  html.element("ul", {{"class", "lines"}}, [&] {
    for (auto const& rating : ratings) {
      html.element("li", {}, [&] {
        html.element("b", {}, label_of(rating.criterion->aspect, sheet.language()));
        html.element("span", {{"class", "micro dim"}}, advice_of(rating, sheet.language()));
      });
    }
  });
}

void write_stated(Sheet& sheet, std::vector<Rating> const& ratings) {
  auto& html = sheet.html;
  if (ratings.empty()) return;
  html.element("details", {{"class", "folded"}}, [&] {
    html.element("summary", {}, sheet.filled(stated_title, {std::to_string(ratings.size())}));
    std::string names;
    for (auto const& rating : ratings) {
      names += names.empty() ? "" : ", ";
      names += label_of(rating.criterion->aspect, sheet.language());
    }
    html.element("p", {}, names);
  });
}

} // namespace

std::string_view label_of(Aspect aspect, Language language) noexcept {
  return words_of(aspect).label.in(language);
}

std::string_view advice_of(Rating const& rating, Language language) noexcept {
  auto const& words = words_of(rating.criterion->aspect);
  if (rating.level == Level::stated) return {};
  return (rating.level == Level::missing ? words.missing : words.partial).in(language);
}

std::string_view label_of(Principle principle, Language language) noexcept {
  return std::ranges::find(principles, principle, &PrincipleWords::principle)->label.in(language);
}

void write_quality(Sheet& sheet, enrich::Quality const& quality, std::string_view id) {
  auto& html = sheet.html;
  html.element("p", {}, [&] {
    html.element("b", {}, sheet.filled(score_text, {std::to_string(quality.score())}));
  });
  html.element("p", {{"class", "small dim"}}, sheet.in(what_is_rated));
  write_principles(sheet, quality);
  auto const missing = rated(quality, Level::missing);
  auto const partial = rated(quality, Level::partial);
  write_advice(sheet, missing_title, missing);
  write_advice(sheet, partial_title, partial);
  if (missing.empty() && partial.empty()) html.element("p", {}, sheet.in(nothing_missing));
  write_stated(sheet, rated(quality, Level::stated));
  html.element("p", {{"class", "row"}}, [&] {
    auto const path = "/api/v1/datasets/" + percent_encoded(id) + "/quality";
    html.element("a", {{"class", "btn s"}, {"href", sheet.own(path)}}, sheet.in(for_programs));
  });
}

} // namespace terracat::pages
