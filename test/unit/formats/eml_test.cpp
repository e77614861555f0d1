// The Ecological Metadata Language, versions 2.0 to 2.2.

#include "formats/iso_support.hpp"

using namespace terracat;
using namespace terracat::test;
using model::LocalText;

namespace {

formats::ReadResult read(std::string_view document) {
  json::Parser parser;
  return formats::read_eml(document,
                           {.address = {}, .language = {}, .local_assets = {}, .json = parser});
}

model::RecordParts record(std::string const& name) {
  return parts_of(read(fixture("formats/eml/" + name + ".xml")));
}

/// A data set with an id, a title, an abstract, and these elements.
std::string dataset(std::string_view elements, std::string_view version = "2.1.1") {
  return "<e:eml xmlns:e=\"eml://ecoinformatics.org/eml-" + std::string(version) +
         "\" packageId=\"a.1.1\" system=\"knb\"><dataset><title>T</title>"
         "<abstract>D</abstract>" +
         std::string(elements) + "</dataset></e:eml>";
}

std::string place(std::string_view elements) {
  return dataset("<coverage><geographicCoverage>" + std::string(elements) +
                 "</geographicCoverage></coverage>");
}

Strings kinds_of(model::RecordParts const& record) {
  Strings out;
  for (auto const& set : record.keyword_sets) {
    for (auto const& keyword : set.keywords) {
      out.push_back(set.kind + ": " + std::string(keyword.label.first()) +
                    (keyword.uri.empty() ? "" : " " + keyword.uri));
    }
  }
  return out;
}

} // namespace

TEST_CASE("EML: a data set says what it is in the words of a record") {
  auto const result = read(fixture("formats/eml/dataset.xml"));
  auto const parts = parts_of(result);
  CHECK(codes_of(result).empty());
  CHECK(parts.native_id == "doi:10.5072/mosses");
  CHECK(parts.type == "dataset");
  CHECK(parts.title == local({{"en", "Mosses of a valley"}, {"fr", "Mousses d'une vallée"}}));
  CHECK(parts.alternate_title == english("Mosses"));
  CHECK(parts.description == english("Why\n\nMosses are old, see this page.\n\nThey grow."));
  CHECK(parts.purpose == english("To count."));
  CHECK(parts.lineage == english("Counted by hand.\n\nIn plots."));
  CHECK(parts.metadata_languages == Strings{"en"});
  CHECK(parts.resource_languages == Strings{"en"});
  CHECK(parts.identifiers ==
        std::vector<model::Identifier>{
            {"doi", "10.5072/mosses"}, {"plots", "M-12"}, {"uri", "https://data.example/mosses"}});
  Strings dates;
  for (auto const& date : parts.dates) dates.push_back(date.kind + " " + date.text);
  CHECK(dates == Strings{"publication 2023-05-06", "revision 2024-01-02"});
  CHECK(parts.frequency == "annually");
  CHECK(parts.variables == std::vector<LocalText>{english("Number of plants"), english("plot")});
  CHECK(parts.instruments == std::vector<LocalText>{english("Hand lens")});
  CHECK(parts.formats == std::vector<LocalText>{english("CSV")});
}

TEST_CASE("EML: parties are there once with all their roles, wherever they are referred to") {
  auto const contacts = record("dataset").contacts;
  REQUIRE(contacts.size() == 5);
  CHECK(contacts[0].name == "Anne B. Rivière");
  CHECK(contacts[0].organisation == english("Institute of Lakes"));
  CHECK(contacts[0].position == english("Botanist"));
  CHECK(contacts[0].emails == Strings{"anne@data.example"});
  CHECK(contacts[0].phones == Strings{"+33 1 23"});
  CHECK(contacts[0].url == "https://data.example/anne");
  CHECK(contacts[0].orcid == "0000-0002-1825-0097");
  CHECK(contacts[0].roles == Strings{"author", "contributor", "owner"});
  CHECK(contacts[1].emails == Strings{"info@data.example"});
  CHECK(contacts[1].roles == Strings{"pointOfContact"});
  CHECK(contacts[2].roles == Strings{"publisher"});
  CHECK(contacts[3].roles == Strings{"principalInvestigator"});
  CHECK(contacts[4].organisation == english("Science Fund"));
  CHECK(contacts[4].ror == "https://ror.org/04z8jg394");
  CHECK(contacts[4].roles == Strings{"funder"});
}

