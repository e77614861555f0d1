#include "formats/stac_support.hpp"

using namespace terracat;
using namespace terracat::formats;
using model::Bbox;
using model::Bound;
using model::Geometry;
using model::Interval;
using model::LocalText;
using model::Precision;

namespace {

using Findings = std::vector<std::string>;

Bbox box(double west, double south, double east, double north) {
  return Bbox::make(west, south, east, north).value();
}

std::vector<Bbox> boxes_of(model::Record const& record) {
  std::vector<Bbox> boxes;
  for (auto const& extent : record->spatial) boxes.push_back(extent.geometry->bbox());
  return boxes;
}

std::vector<std::string> names_of(std::vector<std::pair<std::string, std::string>> const& members) {
  std::vector<std::string> names;
  for (auto const& [name, text] : members) names.push_back(name);
  return names;
}

std::string rewritten(std::string const& document) {
  TestReader reader;
  auto const result = reader.collection(document);
  if (!result) return refusal_of(result);
  return write_stac_collection(record_of(result), record_of(result)->native_id);
}

} // namespace

TEST_CASE("a collection is read into a record") {
  TestReader reader;
  auto const result = reader.collection(fixture("collection.json"));
  REQUIRE(result);
  CHECK(findings_of(result).empty());
  auto const& record = record_of(result);
  CHECK(record->native_id == "soil-moisture");
  CHECK(record->type == "dataset");
  CHECK(record.is_collection());
  CHECK(record->title.first() == "Soil moisture of the Sahel");
  CHECK(record->description.first() == "Weekly soil moisture, *0.1 degree*.");
  REQUIRE(record->keyword_sets.size() == 1);
  CHECK(record->keyword_sets[0].keywords.size() == 2);
  CHECK(record->licences ==
        std::vector<model::Licence>{{.spdx = "CC-BY-4.0",
                                     .text = LocalText("the licence"),
                                     .url = "https://creativecommons.org/licenses/by/4.0/"}});
  CHECK(record->identifiers == std::vector<model::Identifier>{{"doi", "10.12345/abc.1"}});
  CHECK(record->platforms == std::vector{LocalText("smos")});
  CHECK(record->instruments == std::vector{LocalText("miras")});
  CHECK(record->resolutions == std::vector<model::Resolution>{{10000, "m"}});
  CHECK(record->created.earliest() == model::parse_rfc3339("2020-03-01T00:00:00Z").value());
  CHECK(record->updated.earliest() == model::parse_rfc3339("2021-03-01T12:30:00.5Z").value());
  CHECK(record->inferences.empty());
}

TEST_CASE("providers become contacts with the roles of ISO 19115") {
  TestReader reader;
  auto const result = reader.collection(fixture("collection.json"));
  REQUIRE(result);
  auto const& contacts = record_of(result)->contacts;
  REQUIRE(contacts.size() == 2);
  CHECK(contacts[0].organisation.first() == "Site of Toulouse");
  CHECK(contacts[0].roles == std::vector<std::string>{"originator", "rightsHolder"});
  CHECK(contacts[0].url == "https://site.example.org");
  CHECK(contacts[1].roles == std::vector<std::string>{"distributor"});
}

TEST_CASE("the first box is left out where the others make it up") {
  TestReader reader;
  auto const result = reader.collection(fixture("collection.json"));
  REQUIRE(result);
  CHECK(boxes_of(record_of(result)) == std::vector{box(-18, 10, 0, 18), box(0, 12, 40, 20)});
  CHECK(record_of(result).bbox() == box(-18, 10, 40, 20));
  REQUIRE(record_of(result)->temporal.size() == 1);
  auto const& period = *record_of(result)->temporal[0].interval;
  CHECK(period.first() == model::parse_rfc3339("2010-01-01T00:00:00Z").value());
  CHECK(period.end().is_open());
}

TEST_CASE("links say what a collection cites, comes from and is described by") {
  TestReader reader;
  auto const result = reader.collection(fixture("collection.json"));
  REQUIRE(result);
  auto const& record = record_of(result);
  // The DOI of a publication about the data is a relation, not an identifier of the data.
  REQUIRE(record->relations.size() == 2);
  CHECK(record->relations[0] == model::Relation{"crossReference", "10.12345/paper",
                                                "https://doi.org/10.12345/paper",
                                                LocalText("A paper")});
  CHECK(record->relations[1] ==
        model::Relation{"source", "", "https://stac.example.org/collections/smos-l2", {}});
  REQUIRE(record->online.size() == 1);
  CHECK(record->online[0].href == "https://site.example.org/soil");
  CHECK(record->online[0].function == "information");
  REQUIRE(record->assets.size() == 1);
  CHECK(record->assets[0].href == "https://stac.example.org/collections/thumbnail.png");
}

