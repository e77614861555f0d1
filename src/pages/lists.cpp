#include "pages/lists.hpp"

#include "pages/centre_pages.hpp"
#include "pages/record_words.hpp"
#include "pages/signs.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace terracat::pages {
namespace {

constexpr Message whose{"Centre de données {0}", "Data centre {0}"};
constexpr Message breadcrumb{"Fil d’Ariane", "Breadcrumb"};
constexpr Message open_licence{"Licence ouverte", "Open licence"};
constexpr Message no_period{"période non renseignée par le producteur",
                            "period not stated by the producer"};
constexpr Message no_place{"lieu non renseigné par le producteur",
                           "place not stated by the producer"};
constexpr Message updated_on{"mis à jour : {0}", "updated: {0}"};
constexpr Message others{"{0} de plus", "{0} more"};
constexpr Counted files{{"{0} image ou fichier", "{0} image or file"},
                        {"{0} images ou fichiers", "{0} images or files"}};

constexpr std::size_t summary_length = 220;
constexpr std::size_t few = 2; // are not worth folding
constexpr std::size_t most_boxes = 50;

// The axis of the small drawing of a period.
constexpr int first_year = 1950;
constexpr int last_year = 2030;
constexpr int axis_width = 110;

std::string at_year(std::int64_t year) {
  auto const within = std::clamp<std::int64_t>(year, first_year, last_year) - first_year;
  return std::to_string(within * axis_width / (last_year - first_year));
}

/// A line from 1950 to 2030 with the period on it; the words beside it say the same.
void write_years(Html& html, model::Interval const& interval) {
  auto const first = interval.first();
  auto const last = interval.last();
  auto const from = at_year(first ? first->date().year : first_year);
  auto const to = at_year(last ? last->date().year + 1 : last_year);
  auto const width = std::to_string(std::max(2, std::stoi(to) - std::stoi(from)));
  html.element(
      "svg", {{"class", "years"}, {"viewBox", "0 0 110 12"}, {"aria-hidden", "true"}}, [&] {
        html.markup(R"(<path class="axis" d="M0 9h110M0 6v6M55 6v6M110 6v6"/>)");
        html.element("rect", {{"x", from}, {"y", "3"}, {"width", width}, {"height", "6"}}, "");
      });
}

/// Not by its colour alone.
void write_missing(Sheet& sheet, Message what) {
  auto& html = sheet.html;
  html.element("span", {{"class", "miss"}},
               [&] { html.markup(sign::warning).text(" ").text(sheet.in(what)); });
}

void write_facts(Sheet& sheet, Resource const& resource) {
  auto& html = sheet.html;
  auto const& record = resource.record;
  auto const language = sheet.language();
  html.element("p", {{"class", "facts"}}, [&] {
    auto const fact = [&](std::string const& text) {
      if (!text.empty()) html.element("span", {}, text);
    };
    fact(detail(record, language));
    auto const place = where(record, language);
    if (place.empty()) {
      write_missing(sheet, no_place);
    } else {
      fact(shortened(place, 90));
    }
  });
  html.element("p", {{"class", "facts"}}, [&] {
    if (auto const interval = record.period()) {
      html.element("span", {}, [&] {
        write_years(html, *interval);
        html.text(period(*interval, language));
      });
    } else {
      write_missing(sheet, no_period);
    }
  });
}

void write_signs(Sheet& sheet, Resource const& resource) {
  auto& html = sheet.html;
  auto const& record = resource.record;
  html.element("p", {{"class", "meta"}}, [&] {
    if (!record.is_collection()) {
      html.element("span", {{"class", "type"}}, sheet.in(type_name(record->type)));
    }
    write_pole_link(sheet, resource.pole, resource.pole_title);
    if (is_open(record)) {
      html.element("span", {{"class", "access"}},
                   [&] { html.markup(sign::open_lock).text(sheet.in(open_licence)); });
    }
    auto formats = formats_of(record, sheet.language());
    if (formats.size() > 3) formats.resize(3);
    auto const note = [&](std::string const& text) {
      if (!text.empty()) html.element("span", {{"class", "micro dim"}}, text);
    };
    note(listed(formats));
    if (resource.items > 0) {
      note(sheet.counted(files, static_cast<std::size_t>(resource.items)));
    }
    if (auto const last = updated(record)) {
      note(sheet.filled(updated_on, {date(*last, sheet.language())}));
    }
  });
}

void add_number(std::string& out, double value) {
  std::array<char, 32> digits{};
  auto* const end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  out.append(digits.data(), end);
}

/// "5,43,8,46;10,50,10,50": the boxes that the record tells, for the map.
std::string boxes_of(model::Record const& record) {
  std::string out;
  std::size_t count = 0;
  for (auto const& extent : record->spatial) {
    if (!extent.geometry || count == most_boxes) continue;
    ++count;
    auto const& box = extent.geometry->bbox();
    for (auto const value : {box.west(), box.south(), box.east(), box.north()}) {
      if (!out.empty() && out.back() != ';') out += ',';
      add_number(out, value);
    }
    out += ';';
  }
  if (!out.empty()) out.pop_back();
  return out;
}

void write_reasons(Sheet& sheet, std::span<Reason const> reasons) {
  auto& html = sheet.html;
  if (reasons.empty()) return;
  html.element("ul", {{"class", "why"}}, [&] {
    for (auto const& reason : reasons) {
      html.element("li", {}, [&] {
        html.element("mark", {}, reason.word);
        html.text(" → ").text(sheet.in(reason.what));
        if (!reason.text.empty()) html.text(" ").element("b", {}, reason.text);
      });
    }
  });
}

} // namespace

