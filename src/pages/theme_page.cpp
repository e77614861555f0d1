#include "pages/theme_page.hpp"

#include "pages/frame.hpp"
#include "pages/signs.hpp"

#include <terracat/text.hpp>

#include <array>

namespace terracat::pages {
namespace {

constexpr Message compartments{"Compartiments", "Compartments"};
constexpr Message compartments_about{
    "Le système Terre en compartiments, de l’air à la roche, et les données sur chacun.",
    "The Earth system in compartments, from the air to the rock, and the data on each."};
constexpr Message no_compartments{"Les vocabulaires de ce catalogue n’ont pas de compartiments.",
                                  "The vocabularies of this catalogue have no compartments."};
constexpr Counted all_data{{"Voir le jeu de données", "See the data set"},
                           {"Voir les {0} jeux de données", "See the {0} data sets"}};
constexpr Message see_data{"Voir les données", "See the data"};
constexpr Message parts_title{"Sous-domaines et variables", "Sub-domains and variables"};
constexpr Message variables_title{"Variables", "Variables"};
constexpr Message others_title{"Autres variables", "Other variables"};
constexpr Message number_means{"Le nombre est celui des jeux de données.",
                               "The number is that of data sets."};
constexpr Message no_data{"Aucun jeu de données du catalogue n’en parle.",
                          "No data set of the catalogue is about it."};
constexpr Message empty_title{"Sans données dans ce catalogue", "Without data in this catalogue"};
constexpr Message examples_title{"Pour commencer", "To begin with"};
constexpr Counted datasets{{"{0} jeu de données", "{0} data set"},
                           {"{0} jeux de données", "{0} data sets"}};

Shown shown_term(Term const& term) noexcept {
  return {.text = term.text, .language = term.language};
}

void write_counted(Sheet& sheet, ConceptLink const& link) {
  auto& html = sheet.html;
  auto const label = shown_term(link.label);
  html.element("a", {{"href", sheet.page(link.path)}, {"lang", sheet.lang(label)}}, label.text);
  if (link.count) {
    html.element("span", {{"class", "count"}}, number(*link.count, sheet.language()));
  }
}

void write_variables(Sheet& sheet, std::vector<ConceptLink> const& variables) {
  auto& html = sheet.html;
  if (variables.empty()) return;
  html.element("ul", {}, [&] {
    for (auto const& variable : variables) {
      html.element("li", {}, [&] { write_counted(sheet, variable); });
    }
  });
}

void write_part(Sheet& sheet, SubDomain const& part) {
  auto& html = sheet.html;
  html.element("section", {{"class", "part"}}, [&] {
    html.element("h3", {}, [&] { write_counted(sheet, part.data); });
    if (!part.definition.text.empty()) sheet.element("p", "small dim", shown_term(part.definition));
    write_variables(sheet, part.variables);
  });
}

void write_parts(Sheet& sheet, ThemeFacts const& facts) {
  auto& html = sheet.html;
  if (facts.parts.empty() && facts.variables.empty()) return;
  html.element("section", {{"class", "wrap"}, {"aria-labelledby", "parts"}}, [&] {
    html.element("div", {{"class", "between"}}, [&] {
      html.element("h2", {{"id", "parts"}}, sheet.in(parts_title));
      if (facts.theme.count) html.element("p", {{"class", "small dim"}}, sheet.in(number_means));
    });
    html.element("div", {{"class", "parts"}}, [&] {
      for (auto const& part : facts.parts) write_part(sheet, part);
      if (facts.variables.empty()) return;
      html.element("section", {{"class", "part"}}, [&] {
        html.element("h3", {}, sheet.in(facts.parts.empty() ? variables_title : others_title));
        write_variables(sheet, facts.variables);
      });
    });
  });
}

void write_empty(Sheet& sheet, ThemeFacts const& facts) {
  auto& html = sheet.html;
  if (facts.empty.empty()) return;
  html.element("section", {{"class", "wrap block"}, {"aria-labelledby", "empty"}}, [&] {
    html.element("h2", {{"id", "empty"}, {"class", "sm"}}, sheet.in(empty_title));
    html.element("p", {{"class", "dim"}}, [&] {
      for (auto const& link : facts.empty) {
        if (&link != facts.empty.data()) html.text(" · ");
        auto const label = shown_term(link.label);
        html.element("a", {{"href", sheet.page(link.path)}, {"lang", sheet.lang(label)}},
                     label.text);
      }
    });
  });
}

void write_examples(Sheet& sheet, ThemeFacts const& facts) {
  auto& html = sheet.html;
  if (facts.examples.empty()) return;
  html.element("section", {{"class", "wrap block"}, {"aria-labelledby", "examples"}}, [&] {
    html.element("h2", {{"id", "examples"}}, sheet.in(examples_title));
    html.element("ol", {{"class", "cards"}}, [&] {
      for (auto const& resource : facts.examples) write_card(sheet, resource, {});
    });
  });
}

void write_theme_head(Sheet& sheet, ThemeFacts const& facts) {
  auto& html = sheet.html;
  auto const& theme = facts.theme;
  html.element("div", {{"class", "wrap record-head theme"}}, [&] {
    sheet.element("h1", std::nullopt, shown_term(theme.label));
    if (!theme.definition.text.empty()) sheet.element("p", "lead", shown_term(theme.definition));
    if (theme.count && *theme.count == 0) {
      html.element("p", {{"class", "lead"}}, sheet.in(no_data));
      return;
    }
    html.element("p", {{"class", "acts"}}, [&] {
      html.element("a", {{"class", "btn go"}, {"href", sheet.page(facts.search_path)}}, [&] {
        html.markup(sign::search);
        html.text(theme.count ? sheet.counted(all_data, *theme.count)
                              : std::string(sheet.in(see_data)));
      });
    });
  });
}

} // namespace

std::string path_of(Theme const& theme) {
  return "/themes/" + percent_encoded(theme.name);
}

void write_themes(Sheet& sheet, std::span<Theme const> themes) {
  auto& html = sheet.html;
  html.element("ul", {{"class", "themes"}}, [&] {
    for (auto const& theme : themes) {
      auto const label = shown_term(theme.label);
      html.element("li", {}, [&] {
        html.element("a", {{"href", sheet.page(path_of(theme))}}, [&] {
          if (theme.stratum != nullptr) write_swatch(sheet, *theme.stratum);
          html.element("b", {{"lang", sheet.lang(label)}}, label.text);
          if (theme.count) html.element("span", {}, sheet.counted(datasets, *theme.count));
        });
      });
    }
  });
}

std::string themes_page(SiteFacts const& site, Language language, std::span<Theme const> themes) {
  Sheet sheet(site, language);
  auto& html = sheet.html;
  Frame const frame{.title = std::string(sheet.in(compartments)),
                    .description = std::string(sheet.in(compartments_about)),
                    .path = "/themes",
                    .json_ld = {},
                    .section = "/themes"};
  return framed(sheet, frame, [&] {
    html.element("div", {{"class", "wrap record-head"}}, [&] {
      html.element("h1", {}, sheet.in(compartments));
      html.element("p", {{"class", "lead"}},
                   sheet.in(themes.empty() ? no_compartments : compartments_about));
    });
    if (themes.empty()) return;
    html.element("div", {{"class", "strata"}}, [&] {
      write_section(sheet);
      write_themes(sheet, themes);
    });
  });
}

std::string theme_page(SiteFacts const& site, Language language, ThemeFacts const& facts) {
  Sheet sheet(site, language);
  auto& html = sheet.html;
  auto const& theme = facts.theme;
  Frame const frame{.title = std::string(theme.label.text),
                    .description = theme.definition.text.empty()
                                       ? std::string(sheet.in(compartments_about))
                                       : shortened(theme.definition.text, 160),
                    .path = path_of(theme),
                    .json_ld = {},
                    .section = "/themes"};
  return framed(sheet, frame, [&] {
    if (theme.stratum != nullptr) {
      html.element("div", {{"class", "banner"}}, [&] { write_swatch(sheet, *theme.stratum); });
    }
    std::array const crumbs{Crumb{std::string(sheet.in(compartments)), "/themes"},
                            Crumb{std::string(theme.label.text), {}}};
    write_crumbs(sheet, crumbs);
    write_theme_head(sheet, facts);
    write_parts(sheet, facts);
    write_examples(sheet, facts);
    write_empty(sheet, facts);
  });
}

} // namespace terracat::pages