TEST_CASE("what has no place in a record is kept as it came") {
  TestReader reader;
  auto const result = reader.collection(fixture("collection.json"));
  REQUIRE(result);
  CHECK(names_of(record_of(result)->stac_members) ==
        std::vector<std::string>{"providers", "sci:citation", "sci:publications", "summaries",
                                 "item_assets", "assets", "site:thing", "stac_extensions",
                                 "links"});
}

TEST_CASE("a collection is answered as it came") {
  auto const text = rewritten(fixture("collection.json"));
  CHECK(at(text, {"id"}) == R"("soil-moisture")");
  CHECK(at(text, {"stac_version"}) == R"("1.1.0")");
  CHECK(at(text, {"title"}) == R"("Soil moisture of the Sahel")");
  CHECK(at(text, {"keywords"}) == R"(["soil","moisture"])");
  CHECK(at(text, {"license"}) == R"("CC-BY-4.0")");
  CHECK(
      at(text, {"providers"}) ==
      R"([{"name":"Site of Toulouse","description":"makes it","roles":["producer","licensor"],"url":"https://site.example.org"},)"
      R"({"name":"Mirror","roles":["host"]}])");
  CHECK(at(text, {"contacts"}).empty());
  CHECK(at(text, {"extent"}) ==
        R"({"spatial":{"bbox":[[-18,10,40,20],[-18,10,0,18],[0,12,40,20]]},)"
        R"("temporal":{"interval":[["2010-01-01T00:00:00Z",null]]}})");
  CHECK(at(text, {"sci:doi"}) == R"("10.12345/abc.1")");
  CHECK(at(text, {"sci:citation"}) == json::quoted("Site of Toulouse (2020)"));
  CHECK(at(text, {"created"}) == R"("2020-03-01T00:00:00Z")");
  CHECK(at(text, {"updated"}) == R"("2021-03-01T12:30:00.500Z")"); // as precise as records are
  CHECK(at(text, {"summaries"}) ==
        R"({"platform":["smos"],"instruments":["miras"],"gsd":[10000],"site:level":["3"]})");
  CHECK(
      at(text, {"assets"}) ==
      R"({"thumbnail":{"href":"https://stac.example.org/collections/thumbnail.png","type":"image/png","roles":["thumbnail"],"site:size":12}})");
  CHECK(at(text, {"site:thing"}) == "[true]");
  CHECK(at(text, {"terracat:inferred"}).empty());
  CHECK(at(text, {"stac_extensions"}) ==
        R"(["https://stac-extensions.github.io/scientific/v1.0.0/schema.json",)"
        R"("https://stac-extensions.github.io/item-assets/v1.0.0/schema.json"])");
  CHECK(
      at(text, {"links"}) ==
      R"([{"rel":"via","href":"https://stac.example.org/collections/soil-moisture"},)"
      R"({"rel":"license","href":"https://creativecommons.org/licenses/by/4.0/","title":"the licence"},)"
      R"({"rel":"cite-as","href":"https://doi.org/10.12345/ABC.1"},)"
      R"({"rel":"cite-as","href":"https://doi.org/10.12345/paper"},)"
      R"({"rel":"about","href":"https://site.example.org/soil","type":"text/html","title":"Soil page"},)"
      R"({"rel":"derived_from","href":"https://stac.example.org/collections/smos-l2"}])");
}

TEST_CASE("what is answered reads as the same record again") {
  auto const name = GENERATE("collection.json", "collection_poor.json", "collection_0.9.json");
  auto const once = rewritten(fixture(name));
  CHECK(rewritten(once) == once);
}

TEST_CASE("a collection that says little is completed, and what is made up is marked") {
  TestReader reader;
  auto const result = reader.collection(fixture("collection_poor.json"));
  REQUIRE(result);
  CHECK(findings_of(result) == Findings{"identifier-placeholder /sci:doi",
                                        "date-unreadable /extent/temporal/interval/0/0",
                                        "abstract-missing /description"});
  auto const& record = record_of(result);
  CHECK(record->identifiers.empty());
  CHECK(record->spatial.empty());
  auto const text = write_stac_collection(record, "peps-s1");
  CHECK(at(text, {"id"}) == R"("peps-s1")");
  CHECK(at(text, {"title"}) == R"("PEPS/S1 L1")");
  CHECK(at(text, {"description"}) == R"("PEPS/S1 L1")");
  CHECK(at(text, {"license"}) == R"("other")");
  CHECK(at(text, {"extent", "spatial"}) == R"({"bbox":[[-180,-90,180,90]]})");
  CHECK(at(text, {"terracat:original_interval"}) == R"([["unknown date",null]])");
  auto const document = json::Document::parse(at(text, {"terracat:inferred"}));
  REQUIRE(document);
  std::vector<std::string> members;
  for (auto const inference : document->root().elements()) {
    members.emplace_back(inference.string("member").value());
    CHECK_FALSE(inference.string("rule")->empty());
  }
  CHECK(members == std::vector<std::string>{"title", "description", "license", "extent.spatial"});
}

TEST_CASE("what another site corrected is what it says, and its mark is not ours") {
  TestReader reader;
  auto const first = reader.collection(fixture("collection_poor.json"));
  REQUIRE(first);
  auto parts = *record_of(first);
  parts.title = model::LocalText("Better");
  parts.inferences.clear(); // the title was one
  parts.corrected = {{.member = "title", .language = {}, .at = model::Instant(0)}};
  auto const text = write_stac_collection(model::Record::make(parts).value(), "a-1");
  CHECK(at(text, {"terracat:corrected"}) == R"([{"member":"title","at":"1970-01-01T00:00:00Z"}])");
  auto const second = reader.collection(text);
  REQUIRE(second);
  CHECK(record_of(second)->title.first() == "Better");
  CHECK(record_of(second)->corrected.empty());
  CHECK(at(write_stac_collection(record_of(second), "a-1"), {"terracat:corrected"}).empty());
}

TEST_CASE("what another site made up is not read as the source's word") {
  TestReader reader;
  auto const first = reader.collection(fixture("collection_poor.json"));
  REQUIRE(first);
  auto const second = reader.collection(write_stac_collection(record_of(first), "a-1"));
  REQUIRE(second);
  auto const& record = record_of(second);
  CHECK(record->spatial.empty());
  CHECK(record->licences.empty());
  CHECK(record->description.empty());
  REQUIRE(record->temporal.size() == 1);
  CHECK(record->temporal[0].start_text == "unknown date");
}

TEST_CASE("boxes and periods are read as they were meant") {
  TestReader reader;
  auto const result = reader.collection(fixture("collection_extents.json"));
  REQUIRE(result);
  CHECK(findings_of(result) ==
        Findings{"bbox-swapped /extent/spatial/bbox/0", "bbox-wrapped /extent/spatial/bbox/2",
                 "bbox-clamped /extent/spatial/bbox/3", "bbox-unreadable /extent/spatial/bbox/4",
                 "bbox-unreadable /extent/spatial/bbox/6",
                 "date-repaired /extent/temporal/interval/0/0",
                 "date-repaired /extent/temporal/interval/0/1",
                 "interval-reversed /extent/temporal/interval/1"});
  auto const& record = record_of(result);
  CHECK(boxes_of(record) == std::vector{box(1.31, 48, 3.28, 50), box(177, -19, -178, -16),
                                        box(-170, 10, -160, 20), box(10, -90, 20, 10),
                                        box(5, 40, 6, 41)});
  REQUIRE(record->vertical.size() == 1);
  CHECK(record->vertical[0].range == model::HeightRange{-100, 2500});
  REQUIRE(record->temporal.size() == 2);
  CHECK(record->temporal[0].interval->start() ==
        Bound::at(model::parse_rfc3339("1990-01-01T00:00:00Z").value(), Precision::year));
  CHECK(record->temporal[0].interval->last() ==
        model::parse_rfc3339("1995-06-30T23:59:59.999Z").value());
  CHECK_FALSE(record->temporal[1].interval);
  CHECK(record->temporal[1].start_text == "2001-01-01T00:00:00Z");
  CHECK(record->licences[0].text.first() == "proprietary");
  auto const text = write_stac_collection(record, "extents");
  CHECK(at(text, {"license"}) == R"("proprietary")");
  CHECK(at(text, {"extent", "temporal", "interval"}) ==
        R"([["1990-01-01T00:00:00Z","1995-06-30T23:59:59Z"]])");
  CHECK(at(text, {"terracat:original_interval"}) ==
        R"([["1990","1995-06"],["2001-01-01T00:00:00Z","2000-01-01T00:00:00Z"]])");
}

TEST_CASE("a box that is no array is reported") {
  TestReader reader;
  auto const box = GENERATE(R"({"west":1})", R"("1,2,3,4")", "[]", "7");
  auto const result =
      reader.collection(R"({"type":"Collection","stac_version":"1.0.0","id":"a","description":"d",)"
                        R"("extent":{"spatial":{"bbox":)" +
                        std::string(box) + "}}}");
  REQUIRE(result);
  CHECK(findings_of(result) == Findings{"bbox-unreadable /extent/spatial/bbox"});
  CHECK(record_of(result)->spatial.empty());
}

TEST_CASE("moments finer than a millisecond are answered in the source's own words") {
  auto const text = rewritten(
      R"({"type":"Collection","stac_version":"1.0.0","id":"a","extent":{"temporal":{"interval":[)"
      R"(["2009-05-20T02:40:01.042784Z","2018-11-03T23:59:55.112875+00:00"],)"
      R"(["2009-05-20T02:40:01.042784Z","2010-01-01T00:00:00+01:00"],)"
      R"(["2011-01-01","2018-11-03T23:59:55.112875+00:00"]]}}})");
  CHECK(at(text, {"extent", "temporal", "interval"}) ==
        R"([["2009-05-20T02:40:01.042784Z","2018-11-03T23:59:55.112875+00:00"],)"
        R"(["2009-05-20T02:40:01.042784Z","2009-12-31T23:00:00Z"],)"
        R"(["2011-01-01T00:00:00Z","2018-11-03T23:59:55.112875+00:00"]])");
}

TEST_CASE("a collection of version 0.9 is answered as one of today") {
  TestReader reader;
  auto const document = fixture("collection_0.9.json");
  CHECK(recognise(document)->name == "stac-collection");
  auto const result = reader.collection(document);
  REQUIRE(result);
  auto const text = write_stac_collection(record_of(result), "older");
  CHECK(at(text, {"type"}) == R"("Collection")");
  CHECK(at(text, {"assets"}).empty());
  CHECK(at(text, {"item_assets"}) == R"({"B1":{"type":"image/tiff","title":"blue"}})");
  CHECK(at(text, {"summaries"}) ==
        R"({"eo:cloud_cover":{"minimum":0,"maximum":80},"platform":["spot-5"]})");
  CHECK(at(text, {"extent"}) == R"({"spatial":{"bbox":[[5,40,6,41]]},)"
                                R"("temporal":{"interval":[["2001-01-01T00:00:00Z",null]]}})");
  CHECK(at(text, {"stac_extensions"}) ==
        R"(["https://stac-extensions.github.io/item-assets/v1.0.0/schema.json",)"
        R"("https://stac-extensions.github.io/eo/v1.0.0/schema.json"])");
  CHECK(at(text, {"license"}) == R"("various")");
  CHECK(at(text, {"properties"}) == R"({"eo:gsd":5})");
}

TEST_CASE("a collection without an identifier or of an unknown version is refused") {
  TestReader reader;
  auto const refusal = [&reader](std::string const& document) {
    return refusal_of(reader.collection(document));
  };
  CHECK(refusal(R"({"type":"Collection","stac_version":"1.0.0"})") == "no-identifier /id");
  CHECK(refusal(R"({"type":"Collection","stac_version":"1.0.0","id":[1]})") == "stac-invalid /id");
  CHECK(refusal(R"({"type":"Collection","stac_version":"0.6.0","id":"a"})") ==
        "stac-invalid /stac_version");
  CHECK(refusal(R"({"type":"Collection","id":"a"})") == "stac-invalid /stac_version");
  CHECK(refusal(R"({"type":"Catalog","stac_version":"1.0.0","id":"a","extent":{}})") ==
        "unexpected-root /type");
  CHECK(refusal(R"({"type":"Collection","stac_version":"1.0.0","id":"a"})") == "read");
}

TEST_CASE("texts are in the language of the document, else of the source") {
  TestReader reader;
  reader.language = "fr";
  auto const text = R"({"type":"Collection","stac_version":"1.0.0","id":"a","title":"Neige")";
  auto const french = reader.collection(std::string(text) + "}");
  REQUIRE(french);
  CHECK(record_of(french)->title == LocalText("fr", "Neige"));
  auto const german = reader.collection(std::string(text) + R"(,"language":{"code":"de"}})");
  REQUIRE(german);
  CHECK(record_of(german)->title == LocalText("de", "Neige"));
  CHECK(record_of(german)->metadata_languages == std::vector<std::string>{"de"});
}

TEST_CASE("themes are kept, and their concepts stand among the keywords once") {
  auto const document =
      R"({"type":"Collection","stac_version":"1.0.0","id":"a","keywords":["snow"],)"
      R"("themes":[{"scheme":"https://v.example.org/","concepts":[)"
      R"({"id":"snow-depth","title":"Snow depth","url":"https://v.example.org/12"},{"id":"ice"}]}]})";
  TestReader reader;
  auto const result = reader.collection(document);
  REQUIRE(result);
  auto const& sets = record_of(result)->keyword_sets;
  REQUIRE(sets.size() == 2);
  CHECK(sets[1].thesaurus_uri == "https://v.example.org/");
  CHECK(sets[1].keywords[0] == model::Keyword{LocalText("Snow depth"), "https://v.example.org/12"});
  auto const text = write_stac_collection(record_of(result), "a");
  CHECK(at(text, {"keywords"}) == R"(["snow"])");
  CHECK(at(text, {"themes"}) == at(document, {"themes"}));
}