std::string path_of(Resource const& resource) {
  auto const id = percent_encoded(resource.id);
  if (resource.record.is_collection()) return "/datasets/" + id;
  return "/resources/" + percent_encoded(resource.record->type) + "/" + id;
}

void write_pole_link(Sheet& sheet, std::string_view name, std::string_view title) {
  if (name.empty()) return;
  sheet.html.element("a",
                     {{"class", "pole"},
                      {"href", sheet.page(path_of_centre(name))},
                      {"title", sheet.filled(whose, {title})}},
                     title);
}

void write_crumbs(Sheet& sheet, std::span<Crumb const> crumbs) {
  auto& html = sheet.html;
  html.element("nav", {{"class", "wrap crumbs"}, {"aria-label", sheet.in(breadcrumb)}}, [&] {
    html.element("ol", {}, [&] {
      for (auto const& crumb : crumbs) {
        html.element("li", {}, [&] {
          if (crumb.path.empty()) {
            html.element("span", {{"aria-current", "page"}}, crumb.label);
          } else {
            html.element("a", {{"href", sheet.page(crumb.path)}}, crumb.label);
          }
        });
      }
    });
  });
}

void write_folding(Sheet& sheet, std::string_view style, std::size_t count, std::size_t seen,
                   std::function<void(std::size_t)> const& write) {
  auto& html = sheet.html;
  auto const write_some = [&](std::size_t from, std::size_t to) {
    html.element("ul", {{"class", style}}, [&] {
      for (auto place = from; place < to; ++place) write(place);
    });
  };
  auto const open = count <= seen + few ? count : seen;
  write_some(0, open);
  if (open == count) return;
  html.element("details", {{"class", "folded rest"}}, [&] {
    html.element("summary", {}, sheet.filled(others, {number(count - open, sheet.language())}));
    write_some(open, count);
  });
}

void write_card(Sheet& sheet, Resource const& resource, std::span<Reason const> reasons) {
  auto& html = sheet.html;
  auto const& record = resource.record;
  auto const title = best(record->title, sheet.language());
  html.element(
      "li", {{"class", "card"}, {"data-record", resource.id}, {"data-bbox", boxes_of(record)}},
      [&] {
        write_core(sheet, resource.strata);
        html.element("article", {}, [&] {
          html.element("h3", {}, [&] {
            html.element("a",
                         {{"href", sheet.page(path_of(resource))}, {"lang", sheet.lang(title)}},
                         title.text);
          });
          auto const text = best(record->description, sheet.language());
          auto summary = plain_summary(record);
          if (summary.empty()) summary = shortened(text.text, summary_length);
          if (!summary.empty()) sheet.element("p", "sum", {summary, text.language});
          write_reasons(sheet, reasons);
          write_names(sheet, resource.strata);
          write_facts(sheet, resource);
          write_signs(sheet, resource);
          write_keep(sheet, resource);
        });
      });
}

void write_keep(Sheet& sheet, Resource const& resource) {
  if (!resource.record.is_collection()) return;
  auto const title = best(resource.record->title, sheet.language());
  sheet.html.element("span",
                     {{"class", "keeper"},
                      {"data-basket-item", resource.id},
                      {"data-title", title.text},
                      {"data-href", sheet.page(path_of(resource)).text()}},
                     "");
}

void write_short(Sheet& sheet, Resource const& resource, model::Instant now) {
  auto& html = sheet.html;
  auto const& record = resource.record;
  html.element("li", {}, [&] {
    if (!resource.strata.empty()) write_swatch(sheet, *resource.strata.front());
    auto const title = best(record->title, sheet.language());
    html.element("a", {{"href", sheet.page(path_of(resource))}, {"lang", sheet.lang(title)}},
                 title.text);
    html.element("span", {{"class", "micro dim"}}, [&] {
      html.text(resource.pole_title);
      auto const last = updated(record);
      if (!last) return;
      if (!resource.pole_title.empty()) html.text(" · ");
      bool const is_day = last->precision() == model::Precision::day;
      html.text(is_day || last->precision() < model::Precision::day
                    ? date(*last, sheet.language())
                    : ago(*last->earliest(), now, sheet.language()));
    });
  });
}

} // namespace terracat::pages
