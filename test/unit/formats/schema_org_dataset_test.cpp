// Data sets of schema.org, as pages describe them.

#include "formats/iso_support.hpp"
#include "support/rdf_parser.hpp"

#include <algorithm>

using namespace terracat;
using namespace terracat::test;

namespace {

struct Reader {
  json::Parser json;
  RdfHere rdf;
  std::string address;

  [[nodiscard]] formats::ReadContext context() {
    return {.address = address, .language = {}, .local_assets = {}, .json = json, .rdf = &rdf};
  }

  formats::ReadResult read(std::string_view document) {
    return formats::read_schema_org(document, context());
  }
};

formats::ReadResult read(std::string_view document, std::string address = {}) {
  Reader reader;
  reader.address = std::move(address);
  return reader.read(document);
}

/// A data set with what is needed and these members.
std::string dataset(std::string const& members, std::string const& context = "https://schema.org") {
  return R"({"@context":")" + context +
         R"(","@id":"https://e.example/1","@type":"Dataset","name":"N","description":"D")" +
         (members.empty() ? "" : "," + members) + "}";
}

model::RecordParts parts(std::string const& members) {
  return parts_of(read(dataset(members)));
}

model::RecordParts whole() {
  return parts_of(read(fixture("formats/schema-org/dataset.jsonld")));
}

} // namespace

TEST_CASE("schema.org: a data set among other things of a page becomes a record") {
  auto const reading = read(fixture("formats/schema-org/dataset.jsonld"));
  auto const record = parts_of(reading);
  CHECK(record.native_id == "https://data.example/d/1");
  CHECK(record.type == "dataset");
  model::LocalText title("en", "Plankton");
  title.add("fr", "Plancton");
  CHECK(record.title == title);
  CHECK(record.alternate_title.first() == "PLK");
  CHECK(record.description == model::LocalText("fr", "Counts of plankton."));
  CHECK(record.resource_languages == Strings{"fr"});
  CHECK(record.identifiers ==
        std::vector<model::Identifier>{{"doi", "10.5072/plk"}, {"local", "P-1"}});
  REQUIRE(record.dates.size() == 3);
  CHECK(record.dates[0].kind == "creation");
  CHECK(record.dates[0].text == "2019-05");
  CHECK(record.dates[1].kind == "publication");
  CHECK(record.dates[2].kind == "revision");
  CHECK(record.updated.earliest() == record.dates[2].at.earliest());
  CHECK(codes_of(reading) == Codes{FindingCode::html_stripped, FindingCode::identifier_placeholder,
                                   FindingCode::bbox_unreadable, FindingCode::href_refused});
}

TEST_CASE("schema.org: subjects and people") {
  auto const record = whole();
  REQUIRE(record.keyword_sets.size() == 3);
  CHECK(record.keyword_sets[0].keywords.at(0).label.first() == "sea, surface");
  CHECK(record.keyword_sets[1].thesaurus.first() == "Sea words");
  CHECK(record.keyword_sets[1].keywords.at(0).uri == "http://vocab.example/plankton");
  CHECK(record.keyword_sets[2].thesaurus_uri == "https://gcmd.example/words");
  Strings variables;
  for (auto const& name : record.variables) variables.emplace_back(name.first());
  CHECK(variables == Strings{"depth", "abundance"});
  CHECK(record.instruments.at(0).first() == "net");
  auto const& contacts = record.contacts;
  REQUIRE(contacts.size() == 5);
  CHECK(contacts[0].name == "Ana Bel");
  CHECK(contacts[0].orcid == "0000-0002-1825-0097");
  CHECK(contacts[0].organisation.first() == "Sea Institute");
  CHECK(contacts[0].emails == Strings{"ana@sea.example"});
  CHECK(contacts[0].roles == Strings{"author"});
  CHECK(contacts[1].organisation.first() == "Survey of the Sea");
  CHECK(contacts[2].organisation.first() == "Sea Institute");
  CHECK(contacts[2].ror == "https://ror.org/021nxhr62");
  CHECK(contacts[2].roles == Strings{"publisher"});
  CHECK(contacts[3].organisation.first() == "Help desk");
  CHECK(contacts[3].emails == Strings{"help@sea.example"});
  CHECK(contacts[4].roles == Strings{"funder"});
  auto const text = parts(R"("keywords":" sea ; TODO;surface, deep ; ")");
  REQUIRE(text.keyword_sets.size() == 1);
  CHECK(text.keyword_sets[0].keywords.size() == 2);
  CHECK(text.keyword_sets[0].keywords[1].label.first() == "surface, deep");
}

