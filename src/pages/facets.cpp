#include "pages/facets.hpp"

#include <algorithm>
#include <array>

namespace terracat::pages {
namespace {

constexpr std::size_t seen_at_once = 7;

// THE table.
constexpr std::array table{
    FacetRow{Facet::compartment, "compartment", {"Compartiment", "Compartment"}, true},
    FacetRow{Facet::variable, "variable", {"Variable", "Variable"}, true},
    FacetRow{Facet::platform, "platform", {"Plateforme", "Platform"}, false},
    FacetRow{Facet::producer, "producer", {"Producteur", "Producer"}, false},
    FacetRow{Facet::access, "access", {"Accès", "Access"}, false},
    FacetRow{Facet::resolution, "resolution", {"Résolution", "Resolution"}, false},
    FacetRow{Facet::format, "format", {"Format", "Format"}, false},
    FacetRow{Facet::licence, "licence", {"Licence", "Licence"}, false},
};

constexpr Message more{"Plus ({0})", "More ({0})"};
constexpr Message all_of_them{"Tout afficher (encore {0})", "Show all ({0} more)"};
constexpr Counted too_many{
    {"Une case de trop : cinquante au plus comptent. Décochez-en pour qu’elle compte.",
     "One box too many: fifty at most count. Untick some for it to count."},
    {"{0} cases de trop : cinquante au plus comptent. Décochez-en pour qu’elles comptent.",
     "{0} boxes too many: fifty at most count. Untick some for them to count."}};
constexpr Message by_decade{"Résultats par décennie, de {0} à {1}",
                            "Results by decade, from {0} to {1}"};

void write_option(Sheet& sheet, FacetRow const& row, FacetOption const& option,
                  std::string const& id) {
  auto& html = sheet.html;
  bool const is_dead = option.count == 0U && !option.is_chosen;
  auto const count_id = id + "-n";
  html.element("div", {{"class", is_dead ? "choice none" : "choice"}}, [&] {
    html.empty("input",
               {{"type", "checkbox"},
                {"id", id},
                {"name", row.name},
                {"value", option.value},
                {"checked", option.is_chosen},
                {"disabled", is_dead},
                {"aria-describedby",
                 option.count ? std::optional<std::string_view>(count_id) : std::nullopt}});
    html.element("label", {{"for", id}, {"lang", sheet.lang({option.label, option.language})}},
                 [&] {
                   if (option.stratum == nullptr) {
                     html.text(option.label);
                     return;
                   }
                   write_swatch(sheet, *option.stratum);
                   html.element("span", {}, option.label);
                 });
    if (!option.count) return;
    html.element("span", {{"class", "count"}, {"id", count_id}},
                 number(*option.count, sheet.language()));
  });
}

} // namespace

std::span<FacetRow const> facet_rows() noexcept {
  return table;
}

FacetRow const& row_of(Facet facet) noexcept {
  return *std::ranges::find(table, facet, &FacetRow::facet);
}

void write_facet(Sheet& sheet, FacetFacts const& facts) {
  auto& html = sheet.html;
  auto const& row = row_of(facts.facet);
  auto const group = "facet-" + std::string(row.name);
  auto const write_some = [&](std::size_t from, std::size_t to) {
    for (auto place = from; place < to; ++place) {
      write_option(sheet, row, facts.options[place], group + "-" + std::to_string(place));
    }
  };
  bool const has_choice = std::ranges::any_of(facts.options, &FacetOption::is_chosen);
  auto const seen = std::min(facts.options.size(), seen_at_once);
  html.element(
      "details",
      {{"class", "facet"}, {"id", group}, {"open", row.is_open || has_choice || facts.is_whole}},
      [&] {
        html.element("summary", {}, sheet.in(row.label));
        if (facts.is_whole) {
          html.empty("input", {{"type", "hidden"}, {"name", "all"}, {"value", row.name}});
        }
        if (facts.overlooked > 0) {
          html.element("p", {{"class", "wrong"}}, sheet.counted(too_many, facts.overlooked));
        }
        html.element("fieldset", {}, [&] {
          html.element("legend", {{"class", "vh"}}, sheet.in(row.label));
          write_some(0, seen);
          auto const rest = facts.options.size() - seen;
          if (rest == 0) return;
          auto const rest_id = group + "-more";
          bool const is_open =
              std::ranges::any_of(facts.options.begin() + static_cast<std::ptrdiff_t>(seen),
                                  facts.options.end(), &FacetOption::is_chosen);
          html.element("details", {{"id", rest_id}, {"open", is_open || facts.is_whole}}, [&] {
            html.element("summary", {{"class", "small"}},
                         sheet.filled(more, {number(rest, sheet.language())}));
            write_some(seen, facts.options.size());
            if (facts.whole_path.empty()) return;
            html.element("a", {{"class", "btn s"}, {"href", sheet.page(facts.whole_path)}},
                         sheet.filled(all_of_them, {number(facts.hidden, sheet.language())}));
          });
        });
      });
}

void write_decades(Sheet& sheet, std::span<Decade const> decades) {
  if (decades.size() < 2) return;
  constexpr std::size_t height = 40;
  constexpr std::size_t step = 10;  // of each bar, with what lies between them
  constexpr std::size_t least = 10; // bars that there is room for: two are no walls
  auto const most = std::ranges::max(decades, {}, &Decade::count).count;
  if (most == 0) return;
  auto& html = sheet.html;
  auto const size = "0 0 " + std::to_string(std::max(decades.size(), least) * step) + " " +
                    std::to_string(height);
  auto said = sheet.filled(by_decade, {std::to_string(decades.front().first_year),
                                       std::to_string(decades.back().first_year + 9)});
  for (auto const& [first_year, count] : decades) {
    said += (&first_year == &decades.front().first_year ? " – " : ", ") +
            std::to_string(first_year) + " : " + number(count, sheet.language());
  }
  html.element("svg",
               {{"class", "decades"},
                {"viewBox", size},
                {"preserveAspectRatio", "none"},
                {"role", "img"},
                {"aria-label", said}},
               [&] {
                 for (std::size_t place = 0; place < decades.size(); ++place) {
                   auto const count = decades[place].count;
                   auto const tall =
                       count == 0 ? 0 : std::max<std::size_t>(2, count * height / most);
                   auto const x = std::to_string(place * step);
                   auto const y = std::to_string(height - tall);
                   auto const bar = std::to_string(tall);
                   html.element("rect", {{"x", x}, {"y", y}, {"width", "8"}, {"height", bar}}, "");
                 }
               });
}

} // namespace terracat::pages
