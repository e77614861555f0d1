#include "pages/facets.hpp"
#include "pages/items_over_time.hpp"
#include "pages/map.hpp"
#include "pages/sheet.hpp"
#include "pages/strata.hpp"
#include "pages/timeline.hpp"
#include "support/catch.hpp"

namespace terracat::pages {
namespace {

using model::Bbox;

constexpr SiteFacts site{.title = "Data Terra", .language = "en", .url = "https://data.example"};

std::size_t times(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) {
    ++count;
  }
  return count;
}

TEST_CASE("cells count what goes nearly round the Earth once") {
  CellCounts cells;
  cells.add(Bbox::make(5, 1, 3, 2).value()); // both ends lie between 0 and 10 east
  CHECK(cells.drawn == 1);
  for (auto const count : cells.counts.at(9)) CHECK(count == 1);
}

TEST_CASE("cells count what touches them, across the antimeridian, and not the whole world") {
  CellCounts cells;
  auto const at = [&](int west, int south) {
    return cells.counts.at(static_cast<std::size_t>(south + 90) / 10)
        .at(static_cast<std::size_t>(west + 180) / 10);
  };
  cells.add(Bbox::make(0, 40, 10, 50).value());     // one cell, to its edges
  cells.add(Bbox::make(5, 45, 5, 45).value());      // a place
  cells.add(Bbox::make(9, 49, 11, 51).value());     // four
  cells.add(Bbox::make(175, -5, -175, -1).value()); // two halves
  cells.add(Bbox::make(180, 90, 180, 90).value());  // the last corner
  cells.add(Bbox::world());
  CHECK((cells.drawn == 5 && cells.global == 1));
  CHECK(at(0, 40) == 3);
  CHECK((at(10, 40) == 1 && at(0, 50) == 1 && at(10, 50) == 1));
  CHECK((at(170, -10) == 1 && at(-180, -10) == 1));
  CHECK(at(170, 80) == 1);
  std::size_t sum = 0;
  for (auto const& row : cells.counts) {
    for (auto const count : row) sum += count;
  }
  CHECK(sum == 9);
  Sheet sheet(site, Language::en);
  write_cells(sheet, cells, "Counts");
  auto const map = sheet.html.take();
  CHECK(times(map, "role=\"group\" aria-label=\"Counts\"") == 1);
  // Each leads to the search in it; the fullest is in the order of the tabulator.
  CHECK(times(map, "<a href=\"/en/search?bbox=") == 7);
  CHECK(times(map, "<a href=\"/en/search?bbox=0%2C40%2C10%2C50\" tabindex=\"0\" "
                   "aria-label=\"40°\u00a0N to 50°\u00a0N, 0° to 10°\u00a0E: 3\">") == 1);
  CHECK(times(map, "tabindex=\"-1\"") == 6);
  CHECK(times(map, "class=\"cell t1\"") == 7);
  cells = {};
  for (int i = 0; i < 6; ++i) cells.add(Bbox::make(1, 1, 2, 2).value());
  write_cells(sheet, cells, "Counts");
  CHECK(times(sheet.html.take(), "class=\"cell t2\"") == 1);
}

model::Record record_of(std::vector<model::Interval> const& intervals) {
  model::RecordParts parts;
  parts.native_id = "one";
  parts.title.add("en", "One");
  for (auto const& interval : intervals) {
    model::TemporalExtent extent;
    extent.interval = interval;
    parts.temporal.push_back(std::move(extent));
  }
  return model::Record::make(std::move(parts)).value();
}

TEST_CASE("periods are drawn on a line of years, with an arrow where they go on") {
  auto const now = model::parse_rfc3339("2026-01-01T00:00:00Z").value();
  auto const year = [](std::string_view text) {
    return model::Bound::at(model::parse_rfc3339(text).value(), model::Precision::year);
  };
  auto const from_2006 = year("2006-01-01T00:00:00Z");
  Sheet sheet(site, Language::en);
  // From 2006 to now is the whole line, which has 94 % of the width: a tick each 5 years.
  write_timeline(sheet, record_of({model::Interval::make(from_2006, model::Bound::open()).value()}),
                 now);
  auto drawn = sheet.html.take();
  CHECK(times(drawn, "role=\"img\" aria-label=\"Period covered: 2006") == 1);
  CHECK(times(drawn, "x=\"3%\" y=\"8\" width=\"97%\"") == 1);
  CHECK(times(drawn, "<path class=\"bar\"") == 1);
  for (auto const* const tick : {">2010<", ">2015<", ">2020<", ">2025<"}) {
    CHECK(times(drawn, tick) == 1);
  }
  CHECK(times(drawn, "<text") == 4);
  // 2006 alone is a year of the two that the line has at least.
  write_timeline(sheet, record_of({model::Interval::instant(from_2006)}), now);
  drawn = sheet.html.take();
  CHECK(times(drawn, "<path class=\"bar\"") == 0);
  CHECK(times(drawn, "<rect class=\"bar\"") == 1);
  CHECK(times(drawn, ">2006<") == 1);
  // Nothing is known, nothing is drawn.
  write_timeline(sheet, record_of({}), now);
  CHECK(sheet.html.written().empty());
}

TEST_CASE("items over time are bars, and figures that lead to them") {
  auto const month = [](int year, unsigned number, std::size_t count) {
    return ItemsOverTime::Part{.begin = model::Instant::at({year, number, 1}).value(),
                               .count = count};
  };
  Resource const tracks{.id = "tracks", .record = record_of({}), .pole = {}, .pole_title = {}};
  Sheet sheet(site, Language::fr);
  // Four months, of which one has none: a quarter of the width each, 80 % of that for the bar.
  ItemsOverTime items{.step = CalendarStep::month,
                      .parts = {month(2023, 12, 30), month(2024, 1, 1'200), month(2024, 3, 1)}};
  write_items_over_time(sheet, tracks, items);
  auto const drawn = sheet.html.take();
  CHECK(times(drawn,
              "aria-label=\"Images et fichiers par mois, décembre 2023 – mars 2024 ; au plus "
              "1\u202f200 (janvier 2024)\"") == 1);
  CHECK(times(drawn, "x=\"0%\" y=\"58\" width=\"20%\" height=\"2\"") == 1); // 60 * 30 / 1200 is 1.5
  CHECK(times(drawn, "x=\"25%\" y=\"0\" width=\"20%\" height=\"60\"") == 1);
  CHECK(times(drawn, "x=\"75%\" y=\"59\" width=\"20%\" height=\"1\"") == 1); // is seen
  CHECK(times(drawn, "<rect") == 3);
  CHECK(times(drawn, "Au plus 1\u202f200 (janvier 2024).") == 1);
  CHECK(times(drawn, "/tracks/items?from=2024-03&amp;to=2024-03\">mars 2024</a>") == 1);
  CHECK(times(drawn, "<tr>") == 4);
  // Steps of other lengths are named as finely, and asked for by their day at most.
  items = {.step = CalendarStep::year, .parts = {month(1999, 1, 4), month(2001, 1, 2)}};
  write_items_over_time(sheet, tracks, items);
  CHECK(times(sheet.html.take(), "?from=2001&amp;to=2001\">2001</a>") == 1);
  auto const hour = model::parse_rfc3339("2024-05-06T07:00:00Z").value();
  items = {.step = CalendarStep::hour,
           .parts = {{.begin = hour, .count = 1},
                     {.begin = model::Instant(hour.milliseconds() + 3'600'000), .count = 1}}};
  write_items_over_time(sheet, tracks, items);
  CHECK(times(sheet.html.take(),
              "?from=2024-05-06&amp;to=2024-05-06\">6 mai 2024 à 08:00 UTC</a>") == 1);
  items.parts.pop_back(); // one is no picture
  write_items_over_time(sheet, tracks, items);
  CHECK(sheet.html.written().empty());
}

TEST_CASE("bars of decades are as high as they are many, and are told in words") {
  Sheet sheet(site, Language::fr);
  std::vector<Decade> const decades{{1990, 2}, {2000, 0}, {2010, 8}};
  write_decades(sheet, decades);
  auto const drawn = sheet.html.take();
  CHECK(times(drawn, "Résultats par décennie, de 1990 à 2019 – 1990 : 2, 2000 : 0, 2010 : 8\"") ==
        1);
  CHECK(times(drawn, "<rect x=\"0\" y=\"30\" width=\"8\" height=\"10\">") == 1);
  CHECK(times(drawn, "<rect x=\"10\" y=\"40\" width=\"8\" height=\"0\">") == 1);
  CHECK(times(drawn, "<rect x=\"20\" y=\"0\" width=\"8\" height=\"40\">") == 1);
  write_decades(sheet, std::span(decades).first(1)); // one is no picture
  CHECK(sheet.html.written().empty());
}

TEST_CASE("a core has three compartments at most, and words for all") {
  std::vector<Stratum const*> found;
  for (auto const& stratum : strata()) found.push_back(&stratum);
  Sheet sheet(site, Language::en);
  write_core(sheet, found);
  write_names(sheet, found);
  auto const drawn = sheet.html.take();
  CHECK(times(drawn, "<rect") == 3);
  CHECK(times(drawn, "<rect y=\"66%\" width=\"100%\" height=\"34%\" fill=\"url(#p-bio)\">") == 1);
  CHECK(times(drawn, "Compartments: atmosphere, climate, biodiversity, agro-environment, land "
                     "surfaces, ocean, solid Earth<") == 1);
  write_core(sheet, {});
  write_names(sheet, {});
  CHECK(sheet.html.written().empty());
}

} // namespace
} // namespace terracat::pages
