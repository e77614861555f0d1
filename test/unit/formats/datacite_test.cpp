// DataCite's metadata, kernels 2 to 4.

#include "formats/iso_support.hpp"

using namespace terracat;
using namespace terracat::test;
using model::LocalText;

namespace {

formats::ReadResult read(std::string_view document, std::string native_id = {}) {
  json::Parser parser;
  return formats::read_datacite(document, {.address = {},
                                           .language = {},
                                           .local_assets = {},
                                           .json = parser,
                                           .native_id = std::move(native_id)});
}

std::string document(std::string const& name) {
  return fixture("formats/datacite/" + name + ".xml");
}

/// A resource with a DOI, a title, an abstract, and these elements.
std::string resource(std::string_view elements,
                     std::string_view uri = "http://datacite.org/schema/kernel-4") {
  return "<resource xmlns=\"" + std::string(uri) +
         R"("><identifier identifierType="DOI">10.5072/a</identifier><titles><title>T</title></titles>)"
         R"(<descriptions><description descriptionType="Abstract">D</description></descriptions>)"
         "<creators/>" +
         std::string(elements) + "</resource>";
}

model::RecordParts parts(std::string_view elements) {
  return parts_of(read(resource(elements)));
}

Codes codes(std::string_view elements) {
  return codes_of(read(resource(elements)));
}

std::string box(std::string_view location) {
  auto const spatial =
      parts("<geoLocations><geoLocation>" + std::string(location) + "</geoLocation></geoLocations>")
          .spatial;
  if (spatial.empty()) return "none";
  auto const& edges = spatial.at(0).geometry.value().bbox();
  std::ostringstream out;
  out << edges.west() << ' ' << edges.south() << ' ' << edges.east() << ' ' << edges.north();
  return out.str();
}

} // namespace

TEST_CASE("a resource of kernel 4 is read within what OAI-PMH has around it") {
  auto const result = read(document("kernel4"));
  auto const record = parts_of(result);
  CHECK(record.native_id == "oai:data.example:10.5072/lake");
  CHECK(record.type == "dataset");
  CHECK(record.title == local({{"en", "Levels of a lake"}, {"fr", "Niveaux d'un lac"}}));
  CHECK(record.alternate_title == english("Daily means; LAKE-1"));
  CHECK(record.description == english("Water levels.\nMeasured daily."));
  CHECK(record.lineage == english("With a pressure gauge."));
  CHECK(record.resource_languages == Strings{"en"});
  CHECK(record.identifiers == std::vector<model::Identifier>{{"doi", "10.5072/lake"},
                                                             {"uri", "https://data.example/lake"},
                                                             {"Accession number", "L-17"}});
  CHECK(model::to_rfc3339(record.updated.earliest().value()) == "2024-02-03T04:05:06Z");
  Strings dates;
  for (auto const& date : record.dates) dates.push_back(date.kind + " " + date.text);
  CHECK(dates == Strings{"creation 2022-01-01", "revision 2023-06-07", "validityBegins 2023-01-01",
                         " 2020", "publication 2023"});
  CHECK(record.formats == std::vector<LocalText>{english("text/csv")});
  CHECK(codes_of(result) == Codes{FindingCode::html_stripped});
}

TEST_CASE("periods of DataCite reach before our era and into the open") {
  auto const record = parts_of(read(document("kernel4")));
  REQUIRE(record.temporal.size() == 4);
  CHECK(record.temporal[0].start_text == "2001-05");
  CHECK(record.temporal[0].end_text == "2010-12-31");
  CHECK(record.temporal[1].interval->start().earliest()->date().year == -24);
  CHECK(record.temporal[1].interval->end().earliest()->date().year == -22);
  CHECK(record.temporal[2].interval->end().is_open());
  CHECK(record.temporal[3].start_text == "1990");
  CHECK(parts("<dates><date dateType=\"Valid\">2001/2002</date></dates>").temporal.size() == 1);
  CHECK(parts("<dates><date dateType=\"Collected\">2001</date></dates>").temporal.size() == 1);
  CHECK(codes("<dates><date dateType=\"Collected\">2002/2001</date></dates>") ==
        Codes{FindingCode::interval_reversed});
}

TEST_CASE("agents are persons or organisations, each once with all roles") {
  auto const contacts = parts_of(read(document("kernel4"))).contacts;
  REQUIRE(contacts.size() == 6);
  CHECK(contacts[0].name == "Rivière, Anne");
  CHECK(contacts[0].organisation == english("Institute of Lakes"));
  CHECK(contacts[0].orcid == "0000-0002-1825-0097");
  CHECK(contacts[0].ror == "https://ror.org/04wxnsj81");
  CHECK(contacts[0].roles == Strings{"author", "pointOfContact"});
  CHECK(contacts[1].organisation == english("Observatory, North"));
  CHECK(contacts[1].name.empty());
  CHECK(contacts[2].organisation == english("Field Team"));
  CHECK(contacts[4].roles == Strings{"publisher"});
  CHECK(contacts[4].ror == "https://ror.org/04z8jg394");
  CHECK(contacts[5].roles == Strings{"funder"});
}

TEST_CASE("subjects of a scheme stand apart from free ones") {
  auto const sets = parts_of(read(document("kernel4"))).keyword_sets;
  REQUIRE(sets.size() == 2);
  CHECK(sets[0].kind == "theme");
  CHECK(sets[0].thesaurus == LocalText("GEMET"));
  CHECK(sets[0].thesaurus_uri == "http://www.eionet.europa.eu/gemet");
  CHECK(sets[0].keywords ==
        std::vector<model::Keyword>{
            {english("lake"), "http://www.eionet.europa.eu/gemet/concept/4648"}});
  CHECK(sets[1].keywords == std::vector<model::Keyword>{{english("water level"), ""}});
}

