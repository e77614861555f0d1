#include "pages/items_page.hpp"

#include "pages/filter_fields.hpp"
#include "pages/frame.hpp"
#include "pages/items_list.hpp"
#include "pages/signs.hpp"
#include "pages/zone_fields.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>

namespace terracat::pages {
namespace {

constexpr Message data{"Données", "Data"};
constexpr Message items_label{"Images et fichiers", "Images and files"};
constexpr Message title_of{"Images et fichiers de « {0} »", "Images and files of “{0}”"};
constexpr Message about{"Les images ou fichiers de ce jeu de données, par date, lieu et nuages.",
                        "The images or files of this data set, by date, place and clouds."};
constexpr Message lead{"Filtrez par date et par lieu, puis téléchargez.",
                       "Filter by date and place, then download."};
constexpr Message filters{"Filtres", "Filters"};
constexpr Message period_label{"Période", "Period"};
constexpr Message from_label{"Du", "From"};
constexpr Message to_label{"Au", "To"};
constexpr Message zone{"Zone", "Area"};
constexpr Message clouds{"Nuages", "Clouds"};
constexpr Message most_clouds{"Au plus, en %", "At most, in %"};
constexpr Message sort_label{"Classer", "Sort"};
constexpr Message apply{"Filtrer", "Filter"};
constexpr Message all_again{"Retirer les filtres", "Remove the filters"};
constexpr Message mend{"Corrigez le champ marqué, puis filtrez à nouveau.",
                       "Mend the field that is marked, then filter again."};
constexpr Message results_label{"Images et fichiers trouvés", "Images and files found"};
constexpr Message nothing{"Rien ne réunit ces conditions", "Nothing meets these conditions"};
constexpr Message none_listed{"Le catalogue ne liste aucune image de ce jeu de données",
                              "The catalogue lists no images of this data set"};
constexpr Message back{"Retour au jeu de données", "Back to the data set"};
constexpr Message view_label{"Présentation", "View"};
constexpr Message as_pictures{"Vignettes", "Pictures"};
constexpr Message as_table{"Tableau", "Table"};
constexpr Message pages_label{"Pages de la liste", "Pages of the list"};
constexpr Message next{"Suivants", "Next"};
constexpr Message previous{"Précédents", "Previous"};
constexpr Message by_api{"La même liste par l’API", "The same list by the API"};
constexpr Message by_api_text{"La recherche STAC que fait cette page, prête à copier.",
                              "The STAC search that this page makes, ready to copy."};
constexpr Message addresses{"Adresses des fichiers de cette page",
                            "Addresses of this page’s files"};
constexpr Message addresses_text{
    "Une adresse par ligne : gardées dans un fichier, « wget -i » les prend toutes.",
    "One address a line: kept in a file, “wget -i” takes them all."};
constexpr Counted found{{"{0} image ou fichier", "{0} image or file"},
                        {"{0} images ou fichiers", "{0} images or files"}};
constexpr Message some_found{"Images et fichiers", "Images and files"};

struct SortRow {
  ItemSort sort;
  std::string_view name; ///< in addresses
  Message words;
};

constexpr std::array sorts{
    SortRow{ItemSort::newest, "", {"Les plus récents d’abord", "Newest first"}},
    SortRow{ItemSort::oldest, "oldest", {"Les plus anciens d’abord", "Oldest first"}},
    SortRow{ItemSort::clearest, "clouds", {"Les moins nuageux d’abord", "Least clouds first"}},
};

std::string path_of(Resource const& resource, ItemsQuestion const& question,
                    std::string_view token = {}) {
  auto out = path_of_items(resource);
  char between = '?';
  auto const add = [&](std::string_view name, std::string_view value) {
    if (value.empty()) return;
    out += between + std::string(name) + "=" + percent_encoded(value);
    between = '&';
  };
  add("from", question.from);
  add("to", question.to);
  add("bbox", question.bbox);
  add("area", question.area);
  add("cloud", question.cloud);
  add("sort", name_of(question.sort));
  add("view", question.as_table ? "table" : "");
  add("token", token);
  return out;
}

class Writer {
 public:
  Writer(Sheet& sheet, ItemsFacts const& facts)
      : sheet_(sheet), html_(sheet.html), facts_(facts), question_(facts.question) {}

