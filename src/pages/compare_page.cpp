#include "pages/compare_page.hpp"

#include "pages/frame.hpp"
#include "pages/key_facts.hpp"
#include "pages/signs.hpp"

#include <terracat/text.hpp>

#include <algorithm>

namespace terracat::pages {
namespace {

constexpr Message compare{"Comparer", "Compare"};
constexpr Message lead{"Jusqu’à quatre jeux de données, côte à côte.",
                       "Up to four data sets, side by side."};
constexpr Message table_label{"Jeux de données comparés", "Compared data sets"};
constexpr Message none{
    "Aucun jeu de données à comparer. Choisissez-en dans le panier, ou ajoutez leurs identifiants "
    "à "
    "l’adresse : ?ids=a,b.",
    "No data sets to compare. Choose some in the basket, or add their identifiers to the address: "
    "?ids=a,b."};
constexpr Message not_here{"Ce catalogue n’a pas « {0} ».", "This catalogue does not have “{0}”."};
constexpr Message fact_label{"Ce qui est dit", "What is told"};
constexpr Message same{"identique", "the same"};

std::string own_path(CompareFacts const& facts) {
  std::string ids;
  for (auto const& resource : facts.resources) {
    ids += (ids.empty() ? "" : ",") + percent_encoded(resource.id);
  }
  return ids.empty() ? "/compare" : "/compare?ids=" + ids;
}

void write_heads(Sheet& sheet, std::span<Resource const> resources) {
  auto& html = sheet.html;
  html.element("thead", {}, [&] {
    html.element("tr", {}, [&] {
      html.element("th", {{"scope", "col"}}, sheet.in(fact_label));
      for (auto const& resource : resources) {
        auto const title = best(resource.record->title, sheet.language());
        html.element("th", {{"scope", "col"}}, [&] {
          html.element("a", {{"href", sheet.page(path_of(resource))}, {"lang", sheet.lang(title)}},
                       title.text);
          write_keep(sheet, resource);
        });
      }
    });
  });
}

void write_row(Sheet& sheet, std::size_t row, std::span<KeyFacts const> facts) {
  auto& html = sheet.html;
  auto const& first = facts.front()[row];
  bool const is_same = facts.size() > 1 && std::ranges::all_of(facts, [&](KeyFacts const& one) {
                         return one[row].value == first.value;
                       });
  auto const style = [](bool is_so, std::string_view name) {
    return is_so ? std::optional(name) : std::nullopt;
  };
  html.element("tr", {{"class", style(is_same, "same")}}, [&] {
    html.element("th", {{"scope", "row"}}, [&] {
      html.text(sheet.in(first.label));
      if (is_same) html.element("small", {{"class", "micro dim"}}, sheet.in(same));
    });
    for (auto const& one : facts) {
      auto const& value = one[row].value;
      html.element("td", {{"class", style(value.empty(), "dim")}},
                   value.empty() ? std::string(sheet.in(not_stated)) : shortened(value, 240));
    }
  });
}

void write_table(Sheet& sheet, std::span<Resource const> resources) {
  auto& html = sheet.html;
  std::vector<KeyFacts> facts;
  for (auto const& resource : resources) {
    facts.push_back(key_facts_of(sheet, resource, ways_of(sheet, resource.record)));
  }
  // Wider than a phone: scrolls by itself, by keyboard as well.
  html.element("div",
               {{"class", "wrap wide-table"},
                {"role", "region"},
                {"tabindex", "0"},
                {"aria-label", sheet.in(table_label)}},
               [&] {
                 html.element("table", {{"class", "cmp"}}, [&] {
                   write_heads(sheet, resources);
                   html.element("tbody", {}, [&] {
                     for (std::size_t row = 0; row < facts.front().size(); ++row) {
                       write_row(sheet, row, facts);
                     }
                   });
                 });
               });
}

} // namespace

std::string compare_page(SiteFacts const& site, Language language, CompareFacts const& facts) {
  Sheet sheet(site, language);
  auto& html = sheet.html;
  Frame const frame{.title = std::string(sheet.in(compare)),
                    .description = std::string(sheet.in(lead)),
                    .path = own_path(facts),
                    .json_ld = {},
                    .is_for_engines = false,
                    .section = "/search"};
  return framed(sheet, frame, [&] {
    html.element("div", {{"class", "wrap page-head"}}, [&] {
      html.element("h1", {}, sheet.in(compare));
      html.element("p", {{"class", "lead"}}, sheet.in(facts.resources.empty() ? none : lead));
      for (auto const& id : facts.unknown) {
        html.element("p", {{"class", "note warn"}}, [&] {
          html.markup(sign::warning).text(" ").text(sheet.filled(not_here, {shortened(id, 100)}));
        });
      }
    });
    if (!facts.resources.empty()) write_table(sheet, facts.resources);
  });
}

} // namespace terracat::pages