TEST_CASE("licences are told by identifier, address or text, and access is none") {
  auto const record = parts_of(read(document("kernel4")));
  REQUIRE(record.licences.size() == 2);
  CHECK(record.licences[0].spdx == "CC-BY-4.0");
  CHECK(record.licences[1].spdx == "ODbL-1.0");
  CHECK(record.licences[1].text == english("Open Database License"));
  CHECK(record.access_constraints == std::vector<LocalText>{english("Open Access")});
}

TEST_CASE("other resources are related, and pages about this one are linked to") {
  auto const record = parts_of(read(document("kernel4")));
  REQUIRE(record.relations.size() == 3);
  CHECK(record.relations[0].kind == "parent");
  CHECK(record.relations[0].id == "10.5072/lakes");
  CHECK(record.relations[0].href == "https://doi.org/10.5072/lakes");
  CHECK(record.relations[1].kind == "crossReference");
  CHECK(record.relations[1].href == "https://data.example/lake/doc");
  CHECK(record.relations[2].href.empty());
  REQUIRE(record.online.size() == 1);
  CHECK(record.online[0].href == "https://data.example/lake");
  CHECK(record.online[0].function == "information");
}

TEST_CASE("places are boxes, points, polygons or names") {
  auto const spatial = parts_of(read(document("kernel4"))).spatial;
  REQUIRE(spatial.size() == 3); // the empty location is none
  CHECK(spatial[0].place == english("The lake"));
  CHECK(spatial[0].geometry->bbox() == model::Bbox::make(6.1, 46.2, 6.9, 46.5).value());
  CHECK(spatial[1].geometry->bbox() == model::Bbox::make(6.5, 46.4, 6.5, 46.4).value());
  CHECK(spatial[2].geometry->type() == model::GeometryType::polygon);
  CHECK_FALSE(spatial[2].geometry->is_box());
  CHECK(box("<geoLocationBox><westBoundLongitude>9</westBoundLongitude><eastBoundLongitude>6"
            "</eastBoundLongitude><southBoundLatitude>47</southBoundLatitude><northBoundLatitude>49"
            "</northBoundLatitude></geoLocationBox>") == "6 47 9 49");
  CHECK(
      codes("<geoLocations><geoLocation><geoLocationPolygon><polygonPoint><pointLongitude>x"
            "</pointLongitude><pointLatitude>1</pointLatitude></polygonPoint></geoLocationPolygon>"
            "</geoLocation></geoLocations>") == Codes{FindingCode::geometry_unreadable});
  CHECK(codes("<geoLocations><geoLocation><geoLocationPolygon/></geoLocation></geoLocations>") ==
        Codes{FindingCode::geometry_unreadable});
}

TEST_CASE("kernel 3 has places as numbers, the latitude first") {
  auto const result = read(document("kernel3"));
  auto const record = parts_of(result);
  CHECK(record.native_id == "10.5072/BAY");
  CHECK(record.type == "series");
  CHECK(record.description == LocalText("A series of surveys."));
  REQUIRE(record.spatial.size() == 2);
  CHECK(record.spatial[0].geometry->bbox() ==
        model::Bbox::make(-71.032, 41.090, -68.211, 41.893).value());
  CHECK(record.spatial[1].geometry->bbox() ==
        model::Bbox::make(-67.302, 31.233, -67.302, 31.233).value());
  CHECK(record.spatial[1].place == LocalText("Atlantic Ocean"));
  REQUIRE(record.contacts.size() == 1); // a publisher that is not known is none
  CHECK(codes_of(result) == Codes{FindingCode::bbox_unreadable});
}

TEST_CASE("a resource is named by the protocol, else by its identifier") {
  CHECK(parts_of(read(resource(""), "oai:x:1")).native_id == "oai:x:1");
  CHECK(parts_of(read(resource(""))).native_id == "10.5072/a");
  CHECK(read("<resource xmlns=\"http://datacite.org/schema/kernel-4\"><titles><title>T</title>"
             "</titles></resource>")
            .error()
            .code == FindingCode::no_identifier);
  CHECK(read("<resource xmlns=\"http://datacite.org/schema/kernel-4\"><identifier>a</identifier>"
             "</resource>")
            .error()
            .code == FindingCode::no_title);
  CHECK(read("<resource/>").error().code == FindingCode::unexpected_root);
}

TEST_CASE("a type that DataCite does not have is told") {
  auto const type = [](std::string_view general) {
    return "<resourceType resourceTypeGeneral=\"" + std::string(general) + "\"/>";
  };
  CHECK(parts(type("Software")).type == "software");
  CHECK(parts(type("JournalArticle")).type == "document");
  CHECK(parts(type("Other")).type == "dataset");
  CHECK(codes(type("Other")).empty());
  CHECK(parts(type("Thing")).type == "dataset");
  CHECK(codes(type("Thing")) == Codes{FindingCode::code_unknown});
}

TEST_CASE("DataCite is recognised by its namespace, or by its parts where it has none") {
  auto const format = [](std::string const& text) {
    auto const* const found = formats::recognise(text);
    return found == nullptr ? "none" : std::string(found->name);
  };
  CHECK(format(document("kernel4")) == "datacite");
  CHECK(format(document("kernel3")) == "datacite");
  CHECK(format(resource("", "http://datacite.org/schema/kernel-2.2")) == "datacite");
  CHECK(format(resource("", "")) == "datacite");
  CHECK(parts_of(read(resource("", ""))).native_id == "10.5072/a");
  CHECK(format("<resource/>") == "none");
  CHECK(format("<resource xmlns=\"http://example.org/\"><titles/></resource>") == "none");
}
