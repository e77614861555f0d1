// Dublin Core in the forms of OAI-PMH and of catalogue services.

#include "formats/iso_support.hpp"

using namespace terracat;
using namespace terracat::test;
using model::LocalText;

namespace {

formats::ReadResult read(std::string_view document, std::string native_id = {}) {
  json::Parser parser;
  return formats::read_dublin_core(document, {.address = {},
                                              .language = {},
                                              .local_assets = {},
                                              .json = parser,
                                              .native_id = std::move(native_id)});
}

std::string document(std::string const& name) {
  return fixture("formats/dublin-core/" + name + ".xml");
}

/// A record of oai_dc with an identifier, a title, a description, and these elements.
std::string oai_dc(std::string_view elements) {
  return R"(<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/")"
         R"( xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dct="http://purl.org/dc/terms/")"
         R"( xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:identifier>a</dc:identifier>)"
         "<dc:title>T</dc:title><dc:description>D</dc:description>" +
         std::string(elements) + "</oai_dc:dc>";
}

model::RecordParts parts(std::string_view elements) {
  return parts_of(read(oai_dc(elements)));
}

Codes codes(std::string_view elements) {
  return codes_of(read(oai_dc(elements)));
}

/// `west south east north` of a box of a catalogue service.
std::string corners(std::string_view crs, std::string_view lower, std::string_view upper,
                    std::string const& name = "BoundingBox") {
  auto const box = parts_of(read(
      R"(<csw:Record xmlns:csw="http://www.opengis.net/cat/csw/2.0.2" xmlns:ows="http://www.opengis.net/ows")"
      R"( xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier>a</dc:identifier><dc:title>T</dc:title><ows:)" +
      name + " crs=\"" + std::string(crs) + "\"><ows:LowerCorner>" + std::string(lower) +
      "</ows:LowerCorner><ows:UpperCorner>" + std::string(upper) +
      "</ows:UpperCorner></ows:" + name + "></csw:Record>"));
  if (box.spatial.empty()) return "none";
  auto const& edges = box.spatial.at(0).geometry.value().bbox();
  std::ostringstream out;
  out << edges.west() << ' ' << edges.south() << ' ' << edges.east() << ' ' << edges.north();
  return out.str();
}

std::string box(std::string_view elements) {
  auto const spatial = parts(elements).spatial;
  if (spatial.empty() || !spatial.at(0).geometry) return "none";
  auto const& edges = spatial.at(0).geometry->bbox();
  std::ostringstream out;
  out << edges.west() << ' ' << edges.south() << ' ' << edges.east() << ' ' << edges.north();
  return out.str();
}

std::string place(std::string_view elements) {
  auto const spatial = parts(elements).spatial;
  return spatial.empty() ? "none" : std::string(spatial.at(0).place.first());
}

std::string period(std::string_view elements) {
  auto const temporal = parts(elements).temporal;
  if (temporal.empty()) return "none";
  auto const& extent = temporal.at(0);
  return extent.start_text + " to " + extent.end_text + (extent.interval ? "" : " (not read)");
}

} // namespace

