#include "pages/timeline.hpp"

#include "pages/record_words.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace terracat::pages {
namespace {

constexpr Message covered{"Période couverte : {0}", "Period covered: {0}"};

// Across, all is in hundredths of the width, so that figures are as large on a narrow screen; down,
// in pixels.
constexpr double narrowest_bar = 0.6;
constexpr double margin = 3;      ///< on either side
constexpr double least_years = 2; ///< that the line shows
constexpr double most_ticks = 6;  ///< that a narrow screen has room for
constexpr std::size_t most_bars = 40;

/// In years, with the part of the year that has passed.
double in_years(model::Instant instant) {
  auto const date = instant.date();
  return static_cast<double>(date.year) + (date.month - 1) / 12.0 + (date.day - 1) / 372.0;
}

/// What a period covers of the line.
struct Bar {
  double from = 0;
  double to = 0;
  bool has_start = true;
  bool has_end = true;
};

std::vector<Bar> bars_of(model::Record const& record, double now) {
  std::vector<Bar> out;
  for (auto const& extent : record->temporal) {
    if (!extent.interval || out.size() == most_bars) continue;
    auto const first = extent.interval->first();
    auto const last = extent.interval->last();
    if (!first && !last) continue;
    Bar bar{.from = 0, .to = 0, .has_start = first.has_value(), .has_end = last.has_value()};
    bar.from = in_years(first ? *first : *last);
    bar.to = last ? in_years(*last) : std::max(now, bar.from);
    out.push_back(bar);
  }
  return out;
}

/// From which year to which the line goes, and where on it a year is.
struct Line {
  double first;
  double last;

  [[nodiscard]] double at(double year) const {
    return margin + (year - first) / (last - first) * (100 - 2 * margin);
  }

  /// Round, so that there are at most `most_ticks`.
  [[nodiscard]] double step() const {
    auto const least = (last - first) / most_ticks;
    auto const power = std::pow(10, std::floor(std::log10(least)));
    for (auto const times : {1, 2, 5, 10}) {
      if (times * power >= least) return std::max(1.0, times * power);
    }
    return 10 * power;
  }
};

Line line_of(std::vector<Bar> const& bars) {
  Line line{bars.front().from, bars.front().to};
  for (auto const& bar : bars) {
    line.first = std::min(line.first, bar.from);
    line.last = std::max(line.last, bar.to);
  }
  auto const middle = (line.first + line.last) / 2;
  line.first = std::floor(std::min(line.first, middle - least_years / 2));
  line.last = std::ceil(std::max(line.last, middle + least_years / 2));
  return line;
}

std::string percent(double value) {
  return decimal(value, 2, Language::en) + "%";
}

void write_bar(Html& html, Line const& line, Bar const& bar) {
  auto const from = bar.has_start ? line.at(bar.from) : 0;
  auto const to = bar.has_end ? line.at(bar.to) : 100;
  html.element("rect",
               {{"class", "bar"},
                {"x", percent(from)},
                {"y", "8"},
                {"width", percent(std::max(narrowest_bar, to - from))},
                {"height", "12"}},
               "");
  auto const write_arrow = [&](std::string_view place, Markup arrow) {
    html.element("svg", {{"x", place}, {"overflow", "visible"}}, [&] { html.markup(arrow); });
  };
  if (!bar.has_start) write_arrow("0", R"(<path class="bar" d="m0 3-9 11 9 11z"/>)");
  if (!bar.has_end) write_arrow("100%", R"(<path class="bar" d="m0 3 9 11-9 11z"/>)");
}

void write_axis(Html& html, Line const& line) {
  html.markup(R"(<line class="axis" x1="0" x2="100%" y1="28" y2="28"/>)");
  auto const step = line.step();
  auto const begin = std::llround(std::ceil(line.first / step));
  auto const end = std::llround(std::floor(line.last / step));
  for (auto i = begin; i <= end; ++i) {
    auto const year = static_cast<double>(i) * step;
    auto const x = percent(line.at(year));
    html.element("rect",
                 {{"class", "tick"}, {"x", x}, {"y", "28"}, {"width", "1"}, {"height", "5"}}, "");
    html.element("text", {{"x", x}, {"y", "46"}, {"text-anchor", "middle"}},
                 std::to_string(std::llround(year)));
  }
}

} // namespace

void write_timeline(Sheet& sheet, model::Record const& record, model::Instant now) {
  auto const bars = bars_of(record, in_years(now));
  if (bars.empty()) return;
  auto const line = line_of(bars);
  auto const label = sheet.filled(covered, {when(record, sheet.language())});
  auto& html = sheet.html;
  html.element("svg", {{"class", "timeline"}, {"role", "img"}, {"aria-label", label}}, [&] {
    for (auto const& bar : bars) write_bar(html, line, bar);
    write_axis(html, line);
  });
}

} // namespace terracat::pages
