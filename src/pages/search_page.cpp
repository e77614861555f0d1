#include "pages/search_page.hpp"

#include "pages/asked.hpp"
#include "pages/filter_fields.hpp"
#include "pages/frame.hpp"
#include "pages/signs.hpp"
#include "pages/zone_fields.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>

namespace terracat::pages {
namespace {

constexpr Message data{"Données", "Data"};
constexpr Message title_of{"{0} – recherche", "{0} – search"};
constexpr Message about{
    "Jeux de données et ressources du catalogue : par mots, sujet, centre, période et zone.",
    "Data sets and resources of the catalogue: by words, subject, centre, period and area."};
constexpr Message filters{"Filtres", "Filters"};
constexpr Message all_centres{"Tous", "All"};
constexpr Message kind_label{"Type", "Type"};
constexpr Message sort_label{"Classer", "Sort"};
constexpr Message apply{"Appliquer", "Apply"};
constexpr Message mend{"Corrigez le champ marqué, puis cherchez à nouveau.",
                       "Mend the field that is marked, then search again."};
constexpr Message results_label{"Résultats", "Results"};
constexpr Message pages_label{"Pages de résultats", "Pages of results"};
constexpr Message next{"Résultats suivants", "Next results"};
constexpr Message previous{"Résultats précédents", "Previous results"};
constexpr Message range{"{0} à {1} sur {2}", "{0} to {1} of {2}"};
constexpr Message nothing{"Rien ne réunit ces conditions", "Nothing meets these conditions"};
constexpr Message nothing_at_all{"Le catalogue n’a rien de ce type",
                                 "The catalogue has nothing of this kind"};
constexpr Message relax{"En retirant une condition, il en reste :",
                        "Without one of the conditions there are:"};
constexpr Message no_relax{"Essayez d’autres mots, ou parcourez tous les jeux de données.",
                           "Try other words, or go through all data sets."};
constexpr Message browse{"Tous les jeux de données", "All data sets"};
constexpr Message beyond{"Il n’y a pas de page {0}", "There is no page {0}"};
constexpr Message first_page{"Première page des résultats", "First page of results"};
constexpr Counted datasets{{"{0} jeu de données", "{0} data set"},
                           {"{0} jeux de données", "{0} data sets"}};
constexpr Counted others{{"{0} autre ressource", "{0} other resource"},
                         {"{0} autres ressources", "{0} other resources"}};

constexpr Message more_than{"Plus de {0}", "More than {0}"};

struct SortRow {
  Sort sort;
  Message words;
};

constexpr Message by_title{"Par titre", "By title"};
constexpr Message best_first{"Par pertinence", "Best match first"};

constexpr std::array sorts{
    SortRow{Sort::standard, best_first},
    SortRow{Sort::title, by_title},
    SortRow{Sort::updated, {"Fiche mise à jour récemment", "Record updated recently"}},
    SortRow{Sort::start, {"Les plus anciens d’abord", "Earliest period first"}},
    SortRow{Sort::end, {"Les plus récents d’abord", "Latest period first"}},
};

struct KindRow {
  Kind kind;
  Message words;
};

constexpr std::array kinds{
    KindRow{Kind::datasets, {"Jeux de données", "Data sets"}},
    KindRow{Kind::others, {"Services, logiciels et autres", "Services, software and others"}},
};

struct RelaxRow {
  Relaxation::Without without;
  Message words;
};

constexpr std::array relaxed{
    RelaxRow{Relaxation::Without::words, {"sans les mots", "without the words"}},
    RelaxRow{Relaxation::Without::place, {"sans se limiter au lieu", "wherever it is"}},
    RelaxRow{Relaxation::Without::topic, {"sans la notion", "without the concept"}},
    RelaxRow{Relaxation::Without::choices, {"sans les cases cochées", "without the ticked boxes"}},
    RelaxRow{Relaxation::Without::pole, {"dans tous les centres", "in all centres"}},
    RelaxRow{Relaxation::Without::period, {"sans la période", "without the period"}},
    RelaxRow{Relaxation::Without::bbox, {"sans la zone", "without the area"}},
};

/// Boxes that are all dead say nothing.
bool can_be_ticked(FacetFacts const& facts) {
  return std::ranges::any_of(facts.options, [](FacetOption const& option) {
    return option.is_chosen || option.count != std::optional<std::size_t>(0);
  });
}

class Writer {
 public:
  Writer(Sheet& sheet, SearchFacts const& facts)
      : sheet_(sheet), html_(sheet.html), facts_(facts), question_(facts.question) {}

