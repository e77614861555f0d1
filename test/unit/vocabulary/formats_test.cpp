// Vocabularies that are not written in SKOS.

#include "support/corpus.hpp"
#include "support/temporary_folder.hpp"
#include "unit/vocabulary/support.hpp"
#include "vocabulary/files.hpp"
#include "vocabulary/formats.hpp"

#include <fstream>

using namespace terracat;
using namespace terracat::test;
using vocabulary::Thesaurus;

namespace {

Thesaurus read(std::string_view document) {
  return Thesaurus(std::vector{drafted(document)});
}

vocabulary::Concept at(Thesaurus const& all, std::string_view address) {
  INFO(address);
  auto const found = all.find_address(address);
  REQUIRE(found);
  return all.at(*found);
}

Names texts(std::vector<vocabulary::Label> const& labels) {
  Names out;
  for (auto const& label : labels) {
    out.push_back(std::string(label.text) + "@" + std::string(label.language));
  }
  return out;
}

Names uris(Thesaurus const& all, std::span<vocabulary::ConceptNumber const> numbers) {
  Names out;
  for (auto const number : numbers) out.emplace_back(all.at(number).uri());
  return out;
}

std::vector<std::string_view> const no_texts;

constexpr std::string_view standard_names = R"(<?xml version="1.0"?>
<standard_name_table>
  <version_number>3</version_number>
  <entry id="air_temperature">
    <canonical_units>K</canonical_units>
    <grib>11 E130</grib><amip>ta</amip>
    <description>How warm the air is.</description>
  </entry>
  <entry id="rainfall_rate"><canonical_units/><description></description></entry>
  <alias id="rain_rate"><entry_id>rainfall_rate</entry_id></alias>
  <alias id="weather"><entry_id>rainfall_rate</entry_id><entry_id> air_temperature </entry_id></alias>
  <entry id=" "/>
</standard_name_table>)";

constexpr std::string_view keywords =
    "\"Hits: 5\",\"Keyword Version: 23.6\",\"Terms Of Use: none\",\"The most up to date XML: "
    "https://gcmd.earthdata.nasa.gov/kms/concepts/concept_scheme/platforms/"
    "?format=xml\"\"Case\"\r\n"
    "Basis,Category,Sub_Category,Short_Name,Long_Name,UUID\r\n"
    "\"Air-based Platforms\",\"\",\"\",\"\",\"\",\"00000000-0000-0000-0000-000000000001\"\r\n"
    "\"Air-based Platforms\",\"Jet\",\"\",\"\",\"\",\"00000000-0000-0000-0000-000000000002\"\r\n"
    "\"Air-based Platforms\",\"Jet\",\"\",\"A340-600\",\"Airbus A340, \"\"long\"\"\","
    "\"00000000-0000-0000-0000-000000000003\"\r\n"
    "Air-based Platforms,Propeller,,B-200,,00000000-0000-0000-0000-00000000000a\r\n"
    "Air-based Platforms,Jet,,Nameless,,none\r\n"
    "\r\n";

constexpr std::string_view kms = "https://gcmd.earthdata.nasa.gov/kms/concept/";

} // namespace

