#include "pages/facets.hpp"
#include "pages/map.hpp"
#include "pages/sheet.hpp"
#include "pages/strata.hpp"
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
  CHECK(times(map, "role=\"img\" aria-label=\"Counts\"") == 1);
  CHECK(times(map, "class=\"cell t1\"") == 7);
  cells = {};
  for (int i = 0; i < 6; ++i) cells.add(Bbox::make(1, 1, 2, 2).value());
  write_cells(sheet, cells, "Counts");
  CHECK(times(sheet.html.take(), "class=\"cell t2\"") == 1);
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
