// Things and Datastreams of OGC SensorThings.

#include "formats/iso_support.hpp"

using namespace terracat;
using namespace terracat::test;

namespace {

formats::ReadResult read(std::string_view document, std::string native_id = {}) {
  json::Parser json;
  return formats::read_sensorthings(document, {.address = {},
                                               .language = {},
                                               .local_assets = {},
                                               .json = json,
                                               .native_id = std::move(native_id)});
}

formats::SplitResult split(std::string_view document) {
  json::Parser json;
  return formats::split_sensorthings(
      document, {.address = {}, .language = {}, .local_assets = {}, .json = json});
}

/// A Thing with what is needed, and these members.
std::string thing(std::string const& members) {
  return R"({"@iot.id":7,"name":"A","description":"d","Datastreams":[])" +
         (members.empty() ? "" : "," + members) + "}";
}

Strings noted(std::string const& document) {
  Strings out;
  auto const reading = read(document);
  REQUIRE(reading);
  for (auto const& finding : reading->findings) {
    out.push_back(std::string(name(finding.code)) + " " + finding.where);
  }
  return out;
}

Strings first_of(std::vector<model::LocalText> const& texts) {
  Strings out;
  for (auto const& text : texts) out.emplace_back(text.first());
  return out;
}

Strings links_of(model::RecordParts const& record) {
  Strings out;
  for (auto const& link : record.online) {
    out.push_back(std::string(link.name.first()) + "|" + link.function + "|" + link.href);
  }
  return out;
}

} // namespace

TEST_CASE("SensorThings: a whole Thing becomes a record with what it observes") {
  auto const reading = read(fixture("formats/sensorthings/thing.json"));
  auto const record = parts_of(reading);
  CHECK(record.native_id == "Things(12)");
  CHECK(record.type == "dataset");
  CHECK(record.title == model::LocalText("Well of the plain"));
  CHECK(record.description == model::LocalText("A well in which the level is measured"));
  CHECK(record.identifiers ==
        std::vector{model::Identifier{"doi", "10.5072/well-12"},
                    model::Identifier{"uri", "https://sensors.example/id/well/12"}});
  CHECK(first_of(record.variables) == Strings{"Groundwater level", "Water temperature", "pH"});
  CHECK(first_of(record.instruments) == Strings{"Pressure probe"});
  CHECK(record.platforms.empty());
  REQUIRE(record.keyword_sets.size() == 1);
  REQUIRE(record.keyword_sets[0].keywords.size() == 1);
  CHECK(record.keyword_sets[0].keywords[0].uri == "https://voc.example/level");
  REQUIRE(record.spatial.size() == 1);
  CHECK(record.spatial[0].place.first() == "The plain");
  CHECK(record.spatial[0].geometry->bbox().west() == 4.25);
  REQUIRE(record.temporal.size() == 1);
  CHECK(record.temporal[0].start_text == "2012-03-01T00:00:00Z");
  CHECK(record.temporal[0].end_text == "2020-06-30T12:00:00Z");
  REQUIRE(record.licences.size() == 1);
  CHECK(record.licences[0].spdx == "etalab-2.0");
  CHECK(links_of(record) ==
        Strings{"Pressure probe|information|https://sensors.example/probe.pdf",
                "|information|https://sensors.example/v1.1/Things(12)",
                "Level in the well|download|https://sensors.example/v1.1/Datastreams(1)/"
                "Observations",
                "Temperature in the well|download|https://sensors.example/v1.1/Datastreams(2)/"
                "Observations"});
  CHECK(noted(fixture("formats/sensorthings/thing.json")) == Strings{"html-stripped /description"});
}