TEST_CASE("Dublin Core of OAI-PMH is read from the answer that it came in") {
  auto const result = read(document("oai_dc"));
  auto const record = parts_of(result);
  CHECK(record.native_id == "oai:data.example:41");
  CHECK(record.type == "dataset");
  CHECK(record.title ==
        local({{"en", "Temperature at a buoy, 2012"}, {"fr", "Température à une bouée, 2012"}}));
  CHECK(record.alternate_title == english("Buoy data; BUOY-41"));
  CHECK(record.description == english("Measured every hour.\n\nThe sensor was changed in June."));
  CHECK(record.resource_languages == Strings{"en"});
  CHECK(record.identifiers == std::vector<model::Identifier>{{"doi", "10.5072/buoy41"},
                                                             {"uri", "https://data.example/41"}});
  CHECK(record.updated.earliest() == model::Instant::at({.year = 2019, .month = 1, .day = 22}));
  REQUIRE(record.dates.size() == 1);
  CHECK(record.dates[0].kind == "publication");
  CHECK(record.dates[0].text == "2015-10");
  REQUIRE(record.keyword_sets.size() == 1);
  CHECK(record.keyword_sets[0].keywords ==
        std::vector<model::Keyword>{{english("buoy"), ""}, {english("Time series, hourly"), ""}});
  CHECK(record.formats == std::vector<LocalText>{english("text/csv")});
  REQUIRE(record.contacts.size() == 3);
  CHECK(record.contacts[0].name == "Marin, Yann");
  CHECK(record.contacts[0].roles == Strings{"author", "contributor"});
  CHECK(record.contacts[1].organisation == english("Institute of the Sea"));
  CHECK(record.contacts[2].roles == Strings{"publisher"});
  REQUIRE(record.spatial.size() == 1); // said twice
  CHECK(record.spatial[0].geometry->bbox() ==
        model::Bbox::make(-32.27982, 37.2888, -32.275618, 37.30134).value());
  REQUIRE(record.temporal.size() == 1);
  CHECK(record.temporal[0].end_text == "2012-12");
  REQUIRE(record.licences.size() == 2);
  CHECK(record.licences[0].spdx == "CC-BY-4.0");
  CHECK(record.licences[1].text == english("CC-BY"));
  CHECK(record.access_constraints ==
        std::vector<LocalText>{english("info:eu-repo/semantics/openAccess")});
  REQUIRE(record.online.size() == 2);
  CHECK(record.online[0].href == "https://data.example/41/illustration.gif");
  CHECK(record.online[0].media_type == "image/gif");
  CHECK(record.online[1].href == "https://data.example/41");
  CHECK(record.online[1].function == "information");
  REQUIRE(record.relations.size() == 1);
  CHECK(record.relations[0].kind == "crossReference");
  CHECK(record.relations[0].href == "https://data.example/40");
  CHECK(codes_of(result) == Codes{FindingCode::html_stripped});
}

TEST_CASE("a record of a catalogue service has its links, concepts and topics") {
  auto const result = read(document("csw_record"));
  auto const record = parts_of(result);
  CHECK(record.native_id == "5f1e0e9a-0b7c-4c57-9f51-27ed3a2e8c11");
  CHECK(record.type == "series");
  CHECK(record.title == english("Salinity of the ocean, monthly"));
  CHECK(record.description == english("Analysed fields of salinity."));
  CHECK(record.lineage == english("Made from floats by optimal interpolation."));
  CHECK(record.topics == Strings{"oceans"});
  REQUIRE(record.keyword_sets.size() == 1);
  CHECK(record.keyword_sets[0].keywords ==
        std::vector<model::Keyword>{{english("sea_water_salinity"),
                                     "http://vocab.nerc.ac.uk/collection/P07/current/CFSN0331/"},
                                    {english("Human Activities > Ocean Observation Network"), ""}});
  CHECK(record.dates.empty());
  CHECK(model::to_rfc3339(record.updated.earliest().value()) == "2018-06-13T11:12:59Z");
  CHECK(record.licences.empty());
  CHECK(record.access_constraints == std::vector<LocalText>{LocalText("copyright")});
  REQUIRE(record.online.size() == 3);
  CHECK(record.online[0].protocol == "WWW:LINK");
  CHECK(record.online[0].name == english("Product page"));
  CHECK(record.online[0].description == english("How to have it"));
  CHECK(record.online[1].protocol == "OGC:WMS");
  CHECK(record.online[2].media_type == "image/png");
  CHECK(record.online[2].function == "browseGraphic");
  CHECK(codes_of(result) == Codes{FindingCode::href_relative});
}

