#include "formats/terracat.hpp"
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
constexpr Message passed_on{"Passée par", "Passed on by"};
constexpr Message from_source{"source {0}", "source {0}"};
constexpr Message there_since{"modifiée là le {0}", "changed there on {0}"};
constexpr Message its_origin{"document d’origine", "original document"};
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

void write_elsewhere(Html& html, std::string_view address, std::string_view text) {
  if (auto const url = Url::elsewhere(address)) {
    html.element("a", {{"href", *url}}, text);
  } else {
    html.text(text);
  }
}

/// The catalogues that the record came through, in order.
void write_chain(Sheet& sheet, formats::Chain const& chain) {
  if (chain.empty()) return;
  auto& html = sheet.html;
  html.element("h3", {{"class", "label-head"}}, sheet.in(passed_on));
  html.element("ol", {{"class", "lines"}}, [&] {
    for (auto const& station : chain) {
      html.element("li", {}, [&] {
        auto const& name = station.catalogue.empty() ? station.id : station.catalogue;
        write_elsewhere(html, formats::address_at(station),
                        station.title.empty() ? name : station.title);
        if (!station.source.empty()) {
          html.text(", ").text(sheet.filled(from_source, {station.source}));
        }
        auto const changed = model::parse_rfc3339(station.changed);
        if (changed) {
          html.text(", ").text(sheet.filled(there_since, {date(*changed, sheet.language())}));
        }
        if (station.origin.empty()) return;
        html.text(", ");
        write_elsewhere(html, station.origin, sheet.in(its_origin));
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
    write_chain(sheet, formats::chain_of(*record));
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
