#include "pages/operator_pages.hpp"

#include "pages/frame.hpp"
#include "pages/run_words.hpp"
#include "pages/signs.hpp"

#include <terracat/text.hpp>

namespace terracat::pages {
namespace {

constexpr Message title{"Passage {0} de {1}", "Run {0} of {1}"};
constexpr Message about{"Ce que sont devenus les documents de la source.",
                        "What became of the documents of the source."};
constexpr Message to_runs{"Tous les passages", "All runs"};
constexpr Message started_label{"Début", "Start"};
constexpr Message finished_label{"Fin", "End"};
constexpr Message not_finished{"pas encore", "not yet"};
constexpr Message message_label{"Motif", "Reason"};
constexpr Message counts_label{"Documents", "Documents"};
constexpr Message findings_label{"Ce qui a été constaté", "What was found"};
constexpr Message no_findings{"Rien : tous les documents étaient inchangés.",
                              "Nothing: all documents were unchanged."};
constexpr Message what_label{"Devenir", "What became of it"};
constexpr Message code_label{"Code", "Code"};
constexpr Message meaning_label{"Constat", "Finding"};
constexpr Message how_many_label{"Documents", "Documents"};
constexpr Message these{"Les montrer", "Show them"};
constexpr Message documents_label{"Les documents", "The documents"};
constexpr Message every_document{"Tous les documents du passage", "All documents of the run"};
constexpr Message id_label{"Identifiant", "Identifier"};
constexpr Message where_label{"Où", "Where"};
constexpr Message excerpt_label{"Ce qui s’y trouvait", "What stood there"};
constexpr Message next_label{"Suivants", "Next"};
constexpr Message get_csv{"Tableau (CSV)", "Table (CSV)"};
constexpr Message get_lines{"Lignes de JSON", "Lines of JSON"};
constexpr Message get_report{"Rapport (JSON)", "Report (JSON)"};

/// As parameters: "?outcome=failed&code=no-title".
std::string query_of(RunDocumentSearch const& search, std::string_view more = {}) {
  std::string out;
  auto const add = [&](std::string_view name, std::string_view value) {
    (out += out.empty() ? '?' : '&').append(name) += '=';
    out += percent_encoded(value);
  };
  if (search.outcome) add("outcome", name(*search.outcome));
  if (search.code) add("code", *search.code);
  if (search.after > 0) add("after", std::to_string(search.after));
  if (!more.empty()) (out += out.empty() ? '?' : '&') += more;
  return out;
}

class Writer {
 public:
  Writer(Sheet& sheet, RunPageFacts const& facts)
      : sheet_(sheet), html_(sheet.html), facts_(facts) {}

  void write(std::string_view heading) {
    html_.element("div", {{"class", "wrap page-head"}}, [&] {
      html_.element("p", {{"class", "small"}}, [&] {
        html_.element("a", {{"href", sheet_.page("/operator")}},
                      [&] { html_.markup(sign::left).text(sheet_.in(to_runs)); });
      });
      html_.element("h1", {}, heading);
    });
    html_.element("div", {{"class", "wrap"}}, [&] {
      write_course();
      write_findings();
      if (!facts_.findings.empty()) write_documents();
    });
  }

 private:
  void write_course() {
    auto const& run = facts_.run;
    auto const language = sheet_.language();
    auto const fact = [&](Message name, auto const& write) {
      html_.element("dt", {}, sheet_.in(name));
      html_.element("dd", {}, write);
    };
    html_.element("dl", {{"class", "dl"}}, [&] {
      fact(outcome_label, [&] { write_outcome(sheet_, run.outcome); });
      if (!run.message.empty()) {
        html_.element("dt", {}, sheet_.in(message_label));
        sheet_.element("dd", std::nullopt, {.text = run.message, .language = "en"});
      }
      fact(mode_label, words_of_mode(run.mode, language));
      fact(started_label, moment(run.started, language));
      fact(finished_label,
           run.finished ? moment(*run.finished, language) : std::string(sheet_.in(not_finished)));
      if (run.finished) fact(duration_label, duration_of(run, *run.finished));
      fact(counts_label, counts());
    });
    if (run.outcome == RunOutcome::running && !facts_.token.empty()) {
      html_.element("div", {{"class", "row orders"}},
                    [&] { write_abort(sheet_, run, facts_.token); });
    }
  }

  [[nodiscard]] std::string counts() const {
    std::string out;
    for (auto const& row : shown_counts) {
      auto const value = facts_.run.counts.*row.count;
      if (value == 0) continue;
      if (!out.empty()) out += sheet_.language() == Language::fr ? " ; " : "; ";
      out += std::string(sheet_.in(row.words)) +
             (sheet_.language() == Language::fr ? " : " : ": ") +
             number(static_cast<std::size_t>(value), sheet_.language());
    }
    return out.empty() ? "0" : out;
  }

  void write_heads(std::initializer_list<Message> heads) {
    html_.element("thead", {}, [&] {
      html_.element("tr", {}, [&] {
        for (auto const head : heads) html_.element("th", {{"scope", "col"}}, sheet_.in(head));
      });
    });
  }

  void write_code(std::string_view code) {
    html_.element("td", {{"data-label", sheet_.in(code_label)}}, [&] {
      if (!code.empty()) html_.element("code", {}, code);
    });
  }

