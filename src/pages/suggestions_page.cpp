#include "pages/suggestions_page.hpp"

#include "pages/frame.hpp"
#include "pages/order_form.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <cmath>

namespace terracat::pages {
namespace {

constexpr Message title{"Mots-clés à rattacher", "Keywords to be linked"};
constexpr Message about{
    "Ce que les fiches disent de leur sujet sans qu’un concept soit sûr. Une décision vaut pour "
    "les fiches présentes et pour celles à venir, et peut être reprise.",
    "What records say of their subject without a concept being sure. A decision holds for the "
    "records that there are and for those to come, and can be taken back."};
constexpr Message only_read{
    "Ce serveur ne fait que lire : donnez la commande là où le catalogue s’écrit.",
    "This server only reads: give the command where the catalogue is written."};
constexpr Message navigation_label{"Mots-clés", "Keywords"};
constexpr Message none{"Aucun mot-clé.", "No keyword."};
constexpr Counted keywords{{"{0} mot-clé", "{0} keyword"}, {"{0} mots-clés", "{0} keywords"}};
constexpr Message keyword_label{"Mot-clé", "Keyword"};
constexpr Message records_label{"Fiches", "Records"};
constexpr Message concept_label{"Concept", "Concept"};
constexpr Message command_label{"Commande", "Command"};
constexpr Message decision_label{"Décision", "Decision"};
constexpr Message accept_button{"Accepter", "Accept"};
constexpr Message accept_name{"Accepter « {1} » pour « {0} »", "Accept “{1}” for “{0}”"};
constexpr Message refuse_button{"Refuser", "Refuse"};
constexpr Message refuse_name{"Refuser « {0} »", "Refuse “{0}”"};
constexpr Message withdraw_button{"Reprendre la décision", "Take back the decision"};
constexpr Message withdraw_name{"Reprendre la décision sur « {0} »",
                                "Take back the decision on “{0}”"};
constexpr Message other_summary{"Donner un concept", "Give a concept"};
constexpr Message other_name{"Donner un concept à « {0} »", "Give a concept to “{0}”"};
constexpr Message other_label{"Adresse du concept", "Address of the concept"};
constexpr Message said_by{"dit par ", "said by "};
constexpr Message like{"{0} %, par {1} « {2} »", "{0} %, by {1} “{2}”"};
constexpr Message gone{"(absent des vocabulaires)", "(in no vocabulary any more)"};
constexpr Message decided_at{"décidé le {0}", "decided on {0}"};
constexpr Message decided_by{"décidé le {0} par {1}", "decided on {0} by {1}"};
constexpr Message beginning{"Début", "Beginning"};
constexpr Message behind{"Suivants", "Next"};
constexpr Message as_json{"En JSON", "As JSON"};
constexpr Message as_csv{"En CSV", "As CSV"};
constexpr Message back{"Exploitation", "Operation"};

struct StandingRow {
  std::string_view name;
  Message words;
};

constexpr std::array<StandingRow, 4> standings{{
    {"near", {"Proches d’un concept", "Near a concept"}},
    {"unknown", {"Inconnus", "Unknown"}},
    {"accepted", {"Acceptés", "Accepted"}},
    {"refused", {"Refusés", "Refused"}},
}};

StandingRow const& row_of(Standing standing) noexcept {
  return standings.at(static_cast<std::size_t>(standing));
}

struct VerdictRow {
  std::string_view name;
  Message taken;
};

constexpr std::array<VerdictRow, 3> verdicts{{
    {"accept",
     {"Accepté : le mot-clé vaut désormais pour ce concept, dans les fiches présentes et à venir.",
      "Accepted: from now on the keyword stands for this concept, in the records that there are "
      "and in those to come."}},
    {"refuse",
     {"Refusé : le mot-clé n’est plus proposé.", "Refused: the keyword is offered no more."}},
    {"withdraw",
     {"La décision est reprise : le mot-clé attend de nouveau.",
      "The decision is taken back: the keyword waits again."}},
}};

VerdictRow const& row_of(Verdict verdict) noexcept {
  return verdicts.at(static_cast<std::size_t>(verdict));
}

/// As one word of a shell.
std::string quoted_for_shell(std::string_view text) {
  std::string out = "'";
  for (auto const c : text) {
    if (c == '\'') {
      out += "'\\''";
    } else {
      out += c;
    }
  }
  return out + "'";
}

class Writer {
 public:
  Writer(Sheet& sheet, SuggestionsFacts const& facts)
      : sheet_(sheet), html_(sheet.html), facts_(facts) {}

