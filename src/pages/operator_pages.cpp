#include "pages/operator_pages.hpp"

#include "pages/frame.hpp"
#include "pages/run_words.hpp"
#include "pages/signs.hpp"

#include <terracat/text.hpp>

#include <algorithm>

namespace terracat::pages {
namespace {

constexpr Message title{"Exploitation", "Operation"};
constexpr Message about{"Les moissons de ce site, une par une, et ce qui attend une décision.",
                        "The harvests of this site, one by one, and what waits for a decision."};
constexpr Message waiting{"À faire", "To do"};
constexpr Message nothing_waits{
    "Rien n’attend : chaque source a été lue en entier la dernière fois.",
    "Nothing waits: each source was read whole the last time."};
constexpr Message held_back{
    "{0} : {1} suppressions attendent votre accord (terracat harvest {2} --accept-deletions).",
    "{0}: {1} removals wait for your consent (terracat harvest {2} --accept-deletions)."};
constexpr Message is_paused{"{0} : en pause depuis le {1} (terracat sources resume {2}).",
                            "{0}: paused since {1} (terracat sources resume {2})."};
constexpr Message host_rests{
    "{0} : les passages échouent l’un après l’autre ; rien ne lui est demandé avant le {1}.",
    "{0}: runs fail one after the other; nothing is asked of it before {1}."};
constexpr Message keywords{"Mots-clés à rattacher à des concepts",
                           "Keywords to be linked to concepts"};
constexpr Message never_run{"{0} : pas encore moissonnée.", "{0}: not harvested yet."};
constexpr Message went_wrong{"{0} : dernier passage {1}", "{0}: last run {1}"};
constexpr Message some_failed{"{0} : {1} documents refusés au dernier passage",
                              "{0}: {1} documents refused in the last run"};
constexpr Message see_run{"voir le passage {0}", "see run {0}"};
constexpr Message runs_label{"Passages", "Runs"};
constexpr Message runs_of{"Passages de {0}", "Runs of {0}"};
constexpr Message of_all{"Toutes les sources", "All sources"};
constexpr Message more{"Montrer plus de passages", "Show more runs"};
constexpr Message none{"Aucun passage.", "No run."};
constexpr Message as_json{"Ces passages en JSON", "These runs as JSON"};
constexpr Message number_label{"Passage", "Run"};
constexpr Message source_label{"Source", "Source"};
constexpr Message started_label{"Début", "Start"};

constexpr std::size_t most_runs = 1'000; ///< that are asked for at once

std::string address_of_runs(std::string_view source, std::size_t limit) {
  std::string out = "/operator";
  if (!source.empty()) out += "?source=" + percent_encoded(source);
  if (limit > 0) out += (source.empty() ? "?limit=" : "&limit=") + std::to_string(limit);
  return out;
}

class Writer {
 public:
  Writer(Sheet& sheet, OperatorFacts const& facts)
      : sheet_(sheet), html_(sheet.html), facts_(facts) {}

  void write() {
    html_.element("div", {{"class", "wrap page-head between"}}, [&] {
      html_.element("h1", {}, sheet_.in(title));
      html_.element("p", {{"class", "small dim"}}, moment(facts_.status.now, sheet_.language()));
    });
    html_.element("div", {{"class", "wrap"}}, [&] {
      html_.element("p", {{"class", "lead"}}, sheet_.in(about));
      if (facts_.given) write_taken(sheet_, *facts_.given);
      write_waiting();
      write_sources(sheet_, facts_.status);
      if (!facts_.token.empty()) write_orders(sheet_, facts_.status, facts_.token);
      write_runs();
    });
  }

 private:
  // ---- What waits

  void write_waiting() {
    html_.element("section", {{"class", "block"}, {"aria-labelledby", "to-do"}}, [&] {
      html_.element("h2", {{"id", "to-do"}}, sheet_.in(waiting));
      bool is_any = false;
      for (std::size_t i = 0; i < facts_.states.size(); ++i) {
        is_any |= write_waiting(facts_.status.sources[i], facts_.states[i]);
      }
      if (!is_any) {
        html_.element("p", {{"class", "note ok"}},
                      [&] { html_.markup(sign::check).text(" ").text(sheet_.in(nothing_waits)); });
      }
      html_.element("p", {}, [&] {
        html_.element("a", {{"href", sheet_.page("/operator/suggestions")}}, sheet_.in(keywords));
      });
    });
  }

  /// \return  whether anything of the source waits
  bool write_waiting(SourceFacts const& source, SourceState const& state) {
    if (!source.is_configured) return false;
    bool const has_held = state.held > 0;
    bool const stands_still = write_standstill(source);
    if (has_held) {
      write_note("note warn",
                 sheet_.filled(held_back, {source.name, count(state.held), source.name}), nullptr);
    }
    if (source.runs.empty()) {
      write_note("note warn", sheet_.filled(never_run, {source.name}), nullptr);
      return true;
    }
    auto const& run = source.runs.front();
    bool const is_bad = run.outcome != RunOutcome::complete && run.outcome != RunOutcome::running;
    if (is_bad) {
      auto text = sheet_.filled(went_wrong, {source.name, sheet_.in(words_of(run.outcome).words)});
      if (!run.message.empty()) text += " (" + run.message + ")";
      write_note(run.outcome == RunOutcome::failed ? "note bad" : "note warn", text, &run);
    } else if (run.counts.failed > 0) {
      write_note("note warn", sheet_.filled(some_failed, {source.name, count(run.counts.failed)}),
                 &run);
    }
    return stands_still || has_held || is_bad || run.counts.failed > 0;
  }

