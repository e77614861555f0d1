// Data sets of an Opendatasoft portal, as its API answers them.

#include "formats/iso_support.hpp"

#include <algorithm>

using namespace terracat;
using namespace terracat::test;

namespace {

constexpr auto address = "https://data.example/api/explore/v2.1/catalog/datasets/suivi-hirondelles";

formats::ReadResult read(std::string_view document, std::string from = {}) {
  json::Parser json;
  return formats::read_opendatasoft(
      document, {.address = std::move(from), .language = {}, .local_assets = {}, .json = json});
}

/// A data set with what is needed, these members of `default`, and these templates.
std::string dataset(std::string const& members, std::string const& templates = {}) {
  return R"({"dataset_id":"a","metas":{"default":{"title":"T","description":"D")" +
         (members.empty() ? "" : "," + members) + "}" + (templates.empty() ? "" : "," + templates) +
         "}}";
}

model::RecordParts parts(std::string const& members, std::string const& templates = {}) {
  return parts_of(read(dataset(members, templates)));
}

Strings codes(std::string const& members, std::string const& templates = {}) {
  Strings out;
  auto const reading = read(dataset(members, templates));
  REQUIRE(reading);
  for (auto const& finding : reading->findings) {
    out.push_back(std::string(name(finding.code)) + " " + finding.where);
  }
  return out;
}

Strings hrefs(model::RecordParts const& parts) {
  Strings out;
  for (auto const& link : parts.online) out.push_back(link.href + " " + link.media_type);
  return out;
}

} // namespace

TEST_CASE("Opendatasoft: a whole data set becomes a record") {
  auto const reading = read(fixture("formats/opendatasoft/dataset.json"), address);
  auto const record = parts_of(reading);
  CHECK(record.native_id == "suivi-hirondelles");
  CHECK(record.type == "dataset");
  CHECK(record.title == model::LocalText("fr", "Suivi des hirondelles de rivage"));
  CHECK(record.description.in("fr") ==
        "Comptages annuels des colonies.\n\nFalaises de l\u2019estuaire.");
  CHECK(record.metadata_languages == Strings{"fr"});
  CHECK(record.resource_languages == Strings{"fr"});
  CHECK(record.lineage.in("fr") == "Deux passages par colonie.");
  CHECK(record.frequency == "annually");
  REQUIRE(record.dates.size() == 3);
  CHECK(record.dates[0].kind == "revision");
  CHECK(record.dates[0].text == "2024-03-02T10:11:12.345000+00:00");
  CHECK(record.dates[1].kind == "creation");
  CHECK(record.dates[2].kind == "publication");
  CHECK(record.updated.earliest() == record.dates[0].at.earliest());
  REQUIRE(record.licences.size() == 1);
  CHECK(record.licences[0].spdx == "etalab-2.0");
  CHECK(record.identifiers == std::vector<model::Identifier>{{"", "fr-123-hirondelles"},
                                                             {"doi", "10.5072/abc"},
                                                             {"doi", "10.1234/hirondelles"}});
}

TEST_CASE("Opendatasoft: subjects, contacts, places and times of a whole data set") {
  auto const record = parts_of(read(fixture("formats/opendatasoft/dataset.json"), address));
  REQUIRE(record.keyword_sets.size() == 3);
  CHECK(record.keyword_sets[0].kind.empty());
  REQUIRE(record.keyword_sets[0].keywords.size() == 2); // one was left to be filled in
  CHECK(record.keyword_sets[0].keywords[1].label.first() == "Faune > Oiseaux");
  CHECK(record.keyword_sets[1].kind == "theme");
  CHECK(record.keyword_sets[2].thesaurus.first() == "GEMET - INSPIRE themes, version 1.0");
  REQUIRE(record.contacts.size() == 3);
  CHECK(record.contacts[0].name == "Service des données");
  CHECK(record.contacts[0].emails == Strings{"donnees@estuaire.example"});
  CHECK(record.contacts[0].roles == Strings{"pointOfContact"});
  CHECK(record.contacts[1].organisation.first() == "Observatoire de l'estuaire");
  CHECK(record.contacts[1].roles == Strings{"publisher"});
  CHECK(record.contacts[2].roles == Strings{"author"});
  REQUIRE(record.spatial.size() == 3);
  auto const& box = record.spatial[0].geometry->bbox();
  CHECK(box.west() == -1.5);
  CHECK(box.south() == 45.5);
  CHECK(box.east() == -0.5);
  CHECK(box.north() == 46.25);
  CHECK(record.spatial[1].place.first() == "Charente-Maritime");
  REQUIRE(record.temporal.size() == 1);
  CHECK(record.temporal[0].start_text == "2010");
  CHECK(record.temporal[0].end_text == "2023");
  CHECK(record.temporal[0].interval);
}

TEST_CASE("Opendatasoft: what the portal has for each data set is linked, if it came from there") {
  auto const from_api = parts_of(read(fixture("formats/opendatasoft/dataset.json"), address));
  CHECK(hrefs(from_api) ==
        Strings{"https://doi.org/10.1234/HIRONDELLES ",
                "https://data.example/explore/dataset/suivi-hirondelles/ text/html",
                std::string(address) + "/attachments/protocole_pdf application/pdf",
                std::string(address) + "/exports/csv text/csv",
                std::string(address) + "/exports/geojson application/geo+json"});
  auto const from_file =
      parts_of(read(fixture("formats/opendatasoft/dataset.json"),
                    GENERATE("data/x.json", "file:/api/explore/v2.1/catalog/datasets/x.json")));
  CHECK(hrefs(from_file) == Strings{"https://doi.org/10.1234/HIRONDELLES "});
  auto const bare = parts_of(read(dataset(""), address));
  CHECK(hrefs(bare) == Strings{"https://data.example/explore/dataset/a/ text/html"});
}