  void write() {
    html_.element("div", {{"class", "wrap page-head"}},
                  [&] { html_.element("h1", {}, sheet_.in(title)); });
    html_.element("div", {{"class", "wrap"}}, [&] {
      html_.element("p", {{"class", "lead"}}, sheet_.in(about));
      html_.element("p", {{"class", "row"}}, [&] {
        html_.element("a", {{"href", sheet_.page("/operator")}}, sheet_.in(back));
      });
      write_navigation();
      html_.element("section", {{"class", "block"}, {"aria-labelledby", "keywords"}}, [&] {
        html_.element("h2", {{"id", "keywords"}}, sheet_.in(row_of(facts_.standing).words));
        if (facts_.given) write_taken(sheet_, sheet_.in(row_of(*facts_.given).taken));
        html_.element("p", {}, sheet_.counted(keywords, facts_.matched));
        if (facts_.rows.empty()) {
          html_.element("p", {}, sheet_.in(none));
        } else {
          if (!takes_forms()) {
            html_.element("p", {{"class", "small dim"}}, sheet_.in(only_read));
          }
          write_table();
        }
        write_further();
      });
    });
  }

 private:
  [[nodiscard]] bool takes_forms() const noexcept { return !facts_.token.empty(); }

  void write_navigation() {
    html_.element("nav", {{"class", "row"}, {"aria-label", sheet_.in(navigation_label)}}, [&] {
      for (auto const standing : all_standings) {
        bool const is_this = standing == facts_.standing;
        html_.element(
            "a",
            {{"class", "btn"},
             {"href", sheet_.page(suggestions_path(standing))},
             {"aria-current", is_this ? std::optional<std::string_view>("page") : std::nullopt}},
            sheet_.in(row_of(standing).words));
      }
    });
  }

  void write_table() {
    html_.element("table", {{"class", "table"}, {"aria-labelledby", "keywords"}}, [&] {
      html_.element("thead", {}, [&] {
        html_.element("tr", {}, [&] {
          html_.element("th", {{"scope", "col"}}, sheet_.in(keyword_label));
          html_.element("th", {{"scope", "col"}, {"class", "n"}}, sheet_.in(records_label));
          html_.element("th", {{"scope", "col"}}, sheet_.in(concept_label));
          html_.element("th", {{"scope", "col"}}, sheet_.in(how_label()));
        });
      });
      html_.element("tbody", {}, [&] {
        for (std::size_t place = 0; place < facts_.rows.size(); ++place) {
          write(facts_.rows[place], "decide-" + std::to_string(place));
        }
      });
    });
  }

  [[nodiscard]] Message how_label() const noexcept {
    return takes_forms() ? decision_label : command_label;
  }

  /// \param form  the name of its form
  void write(KeywordSuggestion const& row, std::string const& form) {
    html_.element("tr", {}, [&] {
      html_.element("th", {{"scope", "row"}}, [&] {
        html_.text(row.label);
        write_examples(row);
        write_decision(row);
      });
      html_.element("td", {{"class", "n"}, {"data-label", sheet_.in(records_label)}},
                    number(row.records, sheet_.language()));
      html_.element("td", {{"data-label", sheet_.in(concept_label)}}, [&] {
        for (auto const& candidate : row.candidates) {
          write(candidate);
          if (takes_forms() && !row.decided) write_accept(row, candidate, form);
        }
      });
      html_.element("td", {{"class", "decide"}, {"data-label", sheet_.in(how_label())}}, [&] {
        if (takes_forms()) {
          html_.element("div", {{"class", "row"}}, [&] { write_form(row, form); });
        } else {
          write_commands(row);
        }
      });
    });
  }

  void write_examples(KeywordSuggestion const& row) {
    if (row.examples.empty()) return;
    html_.element("div", {{"class", "small dim"}}, [&] {
      html_.text(sheet_.in(said_by));
      for (bool is_first = true; auto const& id : row.examples) {
        if (!is_first) html_.text(", ");
        is_first = false;
        html_.element("a", {{"href", sheet_.own("/d/" + percent_encoded(id))}}, id);
      }
    });
  }

  void write_decision(KeywordSuggestion const& row) {
    if (!row.decided) return;
    auto const at = moment(*row.decided, sheet_.language());
    html_.element("div", {{"class", "small dim"}},
                  row.author.empty() ? sheet_.filled(decided_at, {at})
                                     : sheet_.filled(decided_by, {at, row.author}));
  }

  void write(CandidateConcept const& candidate) {
    html_.element("div", {}, [&] {
      auto const& label = candidate.label.empty() ? candidate.uri : candidate.label;
      if (candidate.path.empty()) {
        html_.text(label).text(" ").text(sheet_.in(gone));
      } else {
        html_.element("a", {{"href", sheet_.page(candidate.path)}}, label);
        html_.text(" (" + candidate.vocabulary + ")");
      }
      if (!candidate.score) return;
      constexpr double hundred = 100;
      auto const percent = std::lround(*candidate.score * hundred);
      html_.element(
          "div", {{"class", "small dim"}},
          sheet_.filled(like, {std::to_string(percent), candidate.method, candidate.matched}));
    });
  }

  // ---- Forms

  void write_button(Verdict verdict, std::string_view value, Message text, std::string const& name,
                    std::optional<std::string_view> form = std::nullopt) {
    html_.element("button",
                  {{"class", "btn s"},
                   {"type", "submit"},
                   {"name", name_of(verdict)},
                   {"value", value},
                   {"form", form},
                   {"aria-label", name}},
                  sheet_.in(text));
  }