  bool write_standstill(SourceFacts const& source) {
    auto const& name = source.name;
    auto const& paused = source.paused_since;
    auto const& until = source.rests_until;
    if (paused) {
      auto text = sheet_.filled(is_paused, {name, moment(*paused, sheet_.language()), name});
      if (!source.pause_reason.empty()) text += " " + source.pause_reason;
      write_note("note warn", text, nullptr);
    }
    if (until) {
      write_note("note bad", sheet_.filled(host_rests, {name, moment(*until, sheet_.language())}),
                 nullptr);
    }
    return paused || until;
  }

  void write_note(std::string_view style, std::string const& text, Run const* run) {
    html_.element("p", {{"class", style}}, [&] {
      html_.markup(sign::warning).text(" " + text);
      if (run == nullptr) return;
      html_.text(", ");
      html_.element("a", {{"href", sheet_.page(path_of_run(run->number))}},
                    sheet_.filled(see_run, {text_of(run->number)}));
    });
  }

  // ---- Runs

  void write_runs() {
    html_.element("section", {{"class", "block"}, {"aria-labelledby", "passes"}}, [&] {
      html_.element("h2", {{"id", "passes"}},
                    facts_.source.empty() ? std::string(sheet_.in(runs_label))
                                          : sheet_.filled(runs_of, {facts_.source}));
      if (!facts_.source.empty()) {
        html_.element("p", {}, [&] {
          html_.element("a", {{"href", sheet_.page("/operator")}}, sheet_.in(of_all));
        });
      }
      if (facts_.runs.empty()) {
        html_.element("p", {}, sheet_.in(none));
        return;
      }
      write_table();
      write_further();
    });
  }

  void write_table() {
    html_.element("table", {{"class", "table"}, {"aria-labelledby", "passes"}}, [&] {
      html_.element("thead", {}, [&] {
        html_.element("tr", {}, [&] {
          for (auto const head : {number_label, source_label, started_label, duration_label,
                                  mode_label, outcome_label}) {
            html_.element("th", {{"scope", "col"}}, sheet_.in(head));
          }
          for (auto const& row : shown_counts) {
            html_.element("th", {{"scope", "col"}, {"class", "n"}}, sheet_.in(row.words));
          }
        });
      });
      html_.element("tbody", {}, [&] {
        for (auto const& run : facts_.runs) write_run(run);
      });
    });
  }

  void write_run(Run const& run) {
    auto const cell = [&](Message label, std::string_view text) {
      html_.element("td", {{"data-label", sheet_.in(label)}}, text);
    };
    html_.element("tr", {}, [&] {
      html_.element("th", {{"scope", "row"}}, [&] {
        html_.element("a", {{"href", sheet_.page(path_of_run(run.number))}}, text_of(run.number));
      });
      html_.element("td", {{"data-label", sheet_.in(source_label)}}, [&] {
        html_.element("a", {{"href", sheet_.page(address_of_runs(run.source, 0))}}, run.source);
      });
      cell(started_label, moment(run.started, sheet_.language()));
      cell(duration_label, duration_of(run, facts_.status.now));
      cell(mode_label, words_of_mode(run.mode, sheet_.language()));
      html_.element("td", {{"data-label", sheet_.in(outcome_label)}},
                    [&] { write_outcome(sheet_, run.outcome); });
      for (auto const& row : shown_counts) {
        html_.element("td", {{"class", "n"}, {"data-label", sheet_.in(row.words)}},
                      count(run.counts.*row.count));
      }
    });
  }

  void write_further() {
    html_.element("p", {{"class", "row"}}, [&] {
      auto const next = std::min(facts_.limit * 4, most_runs);
      if (facts_.runs.size() == facts_.limit && facts_.limit < next) {
        html_.element(
            "a", {{"class", "btn"}, {"href", sheet_.page(address_of_runs(facts_.source, next))}},
            sheet_.in(more));
      }
      auto const query = facts_.source.empty() ? "" : "?source=" + percent_encoded(facts_.source);
      html_.element("a", {{"class", "btn"}, {"href", sheet_.own("/api/v1/runs" + query)}},
                    sheet_.in(as_json));
    });
  }

  [[nodiscard]] std::string count(std::int64_t value) const {
    return number(static_cast<std::size_t>(value), sheet_.language());
  }

  Sheet& sheet_;
  Html& html_;
  OperatorFacts const& facts_;
};

} // namespace

std::string operator_page(SiteFacts const& site, Language language, OperatorFacts const& facts) {
  Sheet sheet(site, language);
  Frame const frame{.title = std::string(sheet.in(title)),
                    .description = std::string(sheet.in(about)),
                    .path = "/operator",
                    .json_ld = {},
                    .is_for_engines = false};
  return framed(sheet, frame, [&] { Writer(sheet, facts).write(); });
}

} // namespace terracat::pages
