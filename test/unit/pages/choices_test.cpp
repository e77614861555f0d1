#include "pages/facets.hpp"
#include "pages/search_page.hpp"
#include "support/catch.hpp"
#include "unit/pages/page_facts.hpp"

#include <string>

namespace terracat::pages {
namespace {

TEST_CASE("boxes and centres that can leave nothing are not offered, but what was chosen is") {
  std::vector<PoleFacts> const poles{{.name = "theia", .title = "Theia", .description = {}}};
  std::vector<FacetFacts> facets{
      {.facet = Facet::platform,
       .options = {{.value = "spot", .label = "SPOT", .language = {}, .count = 0U}}}};
  Question question{.words = "salinity"};
  std::string_view wrong;
  std::size_t matched = 0;
  auto const offered = [&](std::string_view name) {
    auto const page = search_page(site, Language::en,
                                  {.question = question,
                                   .wrong = wrong,
                                   .matched = matched,
                                   .results = {},
                                   .poles = poles,
                                   .facets = facets,
                                   .relaxations = {}});
    return times(page, " name=\"" + std::string(name) + "\" value=\"");
  };
  CHECK(offered("platform") == 0);
  CHECK(offered("pole") == 0);
  question.pole = "theia";
  CHECK(offered("pole") == 2); // all of them, and this one
  question.pole = {};
  wrong = "bbox"; // nothing was counted
  CHECK(offered("pole") == 2);
  wrong = {};
  facets.front().options.front().is_chosen = true;
  CHECK(offered("platform") == 1);
  matched = 1;
  facets.front().options.front() = {.value = "spot", .label = "SPOT", .language = {}, .count = 1U};
  CHECK(offered("platform") == 1);
  CHECK(offered("pole") == 2);
}

TEST_CASE("boxes are seven at once, more on demand, and those that are ticked are seen") {
  FacetFacts facts{.facet = Facet::platform, .options = {}};
  for (int number = 0; number < 9; ++number) {
    facts.options.push_back({.value = "p" + std::to_string(number),
                             .label = "P" + std::to_string(number),
                             .language = {},
                             .count = 9U - static_cast<unsigned>(number)});
  }
  auto const written = [&] {
    Sheet sheet(site, Language::en);
    write_facet(sheet, facts);
    return sheet.html.take();
  };
  auto const closed = written();
  CHECK(times(closed, "<details class=\"facet\" id=\"facet-platform\">") == 1);
  CHECK(times(closed, "<details id=\"facet-platform-more\"><summary class=\"small\">More (2)") ==
        1);
  CHECK(closed.find("value=\"p6\"") < closed.find("<details id"));
  CHECK(closed.find("value=\"p7\"") > closed.find("<details id"));
  facts.options[1].is_chosen = true;
  CHECK(times(written(), "id=\"facet-platform\" open=\"\">") == 1);
  CHECK(times(written(), "id=\"facet-platform-more\" open=\"\"") == 0);
  facts.options[8].is_chosen = true;
  CHECK(times(written(), "id=\"facet-platform-more\" open=\"\">") == 1);
  facts.options = {
      {.value = std::string(attack), .label = std::string(attack), .language = "de", .count = 0U}};
  auto const page = written();
  CHECK(times(page, "<script") == 0);
  CHECK(times(page, "disabled=\"\"") == 1);
  CHECK(times(page, "lang=\"de\"") == 1);
}

} // namespace
} // namespace terracat::pages