TEST_CASE("the format of a vocabulary is known by how it begins", "[vocabulary][formats]") {
  auto const format = [](std::string_view text) { return vocabulary::format_of(text).name; };
  CHECK(format(standard_names) == "cf-standard-names");
  CHECK(format(keywords) == "gcmd");
  CHECK(format("a,b,\"UUID\"\nx,y,z\n") == "gcmd");
  CHECK(format(R"({"@graph":[{"@id":"http://vocab.nerc.ac.uk/collection/P02/current/TEMP/"}]})") ==
        "nvs");
  CHECK(format(R"({"register":{"containeditems":[]}})") == "inspire");
  CHECK(format(R"({"@context":{},"@graph":["containeditems"]})") == "skos");
  CHECK(format("@prefix reg: <http://purl.org/linked-data/registry#> .") == "registry");
  CHECK(format("a,b,c\n") == "skos");
  CHECK(format("") == "skos");
}

TEST_CASE("CF standard names are concepts, and aliases lead to them", "[vocabulary][formats]") {
  auto const all = read(standard_names);
  CHECK(all.size() == 4);
  auto const& table = all.vocabularies()[0];
  CHECK(table.title.in("en") == "CF Standard Names, version 3");
  CHECK(table.deprecated == 2);
  REQUIRE(table.report.lines().size() == 1);
  CHECK(table.report.count(FindingCode::concept_address) == 1);

  auto const air = at(all, "https://vocab.nerc.ac.uk/standard_name/air_temperature");
  CHECK(texts(air.labels()) == Names{"air temperature@en", "weather@en"});
  CHECK(air.notations() == std::vector<std::string_view>{"air_temperature", "ta"});
  CHECK(air.definition()->text == "How warm the air is.");
  CHECK(air.notes()[1].text == "Canonical units: K");

  auto const rain = at(all, "http://vocab.nerc.ac.uk/standard_name/rainfall_rate/");
  CHECK(texts(rain.labels()) == Names{"rainfall rate@en", "rain rate@en", "weather@en"});
  CHECK(rain.notes().empty());
  CHECK(uris(all, all.schemes()[0].top_concepts) ==
        Names{std::string(air.uri()), std::string(rain.uri())});

  auto const weather = at(all, "http://vocab.nerc.ac.uk/standard_name/weather/");
  CHECK(weather.is_deprecated());
  CHECK(all.current(weather.number()) == std::vector{rain.number(), air.number()});
  // Whoever asks for the old name finds the new one first.
  CHECK(all.find("rain_rate").at(0).number == rain.number());
}

TEST_CASE("what only looks like a table of standard names is refused", "[vocabulary][formats]") {
  RdfHere parser;
  auto const code = [&](std::string_view text) {
    return name(vocabulary::read(text, "test", parser).error().code);
  };
  CHECK(code("<?xml version=\"1.0\"?><a><standard_name_table/></a>") == "unexpected-root");
  CHECK(code("<?xml version=\"1.0\"?><standard_name_table>") == "xml-malformed");
}

TEST_CASE("keywords of GCMD hang together by their levels", "[vocabulary][formats]") {
  auto const all = read(keywords);
  CHECK(all.size() == 4);
  auto const& list = all.vocabularies()[0];
  CHECK(list.title.in("en") == "GCMD platforms, version 23.6");
  REQUIRE(all.schemes().size() == 1);
  CHECK(all.schemes()[0].uri ==
        "https://gcmd.earthdata.nasa.gov/kms/concepts/concept_scheme/platforms");
  REQUIRE(list.report.lines().size() == 1);
  CHECK(list.report.lines()[0].examples[0].excerpt == "Air-based Platforms, Jet, Nameless none");

  auto const one = [&](char digit) {
    return at(all, std::string(kms) + "00000000-0000-0000-0000-00000000000" + digit);
  };
  CHECK(texts(one('3').labels()) == Names{"A340-600@en", "Airbus A340, \"long\"@en"});
  CHECK(uris(all, one('3').broader()) == Names{std::string(one('2').uri())});
  CHECK(uris(all, one('2').broader()) == Names{std::string(one('1').uri())});
  // The word between is no keyword itself.
  CHECK(uris(all, one('a').broader()) == Names{std::string(one('1').uri())});
  CHECK(uris(all, all.schemes()[0].top_concepts) == Names{std::string(one('1').uri())});
  CHECK(
      at(all, "http://gcmdservices.gsfc.nasa.gov/kms/concepts/00000000-0000-0000-0000-00000000000a")
          .number() == one('a').number());
}

TEST_CASE("keywords that are cut off anywhere are read as far as they go",
          "[vocabulary][formats]") {
  RdfHere parser;
  for (std::size_t size = 0; size < keywords.size(); ++size) {
    auto const draft = vocabulary::read(keywords.substr(0, size), "test", parser);
    if (draft) CHECK(draft->size() <= 4);
  }
}

TEST_CASE("a register of the INSPIRE registry is a vocabulary, a language in each document",
          "[vocabulary][formats]") {
  TemporaryFolder const folder;
  auto const write = [&](std::string const& name, std::string_view text) {
    std::ofstream(folder.path() / name) << text;
  };
  write("theme.en.json", R"({"register": {"id": "http://inspire.example/theme",
    "label": {"lang": "en", "text": "Themes"}, "containeditems": [
      {"theme": {"id": "http://inspire.example/theme/ac", "label": {"lang": "en", "text": "Air"},
        "definition": {"lang": "en", "text": "What we breathe."},
        "status": {"id": "http://inspire.example/registry/status/valid"}}},
      {"theme": {"id": "http://inspire.example/theme/wind",
        "label": [{"lang": "en", "text": "Wind"}],
        "parents": [{"parent": {"id": "http://inspire.example/theme/ac"}}]}},
      {"theme": {"id": "http://inspire.example/theme/old", "label": {"lang": "en", "text": "Gust"},
        "status": {"id": "http://inspire.example/registry/status/superseded"},
        "successors": [{"successor": {"id": "http://inspire.example/theme/wind"}}]}},
      {"theme": {"label": {"lang": "en", "text": "nameless"}}}]}})");
  write("theme.fr.json", R"({"register": {"id": "http://inspire.example/theme",
    "label": {"lang": "fr", "text": "Thèmes"}, "containeditems": [
      {"theme": {"id": "http://inspire.example/theme/ac", "label": {"lang": "fr", "text": "Air"}}},
      {"theme": {"id": "http://inspire.example/theme/wind",
        "label": {"lang": "fr", "text": "Vent"},
        "parents": [{"parent": {"id": "http://inspire.example/theme/ac"}}]}}]}})");
  RdfHere parser;
  auto const loaded = vocabulary::load(
      std::vector{vocabulary::Place{.name = "themes", .path = folder.path().string()}}, parser);
  REQUIRE(loaded.failures.empty());
  Thesaurus const all(loaded.drafts);
  CHECK(all.size() == 3);
  CHECK(all.vocabularies()[0].title.in("fr") == "Thèmes");
  CHECK(all.vocabularies()[0].report.count(FindingCode::concept_address) == 1);
  CHECK(all.vocabularies()[0].deprecated == 1);
  auto const wind = at(all, "http://inspire.example/theme/wind");
  CHECK(texts(wind.labels()) == Names{"Wind@en", "Vent@fr"});
  CHECK(uris(all, wind.broader()) == Names{"http://inspire.example/theme/ac"});
  CHECK(at(all, "http://inspire.example/theme/ac").definition()->text == "What we breathe.");
  // What was superseded stays in its place; who shows the tree leaves it out.
  CHECK(uris(all, all.schemes()[0].top_concepts) ==
        Names{"http://inspire.example/theme/ac", "http://inspire.example/theme/old"});
  CHECK(all.current(at(all, "http://inspire.example/theme/old").number()) ==
        std::vector{wind.number()});
  CHECK(name(vocabulary::read(R"({"containeditems":5})", "test", parser).error().code) ==
        "json-malformed");
}