TEST_CASE("Opendatasoft: each of ISO's words for how often is one") {
  std::string const word =
      GENERATE("continual", "daily", "weekly", "fortnightly", "monthly", "quarterly", "biannually",
               "annually", "asNeeded", "irregular", "notPlanned", "unknown", "periodic",
               "semimonthly", "biennially");
  CHECK(parts("", R"("dcat":{"accrualperiodicity":")" + word + "\"}").frequency == word);
}

TEST_CASE("Opendatasoft: one value stands for a list of one, and none for none") {
  auto const record = parts(R"("keyword":"eau","theme":null,"territory":"Corse","publisher":null)");
  REQUIRE(record.keyword_sets.size() == 1);
  CHECK(record.keyword_sets[0].keywords.size() == 1);
  REQUIRE(record.spatial.size() == 1);
  CHECK(record.spatial[0].place.first() == "Corse");
  CHECK(record.contacts.empty());
}

TEST_CASE("Opendatasoft: an area that was drawn goes before that of the data") {
  auto const point = [](std::string const& at) {
    return R"({"type":"Feature","geometry":{"type":"Point","coordinates":)" + at + "}}";
  };
  auto const record =
      parts(R"("bbox":)" + point("[1,2]") + R"(,"geographic_area":)" + point("[3,4]"));
  REQUIRE(record.spatial.size() == 1);
  CHECK(record.spatial[0].geometry->bbox().west() == 3);
  CHECK(codes(R"("bbox":)" + point("[1,900]")) ==
        Strings{"geometry-unreadable /metas/default/bbox/geometry"});
  CHECK(codes(R"("bbox":"x")").empty());
}

TEST_CASE("Opendatasoft: periods in every form that portals have") {
  auto const period = [](std::string const& members) {
    auto const record = parts("", R"("dcat":{)" + members + "}");
    if (record.temporal.empty()) return std::string("none");
    return record.temporal[0].start_text + " to " + record.temporal[0].end_text +
           (record.temporal[0].interval ? "" : " unread");
  };
  CHECK(period(R"("temporal":"2010/2012")") == "2010 to 2012");
  CHECK(period(R"("temporal":"2015")") == "2015 to 2015");
  CHECK(period(R"("temporal_coverage_start":"2001-02-03","temporal_coverage_end":null)") ==
        "2001-02-03 to ");
  CHECK(period(R"("temporal":"depuis toujours")") == "depuis toujours to depuis toujours unread");
  CHECK(period(R"("temporal":null)") == "none");
  CHECK(codes("", R"("dcat":{"temporal":"depuis toujours"})") ==
        Strings{"date-unreadable /metas/dcat/temporal"});
}

TEST_CASE("Opendatasoft: what is odd is told where it stands") {
  CHECK(codes(R"("keyword":["a","{{mot}}"])") ==
        Strings{"text-placeholder /metas/default/keyword/1"});
  CHECK(codes(R"("language":"klingon?")") == Strings{"language-unknown /metas/default/language"});
  CHECK(codes(R"("modified":"hier")") == Strings{"date-unreadable /metas/default/modified"});
  CHECK(codes("", R"("dcat":{"contact_email":"formulaire du site"})") ==
        Strings{"email-unreadable /metas/dcat/contact_email"});
  auto const* const html =
      R"({"dataset_id":"a","metas":{"default":{"title":"T","description":"<p>D</p>"}}})";
  CHECK(codes_of(read(html)) == Codes{FindingCode::html_stripped});
}

TEST_CASE("Opendatasoft: documents that cannot become a record say why") {
  auto const code = [](std::string_view document) {
    auto const reading = read(document);
    return reading ? "read" : std::string(name(reading.error().code)) + " " + reading.error().where;
  };
  CHECK(code(R"({"dataset_id":"a","metas":{"default":{"title":" "}}})") ==
        "no-title /metas/default/title");
  CHECK(code(R"({"metas":{"default":{"title":"T"}}})") == "no-identifier /dataset_id");
  CHECK(code(R"({"dataset_id":"a","metas":{}})") == "unexpected-root /metas/default");
  CHECK(code(R"({"dataset":{"dataset_id":"","metas":{"default":{"title":"T"}}}})") ==
        "no-identifier /dataset/dataset_id");
  CHECK(code("[]") == "unexpected-root ");
  CHECK_THAT(code(R"({"dataset_id":)"), Catch::StartsWith("json-malformed"));
}

TEST_CASE("Opendatasoft: version 2.0 wraps what 2.1 answers") {
  auto const record = parts_of(read(R"({"links":[],"dataset":)" + dataset("") + "}"));
  CHECK(record.native_id == "a");
}

TEST_CASE("Opendatasoft: documents are recognised") {
  CHECK(formats::recognise(fixture("formats/opendatasoft/dataset.json")) ==
        formats::find("opendatasoft"));
  CHECK(formats::recognise(R"({"links":[],"dataset":)" + dataset("") + "}") ==
        formats::find("opendatasoft"));
  CHECK_FALSE(formats::is_opendatasoft(R"({"dataset_id":"a"})"));
  CHECK_FALSE(formats::is_opendatasoft("<dataset_id/>"));
}
