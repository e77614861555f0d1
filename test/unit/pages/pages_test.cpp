#include "pages/frame.hpp"
#include "pages/home_page.hpp"
#include "pages/map.hpp"
#include "pages/record_page.hpp"
#include "pages/search_page.hpp"
#include "pages/status_page.hpp"
#include "support/catch.hpp"
#include "unit/pages/page_facts.hpp"

#include <terracat/json.hpp>

#include <algorithm>

namespace terracat::pages {
namespace {

using model::Bbox;
using model::Bound;
using model::Geometry;
using model::Instant;
using model::Interval;
using model::LocalText;
using model::Precision;

Bound day(std::int64_t year, unsigned month, unsigned of_month) {
  return Bound::at(Instant::at({year, month, of_month}).value(), Precision::day);
}

model::RecordParts rain() {
  model::RecordParts parts;
  parts.native_id = "rain";
  parts.type = "dataset";
  parts.title = LocalText("fr", "Pluie dans les Alpes");
  parts.title.add("en", "Rain in the Alps");
  parts.description = LocalText("en", "Rain gauges of the northern Alps, each hour since 1998.");
  parts.identifiers = {{"doi", "10.1234/rain"}};
  parts.dates = {{"publication", day(2020, 5, 1), "2020-05-01"}};
  parts.variables = {LocalText("fr", "précipitation")};
  parts.keyword_sets = {{"theme", {}, {}, {{LocalText("fr", "pluie"), {}}}}};
  parts.contacts = {{.name = "Ada Martin",
                     .organisation = LocalText("IGE"),
                     .position = {},
                     .emails = {"ada@ige.example"},
                     .phones = {},
                     .url = {},
                     .orcid = "0000-0002-1825-0097",
                     .ror = {},
                     .roles = {"author"}}};
  parts.spatial = {{Geometry::box(Bbox::make(5.5, 44.5, 7.5, 46.5).value()), LocalText("Alpes")}};
  parts.temporal = {{Interval::make(day(1998, 1, 1), Bound::open()).value(), {}, {}}};
  parts.resolutions = {{250, "m"}};
  parts.frequency = "daily";
  parts.licences = {{"CC-BY-4.0", {}, "https://creativecommons.org/licenses/by/4.0/"}};
  parts.online = {{.href = "https://ige.example/rain.csv",
                   .name = LocalText("rain.csv"),
                   .description = {},
                   .protocol = "WWW:DOWNLOAD-1.0-http--download",
                   .function = "download",
                   .media_type = "text/csv"},
                  {.href = "https://ige.example/rain",
                   .name = LocalText("en", "Page of the network"),
                   .description = {},
                   .protocol = "WWW:LINK-1.0-http--link",
                   .function = "information",
                   .media_type = {}}};
  return parts;
}

Resource resource(model::RecordParts parts) {
  return {.id = "rain-1",
          .record = model::Record::make(std::move(parts)).value(),
          .pole = "theia",
          .pole_title = "Theia",
          .items = 0};
}

std::string page_of(model::RecordParts parts, Language language, std::string_view home = {}) {
  static gazetteer::Gazetteer const places;
  auto const shown = resource(std::move(parts));
  auto const enrichment = enrich::enrichment_of(shown.record, {}, places, {});
  std::vector<RelatedResource> related;
  for (auto const& relation : shown.record->relations) related.push_back({.relation = &relation});
  return record_page(site, language,
                     {.resource = shown,
                      .source = "source-1",
                      .record_path = "/records/collections/all/items/rain-1",
                      .stac_path = "/stac/collections/rain-1",
                      .fetched = Instant::at({2026, 11, 20}).value(),
                      .pole_home = home,
                      .related = related,
                      .enrichment = &enrichment});
}

/// All texts of a record replaced by what an attacker would write.
model::RecordParts hostile() {
  auto parts = rain();
  LocalText const evil{std::string(attack)};
  std::string const text(attack);
  parts.title = evil;
  parts.description = evil;
  parts.identifiers = {{text, text}, {"doi", text}};
  parts.variables = {evil};
  parts.platforms = {evil};
  parts.instruments = {evil};
  parts.keyword_sets = {{text, evil, text, {{evil, text}}}};
  parts.contacts = {{.name = text,
                     .organisation = evil,
                     .position = evil,
                     .emails = {text, "a@b.example\" onclick=\"x"},
                     .phones = {text},
                     .url = "javascript:alert(1)",
                     .orcid = text,
                     .ror = "data:text/html,x",
                     .roles = {"author", text}}};
  parts.spatial = {{std::nullopt, evil}};
  parts.temporal = {{std::nullopt, text, text}};
  parts.licences = {{text, evil, "javascript:alert(1)"}};
  parts.access_constraints = {evil};
  parts.online = {{.href = "javascript:alert(1)",
                   .name = evil,
                   .description = evil,
                   .protocol = text,
                   .function = "information",
                   .media_type = text}};
  parts.formats = {evil};
  parts.lineage = evil;
  parts.purpose = evil;
  parts.relations = {{.kind = text, .id = text, .href = "javascript:alert(1)", .title = evil},
                     {.kind = "parent", .id = text, .href = text, .title = {}}};
  parts.status = text;
  parts.frequency = text;
  parts.inferences = {{text, text}};
  return parts;
}

TEST_CASE("a data set's page says what, where, when, by whom and how to get it") {
  auto const page = page_of(rain(), Language::fr);
  CHECK(page.starts_with("<!doctype html>\n<html lang=\"fr\">"));
  CHECK(times(page, "<h1>Pluie dans les Alpes</h1>") == 1);
  CHECK(times(page, "<h1") == 1);
  for (auto const* const part :
       {"<title>Pluie dans les Alpes · Data Terra</title>", "<dd>précipitation</dd>",
        "<dd>Alpes</dd>", "<dd>1998 → en cours</dd>", "<dd>250\u00a0m</dd>", "<dd>Chaque jour</dd>",
        "<dd>IGE</dd>", "<dd>CC BY 4.0</dd>", "<dd>Téléchargement</dd>",
        "href=\"https://ige.example/rain.csv\"", "href=\"https://ige.example/rain\"",
        "Ouvrir chez Theia", "href=\"mailto:ada@ige.example\"",
        "Ada Martin (2020). Pluie dans les Alpes. https://doi.org/10.1234/rain",
        "href=\"/cat/d/rain-1\"", "href=\"/cat/stac/collections/rain-1\""}) {
    INFO(part);
    CHECK(times(page, part) >= 1);
  }
  // The producer wrote in English only: each text says so.
  CHECK(times(page, "<p lang=\"en\">Rain gauges of the northern Alps") == 1);
  CHECK(times(page, "texte en anglais") == 2);
}

TEST_CASE("a record without a page at its data centre leads to the centre's site") {
  auto const home = "https://theia.example/";
  CHECK(times(page_of(rain(), Language::fr, home), "Site de Theia") == 0);
  auto parts = rain();
  parts.online.clear();
  CHECK(times(page_of(parts, Language::fr, home), "Site de Theia") == 0); // it has a DOI
  parts.identifiers.clear();
  auto const page = page_of(parts, Language::fr, home);
  CHECK(times(page, "<a class=\"btn\" href=\"https://theia.example/\">") == 1);
  CHECK(times(page, "Site de Theia</a>") == 1);
  CHECK(times(page, "Ouvrir chez") == 0);
  CHECK(times(page_of(parts, Language::en, "javascript:alert(1)"), "Site of") == 0);
  CHECK(times(page_of(parts, Language::en), "Site of") == 0);
}

TEST_CASE("each page names the same page in the other language") {
  for (auto const language : languages) {
    auto const page = page_of(rain(), language);
    auto const own = "https://data.example/cat/" + std::string(code(language)) + "/datasets/rain-1";
    CHECK(times(page, "<link rel=\"canonical\" href=\"" + own + "\">") == 1);
    for (auto const each : languages) {
      auto const address =
          "https://data.example/cat/" + std::string(code(each)) + "/datasets/rain-1";
      CHECK(times(page, "<link rel=\"alternate\" hreflang=\"" + std::string(code(each)) +
                            "\" href=\"" + address + "\">") == 1);
    }
    CHECK(times(page, "hreflang=\"x-default\"") == 1);
  }
}

TEST_CASE("a plain summary of the source stands in brief, in lists and in the head") {
  auto parts = rain();
  parts.stac_members = {{"msft:short_description", "\" How much it rains & where. \""}};
  auto const page = page_of(parts, Language::en);
  CHECK(times(page, "<div class=\"brief\"><p>How much it rains &amp; where.</p></div>") == 1);
  CHECK(times(page, "No plain-language summary yet.") == 0);
  CHECK(times(page, "<meta name=\"description\" content=\"How much it rains &amp; where.\">") == 1);
  CHECK(times(page_of(parts, Language::fr), "<p lang=\"en\">How much it rains &amp; where.</p>") ==
        1);
  Sheet sheet(site, Language::en);
  write_card(sheet, resource(parts), {});
  CHECK(times(sheet.html.written(), "<p class=\"sum\">How much it rains &amp; where.</p>") == 1);
  for (auto const* const none : {"12", "\"\"", "{", "null"}) {
    parts.stac_members = {{"msft:short_description", none}};
    CHECK(times(page_of(parts, Language::en), "No plain-language summary yet.") == 1);
  }
}

TEST_CASE("what the producer did not state is said to be missing") {
  model::RecordParts parts;
  parts.native_id = "n";
  parts.type = "dataset";
  parts.title = LocalText("T");
  auto const page = page_of(parts, Language::en);
  CHECK(times(page, "<dd class=\"none\">not stated by the producer</dd>") == 8);
  CHECK(times(page, "The producer wrote no description.") == 1);
  CHECK(times(page, "id=\"access\"") == 0);
  CHECK(times(page, "href=\"#access\"") == 0);
  CHECK(times(page, "id=\"where\"") == 0);
}

TEST_CASE("what a record names stands under what it is to it, so much of it as can be read") {
  auto parts = rain();
  for (int i = 0; i < 33; ++i) {
    parts.relations.push_back({.kind = "crossReference",
                               .id = "",
                               .href = "",
                               .title = LocalText("P" + std::to_string(i))});
  }
  parts.relations.push_back({.kind = "revisionOf", .id = "rain v1", .href = "", .title = {}});
  parts.relations.push_back(
      {.kind = "unheard-of", .id = "", .href = "ftp://a.example/b", .title = {}});
  auto const page = page_of(parts, Language::en);
  CHECK(times(page, "<h3 class=\"label-head\">Other versions</h3><ul class=\"lines\"><li>"
                    "<span>rain v1</span></li></ul>") == 1);
  CHECK(times(page, "<span>P29</span>") == 1);
  CHECK(times(page, "<span>P30</span>") == 0);
  CHECK(times(page, "4 more in the record for machines.") == 1);
  CHECK(page.find("Other versions") < page.find("Publications and other resources"));
}

TEST_CASE("nothing that a record says can become markup or a link that runs") {
  for (auto const language : languages) {
    auto const page = page_of(hostile(), language);
    CHECK(times(page, "<script>") == 0);
    // The facts for machines, and the site's own script if the program was built with it.
    CHECK(times(page, "<script type=\"application/ld+json\">") == 1);
    CHECK(times(page, "<script") ==
          1 + times(page, "<script type=\"module\" src=\"/cat/static/main-"));
    CHECK(times(page, "href=\"javascript:") == 0);
    CHECK(times(page, "<a href='") == 0);
    CHECK(times(page, "href=\"data:") == 0);
    CHECK(times(page, "onclick=\"x") == 0);
    CHECK(times(page, "&lt;script&gt;alert(1)") > 20);
    auto const list = resource(hostile());
    Sheet sheet(site, language);
    std::vector<Reason> const reasons{{std::string(attack), reason_keyword, std::string(attack)}};
    write_card(sheet, list, reasons);
    CHECK(times(sheet.html.written(), "<script") == 0);
  }
}

TEST_CASE("the facts for machines have what search engines require and recommend") {
  auto const shown = resource(rain());
  auto const document = json::Document::parse(record_json_ld(site, Language::fr, shown)).value();
  auto const root = document.root();
  CHECK(root.string("@context") == "https://schema.org/");
  CHECK(root.string("@type") == "Dataset");
  CHECK(root.string("@id") == "https://data.example/cat/d/rain-1");
  CHECK(root.string("url") == "https://data.example/cat/fr/datasets/rain-1");
  CHECK(root.string("name") == "Pluie dans les Alpes");
  CHECK(root.string("description")->size() >= 50);
  CHECK(root.string("license") == "https://creativecommons.org/licenses/by/4.0/");
  CHECK(root.string("temporalCoverage") == "1998-01-01/..");
  for (auto const* const name :
       {"identifier", "sameAs", "keywords", "creator", "spatialCoverage", "variableMeasured",
        "includedInDataCatalog", "distribution", "datePublished", "isAccessibleForFree"}) {
    INFO(name);
    CHECK(root.member(name).has_value());
  }
}

TEST_CASE("a map shows points, areas and the land around them") {
  Sheet sheet(site, Language::fr);
  write_map(sheet, model::Record::make(rain()).value());
  auto const map = sheet.html.take();
  CHECK(times(map, "aria-label=\"Carte de l’emprise : Alpes\"") == 1);
  CHECK(times(map, "class=\"area\"") == 1);
  CHECK(times(map, "/cat/static/land-50m.") == 1);
  CHECK(times(map, ">46°\u00a0N<") == 1);
  CHECK(times(map, "nan") + times(map, "inf") == 0);

  auto parts = rain();
  parts.spatial = {{Geometry::box(Bbox::make(6, 45, 6, 45).value()), {}}};
  write_map(sheet, model::Record::make(parts).value());
  CHECK(times(sheet.html.take(), "class=\"dot\"") == 1);
  for (auto const& box : {Bbox::make(170, -20, -170, -10), Bbox::make(-180, 89, 180, 90),
                          Bbox::make(179.9, 89.9, 180, 90), Bbox::make(-180, -90, -179, 90)}) {
    parts.spatial = {{Geometry::box(box.value()), {}}};
    write_map(sheet, model::Record::make(parts).value());
    auto const other = sheet.html.take();
    CHECK(times(other, "<path class=\"area\"") == 1);
    CHECK(times(other, "nan") + times(other, "inf") + times(other, "?") == 0);
  }
}

TEST_CASE("a search page keeps the whole question in its addresses") {
  Question const question{.words = "pluie & \"neige\"",
                          .pole = "theia",
                          .from = "2018",
                          .to = "",
                          .bbox = "5,44,8,47",
                          .kind = Kind::datasets,
                          .sort = Sort::updated,
                          .page = 2};
  CHECK(path_of(question) == "/search?q=pluie%20%26%20%22neige%22&pole=theia&from=2018"
                             "&bbox=5%2C44%2C8%2C47&sort=updated&page=2");
  std::vector<FoundResource> results;
  for (int i = 0; i < 20; ++i) results.push_back({.resource = resource(rain()), .reasons = {}});
  std::vector<PoleFacts> const poles{{"theia", "Theia", {}, 45}, {"aeris", "AERIS", {}, 3}};
  auto const page = search_page(
      site, Language::fr,
      {.question = question, .matched = 45, .results = results, .poles = poles, .relaxations = {}});
  CHECK(times(page, "<article>") == 20);
  CHECK(times(page, "45 jeux de données") == 1);
  CHECK(times(page, "21 à 40 sur 45") == 1);
  CHECK(times(page, "page=3\"") == 1);
  CHECK(times(page, "rel=\"prev\"") == 1);
  CHECK(times(page, "<ol class=\"cards\" start=\"21\">") == 1);
  CHECK(times(page, "value=\"pluie &amp; &quot;neige&quot;\"") == 1);
  CHECK(times(page, "value=\"theia\" checked=\"\"") == 1);
  CHECK(times(page, "<option value=\"updated\" selected=\"\">") == 1);
  CHECK(times(page, "<option value=\"\">Par pertinence") == 1);
  CHECK(times(page, "<option value=\"title\">Par titre") == 1);
  // Taking a condition away goes back to the first page.
  CHECK(times(page, "/cat/fr/search?q=pluie%20%26%20%22neige%22&amp;pole=theia&amp;"
                    "bbox=5%2C44%2C8%2C47&amp;sort=updated\"") == 1);
}

TEST_CASE("a search page tells the script where to ask") {
  SearchFacts facts{.question = {.words = "pluie depuis 2010"},
                    .matched = 1,
                    .results = {},
                    .poles = {},
                    .relaxations = {}};
  auto const before = search_page(site, Language::fr, facts);
  CHECK(times(before, "data-suggest=\"/cat/api/v1/suggest?lang=fr\"") == 1);
  CHECK(times(before, "data-datasets=\"/cat/fr/datasets/\"") == 2); // of the form and of the map
  CHECK(times(before, "data-footprints") == 0);
  CHECK(times(before, "Limiter") == 0);
  facts.footprints = "/api/v1/footprints?q=pluie&explain=true";
  facts.said_period = {.text = "depuis 2010", .question = {.words = "pluie", .from = "2010"}};
  auto const page = search_page(site, Language::fr, facts);
  CHECK(times(page, "data-footprints=\"/cat/api/v1/footprints?q=pluie&amp;explain=true\"") == 1);
  CHECK(times(page, "href=\"/cat/fr/search?q=pluie&amp;from=2010\">Limiter à la période « depuis "
                    "2010 »<") == 1);
  for (auto const& other :
       {home_page(site, Language::en, {.poles = {}, .newest = {}}),
        trouble_page(site, Language::en, {.status = 404, .parameter = {}, .request_id = {}})}) {
    CHECK(times(other, "data-suggest=\"/cat/api/v1/suggest?lang=en\" "
                       "data-datasets=\"/cat/en/datasets/\"") == 1);
  }
}

TEST_CASE("a list without words is by title, and counts what it looks at") {
  std::vector<FoundResource> const results{{.resource = resource(rain()), .reasons = {}}};
  SearchFacts const facts{.question = {},
                          .matched = 5'000,
                          .has_more = true,
                          .results = results,
                          .poles = {},
                          .relaxations = {}};
  auto const page = search_page(site, Language::en, facts);
  CHECK(times(page, "<option value=\"\" selected=\"\">By title") == 1);
  CHECK(times(page, "value=\"title\"") == 0);
  CHECK(times(page, "More than 5,000 data sets") == 1);
}

TEST_CASE("an empty search says what would find more") {
  std::vector<Relaxation> const relaxations{{Relaxation::Without::period, 14}};
  auto const page = search_page(site, Language::en,
                                {.question = {.words = "salinity", .from = "1920"},
                                 .matched = 0,
                                 .results = {},
                                 .poles = {},
                                 .relaxations = relaxations});
  CHECK(times(page, "Nothing meets these conditions") == 1);
  CHECK(times(page, "<a href=\"/cat/en/search?q=salinity\"><b>14</b><span>without the period") ==
        1);
}

TEST_CASE("of a long list the first members stand open, and the others are counted") {
  auto const of = [](std::size_t count) {
    auto parts = rain();
    parts.keyword_sets = {{"theme", {}, {}, {}}};
    for (std::size_t number = 0; number < count; ++number) {
      parts.keyword_sets.front().keywords.push_back(
          {LocalText("fr", "mot " + std::to_string(number)), {}});
    }
    return page_of(std::move(parts), Language::fr);
  };
  auto const few = of(22);
  CHECK(times(few, "class=\"folded rest\"") == 0);
  CHECK(times(few, "class=\"chip\" href=\"/cat/fr/search?q=%22mot") == 22);
  auto const many = of(23);
  CHECK(times(many, "<details class=\"folded rest\"><summary>3 de plus</summary>"
                    "<ul class=\"chips\"><li>") == 1);
  CHECK(times(many, "class=\"chip\" href=\"/cat/fr/search?q=%22mot") == 23);
}

TEST_CASE("the status page says which source has a problem") {
  Run const good{.source = "a", .mode = "full", .outcome = RunOutcome::complete};
  Run const bad{.source = "b", .mode = "full", .outcome = RunOutcome::failed};
  Run const running{.source = "b", .mode = "full", .outcome = RunOutcome::running};
  std::vector<SourceFacts> sources{{.name = "a", .pole_title = "A", .runs = {good, bad}},
                                   {.name = "b", .pole_title = "B", .runs = {running, bad}}};
  CHECK(is_up_to_date(sources[0]));
  CHECK_FALSE(is_up_to_date(sources[1]));
  auto const page = [&] {
    return status_page(site, Language::fr, {.now = Instant(0), .sources = sources});
  };
  CHECK(times(page(), "Une source sur 2 a un souci") == 1);
  CHECK(times(page(), "Passages : 2 ; complets : 1") == 1);
  sources.pop_back();
  CHECK(times(page(), "Toutes les sources sont à jour") == 1);
}

TEST_CASE("pages ask nothing of other hosts and run nothing but the site's script") {
  auto const policy = security_policy();
  CHECK(policy.find("unsafe") == std::string_view::npos);
  CHECK(policy.find("http") == std::string_view::npos);
  CHECK(policy.starts_with("default-src 'none'"));
  CHECK(policy.find("trusted-types") != std::string_view::npos);
  for (auto const language : languages) {
    for (auto const& page :
         {about_page(site, language, {}), accessibility_page(site, language),
          legal_page(site, language), api_page(site, language, {}),
          home_page(site, language, {.poles = {}, .newest = {}}),
          trouble_page(site, language, {.status = 404, .parameter = {}, .request_id = {}})}) {
      CHECK(times(page, "src=") == times(page, "<script type=\"module\" src=\"/cat/static/main-"));
      CHECK(times(page, "style=") == 0);
      CHECK(times(page, "<h1") == 1);
      CHECK(times(page, "<main id=\"main\"") == 1);
      CHECK(times(page, "<link rel=\"stylesheet\" href=\"/cat/static/style.") == 1);
    }
  }
}

} // namespace
} // namespace terracat::pages
