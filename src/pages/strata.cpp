#include "pages/strata.hpp"

#include <algorithm>
#include <array>

namespace terracat::pages {
namespace {

// THE table of compartments that have a drawing. name, colour, label
constexpr std::array table{
    Stratum{"atmosphere", "atm", {"atmosphère", "atmosphere"}},
    Stratum{"climate", "cli", {"climat", "climate"}},
    Stratum{"biodiversity", "bio", {"biodiversité", "biodiversity"}},
    Stratum{"agro-environment", "agr", {"agro-environnement", "agro-environment"}},
    Stratum{"land-surfaces", "sur", {"surfaces continentales", "land surfaces"}},
    Stratum{"ocean", "oce", {"océan", "ocean"}},
    Stratum{"solid-earth", "sol", {"Terre solide", "solid Earth"}},
};

constexpr Message compartments{"Compartiments : {0}", "Compartments: {0}"};

// Each is a tile: gusts, bars of warm and cold years, tufts, furrows, gravel, waves, crystals.
constexpr Markup patterns{
    R"(<svg class="patterns" aria-hidden="true" focusable="false"><defs>)"
    R"(<pattern id="p-atm" width="18" height="12" patternUnits="userSpaceOnUse"><path class="atm" d="M0 0h18v12H0z"/><path class="on-pale" d="M1 3h7M11 9h6"/></pattern>)"
    R"(<pattern id="p-cli" width="16" height="8" patternUnits="userSpaceOnUse"><path class="cli" d="M0 0h16v8H0z"/><path class="on-deep" d="M2 0v8M6 0v8M8 0v8M13 0v8"/></pattern>)"
    R"(<pattern id="p-bio" width="14" height="14" patternUnits="userSpaceOnUse"><path class="bio" d="M0 0h14v14H0z"/><path class="on-pale" d="M3 6V2M3 6 1 3M3 6l2-3M10 13V9M10 13l-2-3M10 13l2-3"/></pattern>)"
    R"(<pattern id="p-agr" width="9" height="9" patternUnits="userSpaceOnUse"><path class="agr" d="M0 0h9v9H0z"/><path class="on-pale" d="M-1 4l5-5M0 9l9-9M5 10l5-5"/></pattern>)"
    R"(<pattern id="p-sur" width="10" height="10" patternUnits="userSpaceOnUse"><path class="sur" d="M0 0h10v10H0z"/><path class="on-pale round" d="M2 3h.1M7 8h.1"/></pattern>)"
    R"(<pattern id="p-oce" width="20" height="10" patternUnits="userSpaceOnUse"><path class="oce" d="M0 0h20v10H0z"/><path class="on-deep" d="M0 3q5-4 10 0t10 0M-10 8q5-4 10 0t10 0 10 0"/></pattern>)"
    R"(<pattern id="p-sol" width="14" height="14" patternUnits="userSpaceOnUse"><path class="sol" d="M0 0h14v14H0z"/><path class="on-deep" d="M3 1v4M1 3h4M10 8v4M8 10h4"/></pattern>)"
    R"(</defs></svg>)"};

// A coast, from the mountains to the deep sea. What lies in front covers what lies behind.
constexpr Markup section{
    R"svg(<svg class="section" viewBox="0 0 1200 220" preserveAspectRatio="xMidYMid slice" aria-hidden="true">)svg"
    R"svg(<path fill="url(#p-atm)" d="M0 0h1200v220H0z"/>)svg"
    R"svg(<path fill="url(#p-cli)" d="M0 38c160-30 300-30 470-8s330 34 480 12 180-14 250-10v18c-90-4-120-10-250 10s-310 10-480-12S160 28 0 56z"/>)svg"
    R"svg(<path fill="url(#p-oce)" d="M600 166h600v54H600z"/>)svg"
    R"svg(<path fill="url(#p-sol)" d="M0 128 60 92l44 30 66-62 58 56 70-16 92 40 170 22 150 10 180 32 120 8 190-18v66H0z"/>)svg"
    R"svg(<path fill="url(#p-sur)" d="M0 128V118L60 82l44 30 66-62 58 56 70-16 92 40 170 22 100 12 40 6-140-8-170-22-92-40-70 16-58-56-66 62-44-30z"/>)svg"
    R"svg(<path fill="url(#p-bio)" d="M228 106l70-16 92 40 60 8v-9l-60-8-92-40-70 16z"/>)svg"
    R"svg(<path fill="url(#p-agr)" d="M450 138l110 14 60 7v-8l-60-8-110-14z"/>)svg"
    R"svg(</svg>)svg"};

std::string fill_of(Stratum const& stratum) {
  return "url(#p-" + std::string(stratum.colour) + ")";
}

} // namespace

std::span<Stratum const> strata() noexcept {
  return table;
}

Stratum const* stratum_of(std::string_view compartment) noexcept {
  auto const* const found = std::ranges::find(table, compartment, &Stratum::name);
  return found == table.end() ? nullptr : found;
}

void write_patterns(Sheet& sheet) {
  sheet.html.markup(patterns);
}

void write_swatch(Sheet& sheet, Stratum const& stratum) {
  auto const fill = fill_of(stratum);
  sheet.html.element("svg", {{"class", "sw"}, {"aria-hidden", "true"}}, [&] {
    sheet.html.element("rect", {{"width", "100%"}, {"height", "100%"}, {"fill", fill}}, "");
  });
}

void write_core(Sheet& sheet, std::span<Stratum const* const> found) {
  constexpr std::size_t most = 3;
  auto const shown = found.first(std::min(found.size(), most));
  if (shown.empty()) return;
  // In percent, so that the patterns keep their size. The last one reaches below the edge.
  auto const share = 100 / shown.size() + 1;
  auto const each = std::to_string(share) + "%";
  sheet.html.element("svg", {{"class", "core"}, {"aria-hidden", "true"}}, [&] {
    for (std::size_t place = 0; place < shown.size(); ++place) {
      auto const top = std::to_string(100 * place / shown.size()) + "%";
      auto const fill = fill_of(*shown[place]);
      sheet.html.element("rect", {{"y", top}, {"width", "100%"}, {"height", each}, {"fill", fill}},
                         "");
    }
  });
}

void write_names(Sheet& sheet, std::span<Stratum const* const> found) {
  if (found.empty()) return;
  std::string names;
  for (auto const* const stratum : found) {
    names.append(names.empty() ? "" : ", ").append(sheet.in(stratum->label));
  }
  sheet.html.element("p", {{"class", "vh"}}, sheet.filled(compartments, {names}));
}

void write_section(Sheet& sheet) {
  sheet.html.markup(section);
}

} // namespace terracat::pages
