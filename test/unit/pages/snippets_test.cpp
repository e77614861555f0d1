#include "pages/snippets.hpp"

#include "support/catch.hpp"

#include <algorithm>

namespace terracat::pages {
namespace {

using model::Bbox;

std::string code_of(SnippetFacts const& facts, std::string_view id) {
  auto const all = snippets_of(facts);
  auto const found = std::ranges::find(all, id, &Snippet::id);
  return found == all.end() ? std::string() : found->code;
}

TEST_CASE("code asks for area and period in the words of each tool") {
  auto const day = [](int year, unsigned month, unsigned day) {
    return model::Bound::at(*model::Instant::at({year, month, day}));
  };
  SnippetFacts const facts{.site_url = "https://data.example",
                           .collection = "snow",
                           .area = *Bbox::make(-2.5, 42, 3, 43.5),
                           .period = *model::Interval::make(day(2024, 1, 1), model::Bound::open()),
                           .raster = "band"};
  auto const eodag = code_of(facts, "eodag");
  CHECK(eodag.find("\"https://data.example/stac/search\"") != std::string::npos);
  CHECK(
      eodag.find("    geom=[-2.5, 42, 3, 43.5],\n    start=\"2024-01-01T00:00:00Z\",\n    limit") !=
      std::string::npos);
  CHECK(code_of(facts, "pystac").find("datetime=\"2024-01-01T00:00:00Z/..\"") != std::string::npos);
  CHECK(code_of(facts, "odc").find("bands=[\"band\"]") != std::string::npos);
  CHECK(code_of(facts, "r").find("bbox = c(-2.5, 42, 3, 43.5)") != std::string::npos);
  CHECK(code_of(facts, "curl").find("'bbox=-2.5,42,3,43.5'") != std::string::npos);
}

TEST_CASE("R asks for whole seconds, and leaves nothing out") {
  auto const at = [](std::int64_t milliseconds) {
    return model::Bound::at(model::Instant(milliseconds));
  };
  SnippetFacts facts{.site_url = "https://a",
                     .collection = "x",
                     .area = {},
                     .period = *model::Interval::make(at(1'024), at(86'399'999)),
                     .raster = {}};
  auto const wanted = "datetime = \"1970-01-01T00:00:01Z/1970-01-02T00:00:00Z\"";
  CHECK(code_of(facts, "r").find(wanted) != std::string::npos);
  CHECK(code_of(facts, "pystac").find("1970-01-01T00:00:01.024Z/1970-01-01T23:59:59.999Z") !=
        std::string::npos);
  facts.period =
      *model::Interval::make(at(-1), at(2'000)); // before 1970, and what is whole already
  CHECK(code_of(facts, "r").find("1969-12-31T23:59:59Z/1970-01-01T00:00:02Z") != std::string::npos);
}

TEST_CASE("an area that narrows nothing, or that few understand, is left out") {
  for (auto const& area : {Bbox::world(), *Bbox::make(178, -20, -178, 18)}) {
    SnippetFacts const facts{
        .site_url = "https://a", .collection = "x", .area = area, .period = {}, .raster = {}};
    for (auto const& snippet : snippets_of(facts)) {
      CHECK(snippet.code.find("bbox") == std::string::npos);
      CHECK(snippet.code.find("geom") == std::string::npos);
      CHECK(snippet.id != "odc");
    }
  }
}

TEST_CASE("nothing in a name becomes code") {
  SnippetFacts const facts{.site_url = "https://a/it's",
                           .collection = "x\"'); rm -rf /\n#",
                           .area = {},
                           .period = {},
                           .raster = {}};
  CHECK(code_of(facts, "pystac").find(R"(["x\"'); rm -rf /\n#"])") != std::string::npos);
  CHECK(code_of(facts, "r").find(R"(= "x\"'); rm -rf /\n#")") != std::string::npos);
  CHECK(code_of(facts, "curl").starts_with(R"(curl --get 'https://a/it'\''s/stac/search' \)"));
}

} // namespace
} // namespace terracat::pages
