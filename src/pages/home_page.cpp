#include "pages/home_page.hpp"

#include "pages/centre_pages.hpp"
#include "pages/frame.hpp"
#include "pages/signs.hpp"

#include <terracat/json.hpp>
#include <terracat/text.hpp>

#include <array>

namespace terracat::pages {
namespace {

constexpr Message question{"Que voulez-vous observer sur Terre\u202f?",
                           "What do you want to observe on Earth?"};
constexpr Message lead{
    "Décrivez-le avec vos mots. Sans compte, en français ou en anglais.",
    "Describe it in your own words. No account needed, in English or in French."};
constexpr Message search_form{"Chercher dans le catalogue", "Search the catalogue"};
constexpr Message by_compartment{"Par compartiment du système Terre",
                                 "By compartment of the Earth system"};
constexpr Message by_centre{"Par centre de données", "By data centre"};
constexpr Message by_map{"Par la carte", "By the map"};
constexpr Message map_label{"Nombre de jeux de données par maille de 10°",
                            "Number of data sets in each cell of 10°"};
constexpr Message ask_map{"Chercher sur la carte", "Search on the map"};
constexpr Message map_hint{
    "Une maille mène à ce qui s’y trouve (au clavier : les flèches, puis Entrée). Sur la carte de "
    "la recherche, on dessine une zone ou l’on pose les contours d’un fichier.",
    "A cell leads to what is there (by keyboard: arrows, then Enter). On the map of the search, an "
    "area can be drawn, or the outline in a file used."};
constexpr Message up_to{"{0} à {1}", "{0} to {1}"};
constexpr Message more_than{"plus de {0}", "more than {0}"};
constexpr Counted of_world{{"{0} jeu couvre le monde entier et n’est pas dessiné.",
                            "{0} data set covers the whole world and is not drawn."},
                           {"{0} jeux couvrent le monde entier et ne sont pas dessinés.",
                            "{0} data sets cover the whole world and are not drawn."}};
constexpr Message newest{"Du nouveau", "What is new"};
constexpr Message how{"De la question aux données", "From question to data"};
constexpr Message everything{"Tous les jeux de données", "All data sets"};
constexpr Message status{"état du service", "service status"};
constexpr Message last_harvest{"dernière moisson {0}", "last harvest {0}"};
constexpr Message sources_well{"{0} sources sur {1} à jour", "{0} of {1} sources up to date"};
constexpr Counted datasets{{"{0} jeu de données", "{0} data set"},
                           {"{0} jeux de données", "{0} data sets"}};
constexpr Counted items{{"{0} image ou fichier", "{0} image or file"},
                        {"{0} images ou fichiers", "{0} images or files"}};

struct Step {
  Message verb;
  Message text;
};

constexpr std::array steps{
    Step{{"Chercher", "Search"},
         {" avec des mots simples, ou parcourir un centre.",
          " with plain words, or go through a centre."}},
    Step{{"Comprendre", "Understand"},
         {" : ce que contient le jeu, où, quand, de qui, sous quelle licence.",
          ": what the data set holds, where, when, by whom, under which licence."}},
    Step{{"Utiliser", "Use"},
         {" : télécharger, appeler un service, ou ouvrir l’outil du centre d’origine.",
          ": download, call a service, or open the tool of the centre that it comes from."}},
};

/// The site as schema.org has it, with its search.
std::string json_ld(SiteFacts const& site, Sheet const& sheet) {
  json::Writer out;
  auto const home = sheet.public_page("", sheet.language());
  out.begin_object().member("@context", "https://schema.org/").member("@type", "DataCatalog");
  out.member("@id", std::string(site.url) + "/").member("name", site.title);
  out.member("description", site.description).member("url", home);
  out.name("potentialAction").begin_object().member("@type", "SearchAction");
  out.member("target", sheet.public_page("/search", sheet.language()) + "?q={search_term_string}");
  out.member("query-input", "required name=search_term_string").end_object();
  return out.end_object().take();
}

void write_compartments(Sheet& sheet, std::span<Theme const> themes) {
  auto& html = sheet.html;
  if (themes.empty()) return;
  html.element("section", {{"class", "strata"}, {"aria-labelledby", "compartments"}}, [&] {
    html.element("h2", {{"id", "compartments"}, {"class", "vh"}}, sheet.in(by_compartment));
    write_section(sheet);
    write_themes(sheet, themes);
  });
}

void write_poles(Sheet& sheet, std::span<PoleFacts const> poles) {
  auto& html = sheet.html;
  auto const& site = sheet.site();
  if (poles.empty()) return;
  html.element("section", {{"class", "plate"}, {"aria-labelledby", "centres"}}, [&] {
    html.element("div", {{"class", "wrap"}}, [&] {
      html.element("h2", {{"id", "centres"}}, sheet.in(by_centre));
      html.element("ul", {{"class", "centres"}}, [&] {
        for (auto const& pole : poles) {
          html.element("li", {}, [&] {
            html.element("a", {{"href", sheet.page(path_of_centre(pole.name))}}, [&] {
              html.element("b", {}, pole.title);
              html.element("span", {}, sheet.counted(datasets, pole.datasets));
            });
            if (!pole.description.empty()) {
              sheet.element("p", std::nullopt, {pole.description, site.language});
            }
          });
        }
      });
    });
  });
}

void write_legend(Sheet& sheet) {
  auto& html = sheet.html;
  auto const language = sheet.language();
  html.element("p", {{"class", "legend micro"}}, [&] {
    html.element("b", {}, sheet.in(map_label));
    for (std::size_t tint = 0; tint <= tint_bounds.size(); ++tint) {
      auto const above = tint == 0 ? 0 : tint_bounds.at(tint - 1);
      html.element("span", {}, [&] {
        html.element("span", {{"class", "tint t" + std::to_string(tint + 1)}}, "");
        html.text(tint == tint_bounds.size()
                      ? sheet.filled(more_than, {number(above, language)})
                      : sheet.filled(up_to, {number(above + 1, language),
                                             number(tint_bounds.at(tint), language)}));
      });
    }
  });
}

void write_where(Sheet& sheet, CellCounts const& cells) {
  auto& html = sheet.html;
  html.element(
      "section", {{"class", "where"}, {"aria-labelledby", "map"}, {"data-cells", ""}}, [&] {
        html.element("h2", {{"id", "map"}}, sheet.in(by_map));
        write_cells(sheet, cells, sheet.in(map_label));
        write_legend(sheet);
        html.element("p", {{"class", "row"}}, [&] {
          html.element("a", {{"class", "btn"}, {"href", sheet.page("/search")}}, sheet.in(ask_map));
          html.element("span", {{"class", "small dim"}}, sheet.in(map_hint));
          if (cells.global > 0) {
            html.element("span", {{"class", "small"}}, sheet.counted(of_world, cells.global));
          }
        });
      });
}

void write_newest(Sheet& sheet, HomeFacts const& facts) {
  auto& html = sheet.html;
  html.element("section", {{"aria-labelledby", "new"}}, [&] {
    html.element("h2", {{"id", "new"}}, sheet.in(newest));
    html.element("ul", {{"class", "news"}}, [&] {
      for (auto const& resource : facts.newest) write_short(sheet, resource, facts.now);
    });
    html.element("p", {}, [&] {
      html.element("a", {{"class", "btn"}, {"href", sheet.page("/search")}}, sheet.in(everything));
    });
  });
}

void write_steps(Sheet& sheet) {
  auto& html = sheet.html;
  html.element("section", {{"aria-labelledby", "how"}}, [&] {
    html.element("h2", {{"id", "how"}}, sheet.in(how));
    html.element("ol", {{"class", "how"}}, [&] {
      for (auto const& step : steps) {
        html.element("li", {},
                     [&] { html.element("b", {}, sheet.in(step.verb)).text(sheet.in(step.text)); });
      }
    });
  });
}

void write_status(Sheet& sheet, HomeFacts const& facts) {
  auto& html = sheet.html;
  auto const language = sheet.language();
  bool const is_well = facts.sources_up_to_date == facts.sources;
  html.element("p", {{"class", "stat small dim"}}, [&] {
    html.element("span", {{"class", is_well ? "state ok" : "state warn"}}, [&] {
      html.markup(is_well ? sign::check : sign::warning);
      html.text(sheet.filled(sources_well, {number(facts.sources_up_to_date, language),
                                            number(facts.sources, language)}));
    });
    if (facts.last_harvest) {
      html.element("span", {},
                   sheet.filled(last_harvest, {ago(*facts.last_harvest, facts.now, language)}));
    }
    html.element("span", {}, sheet.counted(datasets, facts.datasets));
    if (facts.items > 0) html.element("span", {}, sheet.counted(items, facts.items));
    html.element("a", {{"href", sheet.page("/status")}}, sheet.in(status));
  });
}

} // namespace

std::string home_page(SiteFacts const& site, Language language, HomeFacts const& facts) {
  Sheet sheet(site, language);
  auto& html = sheet.html;
  Frame const frame{.title = {},
                    .description = std::string(site.description),
                    .path = "",
                    .json_ld = json_ld(site, sheet)};
  return framed(sheet, frame, [&] {
    html.element("div", {{"class", "wrap hero"}}, [&] {
      html.element("h1", {}, sheet.in(question));
      html.element("p", {{"class", "lead"}}, sheet.in(lead));
      write_search_form(sheet, search_form);
    });
    write_compartments(sheet, facts.themes);
    write_poles(sheet, facts.poles);
    html.element("div", {{"class", "wrap"}}, [&] {
      if (facts.cells != nullptr) write_where(sheet, *facts.cells);
      html.element("div", {{"class", "halves"}}, [&] {
        if (!facts.newest.empty()) write_newest(sheet, facts);
        write_steps(sheet);
      });
      write_status(sheet, facts);
    });
  });
}

} // namespace terracat::pages
