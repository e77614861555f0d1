#include "pages/centre_pages.hpp"

#include "pages/frame.hpp"
#include "pages/signs.hpp"
#include "pages/ways.hpp"

#include <terracat/text.hpp>

#include <array>

namespace terracat::pages {
namespace {

constexpr Message title_of_list{"Centres de données", "Data centres"};
constexpr Message lead_of_list{
    "Qui produit et garde les données que ce catalogue décrit. Chaque centre a sa page, ses jeux "
    "de données et le chemin vers son propre site.",
    "Who makes and keeps the data that this catalogue describes. Each centre has its page, its "
    "data sets and the way to its own site."};
constexpr Message no_centres{
    "Aucun centre n’est nommé ici : les sources n’appartiennent à personne.",
    "No centre is named here: the sources belong to nobody."};
constexpr Message about_one{"Les jeux de données de {0}, leurs producteurs et leurs sources.",
                            "The data sets of {0}, who makes them and where they come from."};
constexpr Message its_data{"Chercher ses données", "Search its data"};
constexpr Message producers_label{"Producteurs", "Producers"};
constexpr Message newest_label{"Derniers ajouts et mises à jour", "Newest and updated"};
constexpr Message for_machines{"Pour les machines", "For machines"};
constexpr Counted datasets{{"{0} jeu de données", "{0} data set"},
                           {"{0} jeux de données", "{0} data sets"}};
constexpr Counted items{{"{0} image ou fichier", "{0} image or file"},
                        {"{0} images ou fichiers", "{0} images or files"}};

void write_centre(Sheet& sheet, CentreFacts const& centre) {
  auto& html = sheet.html;
  html.element("li", {}, [&] {
    html.element("a", {{"href", sheet.page(path_of_centre(centre.name))}}, [&] {
      html.element("b", {}, centre.title);
      html.element("span", {}, sheet.counted(datasets, centre.datasets));
    });
    if (!centre.description.empty()) {
      sheet.element("p", std::nullopt, {centre.description, sheet.site().language});
    }
  });
}

void write_ways_home(Sheet& sheet, CentreFacts const& centre) {
  auto& html = sheet.html;
  html.element("p", {{"class", "acts"}}, [&] {
    html.element(
        "a",
        {{"class", "btn go"}, {"href", sheet.page("/search?pole=" + percent_encoded(centre.name))}},
        [&] { html.markup(sign::search).text(sheet.in(its_data)); });
    write_site_of(sheet, centre.home, centre.title);
  });
}

void write_producers(Sheet& sheet, CentrePageFacts const& facts) {
  auto& html = sheet.html;
  if (facts.producers.empty()) return;
  html.element("section", {{"class", "block"}, {"aria-labelledby", "producers"}}, [&] {
    html.element("h2", {{"id", "producers"}}, sheet.in(producers_label));
    html.element("ul", {{"class", "lines counted"}}, [&] {
      for (auto const& producer : facts.producers) {
        auto const path = "/search?producer=" + percent_encoded(producer.name) +
                          "&pole=" + percent_encoded(facts.centre.name);
        html.element("li", {}, [&] {
          html.element("a",
                       {{"href", sheet.page(path)},
                        {"lang", sheet.lang({producer.name, producer.language})}},
                       producer.name);
          html.element("span", {{"class", "micro dim"}},
                       sheet.counted(datasets, producer.datasets));
        });
      }
    });
  });
}

void write_machines(Sheet& sheet, CentreFacts const& centre) {
  auto& html = sheet.html;
  html.element("section", {{"class", "box"}, {"aria-labelledby", "machines"}}, [&] {
    html.element("h2", {{"id", "machines"}}, sheet.in(for_machines));
    html.element("p", {{"class", "row"}}, [&] {
      static constexpr std::array apis{std::pair{"STAC", "/stac"},
                                       std::pair{"OGC API Features", "/features"},
                                       std::pair{"OGC API Records", "/records"}};
      for (auto const& [name, path] : apis) {
        html.element("a",
                     {{"class", "btn s"},
                      {"href", sheet.own("/poles/" + percent_encoded(centre.name) + path)}},
                     name);
      }
    });
  });
}

} // namespace

std::string path_of_centre(std::string_view name) {
  return "/centres/" + percent_encoded(name);
}

std::string centres_page(SiteFacts const& site, Language language,
                         std::span<CentreFacts const> centres) {
  Sheet sheet(site, language);
  auto& html = sheet.html;
  Frame const frame{.title = std::string(sheet.in(title_of_list)),
                    .description = std::string(sheet.in(lead_of_list)),
                    .path = "/centres",
                    .json_ld = {},
                    .section = "/centres"};
  return framed(sheet, frame, [&] {
    html.element("div", {{"class", "wrap page-head"}}, [&] {
      html.element("h1", {}, sheet.in(title_of_list));
      html.element("p", {{"class", "lead"}}, sheet.in(lead_of_list));
    });
    html.element("div", {{"class", "wrap"}}, [&] {
      if (centres.empty()) {
        html.element("p", {}, sheet.in(no_centres));
        return;
      }
      html.element("ul", {{"class", "centres"}}, [&] {
        for (auto const& centre : centres) write_centre(sheet, centre);
      });
    });
  });
}

std::string centre_page(SiteFacts const& site, Language language, CentrePageFacts const& facts) {
  Sheet sheet(site, language);
  auto& html = sheet.html;
  auto const& centre = facts.centre;
  auto const description = centre.description.empty() ? sheet.filled(about_one, {centre.title})
                                                      : std::string(centre.description);
  Frame const frame{.title = std::string(centre.title),
                    .description = description,
                    .path = path_of_centre(centre.name),
                    .json_ld = {},
                    .section = "/centres"};
  return framed(sheet, frame, [&] {
    std::array<Crumb, 2> const crumbs{
        {{std::string(sheet.in(title_of_list)), "/centres"}, {std::string(centre.title), {}}}};
    write_crumbs(sheet, crumbs);
    html.element("div", {{"class", "wrap record-head"}}, [&] {
      html.element("h1", {}, centre.title);
      if (!centre.description.empty()) {
        sheet.element("p", "lead", {centre.description, site.language});
      }
      html.element("p", {{"class", "small dim"}}, [&] {
        html.text(sheet.counted(datasets, centre.datasets));
        if (centre.items > 0) html.text(" · " + sheet.counted(items, centre.items));
      });
      write_ways_home(sheet, centre);
    });
    html.element("div", {{"class", "wrap"}}, [&] {
      write_producers(sheet, facts);
      if (!facts.newest.empty()) {
        html.element("section", {{"class", "block"}, {"aria-labelledby", "new"}}, [&] {
          html.element("h2", {{"id", "new"}}, sheet.in(newest_label));
          html.element("ul", {{"class", "news"}}, [&] {
            for (auto const& resource : facts.newest) {
              write_short(sheet, resource, facts.status.now);
            }
          });
        });
      }
      write_sources(sheet, facts.status);
      write_machines(sheet, centre);
    });
  });
}

} // namespace terracat::pages
