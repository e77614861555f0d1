#include "run/reading.hpp"

#include "run/harvest.hpp"
#include "support/canned_fetcher.hpp"
#include "support/catalogues.hpp"
#include "support/catch.hpp"
#include "support/harvest.hpp"

/// What of a source is read again when it is asked again.
using namespace terracat;
using namespace terracat::test;
using Strings = std::vector<std::string>;

namespace {

std::string item(std::string const& id, std::string const& title, std::string const& more) {
  return R"({"type":"Feature","stac_version":"1.1.0","id":")" + id + R"(","geometry":null,)" +
         R"("properties":{"datetime":"2024-05-01T00:00:00Z","title":")" + title +
         R"("},"links":[],"assets":{})" + more + '}';
}

/// A STAC API of one collection, whose first item names it and whose second does not. The first one
/// is published as `id-None`, since its own id is a name of Python: as the second one is called.
CannedFetcher api(std::string const& title) {
  return CannedFetcher(std::map<std::string, std::string>{
      {"https://x.example/collections",
       R"({"collections":[{"type":"Collection","stac_version":"1.1.0","id":"sst","description":"d",)"
       R"("license":"other","extent":{"spatial":{"bbox":[[0,0,1,1]]},"temporal":{"interval":[[)"
       R"("2024-01-01T00:00:00Z",null]]}},"links":[{"rel":"items","href":"/items"}]}]})"},
      {"https://x.example/items?limit=100", R"({"type":"FeatureCollection","features":[)" +
                                                item("None", title, R"(,"collection":"sst")") +
                                                ',' + item("id-None", "B", "") + "]}"}});
}

Source stac_source() {
  Source source;
  source.name = "stac";
  source.kind = "stac-api";
  source.address = "https://x.example/collections";
  source.options = R"({"items":true})";
  return source;
}

/// What becomes of each document of the source: "id: record", "item", "refused", "untouched".
Strings outcomes(run::DocumentReader& documents, CannedFetcher fetcher) {
  auto const harvester =
      kinds::find("stac-api")->start(stac_source(), fetcher, {}, kinds::What::documents);
  Strings out;
  documents.begin();
  for (auto& raw : harvest(*harvester).documents) {
    auto const id = raw.native_id;
    constexpr std::array names{"record", "item", "refused", "untouched"};
    out.push_back(id + ": " + names.at(documents.read(std::move(raw)).index()));
  }
  documents.end();
  return out;
}

/// Puts what the source brings into the catalogue.
void keep(CatalogueUnderTest& catalogue, run::DocumentReader& documents, CannedFetcher fetcher) {
  auto const harvester =
      kinds::find("stac-api")->start(stac_source(), fetcher, {}, kinds::What::documents);
  documents.begin();
  for (auto& raw : harvest(*harvester).documents) {
    std::visit([&](auto&& read) { catalogue.submit("stac", std::move(read)); },
               documents.read(std::move(raw)));
  }
  documents.end();
}

} // namespace

TEST_CASE("what a protocol calls a record is its name, whatever the document calls itself") {
  auto const under_test = GENERATE(from_range(stores()));
  CAPTURE(under_test.name);
  CatalogueUnderTest catalogue(under_test, {.sources = {{.name = "oai"}}});
  Source source;
  source.name = "oai";
  source.kind = "oai-pmh";
  auto const session = catalogue.catalogue().session();
  run::DocumentReader documents(source, run::Against::nothing, session->reader());
  auto const dublin_core = [](std::string const& identifier) {
    return R"(<dc xmlns:d="http://purl.org/dc/elements/1.1/"><d:title>T</d:title>)" + identifier +
           "</dc>";
  };
  auto const iso = [](std::string const& identifier) {
    return R"(<MD_Metadata xmlns="http://www.isotc211.org/2005/gmd">)" + identifier +
           "<identificationInfo><MD_DataIdentification><citation><CI_Citation><title>T</title>"
           "</CI_Citation></citation></MD_DataIdentification></identificationInfo></MD_Metadata>";
  };
  auto const put = [&](std::string bytes) {
    return std::get<catalogue::RecordPut>(
        documents.read({.native_id = "oai:x:1", .bytes = std::move(bytes)}));
  };
  documents.begin();
  for (auto const& bytes : {dublin_core("<d:identifier>10.5072/a</d:identifier>"),
                            iso("<fileIdentifier>10.5072/a</fileIdentifier>")}) {
    auto const read = put(bytes);
    CHECK(read.record->native_id == "oai:x:1");
    CHECK(read.document.native_id == "oai:x:1");
    CHECK(read.record->identifiers == std::vector<model::Identifier>{{"doi", "10.5072/a"}});
  }
  for (auto const& bytes : {dublin_core(""), iso("")}) {
    auto const nameless = put(bytes);
    CHECK(nameless.record->native_id == "oai:x:1");
    CHECK(nameless.record->identifiers.empty());
  }
  documents.end();
}

TEST_CASE("records and items of a STAC API that have not changed are not read again") {
  auto const under_test = GENERATE(from_range(stores()));
  CAPTURE(under_test.name);
  CatalogueUnderTest catalogue(under_test, {.sources = {{.name = "stac"}}});
  auto const source = stac_source();
  auto const session = catalogue.catalogue().session();
  run::DocumentReader documents(source, run::Against::known, session->reader());

  CHECK(outcomes(documents, api("A")) == Strings{"sst: record", "None: item", "id-None: item"});
  keep(catalogue, documents, api("A"));
  CHECK(outcomes(documents, api("A")) ==
        Strings{"sst: untouched", "None: untouched", "id-None: untouched"});
  CHECK(outcomes(documents, api("Z")) ==
        Strings{"sst: untouched", "None: item", "id-None: untouched"});

  run::DocumentReader anew(source, run::Against::nothing, session->reader());
  CHECK(outcomes(anew, api("A")) == Strings{"sst: record", "None: item", "id-None: item"});
}