TEST_CASE("schema.org: places have latitudes first, unless they cannot be ones") {
  auto const record = whole();
  REQUIRE(record.spatial.size() == 5);
  auto const box = record.spatial[0].geometry->bbox();
  CHECK(box.west() == -3.5);
  CHECK(box.south() == 47.5);
  CHECK(box.east() == -2.5);
  CHECK(box.north() == 48.5);
  CHECK(record.spatial[0].place.first() == "Bay");
  CHECK(record.spatial[1].geometry->type() == model::GeometryType::point);
  CHECK(record.spatial[1].geometry->bbox().west() == -3.2);
  CHECK(record.spatial[2].geometry->type() == model::GeometryType::polygon);
  CHECK(record.spatial[2].geometry->bbox().north() == 48);
  CHECK(record.spatial[3].geometry->bbox().west() == 120);
  CHECK(record.spatial[3].geometry->bbox().south() == 10);
  CHECK_FALSE(record.spatial[4].geometry);
  CHECK(record.spatial[4].place.first() == "Brittany");
  auto const bare = parts(R"("spatialCoverage":"10 20 11 21")");
  CHECK(bare.spatial.at(0).geometry->bbox().south() == 10);
  auto const known = parts(R"j("spatialCoverage":{"@type":"Place","additionalProperty":{
      "@type":"PropertyValue","value":"POINT (5 6)"}})j");
  CHECK(known.spatial.at(0).geometry->bbox().west() == 5);
}

TEST_CASE("schema.org: times, with an open end and in OWL Time") {
  auto const record = whole();
  REQUIRE(record.temporal.size() == 2);
  CHECK(record.temporal[0].end_text == "2002-09-09");
  CHECK(record.temporal[1].interval->end().is_open());
  auto const owl = parts_of(read(
      R"({"@context":{"@vocab":"http://schema.org/","time":"http://www.w3.org/2006/time#"},
          "@id":"https://e.example/1","@type":"Dataset","name":"N","description":"D",
          "temporalCoverage":{"@type":"time:ProperInterval",
            "time:hasBeginning":{"time:inXSDDateTimeStamp":"1980-03-27T19:36:00Z"},
            "time:hasEnd":{"time:inXSDDate":"1981-01-03"}}})"));
  REQUIRE(owl.temporal.size() == 1);
  CHECK(owl.temporal[0].start_text == "1980-03-27T19:36:00Z");
  CHECK(owl.temporal[0].end_text == "1981-01-03");
}

TEST_CASE("schema.org: rights, ways to the data and other works") {
  auto const record = whole();
  REQUIRE(record.licences.size() == 1);
  CHECK(record.licences[0].spdx == "CC-BY-4.0");
  REQUIRE(record.access_constraints.size() == 2);
  CHECK(record.access_constraints[0].first() == "Ask first.");
  CHECK(record.access_constraints[1].first() == "restricted");
  Strings links;
  for (auto const& link : record.online) links.push_back(link.function + " " + link.href);
  CHECK(links == Strings{"information https://data.example/d/1.html",
                         "information https://doi.org/10.5072/PLK",
                         "download https://data.example/d/1.csv",
                         " https://data.example/d/1/access"});
  CHECK(record.online[2].media_type == "text/csv");
  CHECK(record.formats.at(0).first() == "NetCDF");
  REQUIRE(record.relations.size() == 4);
  CHECK(record.relations[0].kind == "parent");
  CHECK(record.relations[0].title.first() == "All of the sea");
  CHECK(record.relations[0].href == "https://data.example/d/0");
  CHECK(record.relations[1].kind == "source");
  CHECK(record.relations[1].id == "https://data.example/raw");
  CHECK(record.relations[2].id == "10.5072/paper");
  CHECK(record.relations[3].title.first() == "Bel, A. (2020) Plankton.");
}

