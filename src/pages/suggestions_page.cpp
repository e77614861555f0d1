#include "pages/suggestions_page.hpp"

#include "pages/frame.hpp"

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
constexpr Message how{
    "Rien ne s’écrit depuis cette page, car un navigateur enverrait votre mot de passe aussi à la "
    "demande d’un autre site : copiez la commande, ou envoyez POST /api/v1/suggestions.",
    "Nothing is written from this page, for a browser would send your password also when another "
    "site asks for it: copy the command, or send POST /api/v1/suggestions."};
constexpr Message navigation_label{"Mots-clés", "Keywords"};
constexpr Message none{"Aucun mot-clé.", "No keyword."};
constexpr Counted keywords{{"{0} mot-clé", "{0} keyword"}, {"{0} mots-clés", "{0} keywords"}};
constexpr Message keyword_label{"Mot-clé", "Keyword"};
constexpr Message records_label{"Fiches", "Records"};
constexpr Message concept_label{"Concept", "Concept"};
constexpr Message command_label{"Commande", "Command"};
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
      html_.element("p", {}, [&] {
        html_.element("a", {{"href", sheet_.page("/operator")}}, sheet_.in(back));
      });
      write_navigation();
      html_.element("section", {{"class", "block"}, {"aria-labelledby", "keywords"}}, [&] {
        html_.element("h2", {{"id", "keywords"}}, sheet_.in(row_of(facts_.standing).words));
        html_.element("p", {}, sheet_.counted(keywords, facts_.matched));
        if (facts_.rows.empty()) {
          html_.element("p", {}, sheet_.in(none));
        } else {
          html_.element("p", {{"class", "small dim"}}, sheet_.in(how));
          write_table();
        }
        write_further();
      });
    });
  }

 private:
  [[nodiscard]] static std::string address(Standing standing, std::string_view after = {}) {
    auto out = "/operator/suggestions?status=" + std::string(name_of(standing));
    if (!after.empty()) out += "&after=" + percent_encoded(after);
    return out;
  }

  void write_navigation() {
    html_.element("nav", {{"class", "row"}, {"aria-label", sheet_.in(navigation_label)}}, [&] {
      for (auto const standing : all_standings) {
        bool const is_this = standing == facts_.standing;
        html_.element(
            "a",
            {{"class", "btn"},
             {"href", sheet_.page(address(standing))},
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
          html_.element("th", {{"scope", "col"}}, sheet_.in(command_label));
        });
      });
      html_.element("tbody", {}, [&] {
        for (auto const& row : facts_.rows) write(row);
      });
    });
  }

  void write(KeywordSuggestion const& row) {
    html_.element("tr", {}, [&] {
      html_.element("th", {{"scope", "row"}}, [&] {
        html_.text(row.label);
        write_examples(row);
        write_decision(row);
      });
      html_.element("td", {{"class", "n"}, {"data-label", sheet_.in(records_label)}},
                    number(row.records, sheet_.language()));
      html_.element("td", {{"data-label", sheet_.in(concept_label)}}, [&] {
        for (auto const& candidate : row.candidates) write(candidate);
      });
      html_.element("td", {{"data-label", sheet_.in(command_label)}}, [&] { write_commands(row); });
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
        html_.element("a",
                      {{"class", "btn"}, {"href", sheet_.page(address(facts_.standing, after))}},
                      sheet_.in(words));
      };
      if (!facts_.is_first) link({}, beginning);
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
