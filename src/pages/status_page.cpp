#include "pages/status_page.hpp"

#include "pages/frame.hpp"
#include "pages/signs.hpp"

#include <algorithm>

namespace terracat::pages {
namespace {

constexpr Message title{"État du service", "Service status"};
constexpr Message about{"Sources du catalogue, dernières moissons et fraîcheur des fiches.",
                        "Sources of the catalogue, last harvests and how fresh the records are."};
constexpr Message all_well{"Le catalogue répond. Toutes les sources sont à jour.",
                           "The catalogue answers. All sources are up to date."};
constexpr Message some_not_well{
    "Le catalogue répond. {0} sources sur {1} ont un souci ; leurs fiches restent consultables "
    "dans leur dernier état.",
    "The catalogue answers. {0} of {1} sources have a problem; their records can still be read as "
    "they were last."};
constexpr Message one_not_well{"Le catalogue répond. Une source sur {0} a un souci ; ses fiches "
                               "restent consultables dans leur "
                               "dernier état.",
                               "The catalogue answers. One of {0} sources has a problem; its "
                               "records can still be read as they "
                               "were last."};
constexpr Message not_ready{"Le catalogue répond, mais n’est pas entièrement prêt.",
                            "The catalogue answers, but is not wholly ready."};
constexpr Message datasets{"Jeux de données", "Data sets"};
constexpr Message items{"Images et fichiers", "Images and files"};
constexpr Message sources{"Sources", "Sources"};
constexpr Message source{"Source", "Source"};
constexpr Message pole{"Centre", "Centre"};
constexpr Message state{"État", "State"};
constexpr Message last_run{"Dernière moisson complète", "Last complete harvest"};
constexpr Message records{"Fiches", "Records"};
constexpr Message runs{"Derniers passages", "Last runs"};
constexpr Message set_aside{"Documents écartés", "Documents set aside"};
constexpr Message never{"jamais", "never"};
constexpr Message ok_state{"à jour", "up to date"};
constexpr Message failed_state{"en échec", "failed"};
constexpr Message running_state{"en cours", "running"};
constexpr Message incomplete_state{"incomplète", "incomplete"};
constexpr Message interrupted_state{"interrompue", "interrupted"};
constexpr Message never_state{"pas encore moissonnée", "not harvested yet"};
constexpr Message retired_state{"n’est plus moissonnée", "no longer harvested"};
constexpr Message runs_told{"Passages : {0} ; complets : {1}", "Runs: {0}; complete: {1}"};
constexpr Message for_operators{"Pour les opérateurs : chaque passage et ses documents",
                                "For operators: each run and its documents"};
constexpr Message none{"Aucune source n’a encore été moissonnée.", "No source was harvested yet."};

constexpr std::size_t most_runs = 14;

struct State {
  Message words;
  std::string_view style;
  Markup sign;
};

State state_of(SourceFacts const& facts) noexcept {
  if (!facts.is_configured) return {retired_state, "state", sign::left};
  if (facts.runs.empty()) return {never_state, "state warn", sign::warning};
  switch (facts.runs.front().outcome) {
  case RunOutcome::complete:
    return {ok_state, "state ok", sign::check};
  case RunOutcome::running:
    return {running_state, "state run", sign::running};
  case RunOutcome::incomplete:
    return {incomplete_state, "state warn", sign::warning};
  case RunOutcome::interrupted:
    return {interrupted_state, "state warn", sign::warning};
  case RunOutcome::failed:
    return {failed_state, "state bad", sign::failure};
  }
  return {failed_state, "state bad", sign::failure};
}

/// A bar for each run, the newest one last: the higher, the better it went.
void write_runs(Sheet& sheet, SourceFacts const& facts) {
  auto& html = sheet.html;
  auto const shown = std::min(facts.runs.size(), most_runs);
  auto const newest = std::span(facts.runs).first(shown);
  auto const complete = std::ranges::count(newest, RunOutcome::complete, &Run::outcome);
  auto const told = sheet.filled(runs_told, {std::to_string(shown), std::to_string(complete)});
  html.element(
      "svg", {{"class", "runs"}, {"viewBox", "0 0 126 22"}, {"role", "img"}, {"aria-label", told}},
      [&] {
        for (std::size_t i = 0; i < shown; ++i) {
          auto const outcome = newest[shown - 1 - i].outcome;
          bool const is_ok = outcome == RunOutcome::complete;
          bool const is_bad = outcome == RunOutcome::failed;
          int const height = is_ok ? 22 : is_bad ? 7 : 14;
          html.element("rect",
                       {{"class", is_ok    ? "ok"
                                  : is_bad ? "bad"
                                           : "warn"},
                        {"x", std::to_string(i * 9)},
                        {"y", std::to_string(22 - height)},
                        {"width", "7"},
                        {"height", std::to_string(height)}},
                       "");
        }
      });
}

void write_row(Sheet& sheet, SourceFacts const& facts, model::Instant now) {
  auto& html = sheet.html;
  auto const language = sheet.language();
  html.element("tr", {}, [&] {
    html.element("th", {{"scope", "row"}}, facts.name);
    html.element("td", {{"data-label", sheet.in(pole)}}, facts.pole_title);
    html.element("td", {{"data-label", sheet.in(state)}}, [&] {
      auto const now_is = state_of(facts);
      html.element("span", {{"class", now_is.style}},
                   [&] { html.markup(now_is.sign).text(sheet.in(now_is.words)); });
    });
    html.element("td", {{"data-label", sheet.in(last_run)}},
                 facts.last_complete ? ago(*facts.last_complete, now, language)
                                     : std::string(sheet.in(never)));
    html.element("td", {{"class", "n"}, {"data-label", sheet.in(records)}},
                 number(facts.records, language));
    html.element("td", {{"data-label", sheet.in(runs)}}, [&] { write_runs(sheet, facts); });
    auto const failed = facts.runs.empty() ? 0 : facts.runs.front().counts.failed;
    html.element("td", {{"class", "n"}, {"data-label", sheet.in(set_aside)}},
                 number(static_cast<std::size_t>(failed), language));
  });
}

void write_verdict(Sheet& sheet, StatusFacts const& facts) {
  auto& html = sheet.html;
  auto const language = sheet.language();
  auto const configured = std::ranges::count_if(facts.sources, &SourceFacts::is_configured);
  auto const troubled = std::ranges::count_if(facts.sources, [](SourceFacts const& one) {
    return one.is_configured && !is_up_to_date(one);
  });
  bool const is_well = facts.is_ready && troubled == 0;
  auto const all = number(static_cast<std::size_t>(configured), language);
  auto const text = !facts.is_ready ? std::string(sheet.in(not_ready))
                    : troubled == 0 ? std::string(sheet.in(all_well))
                    : troubled == 1
                        ? sheet.filled(one_not_well, {all})
                        : sheet.filled(some_not_well,
                                       {number(static_cast<std::size_t>(troubled), language), all});
  html.element("p", {{"class", is_well ? "note ok" : "note warn"}},
               [&] { html.markup(is_well ? sign::check : sign::warning).text(" " + text); });
}

} // namespace

void write_sources(Sheet& sheet, StatusFacts const& facts) {
  auto& html = sheet.html;
  html.element("section", {{"class", "block"}, {"aria-labelledby", "sources"}}, [&] {
    html.element("h2", {{"id", "sources"}}, sheet.in(sources));
    if (facts.sources.empty()) {
      html.element("p", {}, sheet.in(none));
      return;
    }
    html.element("table", {{"class", "table"}, {"aria-labelledby", "sources"}}, [&] {
      html.element("thead", {}, [&] {
        html.element("tr", {}, [&] {
          for (auto const head : {source, pole, state, last_run}) {
            html.element("th", {{"scope", "col"}}, sheet.in(head));
          }
          html.element("th", {{"scope", "col"}, {"class", "n"}}, sheet.in(records));
          html.element("th", {{"scope", "col"}}, sheet.in(runs));
          html.element("th", {{"scope", "col"}, {"class", "n"}}, sheet.in(set_aside));
        });
      });
      html.element("tbody", {}, [&] {
        for (auto const& one : facts.sources) write_row(sheet, one, facts.now);
      });
    });
  });
}

bool is_up_to_date(SourceFacts const& facts) noexcept {
  auto const ended = std::ranges::find_if(
      facts.runs, [](Run const& run) { return run.outcome != RunOutcome::running; });
  return ended != facts.runs.end() && ended->outcome == RunOutcome::complete;
}

std::string status_page(SiteFacts const& site, Language language, StatusFacts const& facts) {
  Sheet sheet(site, language);
  auto& html = sheet.html;
  Frame const frame{.title = std::string(sheet.in(title)),
                    .description = std::string(sheet.in(about)),
                    .path = "/status",
                    .json_ld = {},
                    .is_for_engines = false,
                    .section = "/status"};
  return framed(sheet, frame, [&] {
    html.element("div", {{"class", "wrap page-head between"}}, [&] {
      html.element("h1", {}, sheet.in(title));
      html.element("p", {{"class", "small dim"}}, moment(facts.now, language));
    });
    html.element("div", {{"class", "wrap"}}, [&] {
      write_verdict(sheet, facts);
      html.element("dl", {{"class", "stats"}}, [&] {
        auto const figure = [&](Message name, std::size_t value) {
          html.element("div", {}, [&] {
            html.element("dt", {}, sheet.in(name));
            html.element("dd", {}, number(value, language));
          });
        };
        figure(datasets, facts.datasets);
        figure(items, facts.items);
        figure(sources, facts.sources.size());
      });
      write_sources(sheet, facts);
      if (facts.has_operators) {
        html.element("p", {{"class", "row small"}}, [&] {
          html.element("a", {{"href", sheet.page("/operator")}}, sheet.in(for_operators));
        });
      }
    });
  });
}

} // namespace terracat::pages