  void write() {
    html_.element("form",
                  {{"id", "items"},
                   {"action", sheet_.page(path_of_items(facts_.resource))},
                   {"data-live", true},
                   {"data-auto", true}},
                  [&] {
                    html_.element("div", {{"class", "found wrap"}}, [&] {
                      write_filters();
                      write_results();
                      // The script draws a map of the items here.
                      html_.element("div",
                                    {{"class", "mapcol"},
                                     {"data-map", true},
                                     {"data-zone", "bbox"},
                                     {"data-area", "area"},
                                     {"data-tiles", unless_empty(sheet_.site().map_tiles)},
                                     {"data-credit", unless_empty(sheet_.site().map_credit)},
                                     {"data-region", "map"},
                                     {"data-keep", true}},
                                    "");
                    });
                  });
  }

 private:
  // ---- Filters

  template<class Write>
  void write_group(Message label, Write&& write) {
    html_.element("fieldset", {{"class", "facet"}}, [&] {
      html_.element("legend", {}, sheet_.in(label));
      write();
    });
  }

  void write_field(std::string_view name, std::string_view value, Message label,
                   std::optional<std::string_view> hint_id) {
    html_.element("div", {}, [&] {
      write_text_field(sheet_, {.name = name,
                                .value = value,
                                .label = label,
                                .hint_id = hint_id,
                                .is_wrong = facts_.wrong == name});
    });
  }

  void write_hint(std::string_view id, Message text) {
    html_.element("p", {{"class", "hint"}, {"id", id}}, sheet_.in(text));
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
          write_group(period_label, [&] {
            html_.element("div", {{"class", "pair"}}, [&] {
              write_field("from", question_.from, from_label, "period-hint");
              write_field("to", question_.to, to_label, "period-hint");
            });
            write_hint("period-hint", period_hint);
          });
          write_group(zone, [&] {
            write_zone_fields(sheet_, question_.bbox, question_.area, facts_.wrong);
          });
          if (facts_.has_clouds) {
            write_group(clouds,
                        [&] { write_field("cloud", question_.cloud, most_clouds, std::nullopt); });
          }
          if (question_.as_table) {
            html_.empty("input", {{"type", "hidden"}, {"name", "view"}, {"value", "table"}});
          }
          html_.element("button", {{"type", "submit"}, {"class", "btn"}, {"data-submit", true}},
                        sheet_.in(apply));
          if (question_.is_empty()) return;
          auto rest = ItemsQuestion{.sort = question_.sort, .as_table = question_.as_table};
          html_.element("a",
                        {{"class", "btn s"}, {"href", sheet_.page(path_of(facts_.resource, rest))}},
                        sheet_.in(all_again));
        });
  }

  // ---- Results

  void write_results() {
    html_.element("section",
                  {{"class", "results wide"},
                   {"aria-label", sheet_.in(results_label)},
                   {"data-region", "results"}},
                  [&] {
                    html_.element("a", {{"class", "btn s narrow"}, {"href", Url::own("#filters")}},
                                  sheet_.in(filters));
                    if (!facts_.wrong.empty()) {
                      html_.element("h2", {{"data-said", true}}, sheet_.in(cannot_be_read));
                      html_.element("p", {{"class", "lead"}}, sheet_.in(mend));
                    } else if (facts_.items.empty()) {
                      write_nothing();
                    } else {
                      write_list();
                    }
                  });
  }

  void write_nothing() {
    html_.element("h2", {{"data-said", true}},
                  sheet_.in(question_.is_empty() ? none_listed : nothing));
    html_.element("p", {}, [&] {
      html_.element("a", {{"class", "btn"}, {"href", sheet_.page(path_of(facts_.resource))}},
                    sheet_.in(back));
    });
  }

  void write_list() {
    bool const has_pictures = std::ranges::any_of(
        facts_.items, [](ShownItem const& one) { return !one.picture.empty(); });
    html_.element("div", {{"class", "between"}}, [&] {
      html_.element("h2", {{"class", "res"}, {"data-said", true}},
                    facts_.matched ? sheet_.counted(found, *facts_.matched)
                                   : std::string(sheet_.in(some_found)));
      html_.element("div", {{"class", "row"}}, [&] {
        write_sort();
        if (has_pictures) write_views();
      });
    });
    if (has_pictures && !question_.as_table) {
      write_pictures(sheet_, facts_.items);
    } else {
      write_table(sheet_, facts_.items, facts_.has_clouds);
    }
    write_pager();
    write_same_elsewhere();
  }

  void write_sort() {
    html_.element("div", {{"class", "sort"}}, [&] {
      html_.element("label", {{"for", "sort"}, {"class", "vh"}}, sheet_.in(sort_label));
      html_.element("select", {{"id", "sort"}, {"name", "sort"}}, [&] {
        for (auto const& row : sorts) {
          if (row.sort == ItemSort::clearest && !facts_.has_clouds) continue;
          html_.element("option", {{"value", row.name}, {"selected", row.sort == question_.sort}},
                        sheet_.in(row.words));
        }
      });
      html_.element("button", {{"type", "submit"}, {"class", "btn s"}, {"data-submit", true}},
                    sheet_.in(sort_label));
    });
  }