TEST_CASE("a collection of the NERC server is a vocabulary", "[vocabulary][formats]") {
  auto const all = read(R"({
  "@graph": [
    {"@id": "http://vocab.nerc.ac.uk/collection/R01/current/TRAJ/", "@type": "skos:Concept",
     "skos:prefLabel": {"@language": "en", "@value": "Trajectory"}, "skos:altLabel": "TRAJ",
     "skos:notation": "SDN:R01::TRAJ", "dc:date": "2020-04-04 15:05:33.0",
     "owl:deprecated": "false"},
    {"@id": "http://vocab.nerc.ac.uk/collection/R01/current/BTRAJ/", "@type": "skos:Concept",
     "skos:prefLabel": {"@language": "en", "@value": "B trajectory"}, "skos:altLabel": "",
     "skos:broader": {"@id": "http://vocab.nerc.ac.uk/collection/R01/current/TRAJ/"},
     "skos:notation": "SDN:R01::BTRAJ", "owl:deprecated": "true"},
    {"@id": "http://vocab.nerc.ac.uk/collection/R01/current/", "@type": "skos:Collection",
     "skos:member": [{"@id": "http://vocab.nerc.ac.uk/collection/R01/current/BTRAJ/"},
                     {"@id": "http://vocab.nerc.ac.uk/collection/R01/current/TRAJ/"}],
     "dc:title": "Argo data type"}],
  "@context": {"skos": "http://www.w3.org/2004/02/skos/core#", "dc": "http://purl.org/dc/terms/",
               "owl": "http://www.w3.org/2002/07/owl#"}})");
  CHECK(all.size() == 2);
  auto const& collection = all.vocabularies()[0];
  CHECK(collection.deprecated == 1);
  CHECK(collection.report.count(FindingCode::no_top_concepts) == 0);
  REQUIRE(all.schemes().size() == 1);
  CHECK(all.schemes()[0].uri == "http://vocab.nerc.ac.uk/collection/R01/current/");
  CHECK(all.schemes()[0].title.best({}) == "Argo data type");
  CHECK(all.schemes()[0].concepts == 2);
  auto const first = at(all, "SDN:R01::TRAJ");
  CHECK(uris(all, all.schemes()[0].top_concepts) == Names{std::string(first.uri())});
  CHECK(texts(first.labels()) == Names{"Trajectory@en", "TRAJ@"});
  CHECK(first.modified() == "2020-04-04T15:05:33");
  auto const old = at(all, "SDN:R01::BTRAJ");
  CHECK(old.is_deprecated());
  CHECK(old.notations() == std::vector<std::string_view>{"SDN:R01::BTRAJ", "BTRAJ"});
}