TEST_CASE("EML: references that lead nowhere or in a circle name nobody") {
  CHECK(parts_of(read(dataset("<creator id=\"a\"><references>b</references></creator>"
                              "<contact id=\"b\"><references>a</references></contact>"
                              "<contact><references>c</references></contact>")))
            .contacts.empty());
}

TEST_CASE("EML: places are polygons where there are any, else boxes, with heights") {
  auto const parts = record("dataset");
  REQUIRE(parts.spatial.size() == 2);
  CHECK(parts.spatial[0].place == english("A valley"));
  CHECK(parts.spatial[0].geometry->bbox() == model::Bbox::make(6.1, 45.1, 6.4, 45.3).value());
  CHECK(parts.spatial[1].place == english("Plots"));
  CHECK(parts.spatial[1].geometry->bbox() == model::Bbox::make(6.1, 45.1, 6.2, 45.2).value());
  REQUIRE(parts.vertical.size() == 1);
  CHECK(parts.vertical[0].range == model::HeightRange{.lowest = 800, .highest = 2100});
  CHECK(parts.vertical[0].unit == "meter");
  auto const points = parts_of(read(place(
      "<datasetGPolygon><datasetGPolygonOuterGRing>"
      "<gRingPoint><gRingLatitude>1</gRingLatitude><gRingLongitude>2</gRingLongitude></gRingPoint>"
      "<gRingPoint><gRingLatitude>1</gRingLatitude><gRingLongitude>3</gRingLongitude></gRingPoint>"
      "<gRingPoint><gRingLatitude>4</gRingLatitude><gRingLongitude>3</gRingLongitude></gRingPoint>"
      "</datasetGPolygonOuterGRing></datasetGPolygon>")));
  CHECK(points.spatial.at(0).geometry->bbox() == model::Bbox::make(2, 1, 3, 4).value());
  auto const bad = read(place("<geographicDescription>Here</geographicDescription><datasetGPolygon>"
                              "<datasetGPolygonOuterGRing><gRing>1,2 3</gRing>"
                              "</datasetGPolygonOuterGRing></datasetGPolygon>"));
  CHECK(codes_of(bad) == Codes{FindingCode::geometry_unreadable});
  CHECK(parts_of(bad).spatial.at(0).place.first() == "Here");
}

TEST_CASE("EML: times are ranges and moments, and what is on another scale keeps its words") {
  auto const periods = record("dataset").temporal;
  REQUIRE(periods.size() == 2);
  CHECK(periods[0].start_text == "2001-05");
  CHECK(periods[0].end_text == "2003-06-07T08:09:10Z");
  CHECK(model::to_rfc3339(periods[0].interval->end().earliest().value()) == "2003-06-07T08:09:10Z");
  CHECK(periods[1].start_text == "1999");
  auto const old = read(fixture("formats/eml/oai_gbif.xml"));
  CHECK(parts_of(old).temporal.at(0).start_text == "Holocene");
  CHECK_FALSE(parts_of(old).temporal.at(0).interval);
}

TEST_CASE("EML: keywords have their kinds, taxa are keywords, subjects are concepts") {
  auto const parts = record("dataset");
  CHECK(kinds_of(parts) ==
        Strings{"theme: moss", "place: Alps", ": green",
                "theme: alpine tundra http://purl.obolibrary.org/obo/ENVO_01001505",
                "theme: valley http://purl.obolibrary.org/obo/ENVO_00000100", "taxon: Bryophyta",
                "taxon: Sphagnum https://plants.example/sphagnum"});
  CHECK(parts.keyword_sets[0].thesaurus == english("Plants of the world"));
  CHECK(parts.keyword_sets[2].thesaurus.empty());
}

TEST_CASE("EML: the data are had where the whole or its parts say, each by its name") {
  auto const online = record("dataset").online;
  REQUIRE(online.size() == 3);
  CHECK(online[0].href == "https://data.example/mosses");
  CHECK(online[1].href == "https://data.example/plots");
  CHECK(online[1].function == "information");
  CHECK(online[1].description == english("About the plots"));
  CHECK(online[2].href == "https://data.example/counts.csv");
  CHECK(online[2].function == "download");
  CHECK(online[2].name == english("counts.csv"));
  CHECK(online[2].description == english("Counts by plot"));
  CHECK(online[2].media_type == "text/csv");
}

