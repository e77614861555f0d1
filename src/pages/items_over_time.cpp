#include "pages/items_over_time.hpp"

#include "pages/items_page.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace terracat::pages {
namespace {

constexpr Message in_brief{"{0}, {1} – {2} ; au plus {3} ({4})",
                           "{0}, {1} – {2}; at most {3} ({4})"};
constexpr Message most_label{"Au plus {0} ({1}).", "At most {0} ({1})."};
constexpr Message in_figures{"En chiffres", "In figures"};
constexpr Message when_label{"Quand", "When"};
constexpr Message count_label{"Images ou fichiers", "Images or files"};

struct StepRow {
  Message heading;
  model::Precision precision;
  std::size_t written; ///< characters of ISO 8601 that name it; of an hour its day
};

constexpr std::array<StepRow, 4> steps{{
    {{"Images et fichiers par heure", "Images and files by hour"}, model::Precision::second, 10},
    {{"Images et fichiers par jour", "Images and files by day"}, model::Precision::day, 10},
    {{"Images et fichiers par mois", "Images and files by month"}, model::Precision::month, 7},
    {{"Images et fichiers par an", "Images and files by year"}, model::Precision::year, 4},
}};

StepRow const& row_of(CalendarStep step) noexcept {
  return steps.at(static_cast<std::size_t>(step));
}

/// Steps are counted from some first one.
std::int64_t number_of(CalendarStep step, model::Instant begin) {
  constexpr std::int64_t hour = 3'600'000; // milliseconds
  auto const date = begin.date();
  switch (step) {
  case CalendarStep::year:
    return date.year;
  case CalendarStep::month:
    return std::int64_t{date.year} * 12 + date.month;
  case CalendarStep::day:
    return begin.milliseconds() / (24 * hour);
  case CalendarStep::hour:
    break;
  }
  return begin.milliseconds() / hour;
}

class Writer {
 public:
  Writer(Sheet& sheet, Resource const& resource, ItemsOverTime const& items)
      : sheet_(sheet),
        html_(sheet.html),
        resource_(resource),
        items_(items),
        row_(row_of(items.step)),
        most_(std::ranges::max(items.parts, {}, &ItemsOverTime::Part::count)) {}

  void write() {
    html_.element("h3", {{"class", "label-head"}, {"id", "items-over-time"}}, heading());
    write_bars();
    html_.element("p", {{"class", "small dim"}},
                  sheet_.filled(most_label, {count(most_), name(most_)}));
    html_.element("details", {}, [&] {
      html_.element("summary", {}, sheet_.in(in_figures));
      write_table();
    });
  }

 private:
  using Part = ItemsOverTime::Part;

  [[nodiscard]] std::string_view heading() const { return sheet_.in(row_.heading); }

  [[nodiscard]] std::string name(Part const& part) const {
    if (row_.precision == model::Precision::second) return moment(part.begin, sheet_.language());
    return date(model::Bound::at(part.begin, row_.precision), sheet_.language());
  }

  [[nodiscard]] std::string count(Part const& part) const {
    return number(part.count, sheet_.language());
  }

  /// Across in hundredths of the width, down in pixels, so that words are as large on a narrow
  /// screen.
  void write_bars() {
    constexpr double height = 60;
    constexpr double share = 0.8; // of a step, for its bar
    auto const& first = items_.parts.front();
    auto const& last = items_.parts.back();
    auto const begin = number_of(items_.step, first.begin);
    auto const width = 100.0 / static_cast<double>(number_of(items_.step, last.begin) - begin + 1);
    auto const said =
        sheet_.filled(in_brief, {heading(), name(first), name(last), count(most_), name(most_)});
    html_.element("svg", {{"class", "over-time"}, {"role", "img"}, {"aria-label", said}}, [&] {
      for (auto const& part : items_.parts) {
        auto const place = static_cast<double>(number_of(items_.step, part.begin) - begin);
        auto const high = std::max(1.0, std::round(height * static_cast<double>(part.count) /
                                                   static_cast<double>(most_.count)));
        html_.element("rect",
                      {{"class", "bar"},
                       {"x", percent(place * width)},
                       {"y", decimal(height - high, 0, Language::en)},
                       {"width", percent(width * share)},
                       {"height", decimal(high, 0, Language::en)}},
                      "");
      }
      html_.markup(R"(<line class="axis" x1="0" x2="100%" y1="60.5" y2="60.5"/>)");
      html_.element("text", {{"x", "0"}, {"y", "78"}}, name(first));
      html_.element("text", {{"x", "100%"}, {"y", "78"}, {"text-anchor", "end"}}, name(last));
    });
  }

  [[nodiscard]] static std::string percent(double value) {
    return decimal(value, 2, Language::en) + "%";
  }

  void write_table() {
    html_.element("table", {{"class", "table"}, {"aria-labelledby", "items-over-time"}}, [&] {
      html_.element("thead", {}, [&] {
        html_.element("tr", {}, [&] {
          html_.element("th", {{"scope", "col"}}, sheet_.in(when_label));
          html_.element("th", {{"scope", "col"}, {"class", "n"}}, sheet_.in(count_label));
        });
      });
      html_.element("tbody", {}, [&] {
        for (auto const& part : items_.parts) write(part);
      });
    });
  }

  void write(Part const& part) {
    html_.element("tr", {}, [&] {
      html_.element("th", {{"scope", "row"}}, [&] {
        auto const written = model::to_iso8601(part.begin).substr(0, row_.written);
        html_.element("a",
                      {{"href", sheet_.page(path_of_items(resource_) + "?from=" + written +
                                            "&to=" + written)}},
                      name(part));
      });
      html_.element("td", {{"class", "n"}, {"data-label", sheet_.in(count_label)}}, count(part));
    });
  }

  Sheet& sheet_;
  Html& html_;
  Resource const& resource_;
  ItemsOverTime const& items_;
  StepRow const& row_;
  Part most_;
};

} // namespace

void write_items_over_time(Sheet& sheet, Resource const& resource, ItemsOverTime const& items) {
  if (items.parts.size() < 2) return;
  Writer(sheet, resource, items).write();
}

} // namespace terracat::pages
