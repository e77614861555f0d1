// Catalogues in JSON-LD: how they are told from other JSON, and what becomes of them.

#include "formats/dcat/document.hpp"
#include "formats/graph/node.hpp"
#include "formats/iso_support.hpp"

#include "support/rdf_parser.hpp"

#include <algorithm>

using namespace terracat;
using namespace terracat::test;

namespace {

/// The ids of what a catalogue is taken apart into.
Strings ids_of(std::string_view document) {
  RdfHere rdf;
  json::Parser json;
  formats::ReadContext const context{
      .address = {}, .language = {}, .local_assets = {}, .json = json, .rdf = &rdf};
  auto const parts = formats::split_dcat(document, context);
  if (!parts) return {std::string(name(parts.error().code))};
  Strings out;
  for (auto const& part : *parts) {
    out.push_back(parts_of(formats::read_dcat(part, context)).native_id);
  }
  return out;
}

formats::ReadResult read(std::string_view document) {
  RdfHere rdf;
  json::Parser json;
  return formats::read_dcat(
      document, {.address = {}, .language = {}, .local_assets = {}, .json = json, .rdf = &rdf});
}

model::RecordParts record_of(std::string_view document) {
  return parts_of(read(document));
}

} // namespace

TEST_CASE("a context is never fetched: where one is not known, the usual names are read") {
  auto const document = R"({"@context":"https://nobody.example/c.jsonld","@type":"dcat:Dataset",)"
                        R"("@id":"http://d.example/","title":"A","description":"D","odd":"B"})";
  auto const reading = read(document);
  REQUIRE(reading);
  CHECK(std::get<model::Record>(reading->resource)->title.first() == "A");
  Finding const told{FindingCode::rdf_repaired, "/@context",
                     "a context that stands elsewhere: https://nobody.example/c.jsonld"};
  CHECK(std::ranges::count(reading->findings, told) == 1);
}

TEST_CASE("a catalogue without a context, whose types are plain words, is meant to have one") {
  auto const document = R"({"@type":"Catalog","dataset":[{"identifier":"urn:a","title":"A"}]})";
  CHECK(formats::recognises_dcat(document));
  CHECK(ids_of(document) == Strings{"urn:a"});
}

TEST_CASE("a list says what its elements say") {
  auto const document = GENERATE(
      as<std::string>(),
      R"([{"@id":"http://d.example/","@type":["http://www.w3.org/ns/dcat#Dataset"],)"
      R"("http://purl.org/dc/terms/title":[{"@value":"A"}],)"
      R"("http://www.w3.org/ns/dcat#keyword":[{"@list":[{"@value":"one"},{"@value":"two"}]}],)"
      R"("http://purl.org/dc/terms/alternative":[{"@list":[]}]}])",
      R"(@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
         <http://d.example/> a dcat:Dataset ; dct:title "A" ; dcat:keyword ("one" "two") ;
           dct:alternative () .)");
  auto const record = record_of(document);
  CHECK(record.alternate_title.empty());
  Strings keywords;
  for (auto const& set : record.keyword_sets) {
    for (auto const& keyword : set.keywords) keywords.emplace_back(keyword.label.first());
  }
  CHECK(keywords == Strings{"one", "two"});
}

TEST_CASE("data sets without a class are told by the place where they stand") {
  auto const document =
      R"({"@context":"https://project-open-data.cio.gov/v1.1/schema/catalog.jsonld",)"
      R"("@type":"dcat:Catalog","dataset":[{"identifier":"urn:a","title":"A"},)"
      R"({"identifier":"urn:b","title":"B","spatial":"6.57, 46.39,6.6,46.4"}]})";
  CHECK(ids_of(document) == Strings{"urn:a", "urn:b"});
}

TEST_CASE("JSON-LD of DCAT is told from other JSON") {
  CHECK(formats::recognises_dcat(R"({"@context":{"dcat":"http://www.w3.org/ns/dcat#"}})"));
  CHECK(formats::recognises_dcat(R"([{"@type":["http://www.w3.org/ns/dcat#Dataset"]}])"));
  CHECK(formats::recognises_dcat("\xEF\xBB\xBF{\"@context\":\"https://project-open-data.cio.gov/"
                                 "v1.1/schema/catalog.jsonld\"}"));
  CHECK_FALSE(formats::recognises_dcat(R"({"a":"http://www.w3.org/ns/dcat#"})"));
  CHECK_FALSE(formats::recognises_dcat(R"({"@context":"https://schema.org/"})"));
}

TEST_CASE("a catalogue in JSON-LD becomes its data sets, whatever way it is written") {
  std::string const context = R"("@context":{"dcat":"http://www.w3.org/ns/dcat#",)"
                              R"("dct":"http://purl.org/dc/terms/"})";
  auto const nested = "{" + context +
                      R"(,"@id":"http://c.example/","@type":"dcat:Catalog","dcat:dataset":[)"
                      R"({"@id":"http://c.example/1","@type":"dcat:Dataset","dct:title":"One"},)"
                      R"({"@id":"http://c.example/2","@type":"dcat:Dataset","dct:title":"Two"}]})";
  CHECK(ids_of(nested) == Strings{"http://c.example/1", "http://c.example/2"});
  auto const flat = "{" + context +
                    R"(,"@graph":[{"@id":"http://c.example/","@type":"dcat:Catalog",)"
                    R"("dcat:dataset":{"@id":"http://c.example/1"}},)"
                    R"({"@id":"http://c.example/1","@type":"dcat:Dataset","dct:title":"One"}]})";
  CHECK(ids_of(flat) == Strings{"http://c.example/1"});
  CHECK(ids_of("{" + context + "}") == Strings{"unexpected-root"});
}

TEST_CASE("a data set of DCAT-US, whose context nobody serves any more") {
  auto const read =
      record_of(R"({"@context":"https://project-open-data.cio.gov/v1.1/schema/)"
                R"(catalog.jsonld","@type":"dcat:Catalog","dataset":[{)"
                R"("@type":"dcat:Dataset","identifier":"urn:d:1","title":"Rain",)"
                R"("description":"Of a day","keyword":["rain","day"],)"
                R"("issued":"2020-02-03","publisher":{"@type":"org:Organization",)"
                R"("name":"Office"},"contactPoint":{"@type":"vcard:Contact",)"
                R"("fn":"Jane","hasEmail":"mailto:jane@x.example"},)"
                R"("license":"https://creativecommons.org/licenses/by/4.0/",)"
                R"("spatial":"1,2, 3,4",)"
                R"("temporal":"2020-01-01/2020-12-31","distribution":[{)"
                R"("@type":"dcat:Distribution","title":"File",)"
                R"("downloadURL":"https://x.example/a.csv","mediaType":"text/csv"}]}]})");
  CHECK(read.native_id == "urn:d:1");
  CHECK(read.title.first() == "Rain");
  CHECK(read.description.first() == "Of a day");
  REQUIRE(read.dates.size() == 1);
  CHECK(read.dates[0].kind == "publication");
  CHECK(read.contacts.size() == 2);
  REQUIRE(read.licences.size() == 1);
  CHECK(read.licences[0].spdx == "CC-BY-4.0");
  REQUIRE(read.spatial.size() == 1);
  CHECK(read.spatial[0].geometry);
  REQUIRE(read.temporal.size() == 1);
  CHECK(read.temporal[0].start_text == "2020-01-01");
  REQUIRE(read.online.size() == 1);
  CHECK(read.online[0].href == "https://x.example/a.csv");
  CHECK(read.online[0].function == "download");
}