TEST_CASE("SensorThings: a Datastream is a record with its Thing as the platform") {
  auto const record = parts_of(read(
      R"({"@iot.id":"a/b","name":"Level","description":"d","unitOfMeasurement":{"symbol":"m"},)"
      R"("observedArea":{"type":"Polygon","coordinates":[[[0,0],[2,0],[2,1],[0,0]]]},)"
      R"("phenomenonTime":"2020-01-01T00:00:00Z","ObservedProperty":{"name":"Level"},)"
      R"("Thing":{"name":"The well","Locations":[{"name":"Here",)"
      R"("location":{"type":"Feature","geometry":{"type":"Point","coordinates":[1,1]}}}]}})"));
  CHECK(record.native_id == "a/b");
  CHECK(first_of(record.platforms) == Strings{"The well"});
  REQUIRE(record.spatial.size() == 2);
  CHECK(record.spatial[0].geometry->bbox().west() == 1);
  CHECK(record.spatial[1].geometry->bbox().east() == 2);
  REQUIRE(record.temporal.size() == 1);
  CHECK(record.temporal[0].end_text == "2020-01-01T00:00:00Z");
}

TEST_CASE("SensorThings: a Thing that is nowhere is where its Datastreams observe") {
  auto const record =
      parts_of(read(R"({"@iot.id":1,"name":"A","description":"d","Datastreams":[{"name":"s",)"
                    R"("observedArea":{"type":"Point","coordinates":[5,6]}}]})"));
  REQUIRE(record.spatial.size() == 1);
  CHECK(record.spatial[0].geometry->bbox().north() == 6);
  CHECK(first_of(record.variables) == Strings{"s"});
}

TEST_CASE("SensorThings: what is odd is told") {
  CHECK(noted(thing(R"("Locations":[{"location":{"type":"Point","coordinates":["x"]}}])")) ==
        Strings{"geometry-unreadable /Locations/0/location"});
  CHECK(noted(R"({"@iot.id":1,"name":"A","Datastreams":[{"phenomenonTime":"soon/later"}]})") ==
        Strings{"abstract-missing /description", "date-unreadable /Datastreams/0/phenomenonTime"});
  CHECK(noted(thing(R"("@iot.selfLink":"file:///etc/passwd")")) ==
        Strings{"href-refused /@iot.selfLink"});
}

TEST_CASE("SensorThings: more areas than are taken are told once") {
  auto const at = [](int count) {
    std::string places;
    for (int number = 0; number < count; ++number) {
      places += std::string(number == 0 ? "" : ",") +
                R"({"location":{"type":"Point","coordinates":[)" + std::to_string(number % 100) +
                "," + std::to_string(number / 100) + "]}}";
    }
    return thing(R"("Locations":[)" + places + "]");
  };
  CHECK(noted(at(500)).empty());
  CHECK(noted(at(503)) == Strings{"more-than-taken "});
}

TEST_CASE("SensorThings: what is neither Thing nor Datastream is refused") {
  CHECK(read("{").error().code == FindingCode::json_malformed);
  CHECK(read("{}").error().code == FindingCode::unexpected_root);
  CHECK(read(R"({"@iot.id":1,"name":"Probe","encodingType":"x","metadata":"y",)"
             R"("Datastreams@iot.navigationLink":"z"})")
            .error()
            .code == FindingCode::unexpected_root);
  CHECK(read(R"({"@iot.id":1,"name":"Level","definition":"x",)"
             R"("Datastreams@iot.navigationLink":"z"})")
            .error()
            .code == FindingCode::unexpected_root);
  CHECK(read(R"({"name":"A","Datastreams":[]})").error().code == FindingCode::no_identifier);
  CHECK(read(R"({"@iot.id":1,"Datastreams":[]})").error().code == FindingCode::no_title);
  CHECK(parts_of(read(thing(""), "named")).native_id == "named");
}

TEST_CASE("SensorThings: of a list, each entity is a document") {
  auto const list = R"({"@iot.count":2,"value":[{"@iot.id":1},{"@iot.id":2}]})";
  CHECK(formats::recognise(list)->name == "sensorthings");
  CHECK(*split(list) == Strings{R"({"@iot.id":1})", R"({"@iot.id":2})"});
  CHECK(*split(R"({"@iot.id":1})") == Strings{R"({"@iot.id":1})"});
  CHECK(split(R"({"value":[]})").error().code == FindingCode::unexpected_root);
  CHECK(split(R"({"value":7})").error().code == FindingCode::unexpected_root);
  CHECK(formats::recognise(fixture("formats/sensorthings/thing.json"))->name == "sensorthings");
  CHECK(formats::recognise(R"({"value":[{"id":1}]})") == nullptr);
}