  void write() {
    html_.element("h1", {{"class", "vh"}, {"data-region", "heading"}}, heading());
    html_.element("form",
                  {{"id", "search"},
                   {"role", "search"},
                   {"action", sheet_.page("/search")},
                   {"data-suggest", suggest_address(sheet_).text()},
                   {"data-datasets", dataset_address(sheet_).text()},
                   {"data-live", true},
                   {"data-auto", true},
                   {"data-history", true}},
                  [&] {
                    html_.element("div", {{"class", "ask"}}, [&] {
                      html_.element("div", {{"class", "wrap"}}, [&] {
                        html_.element("div", {{"class", "find s"}},
                                      [&] { write_question(sheet_, question_.words); });
                        html_.element("div", {{"data-region", "asked"}},
                                      [&] { write_asked(sheet_, facts_); });
                      });
                    });
                    html_.element("div", {{"class", "found wrap"}}, [&] {
                      write_filters();
                      write_results();
                      // The script draws a map of the results here.
                      html_.element("div",
                                    {{"class", "mapcol"},
                                     {"data-map", true},
                                     {"data-zone", "bbox"},
                                     {"data-area", "area"},
                                     {"data-datasets", dataset_address(sheet_).text()},
                                     {"data-footprints", footprints()},
                                     {"data-tiles", unless_empty(sheet_.site().map_tiles)},
                                     {"data-credit", unless_empty(sheet_.site().map_credit)},
                                     {"data-region", "map"},
                                     {"data-keep", true}},
                                    "");
                    });
                  });
  }

 private:
  [[nodiscard]] std::optional<std::string_view> footprints() {
    if (facts_.footprints.empty()) return std::nullopt;
    footprints_ = sheet_.own(facts_.footprints).text();
    return footprints_;
  }

  [[nodiscard]] std::string heading() const {
    return question_.words.empty() ? std::string(sheet_.in(data))
                                   : sheet_.filled(title_of, {question_.words});
  }

  // ---- Filters

  template<class Write>
  void write_group(Message label, Write&& write) {
    html_.element("fieldset", {{"class", "facet"}}, [&] {
      html_.element("legend", {}, sheet_.in(label));
      write();
    });
  }

  void write_choice(std::string_view name, std::string_view value, bool is_chosen,
                    std::string_view label, std::string const& count) {
    auto const id = std::string(name) + "-" + std::string(value.empty() ? "all" : value);
    html_.element("div", {{"class", "choice"}}, [&] {
      html_.empty("input", {{"type", "radio"},
                            {"id", id},
                            {"name", name},
                            {"value", value},
                            {"checked", is_chosen}});
      html_.element("label", {{"for", id}}, label);
      html_.element("span", {{"class", "count"}}, count);
    });
  }

  void write_field(std::string_view name, std::string_view value, Message label,
                   std::string_view hint_id) {
    html_.element("div", {}, [&] {
      write_text_field(sheet_, {.name = name,
                                .value = value,
                                .label = label,
                                .hint_id = hint_id,
                                .is_wrong = facts_.wrong == name});
    });
  }

