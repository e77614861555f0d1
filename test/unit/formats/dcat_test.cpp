// DCAT, DCAT-AP and GeoDCAT-AP, and what real catalogues make of them.

#include "formats/graph/geometry_text.hpp"
#include "formats/graph/node.hpp"
#include "formats/iso_support.hpp"

#include "support/rdf_parser.hpp"

using namespace terracat;
using namespace terracat::test;
using formats::ReadContext;
using model::LocalText;

namespace {

constexpr std::string_view prefixes = R"(@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix geo: <http://www.opengis.net/ont/geosparql#> .
@prefix geodcat: <http://data.europa.eu/930/> .
@prefix locn: <http://www.w3.org/ns/locn#> .
@prefix ogc: <http://www.opengis.net/rdf#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix time: <http://www.w3.org/2006/time#> .
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
@prefix ex: <http://example.org/> .
)";

class Reader {
 public:
  explicit Reader(std::string address = {}) : address_(std::move(address)) {}

  formats::ReadResult read(std::string_view document) {
    return formats::read_dcat(document, context());
  }

  formats::SplitResult split(std::string_view document) {
    return formats::split_dcat(document, context());
  }

 private:
  ReadContext context() {
    return {.address = address_, .language = {}, .local_assets = {}, .json = json_, .rdf = &rdf_};
  }

  std::string address_;
  json::Parser json_;
  RdfHere rdf_;
};

/// A data set with a title and a description, and these properties.
std::string dataset(std::string_view properties) {
  return std::string(prefixes) + R"(ex:d a dcat:Dataset ; dct:title "T" ; dct:description "D" ; )" +
         std::string(properties) + " .";
}

model::RecordParts parts(std::string_view properties) {
  return parts_of(Reader().read(dataset(properties)));
}

Codes codes(std::string_view properties) {
  return codes_of(Reader().read(dataset(properties)));
}

/// `west south east north` of the first area.
std::string box(std::string_view properties) {
  auto const read = parts(properties);
  if (read.spatial.size() != 1 || !read.spatial[0].geometry) return "none";
  auto const& found = read.spatial[0].geometry->bbox();
  std::ostringstream out;
  out << found.west() << ' ' << found.south() << ' ' << found.east() << ' ' << found.north();
  return out.str();
}

Strings ids_of(std::vector<std::string> const& documents) {
  Reader reader;
  Strings out;
  for (auto const& document : documents) {
    auto const read = parts_of(reader.read(document));
    out.push_back(read.type + " " + read.native_id);
  }
  return out;
}

} // namespace

TEST_CASE("dcat: what a GeoNetwork writes with its habits") {
  auto const result = Reader().read(fixture("formats/dcat/sextant.rdf"));
  auto const read = parts_of(result);
  CHECK(read.native_id == "FR-1");
  CHECK(read.type == "dataset");
  CHECK(read.title == local({{"fr", "Relief du fond"}}));
  CHECK(read.description == local({{"fr", "Un modèle\ndu fond."}}));
  CHECK(read.metadata_languages == Strings{"fr"});
  CHECK(model::to_iso8601(*read.created.earliest()) == "2010-11-05T08:10:55Z");
  REQUIRE(read.contacts.size() == 1);
  CHECK(read.contacts[0].organisation == local({{"fr", "Institut"}}));
  CHECK(read.contacts[0].emails == Strings{"a@example.org"});
  CHECK(read.contacts[0].roles == Strings{"custodian", "processor"});
  REQUIRE(read.keyword_sets.size() == 1);
  CHECK(read.keyword_sets[0].kind == "theme");
  CHECK(read.keyword_sets[0].keywords[0].label ==
        local({{"fr", "Milieu physique > Bathymétrie > MNT"}}));
  REQUIRE(read.spatial.size() == 1);
  CHECK(read.spatial[0].geometry->bbox() == model::Bbox::make(9, 42, 10, 43).value());
  REQUIRE(read.temporal.size() == 1);
  CHECK(read.temporal[0].start_text == "2008-06-09");
  CHECK(read.temporal[0].end_text == "2008-06-26");
  REQUIRE(read.online.size() == 1);
  CHECK(read.online[0].href == "http://example.org/map");
  CHECK(read.online[0].name.empty());
  CHECK(read.online[0].protocol == "WWW:LINK");
  CHECK(read.frequency.empty());
  CHECK(codes_of(result) == Codes{FindingCode::rdf_repaired});
}