TEST_CASE("schema.org: the name of the vocabulary has many spellings") {
  for (auto const* const context :
       {"http://schema.org", "https://schema.org/", "http://www.schema.org/",
        "https://schema.org/docs/jsonldcontext.jsonld"}) {
    CAPTURE(context);
    auto const document = dataset("", context);
    CHECK(formats::recognises_schema_org(document));
    CHECK(parts_of(read(document)).title.first() == "N");
  }
  CHECK(parts_of(read(R"({"@context":{"sc":"https://schema.org/"},"@id":"https://e.example/1",
      "@type":"sc:Dataset","sc:name":"N","http://schema.org/description":"D"})"))
            .description.first() == "D");
  constexpr std::string_view turtle =
      "@prefix s: <https://schema.org/> .\n<https://e.example/1> a s:Dataset ; s:name \"N\" .\n";
  CHECK(formats::recognises_schema_org(turtle));
  CHECK(parts_of(read(turtle)).title.first() == "N");
  CHECK_FALSE(formats::recognises_schema_org(
      R"(<!DOCTYPE html><script>{"@context":"https://schema.org","@type":"Dataset"}</script>)"));
  CHECK_FALSE(formats::recognises_schema_org(
      R"({"@context":"https://schema.org","@type":"Organization"})"));
}

TEST_CASE("schema.org: a data set is called by its address, a DOI, its page or where it stood") {
  auto const id_of = [](std::string const& members, std::string address = {}) {
    auto const reading =
        read(R"({"@context":"https://schema.org","@type":"Dataset","name":"N")" + members + "}",
             std::move(address));
    return reading ? (*std::get<model::Record>(reading->resource)).native_id
                   : std::string(name(reading.error().code));
  };
  CHECK(id_of(R"(,"url":"https://e.example/p","identifier":"https://doi.org/10.5072/X")") ==
        "doi:10.5072/x");
  CHECK(id_of(R"(,"url":"https://e.example/p","identifier":"7")") == "https://e.example/p");
  CHECK(id_of(R"(,"identifier":"7")") == "7");
  CHECK(id_of("", "https://e.example/page") == "https://e.example/page");
  CHECK(id_of("", "file:x.json") == "no-identifier");
  CHECK(id_of("") == "no-identifier");
}

TEST_CASE("schema.org: several data sets are several documents, and mentions are none") {
  Reader reader;
  auto const split = [&](std::string_view document) {
    return formats::split_schema_org(document, reader.context());
  };
  auto const parts = split(R"({"@context":"https://schema.org","@graph":[
      {"@type":"DataCatalog","name":"C","dataset":[
        {"@type":"Dataset","@id":"https://e.example/1","name":"One","description":"D",
         "creator":{"@type":"Person","name":"P"}},
        {"@type":"Dataset","@id":"https://e.example/2","name":"Two","description":"D",
         "hasPart":[{"@type":"Dataset","@id":"https://e.example/3","name":"Three"}],
         "isBasedOn":{"@type":"Dataset","name":"Raw","description":"Raw"}}]}]})");
  REQUIRE(parts);
  REQUIRE(parts->size() == 2);
  CHECK(parts_of(reader.read(parts->at(0))).contacts.at(0).name == "P");
  auto const second = parts_of(reader.read(parts->at(1)));
  CHECK(second.native_id == "https://e.example/2");
  CHECK(second.contacts.empty());
  CHECK(second.relations.size() == 2);
  CHECK(parts->at(1).find("\"One\"") == std::string::npos);
  CHECK_FALSE(split(R"({"@context":"https://schema.org","@type":"Organization","name":"O"})"));
  CHECK_FALSE(split(R"({"@context":"https://schema.org","@type":"Dataset")"));
  auto const untitled = read(R"({"@context":"https://schema.org","@id":"https://e.example/1",
      "@type":"Dataset","description":"D"})");
  REQUIRE_FALSE(untitled);
  CHECK(untitled.error().code == FindingCode::no_title);
}