TEST_CASE("the element around the fifteen may be missing") {
  auto const result = read(document("bare"));
  auto const record = parts_of(result);
  CHECK(record.native_id == "http://sites.example/4831/");
  REQUIRE(record.spatial.size() == 2);
  CHECK(record.spatial[0].place == LocalText("Ø"));
  CHECK(record.spatial[1].geometry->bbox() ==
        model::Bbox::make(10.615118, 55.585866, 10.615118, 55.585866).value());
  REQUIRE(record.temporal.size() == 2);
  CHECK_FALSE(record.temporal[0].interval);
  CHECK(record.temporal[0].start_text == "Stone Age");
  CHECK(record.temporal[1].interval->start().earliest()->date().year == -250'000);
  CHECK(record.temporal[1].interval->end().earliest()->date().year == -1701);
  CHECK(codes_of(result) == Codes{FindingCode::date_unreadable});
}

TEST_CASE("the protocol's name of a record comes before those that it gives itself") {
  CHECK(parts_of(read(oai_dc(""), "oai:x:1")).native_id == "oai:x:1");
  CHECK(parts_of(read(oai_dc(""))).native_id == "a");
  auto const* const nameless =
      R"(<dc xmlns:d="http://purl.org/dc/elements/1.1/"><d:title>T</d:title></dc>)";
  CHECK(parts_of(read(nameless, "oai:x:1")).native_id == "oai:x:1");
  CHECK(read(nameless).error().code == FindingCode::no_identifier);
}

TEST_CASE("what is no Dublin Core, several records, or without a title is refused") {
  auto const code = [](std::string_view text) { return read(text).error().code; };
  CHECK(code("<x/>") == FindingCode::unexpected_root);
  CHECK(code("<GetRecord>" + oai_dc("") + oai_dc("") + "</GetRecord>") ==
        FindingCode::unexpected_root);
  CHECK(code("<dc><identifier>a</identifier><title>TODO</title></dc>") == FindingCode::no_title);
  CHECK(code(oai_dc("<dc:title>")) == FindingCode::xml_malformed);
  auto const error = read("<OAI-PMH><error code=\"idDoesNotExist\">no such</error></OAI-PMH>");
  CHECK(error.error().code == FindingCode::exception_report);
  CHECK(error.error().excerpt == "idDoesNotExist: no such");
}

TEST_CASE("corners of boxes are in one of three orders") {
  constexpr auto epsg = "urn:ogc:def:crs:EPSG:6.6:4326";
  // GeoNetwork 3: east south, west north
  CHECK(corners(epsg, "42 30", "-30 72") == "-30 30 42 72");
  CHECK(corners("urn:ogc:def:crs:::EPSG:31467", "9.096 47.44", "6.692 49.722") ==
        "6.692 47.44 9.096 49.722");
  CHECK(corners(epsg, "180 -90", "-180 90") == "-180 -90 180 90");
  // GeoNetwork 4 and others: south west, north east
  CHECK(corners(epsg, "47.44 6.692", "49.722 9.096") == "6.692 47.44 9.096 49.722");
  CHECK(corners("", "-10 20", "10 30") == "20 -10 30 10");
  // longitude first: by its size, or because it is said
  CHECK(corners(epsg, "100 10", "120 20") == "100 10 120 20");
  CHECK(corners("urn:ogc:def:crs:OGC:1.3:CRS84", "6 47", "9 49") == "6 47 9 49");
  CHECK(corners("", "6 47", "9 49", "WGS84BoundingBox") == "6 47 9 49");
  CHECK(corners("urn:ogc:def:crs:OGC:1.3:CRS84", "170 -20", "-170 -10") == "170 -20 -170 -10");
  CHECK(corners(epsg, "6", "9 49") == "none");
}

TEST_CASE("places are boxes in words, DCMI boxes and points, or names") {
  CHECK(box("<dc:coverage>North 46.3, South 42.51, East 3.88, West -1.84</dc:coverage>") ==
        "-1.84 42.51 3.88 46.3");
  CHECK(box("<dc:coverage>West: 6; East: 9; South: 47; North: 49</dc:coverage>") == "6 47 9 49");
  // west and east exchanged
  CHECK(box("<dc:coverage>North 49, South 47, East 6, West 9</dc:coverage>") == "6 47 9 49");
  CHECK(codes("<dc:coverage>North 49, South 47, East 6, West 9</dc:coverage>") ==
        Codes{FindingCode::bbox_swapped});
  constexpr auto dcmi = "<dct:spatial xsi:type=\"dct:Box\">name=Alps; northlimit=48; southlimit=44;"
                        " westlimit=5; eastlimit=16; units=signed decimal degrees</dct:spatial>";
  CHECK(box(dcmi) == "5 44 16 48");
  CHECK(place(dcmi) == "Alps");
  CHECK(box("<dct:spatial>east=5.5; north=44.25; name=Drôme</dct:spatial>") ==
        "5.5 44.25 5.5 44.25");
  CHECK(box("<dct:spatial xsi:type=\"DCTERMS:Point\">10.5,55.25</dct:spatial>") ==
        "10.5 55.25 10.5 55.25");
  CHECK(box("<dct:spatial xsi:type=\"DCTERMS:Point\">55.25 170.5</dct:spatial>") ==
        "170.5 55.25 170.5 55.25");
  CHECK(box("<dct:spatial>10.5,55.25</dct:spatial>") == "none"); // nothing says what it is
  CHECK(place("<dc:coverage>name=Bassin Adour Garonne</dc:coverage>") == "Bassin Adour Garonne");
  CHECK(place("<dc:coverage>Bassin Adour Garonne</dc:coverage>") == "Bassin Adour Garonne");
  CHECK(place("<dc:coverage>unknown</dc:coverage>") == "none");
  CHECK(codes("<dc:coverage>North x, South 1, East 2, West 3</dc:coverage>").empty());
}

TEST_CASE("a coverage that reads as a period is one") {
  CHECK(period("<dc:coverage>2001/2005-06</dc:coverage>") == "2001 to 2005-06");
  CHECK(period("<dc:coverage>1998</dc:coverage>") == "1998 to 1998");
  CHECK(period("<dc:coverage xsi:type=\"dct:Period\">start=1998; end=;</dc:coverage>") ==
        "1998 to ");
  CHECK(period("<dc:coverage>Stone Age</dc:coverage>") == "none");
  CHECK(period("<dct:temporal>Stone Age</dct:temporal>") == "Stone Age to Stone Age (not read)");
  CHECK(codes("<dct:temporal>2005/2001</dct:temporal>") == Codes{FindingCode::interval_reversed});
}

TEST_CASE("a type is one of ISO's, of DCMI's, or a publication") {
  auto const type = [](std::string_view text) {
    return parts("<dc:type>" + std::string(text) + "</dc:type>").type;
  };
  CHECK(type("Dataset") == "dataset");
  CHECK(type("nonGeographicDataset") == "nonGeographicDataset");
  CHECK(type("http://purl.org/dc/dcmitype/Collection") == "series");
  CHECK(type("Text") == "document");
  CHECK(type("info:eu-repo/semantics/article") == "document");
  CHECK(type("info:eu-repo/semantics/article</dc:type><dc:type>dataset") == "dataset");
  CHECK(type("") == "dataset");
  CHECK(type("document intégral") == "dataset");
  CHECK(codes("<dc:type>document intégral</dc:type>") == Codes{FindingCode::code_unknown});
}

TEST_CASE("topics of ISO are words in other records than those of catalogue services") {
  auto const record = parts("<dc:subject>society</dc:subject>");
  CHECK(record.topics.empty());
  REQUIRE(record.keyword_sets.size() == 1);
}

TEST_CASE("several dates without a word for what they are of have no kind") {
  auto const record = parts("<dc:date>2001</dc:date><dc:date>2002</dc:date>"
                            "<dct:issued>2003</dct:issued><dct:modified>last year</dct:modified>");
  Strings kinds;
  for (auto const& date : record.dates) kinds.push_back(date.kind + " " + date.text);
  CHECK(kinds == Strings{"publication 2003", "revision last year", " 2001", " 2002"});
}

TEST_CASE("Dublin Core is recognised by its first elements, behind any number of sets") {
  CHECK(formats::recognise(oai_dc(""))->name == "dublin-core");
  CHECK(formats::recognise(document("csw_record"))->name == "dublin-core");
  CHECK(formats::recognise(document("bare"))->name == "dublin-core");
  CHECK(formats::recognise("<csw:BriefRecord/>")->name == "dublin-core");
  std::string sets;
  for (int i = 0; i < 30; ++i) sets += "<setSpec>s</setSpec>";
  CHECK(formats::recognise("<record><header><identifier>a</identifier>" + sets +
                           "</header><metadata>" + oai_dc("") + "</metadata></record>")
            ->name == "dublin-core");
  CHECK(formats::recognise("<record><metadata><marc/></metadata></record>") == nullptr);
  CHECK(formats::recognise("<dc:title xmlns:dc=\"http://purl.org/dc/elements/1.1/\"/>") == nullptr);
}