TEST_CASE("EML: licences stand in an element of their own, or in a sentence with a link") {
  auto const own = record("dataset").licences;
  REQUIRE(own.size() == 2);
  CHECK(own[0].spdx == "CC-BY-4.0");
  CHECK(own[0].url == "https://spdx.org/licenses/CC-BY-4.0.html");
  CHECK(own[1].text == english("Cite us."));
  auto const linked = record("oai_gbif").licences;
  REQUIRE(linked.size() == 1);
  CHECK(linked[0].spdx == "CC-BY-4.0");
  CHECK(linked[0].url == "http://creativecommons.org/licenses/by/4.0/legalcode");
}

TEST_CASE("EML: what the data come from and what was written of them are relations") {
  auto const relations = record("dataset").relations;
  REQUIRE(relations.size() == 2);
  CHECK(relations[0].kind == "crossReference");
  CHECK(relations[0].id == "10.5072/paper");
  CHECK(relations[0].href == "https://doi.org/10.5072/paper");
  CHECK(relations[0].title == english("On mosses"));
  CHECK(relations[1].kind == "source");
  CHECK(relations[1].id == "10.5072/older");
}

TEST_CASE("EML: OAI-PMH names a data set and says when it changed") {
  auto const result = read(fixture("formats/eml/oai_gbif.xml"));
  auto const parts = parts_of(result);
  CHECK(parts.native_id == "4fa7b334-0000-4d7e-9a5f-000000000001");
  CHECK(model::to_rfc3339(parts.updated.earliest().value()) == "2024-02-03T04:05:06Z");
  CHECK(parts.title == local({{"fr", "Oiseaux d'un parc"}}));
  CHECK(parts.description == local({{"fr", "Des oiseaux."}}));
  CHECK(codes_of(result) == Codes{FindingCode::html_stripped, FindingCode::date_unreadable});
}

TEST_CASE("EML: other resources than data sets are told by their element") {
  auto const type = [](std::string const& element) {
    return parts_of(read("<e:eml xmlns:e=\"https://eml.ecoinformatics.org/eml-2.2.0\" "
                         "packageId=\"a\"><" +
                         element + "><title>T</title></" + element + "></e:eml>"))
        .type;
  };
  CHECK(type("software") == "software");
  CHECK(type("citation") == "document");
  CHECK(type("protocol") == "document");
}

TEST_CASE("EML: what is no EML, has no id or no title is refused") {
  auto const code = [](std::string_view document) {
    auto const result = read(document);
    return result ? "read" : std::string(name(result.error().code));
  };
  auto const with = [](std::string_view attributes, std::string_view content) {
    return "<e:eml xmlns:e=\"https://eml.ecoinformatics.org/eml-2.2.0\" " +
           std::string(attributes) + ">" + std::string(content) + "</e:eml>";
  };
  CHECK(code(with("packageId=\"a\"", "<dataset><title>T</title></dataset>")) == "read");
  CHECK(code(with("packageId=\"a\"", "<dataset><title> </title></dataset>")) == "no-title");
  CHECK(code(with("", "<dataset><title>T</title></dataset>")) == "no-identifier");
  CHECK(code(with("packageId=\"a\"", "<metadata/>")) == "unexpected-root");
  CHECK(code("<eml packageId=\"a\"><dataset><title>T</title></dataset></eml>") ==
        "unexpected-root");
  CHECK(formats::recognises_eml(fixture("formats/eml/dataset.xml")));
  CHECK(formats::recognises_eml(fixture("formats/eml/oai_gbif.xml")));
  CHECK(formats::recognises_eml(dataset("", "2.0.1")));
  CHECK_FALSE(formats::recognises_eml("<eml/>"));
  CHECK_FALSE(
      formats::recognises_eml("<e:access xmlns:e=\"eml://ecoinformatics.org/access-2.1.1\"/>"));
}

TEST_CASE("EML: words for how often data change that nobody knows are told") {
  CHECK(codes_of(read(dataset("<maintenance><maintenanceUpdateFrequency>often"
                              "</maintenanceUpdateFrequency></maintenance>"))) ==
        Codes{FindingCode::code_unknown});
}
