#include "formats/stac_support.hpp"

using namespace terracat;
using namespace terracat::formats;
using model::Bbox;
using model::Bound;
using model::Geometry;
using model::GeometryType;
using model::Instant;
using model::Interval;
using model::LocalText;
using model::Precision;

namespace {

using Findings = std::vector<std::string>;

model::RecordParts parts() {
  model::RecordParts parts;
  parts.native_id = "n";
  parts.title = LocalText("T");
  return parts;
}

std::string written(model::RecordParts parts) {
  return write_ogc_record(model::Record::make(std::move(parts)).value(), "r");
}

Bound at_time(std::string_view text, Precision precision) {
  return Bound::at(model::parse_rfc3339(text).value(), precision);
}

std::string time_of(Bound start, Bound end) {
  auto timed = parts();
  timed.temporal = {{Interval::make(start, end).value(), {}, {}}};
  return at(written(timed), {"time"});
}

model::SpatialExtent area(double west, double south, double east, double north) {
  return {Geometry::box(Bbox::make(west, south, east, north).value()), {}};
}

} // namespace

TEST_CASE("a record of OGC API Records is read") {
  TestReader reader;
  auto const result = reader.record(fixture("ogc_record.json"));
  REQUIRE(result);
  CHECK(findings_of(result) == Findings{"href-refused /links/5/href"});
  auto const& record = record_of(result);
  CHECK(record->native_id == "urn:site:rain-gauges");
  CHECK(record->type == "dataset");
  CHECK(record->title == LocalText("fr", "Pluviomètres"));
  CHECK(record->description == LocalText("fr", "Pluie journalière."));
  CHECK(record->metadata_languages == std::vector<std::string>{"fr", "en"});
  CHECK(record->resource_languages == std::vector<std::string>{"en"});
  CHECK(record->identifiers ==
        std::vector<model::Identifier>{{"doi", "10.1234/rain"}, {"", "RG-7"}});
  CHECK(
      record->licences ==
      std::vector<model::Licence>{
          {.spdx = "etalab-2.0", .text = {}, .url = "https://www.etalab.gouv.fr/licence-ouverte"}});
  CHECK(record->access_constraints == std::vector{LocalText("fr", "citer l'observatoire")});
  CHECK(record->formats == std::vector{LocalText("NetCDF"), LocalText("text/csv")});
  CHECK(record.bbox() == Bbox::make(2, 42, 5, 45).value());
  CHECK(record->inferences.empty());
}

TEST_CASE("people and subjects of a record are read") {
  TestReader reader;
  auto const result = reader.record(fixture("ogc_record.json"));
  REQUIRE(result);
  auto const& record = record_of(result);
  REQUIRE(record->contacts.size() == 1);
  CHECK(record->contacts[0] == model::Contact{.name = "Ada Pluie",
                                              .organisation = LocalText("fr", "Observatoire"),
                                              .position = LocalText("fr", "hydrologue"),
                                              .emails = {"ada@example.org"},
                                              .phones = {"+33561000000"},
                                              .url = "https://observatoire.example.org",
                                              .orcid = "0000-0002-1825-0097",
                                              .ror = {},
                                              .roles = {"pointOfContact", "author"}});
  REQUIRE(record->keyword_sets.size() == 2);
  CHECK(record->keyword_sets[0].keywords ==
        std::vector<model::Keyword>{{LocalText("fr", "pluie"), ""}});
  CHECK(record->keyword_sets[1].thesaurus_uri == "https://gcmd.earthdata.nasa.gov/kms");
  CHECK(record->keyword_sets[1].keywords ==
        std::vector<model::Keyword>{
            {LocalText("fr", "RAIN"), "https://gcmd.earthdata.nasa.gov/kms/concept/1532e590"}});
}

