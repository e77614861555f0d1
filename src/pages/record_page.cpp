#include "pages/record_page.hpp"

#include "formats/schema_org.hpp"
#include "pages/frame.hpp"
#include "pages/items_page.hpp"
#include "pages/record_sections.hpp"
#include "pages/record_words.hpp"
#include "pages/signs.hpp"
#include "pages/ways.hpp"

#include <terracat/text.hpp>

#include <array>

namespace terracat::pages {
namespace {

constexpr Message data{"Données", "Data"};
constexpr Message open_at{"Ouvrir chez {0}", "Open at {0}"};
constexpr Message open_at_producer{"Ouvrir chez le producteur", "Open at the producer"};
constexpr Message get_data{"Obtenir les données", "Get the data"};
constexpr Message cite{"Citer", "Cite"};
constexpr Message see_items{"Voir les images et fichiers", "See images and files"};
constexpr Message open_licence{"Licence ouverte", "Open licence"};
constexpr Message by{"par {0}", "by {0}"};
constexpr Message on_this_page{"Sur cette page", "On this page"};
constexpr Message no_description{"Le producteur n’a pas décrit cette ressource.",
                                 "The producer did not describe this resource."};

constexpr std::size_t description_length = 160;
constexpr std::size_t long_title = 110; // bytes from which it is written smaller

void write_meta(Sheet& sheet, Resource const& resource) {
  auto& html = sheet.html;
  auto const& record = resource.record;
  html.element("p", {{"class", "meta"}}, [&] {
    write_pole_link(sheet, resource.pole, resource.pole_title);
    html.element("span", {{"class", "type"}}, sheet.in(type_name(record->type)));
    auto makers = makers_of(record, sheet.language());
    if (makers.size() > 2) makers.resize(2);
    if (!makers.empty()) {
      html.element("span", {{"class", "small dim"}}, sheet.filled(by, {listed(makers)}));
    }
    if (is_open(record)) {
      html.element("span", {{"class", "access"}},
                   [&] { html.markup(sign::open_lock).text(sheet.in(open_licence)); });
    }
  });
}

void write_actions(Sheet& sheet, RecordPageFacts const& facts, std::vector<Way> const& ways) {
  auto& html = sheet.html;
  auto const& resource = facts.resource;
  html.element("p", {{"class", "acts"}}, [&] {
    if (!ways.empty() || resource.items > 0) {
      html.element("a", {{"class", "btn go"}, {"href", Url::own("#access")}},
                   [&] { html.markup(sign::download).text(sheet.in(get_data)); });
    }
    if (auto const home = home_of(resource.record, ways)) {
      html.element("a", {{"class", "btn"}, {"href", *home}}, [&] {
        html.markup(sign::outside)
            .text(resource.pole.empty() ? std::string(sheet.in(open_at_producer))
                                        : sheet.filled(open_at, {resource.pole_title}));
      });
    } else if (!resource.pole.empty()) {
      write_site_of(sheet, facts.pole_home, resource.pole_title);
    }
    if (resource.items > 0) {
      html.element("a", {{"class", "btn"}, {"href", sheet.page(path_of_items(resource))}},
                   sheet.in(see_items));
    }
    html.element("a", {{"class", "btn"}, {"href", Url::own("#cite")}}, sheet.in(cite));
    write_keep(sheet, resource);
  });
}

void write_contents(Sheet& sheet, std::vector<Section> const& sections) {
  auto& html = sheet.html;
  html.element("nav", {{"class", "toc"}, {"aria-label", sheet.in(on_this_page)}}, [&] {
    html.element("ul", {{"class", "contents"}}, [&] {
      for (auto const& section : sections) {
        html.element("li", {}, [&] {
          html.element("a", {{"href", Url::own("#" + std::string(section.id))}},
                       sheet.in(section.title));
        });
      }
    });
  });
}

} // namespace

std::string record_json_ld(SiteFacts const& site, Language language, Resource const& resource) {
  Sheet const sheet(site, language);
  auto const url = sheet.public_page(path_of(resource), language);
  auto const home = sheet.public_page("", language);
  std::vector<std::string> const preferred{std::string(code(language)),
                                           std::string(code(other(language)))};
  return formats::schema_org_text(
      resource.record,
      {.id = std::string(site.url) + "/d/" + percent_encoded(resource.id),
       .url = url,
       .language = code(language),
       .catalogue = site.title,
       .catalogue_url = home},
      preferred);
}

std::string record_page(SiteFacts const& site, Language language, RecordPageFacts const& facts) {
  Sheet sheet(site, language);
  auto& html = sheet.html;
  auto const& resource = facts.resource;
  auto const& record = resource.record;
  auto const title = best(record->title, language);
  auto const description = best(record->description, language);
  auto summary = plain_summary(record);
  if (summary.empty()) summary = shortened(description.text, description_length);
  if (summary.empty()) summary = sheet.in(no_description);
  Frame const frame{.title = std::string(title.text),
                    .description = std::move(summary),
                    .path = path_of(resource),
                    .json_ld = record_json_ld(site, language, resource),
                    .section = "/search"};
  return framed(sheet, frame, [&] {
    std::array const crumbs{Crumb{std::string(sheet.in(data)), "/search"},
                            Crumb{std::string(title.text), {}}};
    write_crumbs(sheet, crumbs);
    auto const ways = ways_of(sheet, record);
    auto const sections = sections_of(facts, ways);
    html.element("div", {{"class", "wrap record-head"}}, [&] {
      write_meta(sheet, resource);
      bool const is_long = title.text.size() > long_title;
      sheet.element("h1", is_long ? std::optional<std::string_view>("long") : std::nullopt, title);
      write_actions(sheet, facts, ways);
    });
    html.element("div", {{"class", "wrap two"}}, [&] {
      html.element("div", {}, [&] {
        for (auto const& section : sections) section.write(sheet, section, facts, ways);
      });
      html.element("div", {{"class", "side"}}, [&] {
        write_contents(sheet, sections);
        write_machine_links(sheet, facts);
        write_origin(sheet, facts);
      });
    });
  });
}

} // namespace terracat::pages