TEST_CASE("pages of a registry are one vocabulary", "[vocabulary][formats]") {
  TemporaryFolder const folder;
  auto const write = [&](char const* name, std::string_view text) {
    std::ofstream(folder.path() / name)
        << "@prefix reg: <http://purl.org/linked-data/registry#> .\n"
        << "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        << "@prefix dct: <http://purl.org/dc/terms/> .\n"
        << "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        << "@prefix r: <http://reg.example/ncl/rocks/> .\n"
        << text;
  };
  write("page-0.ttl", R"(
    <http://reg.example/ncl/rocks> a reg:Register, skos:Collection ;
      rdfs:label "Rocks"@en ; skos:member r:tuff, r:basalt, r:elsewhere, r:sub .
    r:tuff rdfs:label "tuff"@en ; dct:description "Ash that became stone."@en .
    r:sub a reg:Register ; rdfs:label "More rocks"@en .)");
  write("page-1.ttl", R"(
    r:basalt a skos:Concept ; skos:prefLabel "basalt"@en ; skos:broader r:tuff ;
      skos:definition "Dark."@en ; dct:description "Not this."@en .
    r:_basalt a reg:RegisterItem ; reg:notation "B" ; reg:status reg:statusStable ;
      reg:register <http://reg.example/ncl/rocks> ;
      reg:definition [ reg:entity r:basalt ; reg:entityVersion <http://reg.example/v> ] .
    r:_trap a reg:RegisterItem ; reg:notation "T" ; reg:status reg:statusSuperseded ;
      reg:register <http://reg.example/ncl/rocks> ; reg:successor r:_basalt .
    r:trap rdfs:label "trap"@en .
    r:_tuff a reg:RegisterItem ; reg:predecessor r:_trap .
    r:_gone a reg:RegisterItem ; reg:status reg:statusInvalid ;
      reg:register <http://reg.example/ncl/rocks> .)");
  RdfHere parser;
  std::vector<vocabulary::Place> const places{{"rocks", folder.path()}};
  auto const loaded = vocabulary::load(places, parser);
  REQUIRE(loaded.failures.empty());
  Thesaurus const all(loaded.drafts);
  CHECK(all.size() == 3);
  auto const rock = [&](std::string_view name) {
    return at(all, "http://reg.example/ncl/rocks/" + std::string(name));
  };
  auto const tuff = rock("tuff");
  CHECK(tuff.label().text == "tuff");
  CHECK(tuff.definition()->text == "Ash that became stone.");
  auto const basalt = rock("basalt");
  CHECK(basalt.notations() == std::vector<std::string_view>{"B"});
  REQUIRE(basalt.notes().size() == 1);
  CHECK(basalt.definition()->text == "Dark.");
  CHECK_FALSE(basalt.is_deprecated());
  auto const trap = rock("trap");
  CHECK(trap.is_deprecated());
  CHECK(all.current(trap.number()) == std::vector{basalt.number(), tuff.number()});
  REQUIRE(all.schemes().size() == 2);
  CHECK(all.schemes()[0].title.in("en") == "Rocks");
  CHECK(all.schemes()[0].concepts == 3);
  CHECK(uris(all, all.schemes()[0].top_concepts).size() == 2);
}

// 4,667 entries of which two are the same, 566 aliases of which two have two names each: counted
// with Python's ElementTree.
TEST_CASE("the table of CF standard names is loaded whole", "[vocabulary][formats][corpus]") {
  auto const folder = corpus();
  if (!folder) return;
  auto const path = *folder / "cf-convention+vocabularies/docs/cf-standard-names/version/83/"
                              "cf-standard-name-table.xml";
  auto const all = read(read_file(path));
  auto const& table = all.vocabularies()[0];
  CHECK(table.title.in("en") == "CF Standard Names, version 83");
  CHECK(table.concepts == 5'230);
  CHECK(table.deprecated == 564);
  CHECK(all.schemes()[0].top_concepts.size() == 4'666);
  CHECK(table.report.count(FindingCode::replacement_missing) == 0);
  std::size_t defined = 0;
  std::size_t measured = 0;
  for (vocabulary::ConceptNumber number = 0; number < all.size(); ++number) {
    for (auto const& note : all.at(number).notes()) {
      ++(note.kind == vocabulary::NoteKind::definition ? defined : measured);
    }
  }
  CHECK(defined == 4'650);
  CHECK(measured == 4'651);
  CHECK(at(all, "http://vocab.nerc.ac.uk/standard_name/air_temperature/").notations() ==
        std::vector<std::string_view>{"air_temperature", "ta"});
  CHECK(
      all.current(at(all, "http://vocab.nerc.ac.uk/standard_name/surface_carbon_dioxide_mole_flux/")
                      .number())
          .size() == 2);
}