  void write_filters() {
    html_.element(
        "div",
        {{"class", "filters"},
         {"id", "filters"},
         {"role", "group"},
         {"aria-label", sheet_.in(filters)},
         {"data-region", "filters"}},
        [&] {
          if (!question_.concept_uri.empty()) {
            html_.empty(
                "input",
                {{"type", "hidden"}, {"name", "concept"}, {"value", question_.concept_uri}});
          }
          if (question_.has_words_alone) {
            html_.empty("input", {{"type", "hidden"}, {"name", "place"}, {"value", "words"}});
          }
          for (auto const& facet : facts_.facets) {
            if (can_be_ticked(facet)) write_facet(sheet_, facet);
          }
          bool const is_nothing = facts_.matched == 0 && facts_.wrong.empty();
          if (!facts_.poles.empty() && (!is_nothing || !question_.pole.empty())) write_centres();
          write_group(period_label, [&] {
            write_decades(sheet_, facts_.decades);
            html_.element("div", {{"class", "pair"}}, [&] {
              write_field("from", question_.from, from_label, "period-hint");
              write_field("to", question_.to, to_label, "period-hint");
            });
            html_.element("p", {{"class", "hint"}, {"id", "period-hint"}}, sheet_.in(period_hint));
          });
          write_group(zone, [&] {
            write_zone_fields(sheet_, question_.bbox, question_.area, facts_.wrong);
          });
          write_group(kind_label, [&] {
            for (auto const& row : kinds) {
              write_choice("type", name_of(row.kind), row.kind == question_.kind,
                           sheet_.in(row.words), {});
            }
          });
          html_.element("button", {{"type", "submit"}, {"class", "btn"}, {"data-submit", true}},
                        sheet_.in(apply));
        });
  }

  void write_centres() {
    write_group(centre, [&] {
      write_choice("pole", "", question_.pole.empty(), sheet_.in(all_centres), {});
      for (auto const& pole : facts_.poles) {
        write_choice("pole", pole.name, pole.name == question_.pole, pole.title,
                     facts_.wrong.empty() ? number(pole.datasets, sheet_.language()) : "");
      }
    });
  }

  // ---- Results

  [[nodiscard]] Counted const& counted_kind() const noexcept {
    return question_.kind == Kind::datasets ? datasets : others;
  }

  void write_sort() {
    html_.element("div", {{"class", "sort"}}, [&] {
      html_.element("label", {{"for", "sort"}, {"class", "vh"}}, sheet_.in(sort_label));
      html_.element("select", {{"id", "sort"}, {"name", "sort"}}, [&] {
        bool const has_words = !question_.words.empty();
        for (auto const& row : sorts) {
          if (!has_words && row.sort == Sort::title) continue; // that is the standard then
          bool const is_standard_without_words = !has_words && row.sort == Sort::standard;
          html_.element("option",
                        {{"value", name_of(row.sort)}, {"selected", row.sort == question_.sort}},
                        sheet_.in(is_standard_without_words ? by_title : row.words));
        }
      });
      html_.element("button", {{"type", "submit"}, {"class", "btn s"}, {"data-submit", true}},
                    sheet_.in(sort_label));
    });
  }

  void write_results() {
    html_.element("section",
                  {{"class", "results"},
                   {"aria-label", sheet_.in(results_label)},
                   {"data-region", "results"}},
                  [&] {
                    // Where the window is narrow, the filters stand below the results.
                    html_.element("a", {{"class", "btn s narrow"}, {"href", Url::own("#filters")}},
                                  sheet_.in(filters));
                    if (!facts_.wrong.empty()) {
                      html_.element("h2", {}, sheet_.in(cannot_be_read));
                      html_.element("p", {{"class", "lead"}}, sheet_.in(mend));
                    } else if (facts_.matched == 0) {
                      write_nothing();
                    } else if (facts_.results.empty()) {
                      write_beyond();
                    } else {
                      write_list();
                    }
                  });
  }