  void write_views() {
    html_.element(
        "div", {{"class", "views"}, {"role", "group"}, {"aria-label", sheet_.in(view_label)}}, [&] {
          for (auto const is_table : {false, true}) {
            auto there = question_;
            there.as_table = is_table;
            auto const current = is_table == question_.as_table
                                     ? std::optional<std::string_view>("true")
                                     : std::nullopt;
            html_.element("a",
                          {{"class", "btn s"},
                           {"href", sheet_.page(path_of(facts_.resource, there))},
                           {"aria-current", current}},
                          sheet_.in(is_table ? as_table : as_pictures));
          }
        });
  }

  void write_pager() {
    if (!facts_.previous && !facts_.next) return;
    html_.element("nav", {{"class", "pager"}, {"aria-label", sheet_.in(pages_label)}}, [&] {
      auto const link = [&](std::optional<std::string_view> token, Message label, bool is_next) {
        if (!token) return;
        auto const path = path_of(facts_.resource, question_, *token);
        html_.element(
            "a",
            {{"class", "btn"}, {"rel", is_next ? "next" : "prev"}, {"href", sheet_.page(path)}},
            [&] {
              if (!is_next) html_.markup(sign::left);
              html_.text(sheet_.in(label));
              if (is_next) html_.markup(sign::right);
            });
      };
      link(facts_.previous, previous, false);
      link(facts_.next, pages::next, true);
    });
  }

  // ---- The same elsewhere

  void write_same_elsewhere() {
    html_.element("section", {{"class", "box"}, {"aria-labelledby", "by-api"}}, [&] {
      html_.element("h2", {{"id", "by-api"}}, sheet_.in(by_api));
      html_.element("p", {}, sheet_.in(by_api_text));
      html_.element("div", {{"data-copy", true}}, [&] {
        html_.element("pre", {{"tabindex", "0"}}, [&] {
          html_.element("code", {}, [&] {
            html_.element("a", {{"href", sheet_.own(facts_.api_path)}},
                          std::string(sheet_.site().url) + facts_.api_path);
          });
        });
      });
      auto const list = file_list(sheet_, facts_.items);
      if (list.empty()) return;
      html_.element("details", {{"class", "folded"}, {"data-copy", true}}, [&] {
        html_.element("summary", {}, sheet_.in(addresses));
        html_.element("p", {{"class", "small"}}, sheet_.in(addresses_text));
        html_.element("pre", {{"tabindex", "0"}}, [&] { html_.element("code", {}, list); });
      });
    });
  }

  Sheet& sheet_;
  Html& html_;
  ItemsFacts const& facts_;
  ItemsQuestion const& question_;
};

} // namespace

std::string_view name_of(ItemSort sort) noexcept {
  return std::ranges::find(sorts, sort, &SortRow::sort)->name;
}

ItemSort item_sort_named(std::string_view name) noexcept {
  auto const* const row = std::ranges::find(sorts, name, &SortRow::name);
  return row == sorts.end() ? ItemSort::newest : row->sort;
}

std::string path_of_items(Resource const& resource) {
  return path_of(resource) + "/items";
}

std::string items_page(SiteFacts const& site, Language language, ItemsFacts const& facts) {
  Sheet sheet(site, language);
  auto& html = sheet.html;
  auto const title = best(facts.resource.record->title, language);
  auto const name = sheet.filled(title_of, {title.text});
  Frame const frame{.title = name,
                    .description = std::string(sheet.in(about)),
                    .path = path_of(facts.resource, facts.question),
                    .json_ld = {},
                    .is_for_engines = false,
                    .section = "/search"};
  std::array<Crumb, 3> const crumbs{{{std::string(sheet.in(data)), "/search"},
                                     {std::string(title.text), path_of(facts.resource)},
                                     {std::string(sheet.in(items_label)), {}}}};
  return framed(sheet, frame, [&] {
    write_crumbs(sheet, crumbs);
    html.element("div", {{"class", "wrap record-head"}}, [&] {
      html.element("h1", {}, [&] {
        auto const words = sheet.in(title_of);
        constexpr std::string_view place = "{0}";
        auto const at = words.find(place);
        html.text(words.substr(0, at));
        sheet.element("span", std::nullopt, title);
        html.text(words.substr(at + place.size()));
      });
      html.element("p", {{"class", "lead"}}, sheet.in(lead));
    });
    Writer(sheet, facts).write();
  });
}

} // namespace terracat::pages