TEST_CASE("dcat: a catalogue is taken apart into what it describes") {
  auto const parted = Reader().split(fixture("formats/dcat/catalogue.ttl"));
  REQUIRE(parted);
  CHECK(ids_of(*parted) ==
        Strings{"dataset http://example.org/one", "dataset http://example.org/two",
                "series http://example.org/series", "service http://example.org/service"});
  Reader reader;
  auto const one = parts_of(reader.read(parted->at(0)));
  CHECK(one.title == local({{"en", "One"}, {"fr", "Un"}}));
  CHECK(model::to_iso8601(*one.updated.earliest()) == "2024-05-06T00:00:00Z");
  REQUIRE(one.contacts.size() == 1);
  CHECK(one.contacts[0].organisation == local({{"en", "Office"}}));
  CHECK(one.contacts[0].roles == Strings{"publisher"});
  REQUIRE(one.licences.size() == 1);
  CHECK(one.licences[0].spdx == "CC-BY-4.0");
  CHECK(one.access_constraints == std::vector{LocalText("PUBLIC")});
  REQUIRE(one.online.size() == 2);
  CHECK(one.online[0].href == "http://example.org/one.csv");
  CHECK(one.online[0].function == "download");
  CHECK(one.online[0].media_type == "text/csv");
  CHECK(one.online[1].href == "http://example.org/wms");
  REQUIRE(one.relations.size() == 1);
  CHECK(one.relations[0].kind == "parent");
  CHECK(one.relations[0].id == "http://example.org/series");
  CHECK(one.relations[0].title == LocalText("Series"));
  auto const two = parts_of(reader.read(parted->at(1)));
  CHECK(two.description == LocalText("The second, \"quoted\"\nand long."));
  REQUIRE(two.online.size() == 1);
  CHECK(two.online[0].href == "http://example.org/two");
  REQUIRE(two.temporal.size() == 1);
  CHECK(two.temporal[0].end_text == "2002-12-31");
  auto const service = parts_of(reader.read(parted->at(3)));
  CHECK(service.online[0].href == "http://example.org/csw");
  CHECK(service.relations[0].kind == "operates-on");
}

TEST_CASE("dcat: a part is the same whatever else the document says") {
  auto const whole = fixture("formats/dcat/catalogue.ttl");
  auto const before = Reader().split(whole);
  auto const after = Reader().split(
      "[ <http://example.org/p> [ <http://example.org/q> \"r\" ] ] .\n" + whole +
      "ex:five a dcat:Dataset ; dct:title \"Five\" ; dct:description \"A new one.\" .\n"
      "ex:catalogue dct:modified \"2025\" ; dcat:dataset ex:five .");
  REQUIRE(before);
  REQUIRE(after);
  REQUIRE(after->size() == 5);
  CHECK(std::vector(after->begin(), after->begin() + 4) == *before);
  // And what is taken apart once is one.
  for (auto const& part : *before) {
    auto const again = Reader().split(part);
    REQUIRE(again);
    CHECK(*again == Strings{part});
  }
}

