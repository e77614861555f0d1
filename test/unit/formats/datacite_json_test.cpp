// DataCite's JSON: the same record as its XML, from the REST API, from its lists, or bare.

#include "formats/datacite/json.hpp"

#include "formats/iso_support.hpp"

#include <sstream>

using namespace terracat;
using namespace terracat::test;

namespace {

formats::ReadResult read(std::string_view document) {
  json::Parser json;
  return formats::read_datacite_json(
      document, {.address = {}, .language = {}, .local_assets = {}, .json = json});
}

formats::ReadResult read_xml(std::string_view document) {
  json::Parser json;
  return formats::read_datacite(document,
                                {.address = {}, .language = {}, .local_assets = {}, .json = json});
}

/// A resource with what is needed and these members.
std::string resource(std::string const& members) {
  return R"({"doi":"10.1234/a","titles":[{"title":"T"}],"creators":[],)"
         R"("descriptions":[{"description":"D","descriptionType":"Abstract"}])" +
         (members.empty() ? "" : "," + members) + "}";
}

model::RecordParts parts(std::string const& members) {
  return parts_of(read(resource(members)));
}

std::string box(model::RecordParts const& read, std::size_t index = 0) {
  if (read.spatial.size() <= index || !read.spatial[index].geometry) return "none";
  auto const& found = read.spatial[index].geometry->bbox();
  std::ostringstream out;
  out << found.west() << ' ' << found.south() << ' ' << found.east() << ' ' << found.north();
  return out.str();
}

} // namespace

TEST_CASE("the JSON of a resource says what its XML says") {
  auto const json = parts_of(read(R"({"id":"10.1234/a","type":"dois","attributes":{
    "doi":"10.1234/a",
    "creators":[{"name":"Doe, Jane","nameType":"Personal","givenName":"Jane","familyName":"Doe",
      "affiliation":[{"name":"Ifremer","affiliationIdentifier":"https://ror.org/044jxhp58"}],
      "nameIdentifiers":[{"nameIdentifier":"https://orcid.org/0000-0002-1825-0097",
        "nameIdentifierScheme":"ORCID"}]}],
    "contributors":[{"name":"Lab","nameType":"Organizational","contributorType":"Producer"}],
    "titles":[{"title":"Sea & ice","lang":"en"},
      {"title":"Mer et glace","lang":"fr","titleType":"TranslatedTitle"}],
    "publisher":{"name":"SEANOE"},"publicationYear":2020,
    "subjects":[{"subject":"ice"},{"subject":"sea ice","subjectScheme":"GCMD",
      "schemeUri":"https://gcmd.example/","valueUri":"https://gcmd.example/1"}],
    "dates":[{"date":"2019-01-01/2019-12-31","dateType":"Collected"},
      {"date":"2020-02-03","dateType":"Issued"}],
    "language":"en","types":{"resourceTypeGeneral":"Dataset","resourceType":"Grid"},
    "relatedIdentifiers":[{"relatedIdentifier":"10.1234/b","relatedIdentifierType":"DOI",
      "relationType":"IsPartOf"}],
    "formats":["NetCDF"],
    "rightsList":[{"rights":"CC BY 4.0","rightsUri":"https://creativecommons.org/licenses/by/4.0/",
      "rightsIdentifier":"cc-by-4.0"}],
    "descriptions":[{"description":"About <i>ice</i>","descriptionType":"Abstract","lang":"en"}],
    "geoLocations":[{"geoLocationPlace":"Arctic","geoLocationBox":{"westBoundLongitude":-10,
      "eastBoundLongitude":"20.5","southBoundLatitude":70,"northBoundLatitude":80}}],
    "fundingReferences":[{"funderName":"ANR"}],"updated":"2024-05-01T10:00:00Z"}})"));
  auto const xml = parts_of(read_xml(R"(<record><header><datestamp>2024-05-01T10:00:00Z</datestamp>
    </header><metadata><resource xmlns="http://datacite.org/schema/kernel-4">
    <identifier identifierType="DOI">10.1234/a</identifier>
    <creators><creator><creatorName nameType="Personal">Doe, Jane</creatorName>
      <givenName>Jane</givenName><familyName>Doe</familyName>
      <nameIdentifier nameIdentifierScheme="ORCID">https://orcid.org/0000-0002-1825-0097</nameIdentifier>
      <affiliation affiliationIdentifier="https://ror.org/044jxhp58">Ifremer</affiliation>
    </creator></creators>
    <contributors><contributor contributorType="Producer">
      <contributorName nameType="Organizational">Lab</contributorName></contributor></contributors>
    <titles><title xml:lang="en">Sea &amp; ice</title>
      <title xml:lang="fr" titleType="TranslatedTitle">Mer et glace</title></titles>
    <publisher>SEANOE</publisher><publicationYear>2020</publicationYear>
    <subjects><subject>ice</subject><subject subjectScheme="GCMD" schemeURI="https://gcmd.example/"
      valueURI="https://gcmd.example/1">sea ice</subject></subjects>
    <dates><date dateType="Collected">2019-01-01/2019-12-31</date>
      <date dateType="Issued">2020-02-03</date></dates>
    <language>en</language><resourceType resourceTypeGeneral="Dataset">Grid</resourceType>
    <relatedIdentifiers><relatedIdentifier relatedIdentifierType="DOI" relationType="IsPartOf"
      >10.1234/b</relatedIdentifier></relatedIdentifiers>
    <formats><format>NetCDF</format></formats>
    <rightsList><rights rightsURI="https://creativecommons.org/licenses/by/4.0/"
      rightsIdentifier="cc-by-4.0">CC BY 4.0</rights></rightsList>
    <descriptions><description xml:lang="en" descriptionType="Abstract"
      >About &lt;i&gt;ice&lt;/i&gt;</description></descriptions>
    <geoLocations><geoLocation><geoLocationPlace>Arctic</geoLocationPlace><geoLocationBox>
      <westBoundLongitude>-10</westBoundLongitude><eastBoundLongitude>20.5</eastBoundLongitude>
      <southBoundLatitude>70</southBoundLatitude><northBoundLatitude>80</northBoundLatitude>
    </geoLocationBox></geoLocation></geoLocations>
    <fundingReferences><fundingReference><funderName>ANR</funderName></fundingReference>
    </fundingReferences></resource></metadata></record>)"));
  CHECK(json.native_id == "10.1234/a");
  CHECK(json.contacts.size() == 4);
  CHECK(json.licences.size() == 1);
  CHECK(box(json) == "-10 70 20.5 80");
  CHECK(json.updated.earliest());
  CHECK(model::Record::make(json).value() == model::Record::make(xml).value());
}

