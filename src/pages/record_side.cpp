#include "pages/enrichment.hpp"
#include "pages/record_sections.hpp"

#include <terracat/text.hpp>

#include <array>

/// What stands beside the main column of a resource's page.
namespace terracat::pages {
namespace {

constexpr Message for_machines{"Pour les machines", "For machines"};
constexpr Message permanent_link{"Lien permanent", "Permanent link"};
constexpr Message origin{"D’où vient cette fiche", "Where this page comes from"};
constexpr Message harvested{"Moissonnée de la source {0}, le {1}.",
                            "Harvested from the source {0}, on {1}."};
constexpr Message harvested_once{"Moissonnée de la source {0}.", "Harvested from the source {0}."};
constexpr Message also_described{"Aussi décrite par", "Also described by"};
constexpr Message is_first{"fiche de référence", "reference description"};
constexpr Message inferred{"Ce que le catalogue a déduit", "What the catalogue concluded"};
constexpr Message corrected{"Corrigé par le centre : {0}, le {1}.",
                            "Corrected by the centre: {0}, on {1}."};

/// The same resource as other sources describe it.
void write_others(Sheet& sheet, std::span<OtherDescription const> others) {
  if (others.empty()) return;
  auto& html = sheet.html;
  html.element("h3", {{"class", "label-head"}}, sheet.in(also_described));
  html.element("ul", {{"class", "lines"}}, [&] {
    for (auto const& other : others) {
      html.element("li", {}, [&] {
        html.element("a", {{"href", sheet.page(other.path)}}, other.title);
        html.text(" (" + other.source);
        if (other.is_canonical) html.text(", ").text(sheet.in(is_first));
        html.text(")");
      });
    }
  });
}

} // namespace

void write_machine_links(Sheet& sheet, RecordPageFacts const& facts) {
  auto& html = sheet.html;
  html.element("section", {{"class", "box"}, {"aria-labelledby", "machines"}}, [&] {
    html.element("h2", {{"id", "machines"}}, sheet.in(for_machines));
    html.element("p", {{"class", "row"}}, [&] {
      auto const link = [&](std::string_view name, std::string_view path) {
        if (!path.empty()) {
          html.element("a", {{"class", "btn s"}, {"href", sheet.own(path)}}, name);
        }
      };
      link("STAC", facts.stac_path);
      link("OGC API Records", facts.record_path);
    });
    auto const permanent = "/d/" + percent_encoded(facts.resource.id);
    html.element("p", {}, [&] {
      html.text(sheet.in(permanent_link)).text(" ");
      html.element("a", {{"href", sheet.own(permanent)}},
                   [&] { html.element("code", {}, permanent); });
    });
  });
}

void write_origin(Sheet& sheet, RecordPageFacts const& facts) {
  auto& html = sheet.html;
  auto const& record = facts.resource.record;
  auto const language = sheet.language();
  html.element("section", {{"class", "box"}, {"aria-labelledby", "origin"}}, [&] {
    html.element("h2", {{"id", "origin"}}, sheet.in(origin));
    html.element("p", {},
                 facts.fetched
                     ? sheet.filled(harvested, {facts.source, date(*facts.fetched, language)})
                     : sheet.filled(harvested_once, {facts.source}));
    for (auto const& correction : record->corrected) {
      html.element("p", {},
                   sheet.filled(corrected, {correction.member, date(correction.at, language)}));
    }
    if (facts.enrichment != nullptr) {
      auto const guess = language_guess(sheet, *facts.enrichment);
      if (!guess.empty()) html.element("p", {}, guess);
    }
    write_others(sheet, facts.others);
    if (record->inferences.empty()) return;
    html.element("h3", {{"class", "label-head"}}, sheet.in(inferred));
    html.element("ul", {{"class", "lines"}}, [&] {
      for (auto const& inference : record->inferences) {
        html.element("li", {}, [&] {
          html.element("code", {}, inference.member).text(" ");
          html.element("span",
                       {{"lang", language == Language::en ? std::nullopt
                                                          : std::optional<std::string_view>("en")}},
                       inference.rule);
        });
      }
    });
  });
}

} // namespace terracat::pages