TEST_CASE("dcat: what everything points to does not cost more than the document is long") {
  constexpr int count = 20'000;
  auto const with = [](std::string const& shared) {
    std::string document(prefixes);
    for (int i = 0; i < count; ++i) {
      auto const name = "ex:d" + std::to_string(i);
      document += name + " a dcat:Dataset ; dct:title \"T\" ; dct:isPartOf ex:c ;" +
                  " dcat:keyword \"k\" .\n" + shared + name + " .\n";
    }
    return Reader().split(document + "ex:c a dcat:Catalog ; dct:title \"Everything\" .\n");
  };
  auto const parted = with("ex:c dcat:dataset ");
  REQUIRE(parted);
  REQUIRE(parted->size() == count);
  auto const read = parts_of(Reader().read(parted->back()));
  CHECK(read.relations.at(0).title == LocalText("Everything"));
  // One entry about everything would be part of each.
  auto const endless = with("ex:e foaf:primaryTopic ");
  REQUIRE_FALSE(endless);
  CHECK(endless.error().code == FindingCode::too_large);
}

TEST_CASE("dcat: what is said many times is not looked at many times") {
  std::string const prologue =
      "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n" + std::string(prefixes);
  auto const graph_of = [&](std::string const& document) {
    auto graph = RdfHere().parse(prologue + document, rdf::Syntax::turtle, rdf::no_base);
    REQUIRE(graph);
    return *std::move(graph);
  };
  auto const circle = [](std::string const& name) {
    return name + " rdf:first ex:x ; rdf:rest " + name + " .\n";
  };
  // The same triple, whose value is a list that has no end.
  std::string repeated = "ex:s dct:title \"b\" , \"a\" .\n";
  for (int i = 0; i < 5'000; ++i) repeated += "ex:s a ex:l ; dct:title \"a\" .\n";
  formats::graph::Graph const once(graph_of(repeated + circle("ex:l")));
  CHECK(once.size() == 5);
  auto const subject = once.subjects().at(0);
  CHECK(subject.all({"rdf:type"}).size() == 1'000);
  auto const titles = subject.all({"dct:title"});
  REQUIRE(titles.size() == 2);
  CHECK(titles[0].text() == "b");
  CHECK(titles[1].text() == "a");
  CHECK(once.owners(titles[1], {"dct:title"}).size() == 1);
  // Many such lists.
  std::string lists;
  for (int i = 0; i < 150; ++i) {
    auto const name = "ex:l" + std::to_string(i);
    lists += "ex:s a " + name + " .\n" + circle(name);
  }
  formats::graph::Graph const many(graph_of(lists));
  CHECK(many.subjects().at(0).all({"rdf:type"}).size() == 100'000);
}

TEST_CASE("dcat: any text crosses a part unchanged") {
  auto const document = std::string(prefixes) +
                        "ex:a a dcat:Dataset ; dct:title \"A\" ; dct:description "
                        "\"é \\\\ \\\" \\t \\r\\n x\" ; dcat:keyword \"\\u0001k\"@fr-FR ; "
                        "dct:identifier <http://example.org/a%20b> .\n"
                        "ex:b a dcat:Dataset ; dct:title \"B\" ; dct:description \"D\" .";
  auto const parted = Reader().split(document);
  REQUIRE(parted);
  REQUIRE(parted->size() == 2);
  auto const read = parts_of(Reader().read(parted->at(0)));
  CHECK(read.description.first() == "é \\ \"\nx");
  CHECK(read.keyword_sets.at(0).keywords.at(0).label == local({{"fr", "k"}}));
  CHECK(read.identifiers.at(0).value == "http://example.org/a%20b");
}

TEST_CASE("dcat: blanks in an address are written as addresses write them, alone and taken apart") {
  auto const described = [](std::string const& name) {
    return "<d:Dataset r:about='http://example.org/" + name +
           "'><t:title>T</t:title><t:description>D</t:description></d:Dataset>";
  };
  auto const document = [](std::string const& content) {
    return "<r:RDF xmlns:d='http://www.w3.org/ns/dcat#' xmlns:t='http://purl.org/dc/terms/' "
           "xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>" +
           content + "</r:RDF>";
  };
  CHECK(ids_of({document(described("a b"))}) == Strings{"dataset http://example.org/a%20b"});
  auto const parted = Reader().split(document(described("a b") + described("c|d")));
  REQUIRE(parted);
  CHECK(ids_of(*parted) ==
        Strings{"dataset http://example.org/a%20b", "dataset http://example.org/c%7Cd"});
}

TEST_CASE("dcat: several resources in one reading, or none, are refused") {
  auto const catalogue = fixture("formats/dcat/catalogue.ttl");
  CHECK(codes_of(Reader().read(catalogue)) == Codes{FindingCode::unexpected_root});
  auto const none = std::string(prefixes) + "ex:c a dcat:Catalog ; dct:title \"C\" .";
  CHECK(codes_of(Reader().read(none)) == Codes{FindingCode::unexpected_root});
  CHECK(Reader().split(none).error().code == FindingCode::unexpected_root);
  CHECK(Reader().split("<a> <b> .").error().code == FindingCode::rdf_malformed);
  auto const without = [](std::string_view what) {
    return codes_of(Reader().read(std::string(prefixes) + std::string(what)));
  };
  CHECK(without("ex:d a dcat:Dataset ; dct:description \"D\" .") == Codes{FindingCode::no_title});
  CHECK(without("[] a dcat:Dataset ; dct:title \"T\" ; dct:description \"D\" .") ==
        Codes{FindingCode::no_identifier});
  CHECK(without("ex:d a dcat:Dataset ; dct:title \"T\" .") == Codes{FindingCode::abstract_missing});
}

TEST_CASE("dcat: a data set is called by its address, its identifier, or its entry's") {
  auto const called = [](std::string_view text, std::string address = {}) {
    return parts_of(Reader(std::move(address)).read(std::string(prefixes) + std::string(text)))
        .native_id;
  };
  CHECK(called("<x/1> a dcat:Dataset ; dct:title \"T\" ; dct:description \"D\" .") == "x/1");
  CHECK(called("<x/1> a dcat:Dataset ; dct:title \"T\" ; dct:description \"D\" .",
               "http://example.org/c/d.ttl") == "http://example.org/c/x/1");
  CHECK(called("[] a dcat:Dataset ; dct:title \"T\" ; dct:identifier \"i\" .") == "i");
  CHECK(called("[] a dcat:CatalogRecord ; dct:identifier \"e\" ; foaf:primaryTopic "
               "[ a dcat:Dataset ; dct:title \"T\" ] .") == "e");
}

TEST_CASE("dcat: places in the encodings that there are") {
  CHECK(box(R"x(dct:spatial [ dcat:bbox "POLYGON((1 2,3 2,3 4,1 4,1 2))"^^geo:wktLiteral ])x") ==
        "1 2 3 4");
  // The axes of EPSG:4326 are latitude, longitude.
  CHECK(
      box(R"x(dct:spatial [ dcat:bbox "<http://www.opengis.net/def/crs/EPSG/0/4326> POLYGON((2 1,2 3,4 3,4 1,2 1))" ])x") ==
      "1 2 3 4");
  CHECK(
      box(R"x(dct:spatial [ dcat:bbox "<http://www.opengis.net/def/crs/EPSG/0/4326> POINT(120 40)" ])x") ==
      "120 40 120 40");
  CHECK(
      box(R"x(dct:spatial [ dcat:bbox "<http://www.opengis.net/def/crs/OGC/1.3/CRS84>\n POINT(1 2)" ])x") ==
      "1 2 1 2");
  CHECK(
      box(R"x(dct:spatial [ a ogc:Polygon ; ogc:asWKT "\n Polygon((1 2, 3 2, 3 4, 1 4, 1 2))" ])x") ==
      "1 2 3 4");
  CHECK(box(R"x(dct:spatial [ geo:hasGeometry [ geo:asWKT "MULTIPOINT((1 2),(3 4))" ] ])x") ==
        "1 2 3 4");
  CHECK(
      box(R"x(dct:spatial [ locn:geometry "<gml:Envelope xmlns:gml='http://www.opengis.net/gml' srsName='http://www.opengis.net/def/crs/OGC/1.3/CRS84'><gml:lowerCorner>1 2</gml:lowerCorner><gml:upperCorner>3 4</gml:upperCorner></gml:Envelope>" ; dcat:bbox "{\"type\":\"Point\",\"coordinates\":[5,6]}" ])x") !=
      "none");
  // One box in several encodings is one, and what cannot be read harms it not.
  CHECK(
      box(R"x(dct:spatial [ locn:geometry "{\"type\":\"Polygon\",\"coordinates\":[[[NaN,2]]]}", "POLYGON((1 2,3 2,3 4,1 4,1 2))", "<gml:x/>" ])x") ==
      "1 2 3 4");
  CHECK(box(R"x(dct:spatial [ dcat:bbox "POINT(1 2)" ], [ dcat:bbox "POINT(1 2)" ])x") ==
        "1 2 1 2");
}

TEST_CASE("dcat: a geometry that cannot be read is told, a place without one is kept") {
  CHECK(codes(R"x(dct:spatial [ dcat:bbox "POLYGON((1 2" ])x") ==
        Codes{FindingCode::geometry_unreadable});
  // Metres of Lambert are no degrees.
  CHECK(
      codes(
          R"x(dct:spatial [ dcat:bbox "<http://www.opengis.net/def/crs/EPSG/0/2154> POINT(1 2)" ])x") ==
      Codes{FindingCode::geometry_unreadable});
  auto const named = parts(R"x(dct:spatial "Lozère"@fr, [ skos:prefLabel "Gard" ])x");
  REQUIRE(named.spatial.size() == 2);
  CHECK(named.spatial[0].place == local({{"fr", "Lozère"}}));
  CHECK(named.spatial[1].place == LocalText("Gard"));
  auto const address = parts("dct:spatial <http://sws.geonames.org/3017382/>");
  CHECK(address.spatial.empty());
  REQUIRE(address.keyword_sets.size() == 1);
  CHECK(address.keyword_sets[0].kind == "place");
  CHECK(address.keyword_sets[0].keywords[0].uri == "http://sws.geonames.org/3017382/");
}

TEST_CASE("dcat: well-known text") {
  using formats::graph::read_wkt;
  for (auto const* const text :
       {"POINT(1 2)", "point z (1 2 3)", "LINESTRING(1 2,3 4)",
        "MULTILINESTRING((1 2,3 4),(5 6,7 8))",
        "MULTIPOLYGON(((1 2,3 2,3 4,1 2)),((5 6,7 6,7 8,5 6)))", "MULTIPOINT(1 2,3 4)"}) {
    INFO(text);
    CHECK(read_wkt(text));
  }
  for (auto const* const text :
       {"", "POINT", "POINT()", "POINT(1)", "POINT(1 2", "POINT(1 2))", "POINT(1 2) x",
        "POINT(a b)", "POINT(1e999 2)", "POINT(nan 2)", "POLYGON(1 2,3 4)",
        "CIRCULARSTRING(1 2,3 4)", "GEOMETRYCOLLECTION(POINT(1 2))", "<http://x POINT(1 2)",
        "POINT EMPTY"}) {
    INFO(text);
    CHECK_FALSE(read_wkt(text));
  }
}

TEST_CASE("dcat: times in the encodings that there are") {
  auto const period = [](std::string_view properties) {
    auto const read = parts(properties);
    if (read.temporal.size() != 1) return std::string("none");
    auto const& extent = read.temporal[0];
    return extent.start_text + " to " + extent.end_text + (extent.interval ? "" : " unreadable");
  };
  CHECK(period(R"(dct:temporal [ dcat:startDate "2001" ; dcat:endDate "2002-03" ])") ==
        "2001 to 2002-03");
  CHECK(period(R"(dct:temporal [ time:hasBeginning [ time:inXSDDate "2001-02-03" ] ])") ==
        "2001-02-03 to ");
  CHECK(period(R"(dct:temporal [ rdfs:label "2001-01-01/2002-01-01" ])") ==
        "2001-01-01 to 2002-01-01");
  CHECK(period(R"(dct:temporal "2004-11-03\n / \n 2005-03-30")") == "2004-11-03 to 2005-03-30");
  CHECK(period(R"(dct:temporal "start=2001; end=2002; scheme=W3C-DTF")") == "2001 to 2002");
  CHECK(period(R"(dct:temporal [])") == "none");
  CHECK(codes(R"(dct:temporal [ dcat:startDate "2002" ; dcat:endDate "2001" ])") ==
        Codes{FindingCode::interval_reversed});
  // An end that is not there is open; one that says nothing is not known.
  auto const open = parts(R"(dct:temporal [ dcat:startDate "2001" ])").temporal.at(0);
  CHECK(open.interval->end().is_open());
  auto const unknown =
      parts(R"(dct:temporal [ dcat:startDate "2001" ; dcat:endDate "unknown" ])").temporal.at(0);
  CHECK(unknown.interval->end().is_unknown());
}

TEST_CASE("dcat: rights that are licences, and rights that are not") {
  auto const licence = parts(R"(dct:license "Licence Ouverte 2.0")");
  CHECK(licence.licences.at(0).text == LocalText("Licence Ouverte 2.0"));
  // Codes that GeoNetwork gives for a licence.
  auto const codes_only = parts(R"(dct:license "license", "copyright",
    <http://inspire.ec.europa.eu/metadata-codelist/LimitationsOnPublicAccess/noLimitations>)");
  CHECK(codes_only.licences.empty());
  CHECK(codes_only.access_constraints ==
        std::vector{LocalText("copyright"), LocalText("noLimitations")});
  // On the distribution, as the profile of SEMIC has it; the same one once.
  auto const twice = parts(R"(
    dct:license <http://creativecommons.org/licenses/by/4.0/> ;
    dcat:distribution [ dct:license <https://creativecommons.org/licenses/by/4.0/deed.fr> ] ;
    dct:rights [ rdfs:label "Ask first." ])");
  REQUIRE(twice.licences.size() == 1);
  CHECK(twice.licences[0].spdx == "CC-BY-4.0");
  CHECK(twice.access_constraints == std::vector{LocalText("Ask first.")});
}

TEST_CASE("dcat: people and organisations") {
  auto const read = parts(R"(
    dct:creator <https://orcid.org/0000-0002-1825-0097> ;
    dct:publisher "An office"@en ;
    dcat:contactPoint [ a vcard:Individual ; vcard:fn "Ada" ; vcard:organization-name "Office" ;
      vcard:hasEmail <mailto:ada@example.org> ; vcard:hasTelephone [ vcard:hasValue <tel:+331> ] ] ;
    prov:qualifiedAttribution [ prov:agent [ a foaf:Organization ; foaf:name "Lab" ] ;
      dcat:hadRole <http://inspire.ec.europa.eu/metadata-codelist/ResponsiblePartyRole/owner> ] ;
    geodcat:custodian [ foaf:name "Lab" ; foaf:homepage <javascript:alert(1)> ])");
  REQUIRE(read.contacts.size() == 4);
  CHECK(read.contacts[0].name == "Ada");
  CHECK(read.contacts[0].organisation == LocalText("Office"));
  CHECK(read.contacts[0].emails == Strings{"ada@example.org"});
  CHECK(read.contacts[0].phones == Strings{"+331"});
  CHECK(read.contacts[1].orcid == "0000-0002-1825-0097");
  CHECK(read.contacts[1].roles == Strings{"author"});
  CHECK(read.contacts[2].organisation == local({{"en", "An office"}}));
  CHECK(read.contacts[3].organisation == LocalText("Lab"));
  CHECK(read.contacts[3].roles == Strings{"custodian", "owner"});
  CHECK(read.contacts[3].url.empty());
}

TEST_CASE("dcat: words, concepts, topics, and lists of the EU") {
  auto const read = parts(R"(
    dcat:keyword "water"@en, "eau"@fr ;
    dcat:theme <http://publications.europa.eu/resource/authority/data-theme/ENVI> ,
      [ skos:prefLabel "Relief" ; skos:inScheme [ rdfs:label "A list" ] ] ,
      <http://inspire.ec.europa.eu/metadata-codelist/TopicCategory/oceans> ;
    geodcat:topicCategory <http://inspire.ec.europa.eu/metadata-codelist/TopicCategory/biota> ;
    dct:language <http://publications.europa.eu/resource/authority/language/FRA> ;
    dct:accrualPeriodicity <http://publications.europa.eu/resource/authority/frequency/ANNUAL> ;
    dcat:spatialResolutionInMeters "25.5" ;
    dct:conformsTo <http://www.opengis.net/def/crs/EPSG/0/2154> ;
    dct:provenance [ rdfs:label "Measured." ])");
  REQUIRE(read.keyword_sets.size() == 3);
  CHECK(read.keyword_sets[0].keywords.size() == 2);
  CHECK(read.keyword_sets[1].thesaurus_uri ==
        "http://publications.europa.eu/resource/authority/data-theme");
  CHECK(read.keyword_sets[1].keywords[0].label == LocalText("ENVI"));
  CHECK(read.keyword_sets[2].thesaurus == LocalText("A list"));
  CHECK(read.topics == Strings{"biota", "oceans"});
  CHECK(read.resource_languages == Strings{"fr"});
  CHECK(read.frequency == "annually");
  CHECK(read.resolutions == std::vector{model::Resolution{.value = 25.5, .unit = "m"}});
  CHECK(read.crs == "EPSG:2154");
  CHECK(read.lineage == LocalText("Measured."));
}

TEST_CASE("dcat: links of unsafe schemes are left out") {
  auto const read = dataset("dcat:landingPage <javascript:alert(1)>, <file:///etc/passwd> ; "
                            "foaf:page [ dct:title \"no address\" ]");
  auto const result = Reader().read(read);
  CHECK(parts_of(result).online.empty());
  CHECK(codes_of(result) == Codes{FindingCode::href_refused, FindingCode::href_refused});
}

TEST_CASE("dcat: documents are recognised by what they begin with") {
  auto const is_dcat = [](std::string_view text) { return formats::recognises_dcat(text); };
  CHECK(is_dcat(fixture("formats/dcat/sextant.rdf")));
  CHECK(is_dcat(fixture("formats/dcat/catalogue.ttl")));
  CHECK(is_dcat("<http://a/b> a <http://www.w3.org/ns/dcat#Dataset> ."));
  CHECK(is_dcat("\xEF\xBB\xBF<r:RDF xmlns:r=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" "
                "xmlns:d=\"http://www.w3.org/ns/dcat#\"/>"));
  CHECK_FALSE(is_dcat("<r:RDF xmlns:r=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"/>"));
  CHECK_FALSE(is_dcat("<a xmlns=\"http://a/\">http://www.w3.org/ns/dcat#</a>"));
  CHECK(is_dcat(R"({"@context":{"dcat":"http://www.w3.org/ns/dcat#"}})"));
  CHECK(is_dcat(R"([{"@type":"http://www.w3.org/ns/dcat#Dataset"}])"));
  CHECK_FALSE(is_dcat(R"({"type":"http://www.w3.org/ns/dcat#Dataset"})"));
  CHECK_FALSE(is_dcat("@prefix skos: <http://www.w3.org/2004/02/skos/core#> ."));
  for (auto const* const name : {"formats/dcat/sextant.rdf", "formats/dcat/catalogue.ttl"}) {
    REQUIRE(formats::recognise(fixture(name)) != nullptr);
    CHECK(formats::recognise(fixture(name))->name == "dcat");
  }
}

TEST_CASE("dcat: documents in other encodings are read") {
  auto document = std::string("<?xml version='1.0' encoding='ISO-8859-1'?>"
                              "<d:Dataset xmlns:d='http://www.w3.org/ns/dcat#' "
                              "xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
                              "xmlns:t='http://purl.org/dc/terms/' r:about='a:b'>"
                              "<t:title>\xE9t\xE9</t:title></d:Dataset>");
  CHECK(parts_of(Reader().read(document)).title == LocalText("été"));
}