  void write_findings() {
    html_.element("section", {{"class", "block"}, {"aria-labelledby", "findings"}}, [&] {
      html_.element("h2", {{"id", "findings"}}, sheet_.in(findings_label));
      if (facts_.findings.empty()) {
        html_.element("p", {}, sheet_.in(no_findings));
        return;
      }
      html_.element("table", {{"class", "table"}, {"aria-labelledby", "findings"}}, [&] {
        write_heads({what_label, code_label, meaning_label, how_many_label, these});
        html_.element("tbody", {}, [&] {
          for (auto const& finding : facts_.findings) write_finding(finding);
        });
      });
    });
  }

  void write_finding(RunFinding const& finding) {
    auto const outcome = sheet_.in(words_of(finding.outcome));
    RunDocumentSearch const of_it{
        .run = facts_.run.number, .outcome = finding.outcome, .code = finding.code};
    html_.element("tr", {}, [&] {
      html_.element("th", {{"scope", "row"}}, outcome);
      write_code(finding.code);
      html_.element("td", {{"data-label", sheet_.in(meaning_label)}}, [&] {
        sheet_.element("span", std::nullopt, {meaning_of(finding.code), "en"});
      });
      html_.element("td", {{"data-label", sheet_.in(how_many_label)}},
                    number(static_cast<std::size_t>(finding.documents), sheet_.language()));
      html_.element("td", {{"data-label", sheet_.in(these)}}, [&] {
        auto const name =
            std::string(sheet_.in(these)) + ": " + std::string(outcome) + " " + finding.code;
        html_.element(
            "a",
            {{"href", sheet_.page(path_of_run(facts_.run.number) + query_of(of_it) + "#documents")},
             {"aria-label", name}},
            sheet_.in(these));
      });
    });
  }

  void write_documents() {
    auto const& search = facts_.search;
    html_.element("section", {{"class", "block"}, {"aria-labelledby", "documents"}}, [&] {
      html_.element("h2", {{"id", "documents"}}, sheet_.in(documents_label));
      if (search.outcome || search.code) write_narrowing();
      html_.element("table", {{"class", "table"}, {"aria-labelledby", "documents"}}, [&] {
        write_heads({id_label, what_label, code_label, where_label, excerpt_label});
        html_.element("tbody", {}, [&] {
          for (auto const& document : facts_.documents) write_document(document);
        });
      });
      write_further();
    });
  }

  void write_narrowing() {
    auto const& search = facts_.search;
    html_.element("p", {}, [&] {
      if (search.outcome) html_.element("b", {}, sheet_.in(words_of(*search.outcome)));
      if (search.code && !search.code->empty()) {
        html_.text(" ");
        html_.element("code", {}, *search.code);
      }
      html_.text(". ");
      html_.element("a", {{"href", sheet_.page(path_of_run(facts_.run.number) + "#documents")}},
                    sheet_.in(every_document));
    });
  }

  void write_document(RunDocument const& document) {
    auto const code_cell = [&](Message label, std::string_view text) {
      html_.element("td", {{"data-label", sheet_.in(label)}}, [&] {
        if (!text.empty()) html_.element("code", {}, text);
      });
    };
    html_.element("tr", {}, [&] {
      html_.element("th", {{"scope", "row"}},
                    [&] { html_.element("code", {}, document.native_id); });
      html_.element("td", {{"data-label", sheet_.in(what_label)}},
                    sheet_.in(words_of(document.outcome)));
      write_code(document.code);
      code_cell(where_label, document.where);
      code_cell(excerpt_label, document.excerpt);
    });
  }

  void write_further() {
    auto whole = facts_.search;
    whole.after = 0;
    auto const rows = std::string(facts_.report_path) + "/documents";
    html_.element("p", {{"class", "row"}}, [&] {
      if (facts_.has_more) {
        auto next = facts_.search;
        next.after = facts_.documents.back().number;
        auto const path = path_of_run(facts_.run.number) + query_of(next) + "#documents";
        html_.element("a", {{"class", "btn"}, {"rel", "next"}, {"href", sheet_.page(path)}},
                      [&] { html_.text(sheet_.in(next_label)).markup(sign::right); });
      }
      auto const file = [&](Message name, std::string const& path) {
        html_.element("a", {{"class", "btn"}, {"href", sheet_.own(path)}},
                      [&] { html_.markup(sign::download).text(sheet_.in(name)); });
      };
      file(get_csv, rows + query_of(whole, "f=csv"));
      file(get_lines, rows + query_of(whole, "f=ndjson"));
      file(get_report, std::string(facts_.report_path));
    });
  }

  Sheet& sheet_;
  Html& html_;
  RunPageFacts const& facts_;
};

} // namespace

std::string run_page(SiteFacts const& site, Language language, RunPageFacts const& facts) {
  Sheet sheet(site, language);
  auto const heading = sheet.filled(title, {text_of(facts.run.number), facts.run.source});
  Frame const frame{.title = heading,
                    .description = std::string(sheet.in(about)),
                    .path = path_of_run(facts.run.number),
                    .json_ld = {},
                    .is_for_engines = false};
  return framed(sheet, frame, [&] { Writer(sheet, facts).write(heading); });
}

} // namespace terracat::pages