TEST_CASE("the JSON of DataCite is recognised by its members") {
  CHECK(formats::recognises_datacite_json(resource("")));
  CHECK_FALSE(formats::recognises_datacite_json(R"({"doi":"10.1234/a","title":"T"})"));
  CHECK_FALSE(formats::recognises_datacite_json("<doi/>"));
  CHECK(formats::find("datacite-json") == formats::recognise(resource("")));
}

TEST_CASE("an answer about one DOI, an entry of a list and a bare resource are one") {
  auto const bare = parts("");
  for (auto const& document : {R"({"data":{"id":"x","attributes":)" + resource("") + "}}",
                               R"({"id":"x","type":"dois","attributes":)" + resource("") + "}"}) {
    CHECK(model::Record::make(parts_of(read(document))).value() ==
          model::Record::make(bare).value());
  }
  CHECK(codes_of(read(R"({"data":[]})")) == Codes{FindingCode::unexpected_root});
  CHECK(codes_of(read("{")) == Codes{FindingCode::json_malformed});
}

TEST_CASE("agents are written in older ways") {
  auto const read = parts(R"("creators":[],"contributors":[{"type":"Person",)"
                          R"("id":"https://orcid.org/0000-0002-1825-0097","name":"Doe, Jane",)"
                          R"("affiliation":["Ifremer"]}],"publisher":"SEANOE")");
  REQUIRE(read.contacts.size() == 2);
  CHECK(read.contacts[0].orcid == "0000-0002-1825-0097");
  CHECK(read.contacts[0].organisation.first() == "Ifremer");
  CHECK(read.contacts[1].organisation.first() == "SEANOE");
}

TEST_CASE("a polygon's points stand in it, in a list of polygons, or alone") {
  std::string const points = R"({"polygonPoint":{"pointLongitude":1,"pointLatitude":2}},)"
                             R"({"polygonPoint":{"pointLongitude":3,"pointLatitude":2}},)"
                             R"({"polygonPoint":{"pointLongitude":3,"pointLatitude":"4"}})";
  auto const one = parts(R"("geoLocations":{"geoLocationPolygon":[)" + points + "]}");
  CHECK(box(one) == "1 2 3 4");
  auto const two =
      parts(R"("geoLocations":[{"geoLocationPolygon":[[)" + points + "],[" + points + "]]}]");
  CHECK(box(two) == "1 2 3 4");
  auto const point = parts(
      R"("geoLocations":[{"geoLocationPoint":{"pointLongitude":"-4.5","pointLatitude":48}}])");
  CHECK(box(point) == "-4.5 48 -4.5 48");
}

TEST_CASE("findings name places in the JSON") {
  auto const document = R"({"data":{"attributes":)" +
                        resource(R"("geoLocations":[{},{"geoLocationBox":{"westBoundLongitude":)"
                                 R"("west","eastBoundLongitude":1,"southBoundLatitude":2,)"
                                 R"("northBoundLatitude":3}}])") +
                        "}}";
  auto const result = read(document);
  REQUIRE(result);
  REQUIRE(result->findings.size() == 1);
  CHECK(result->findings[0].code == FindingCode::bbox_unreadable);
  CHECK(result->findings[0].where == "/data/attributes/geoLocations/1/geoLocationBox");
}

TEST_CASE("what XML cannot hold is left out, and markup stays text") {
  auto const read =
      parts("\"subjects\":[{\"subject\":\"a\\u0000\\u0001b\\uffff\"},{\"subject\":\"<x>&\\\"\"}]");
  REQUIRE(read.keyword_sets.size() == 1);
  CHECK(read.keyword_sets[0].keywords[0].label.first() == "ab");
}

TEST_CASE("a resource without a name or a title is refused") {
  CHECK(codes_of(read(R"({"titles":[{"title":"T"}],"creators":[]})")) ==
        Codes{FindingCode::no_identifier});
  CHECK(codes_of(read(R"({"doi":"10.1234/a","titles":[],"creators":[]})")) ==
        Codes{FindingCode::no_title});
}