TEST_CASE("topics of a record are concepts of their code list, and topics again") {
  auto marine = parts();
  marine.topics = {"oceans", "biota"};
  auto const text = written(marine);
  CHECK(at(text, {"properties", "themes"})
            .find(R"("url":"http://inspire.ec.europa.eu/metadata-codelist/TopicCategory/biota")") !=
        std::string::npos);
  TestReader reader;
  auto const again = reader.record(text);
  REQUIRE(again);
  CHECK(record_of(again)->topics == marine.topics);
  CHECK(record_of(again)->keyword_sets.empty());
}

TEST_CASE("links of a record become ways to the data and relations") {
  TestReader reader;
  auto const result = reader.record(fixture("ogc_record.json"));
  REQUIRE(result);
  auto const& record = record_of(result);
  REQUIRE(record->online.size() == 2);
  CHECK(record->online[0] == model::OnlineResource{.href = "https://records.example.org/rain.zip",
                                                   .name = LocalText("fr", "archive"),
                                                   .description = {},
                                                   .protocol = {},
                                                   .function = "download",
                                                   .media_type = "application/zip"});
  CHECK(record->online[1].href == "https://records.example.org/rain.png");
  CHECK(record->online[1].function == "browseGraphic");
  REQUIRE(record->relations.size() == 1);
  CHECK(record->relations[0].kind == "source");
}

TEST_CASE("dates without a time of day are as they should be in a record") {
  TestReader reader;
  auto const result = reader.record(fixture("ogc_record.json"));
  REQUIRE(result);
  REQUIRE(record_of(result)->temporal.size() == 1);
  auto const& extent = record_of(result)->temporal[0];
  CHECK(extent.interval->start() == at_time("1971-05-01T00:00:00Z", Precision::day));
  CHECK(extent.interval->end().is_open());
  CHECK(extent.start_text == "1971-05-01");
}

TEST_CASE("a record is written as it was read") {
  TestReader reader;
  auto const document = fixture("ogc_record.json");
  auto const result = reader.record(document);
  REQUIRE(result);
  auto const text = write_ogc_record(record_of(result), "rain");
  CHECK(at(text, {"id"}) == R"("rain")");
  CHECK(at(text, {"type"}) == R"("Feature")");
  CHECK(at(text, {"time"}) == R"({"interval":["1971-05-01",".."]})");
  CHECK(at(text, {"geometry"}) == at(document, {"geometry"}));
  CHECK(at(text, {"linkTemplates"}) == at(document, {"linkTemplates"}));
  for (auto const name : {"type", "title", "description", "created", "updated", "languages",
                          "resourceLanguages", "license", "rights"}) {
    CHECK(at(text, {"properties", name}) == at(document, {"properties", name}));
  }
  CHECK(at(text, {"properties", "language"}) == R"({"code":"fr"})");
  CHECK(at(text, {"properties", "keywords"}) == R"(["pluie","RAIN"])");
  CHECK(at(text, {"properties", "externalIds"}) ==
        R"([{"scheme":"doi","value":"10.1234/rain"},{"value":"RG-7"}])");
  CHECK(at(text, {"properties", "formats"}) == R"([{"name":"NetCDF"},{"name":"text/csv"}])");
  CHECK(
      at(text, {"properties", "contacts"}) ==
      R"([{"identifier":"https://orcid.org/0000-0002-1825-0097","name":"Ada Pluie",)"
      R"("position":"hydrologue","organization":"Observatoire","emails":[{"value":"ada@example.org"}],)"
      R"("phones":[{"value":"+33561000000"}],)"
      R"("links":[{"rel":"about","href":"https://observatoire.example.org","type":"text/html"}],)"
      R"("roles":["pointOfContact","author"]}])");
  CHECK(
      at(text, {"links"}) ==
      R"([{"rel":"license","href":"https://www.etalab.gouv.fr/licence-ouverte"},)"
      R"({"rel":"cite-as","href":"https://doi.org/10.1234/rain"},)"
      R"({"rel":"enclosure","href":"https://records.example.org/rain.zip","type":"application/zip","title":"archive"},)"
      R"({"rel":"preview","href":"https://records.example.org/rain.png","type":"image/png"},)"
      R"({"rel":"derived_from","href":"https://records.example.org/items/raw","title":"raw counts"}])");
}

TEST_CASE("a written record reads as the same record again, but for the source's own words") {
  TestReader reader;
  auto const first = reader.record(fixture("ogc_record.json"));
  REQUIRE(first);
  auto const once = write_ogc_record(record_of(first), "rain");
  auto const second = reader.record(once);
  REQUIRE(second);
  CHECK(write_ogc_record(record_of(second), "rain") == once);
}

TEST_CASE("time is a date, a timestamp or an interval, as precise as the source is") {
  auto const day = at_time("2004-05-06T00:00:00Z", Precision::day);
  auto const second = at_time("2004-05-06T07:08:09Z", Precision::second);
  auto const year = at_time("2004-01-01T00:00:00Z", Precision::year);
  CHECK(time_of(day, day) == R"({"date":"2004-05-06"})");
  CHECK(time_of(second, second) == R"({"timestamp":"2004-05-06T07:08:09Z"})");
  CHECK(time_of(year, year) == R"({"interval":["2004-01-01","2004-12-31"]})");
  CHECK(time_of(year, second) == R"({"interval":["2004-01-01","2004-05-06T07:08:09Z"]})");
  CHECK(time_of(Bound::open(), day) == R"({"interval":["..","2004-05-06"]})");
  CHECK(time_of(Bound::open(), Bound::open()) == "null");
  CHECK(at(written(parts()), {"time"}) == "null");
}

TEST_CASE("a time that the standard cannot say is null, with the source's words beside") {
  auto ancient = parts();
  auto const year = Bound::at(*Instant::at({.year = -20000}), Precision::year);
  ancient.temporal = {{Interval::make(year, year).value(), "-20000", ""}};
  auto const text = written(ancient);
  CHECK(at(text, {"time"}) == "null");
  CHECK(at(text, {"properties", "terracat:original_interval"}) ==
        R"([["-20000","-20000-01-01T00:00:00Z"]])");
}

TEST_CASE("dates and timestamps are read") {
  TestReader reader;
  auto const period = [&reader](std::string const& time) {
    auto const result = reader.record(
        R"({"id":"a","type":"Feature","geometry":null,"properties":{"title":"t","description":"d"},"time":)" +
        time + "}");
    REQUIRE(result);
    CHECK(findings_of(result).empty());
    return record_of(result).period();
  };
  CHECK(period(R"({"date":"2004-05-06"})") ==
        Interval::instant(at_time("2004-05-06T00:00:00Z", Precision::day)));
  CHECK(period(R"({"timestamp":"2004-05-06T07:08:09Z"})") ==
        Interval::instant(at_time("2004-05-06T07:08:09Z", Precision::second)));
  CHECK_FALSE(period("null"));
}

TEST_CASE("several areas are one geometry that is valid") {
  auto const type = [](std::vector<model::SpatialExtent> areas) {
    auto located = parts();
    located.spatial = std::move(areas);
    return at(written(located), {"geometry", "type"});
  };
  CHECK(type({area(0, 0, 1, 1)}) == R"("Polygon")");
  CHECK(type({area(0, 0, 1, 1), area(5, 5, 6, 6)}) == R"("MultiPolygon")");
  CHECK(type({area(0, 0, 3, 3), area(2, 2, 6, 6)}) == R"("GeometryCollection")");
  CHECK(type({area(0, 0, 1, 1), area(5, 5, 5, 5)}) == R"("GeometryCollection")");
  CHECK(at(written(parts()), {"geometry"}) == "null");
}

TEST_CASE("a record keeps what can be read of it") {
  TestReader reader;
  auto const result = reader.record(
      R"({"id":12,"type":"Feature","geometry":{"type":"Polygon","coordinates":[]},)"
      R"("properties":{"updated":"last week","languages":[{"code":"??"}],"formats":["CSV"]}})");
  REQUIRE(result);
  CHECK(findings_of(result) ==
        Findings{"abstract-missing /properties/description", "date-unreadable /properties/updated",
                 "language-unknown /properties/languages", "geometry-unreadable /geometry"});
  auto const& record = record_of(result);
  CHECK(record->native_id == "12");
  CHECK(record->title.first() == "12");
  CHECK(record->inferences.size() == 1);
  CHECK(record->type.empty());
  CHECK(record->formats == std::vector{LocalText("CSV")});
}

TEST_CASE("a link to cite by gives a DOI where the record names none") {
  TestReader reader;
  auto const identifiers = [&reader](std::string const& properties) {
    auto const result =
        reader.record(R"({"id":"a","type":"Feature","properties":{"title":"t")" + properties +
                      R"(},"links":[{"rel":"cite-as","href":"https://doi.org/10.1234/Linked"}]})");
    REQUIRE(result);
    return record_of(result)->identifiers;
  };
  CHECK(identifiers("") == std::vector<model::Identifier>{{"doi", "10.1234/linked"}});
  CHECK(identifiers(R"(,"externalIds":[{"value":"doi:10.1234/own"}])") ==
        std::vector<model::Identifier>{{"doi", "10.1234/own"}});
}

TEST_CASE("what is no record of OGC API Records is refused") {
  TestReader reader;
  CHECK(refusal_of(reader.record(R"({"type":"Feature","properties":{}})")) == "no-identifier /id");
  CHECK(refusal_of(reader.record(R"({"id":"a","type":"Feature","properties":null})")) ==
        "unexpected-root /type");
  CHECK(refusal_of(reader.record(R"({"id":"a","type":"Collection"})")) == "unexpected-root /type");
}