  void write_list() {
    html_.element("div", {{"class", "between"}}, [&] {
      html_.element("h2", {{"class", "res"}, {"data-said", true}},
                    facts_.has_more
                        ? sheet_.filled(more_than, {sheet_.counted(counted_kind(), facts_.matched)})
                        : sheet_.counted(counted_kind(), facts_.matched));
      write_sort();
    });
    // The script puts the button here that keeps the question on the reader's device.
    if (!question_.is_empty()) {
      html_.element("span", {{"class", "keeper"}, {"data-save-search", true}}, "");
    }
    html_.element("ol", {{"class", "cards"}, {"start", std::to_string(first())}}, [&] {
      for (auto const& [resource, reasons] : facts_.results) {
        write_card(sheet_, resource, reasons);
      }
    });
    write_pager();
  }

  [[nodiscard]] std::size_t first() const noexcept {
    return (question_.page - 1) * facts_.per_page + 1;
  }

  void write_page_link(Message label, std::size_t page, std::string_view rel) {
    auto there = question_;
    there.page = page;
    html_.element("a", {{"class", "btn"}, {"rel", rel}, {"href", sheet_.page(path_of(there))}},
                  [&] {
                    if (rel == "prev") html_.markup(sign::left);
                    html_.text(sheet_.in(label));
                    if (rel == "next") html_.markup(sign::right);
                  });
  }

  void write_pager() {
    auto const last = first() + facts_.results.size() - 1;
    auto const language = sheet_.language();
    html_.element("nav", {{"class", "pager"}, {"aria-label", sheet_.in(pages_label)}}, [&] {
      html_.element("p", {{"class", "small dim"}},
                    sheet_.filled(range, {number(first(), language), number(last, language),
                                          number(facts_.matched, language)}));
      if (question_.page > 1) write_page_link(previous, question_.page - 1, "prev");
      if (last < facts_.matched) write_page_link(next, question_.page + 1, "next");
    });
  }

  void write_beyond() {
    html_.element("h2", {}, sheet_.filled(beyond, {std::to_string(question_.page)}));
    auto there = question_;
    there.page = 1;
    html_.element("p", {}, [&] {
      html_.element("a", {{"class", "btn"}, {"href", sheet_.page(path_of(there))}},
                    sheet_.in(first_page));
    });
  }

  void write_nothing() {
    html_.element("h2", {{"data-said", true}},
                  sheet_.in(question_.is_empty() ? nothing_at_all : nothing));
    if (facts_.relaxations.empty()) {
      html_.element("p", {{"class", "lead"}}, sheet_.in(no_relax));
      html_.element("p", {}, [&] {
        html_.element("a", {{"class", "btn"}, {"href", sheet_.page("/search")}}, sheet_.in(browse));
      });
      return;
    }
    html_.element("p", {{"class", "lead"}}, sheet_.in(relax));
    html_.element("ul", {{"class", "relax"}}, [&] {
      for (auto const& relaxation : facts_.relaxations) {
        html_.element("li", {}, [&] {
          html_.element(
              "a", {{"href", sheet_.page(path_of(without_part(question_, relaxation.without)))}},
              [&] {
                html_.element("b", {}, number(relaxation.count, sheet_.language()));
                html_.element(
                    "span", {},
                    sheet_.in(
                        std::ranges::find(relaxed, relaxation.without, &RelaxRow::without)->words));
                html_.markup(sign::right);
              });
        });
      }
    });
  }

  Sheet& sheet_;
  Html& html_;
  SearchFacts const& facts_;
  Question const& question_;
  std::string footprints_;
};

} // namespace

std::string search_page(SiteFacts const& site, Language language, SearchFacts const& facts) {
  Sheet sheet(site, language);
  auto const& words = facts.question.words;
  Frame const frame{.title = words.empty() ? std::string(sheet.in(data))
                                           : sheet.filled(title_of, {words}),
                    .description = std::string(sheet.in(about)),
                    .path = path_of(facts.question),
                    .json_ld = {},
                    .is_for_engines = facts.question.is_empty(),
                    .section = "/search"};
  return framed(sheet, frame, [&] { Writer(sheet, facts).write(); });
}

} // namespace terracat::pages