  void write_accept(KeywordSuggestion const& row, CandidateConcept const& candidate,
                    std::string const& form) {
    auto const& label = candidate.label.empty() ? candidate.uri : candidate.label;
    write_button(Verdict::accept, candidate.uri, accept_button,
                 sheet_.filled(accept_name, {row.label, label}), form);
  }

  /// What is decided of a keyword; of its candidates each has its button beside it.
  void write_form(KeywordSuggestion const& row, std::string const& form) {
    write_order(
        row,
        [&] {
          if (row.decided) {
            write_button(Verdict::withdraw, "yes", withdraw_button,
                         sheet_.filled(withdraw_name, {row.label}));
          } else {
            write_button(Verdict::refuse, "yes", refuse_button,
                         sheet_.filled(refuse_name, {row.label}));
          }
        },
        form);
    if (!row.decided) write_other(row, form + "-other");
  }

  /// A concept that was not thought of. Apart: Enter in its field means this, and nothing else.
  void write_other(KeywordSuggestion const& row, std::string const& field) {
    html_.element("details", {}, [&] {
      html_.element("summary",
                    {{"class", "btn s"}, {"aria-label", sheet_.filled(other_name, {row.label})}},
                    sheet_.in(other_summary));
      write_order(row, [&] {
        html_.element("label", {{"for", field}}, sheet_.in(other_label));
        html_.empty("input", {{"type", "text"},
                              {"id", field},
                              {"name", name_of(Verdict::accept)},
                              {"required", true},
                              {"autocomplete", "off"}});
        write_order_button(sheet_, "btn go s", sheet_.in(accept_button));
      });
    });
  }

  template<class Write>
  void write_order(KeywordSuggestion const& row, Write&& write,
                   std::optional<std::string_view> name = std::nullopt) {
    write_order_form(
        sheet_, suggestions_path(facts_.standing, facts_.from), facts_.token,
        [&] {
          html_.empty("input", {{"type", "hidden"}, {"name", "keyword"}, {"value", row.label}});
          write();
        },
        name);
  }

  // ---- Commands

  void write_command(std::string_view verb, KeywordSuggestion const& row, std::string_view uri) {
    auto command =
        "terracat suggestions " + std::string(verb) + " -- " + quoted_for_shell(row.label);
    if (!uri.empty()) command += " " + quoted_for_shell(uri);
    html_.element("div", {}, [&] { html_.element("code", {{"class", "small"}}, command); });
  }

  void write_commands(KeywordSuggestion const& row) {
    if (row.decided) return write_command("withdraw", row, {});
    for (auto const& candidate : row.candidates) write_command("accept", row, candidate.uri);
    write_command("refuse", row, {});
  }

  void write_further() {
    html_.element("p", {{"class", "row"}}, [&] {
      auto const link = [&](std::string_view after, Message words) {
        html_.element(
            "a",
            {{"class", "btn"}, {"href", sheet_.page(suggestions_path(facts_.standing, after))}},
            sheet_.in(words));
      };
      if (!facts_.from.empty()) link({}, beginning);
      if (!facts_.after.empty()) link(facts_.after, behind);
      auto const path = "/api/v1/suggestions?status=" + std::string(name_of(facts_.standing));
      html_.element("a", {{"class", "btn"}, {"href", sheet_.own(path)}}, sheet_.in(as_json));
      html_.element("a", {{"class", "btn"}, {"href", sheet_.own(path + "&f=csv")}},
                    sheet_.in(as_csv));
    });
  }

  Sheet& sheet_;
  Html& html_;
  SuggestionsFacts const& facts_;
};

} // namespace

std::string_view name_of(Standing standing) noexcept {
  return row_of(standing).name;
}

std::string_view name_of(Verdict verdict) noexcept {
  return row_of(verdict).name;
}

std::optional<Verdict> verdict_of(std::string_view name) noexcept {
  auto const* const found =
      std::ranges::find(all_verdicts, name, [](Verdict verdict) { return name_of(verdict); });
  return found == all_verdicts.end() ? std::nullopt : std::optional(*found);
}

std::string suggestions_path(Standing standing, std::string_view from,
                             std::optional<Verdict> given) {
  auto out = "/operator/suggestions?status=" + std::string(name_of(standing));
  if (!from.empty()) out += "&after=" + percent_encoded(from);
  // Whoever reads on, reads on among the keywords.
  if (given) out += "&done=" + std::string(name_of(*given)) + "#keywords";
  return out;
}

std::string suggestions_page(SiteFacts const& site, Language language,
                             SuggestionsFacts const& facts) {
  Sheet sheet(site, language);
  Frame const frame{.title = std::string(sheet.in(title)),
                    .description = std::string(sheet.in(about)),
                    .path = "/operator/suggestions",
                    .json_ld = {},
                    .is_for_engines = false};
  return framed(sheet, frame, [&] { Writer(sheet, facts).write(); });
}

} // namespace terracat::pages
