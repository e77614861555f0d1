#include "kinds/xml_answer.hpp"

#include "kinds/csw/csw.hpp"
#include "support/canned_fetcher.hpp"
#include "support/catch.hpp"
#include "support/corpus.hpp"
#include "support/harvest.hpp"

#include <pugixml.hpp>

using namespace terracat;
using namespace terracat::test;
using kinds::Exception;
using kinds::read_answer;
using kinds::Results;

namespace {

std::string page(std::string const& attributes, std::string const& records) {
  return R"(<?xml version="1.0" encoding="UTF-8"?>)"
         R"(<c:GetRecordsResponse xmlns:c="http://www.opengis.net/cat/csw/2.0.2" xmlns="urn:outer")"
         R"( xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><c:SearchStatus/>)"
         R"(<c:SearchResults xmlns:g="urn:inner" )" +
         attributes + '>' + records + "</c:SearchResults></c:GetRecordsResponse>";
}

Results results_of(std::string const& body) {
  return std::get<Results>(read_answer(body));
}

FindingCode fault_of(std::string const& body) {
  return std::get<Finding>(read_answer(body)).code;
}

std::string id_of(std::string const& record) {
  return results_of(page("", record)).records.at(0).native_id;
}

} // namespace

TEST_CASE("the numbers of a page are read, or absent") {
  auto const all = results_of(page(R"(numberOfRecordsMatched="965" nextRecord="11")", ""));
  CHECK(all.matched == 965);
  CHECK(all.next_record == 11);
  auto const none = results_of(page(R"(numberOfRecordsMatched="many" nextRecord="-1")", ""));
  CHECK_FALSE(none.matched);
  CHECK_FALSE(none.next_record);
}

TEST_CASE("a record stands alone with the namespaces it had around it") {
  auto const all =
      results_of(page("", R"(<g:MD xmlns:own="urn:own" xsi:type="g:T"><own:a>1 &lt; 2</own:a>)"
                          "\n  <b/><!-- note --></g:MD>"));
  CHECK(all.records.at(0).bytes ==
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        R"(<g:MD xsi:type="g:T" xmlns="urn:outer" xmlns:g="urn:inner" xmlns:own="urn:own")"
        R"( xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><own:a>1 &lt; 2</own:a>)"
        "\n  <b/><!-- note --></g:MD>");
}

TEST_CASE("a prefix that a record declares itself keeps its meaning") {
  auto const all = results_of(page("", R"(<g:MD xmlns:g="urn:mine" xmlns="urn:mine too"/>)"));
  auto const& bytes = all.records.at(0).bytes;
  CHECK_THAT(bytes, Catch::Contains(R"(<g:MD xmlns:g="urn:mine"/>)"));
  CHECK(bytes.find("urn:inner") == std::string::npos);
  CHECK(bytes.find("urn:outer") == std::string::npos);
}

TEST_CASE("the id of a record is found in three schemas") {
  CHECK(id_of("<g:MD_Metadata><g:fileIdentifier><x:CharacterString> a/b ?c\n</x:CharacterString>"
              "</g:fileIdentifier></g:MD_Metadata>") == "a/b ?c");
  CHECK(id_of("<g:MD_Metadata><g:fileIdentifier><x:Anchor href='u'>d</x:Anchor></g:fileIdentifier>"
              "</g:MD_Metadata>") == "d");
  CHECK(id_of("<m:MD_Metadata><m:metadataIdentifier><x:MD_Identifier><x:authority><y:t>no</y:t>"
              "</x:authority><x:code><y:CharacterString>e</y:CharacterString></x:code>"
              "</x:MD_Identifier></m:metadataIdentifier></m:MD_Metadata>") == "e");
  CHECK(id_of("<c:Record><dc:title>t</dc:title><dc:identifier>f</dc:identifier>"
              "<dc:identifier>g</dc:identifier></c:Record>") == "f");
  CHECK(id_of("<rdf:RDF><dcat:CatalogRecord/></rdf:RDF>").empty());
  CHECK(id_of("<g:MD_Metadata><g:fileIdentifier/></g:MD_Metadata>").empty());
}

TEST_CASE("error reports of both generations are read") {
  auto const ows = std::get<Exception>(
      read_answer(R"(<o:ExceptionReport><o:Exception exceptionCode="InvalidParameterValue")"
                  R"( locator="SortBy"><o:ExceptionText> no </o:ExceptionText></o:Exception>)"
                  "</o:ExceptionReport>"));
  CHECK(ows.sentence() == "InvalidParameterValue: SortBy: no");
  auto const old =
      std::get<Exception>(read_answer("<ServiceExceptionReport><ServiceException>broken</"
                                      "ServiceException></ServiceExceptionReport>"));
  CHECK(old.sentence() == "broken");
  CHECK(std::get<Exception>(read_answer("<ExceptionReport/>")).sentence() == "no reason is given");
}

TEST_CASE("a page that is no XML, or too much of it, is refused with the reason") {
  auto const whole = page("", "<a/>");
  CHECK(fault_of("") == FindingCode::xml_malformed);
  CHECK(fault_of(whole.substr(0, whole.size() - 5)) == FindingCode::xml_malformed);
  CHECK(fault_of(whole + "<b/>") == FindingCode::xml_malformed);
  CHECK(fault_of(std::string((std::size_t{16} << 20) + 1, ' ')) == FindingCode::too_large);
  std::string many;
  for (int i = 0; i < 1'000'001; ++i) many += "<a/>"; // each has one opening bracket
  CHECK(std::holds_alternative<Results>(read_answer(page("", many))));
  CHECK(fault_of(page("", many + many)) == FindingCode::too_large);
  std::string deep;
  for (int i = 0; i < 5'000; ++i) deep += "<a>";
  for (int i = 0; i < 5'000; ++i) deep += "</a>";
  CHECK(fault_of(page("", deep)) == FindingCode::too_deep);
  std::string attributes;
  for (int i = 0; i < 300; ++i) attributes += " a" + std::to_string(i) + "='x'";
  CHECK(fault_of(page("", "<a" + attributes + "/>")) == FindingCode::too_large);
}

TEST_CASE("a page for people is known by its first tag, not by one within a text") {
  for (auto const* const page :
       {"<html>", "<!DOCTYPE html><html>", "\xEF\xBB\xBF\r\n <!doctype HTML>",
        "<!-- a --> <!-- <b> -->\n<HTML lang='fr'>", "\n\t<html"}) {
    CAPTURE(page);
    CHECK(kinds::starts_like_html(page));
  }
  for (auto const* const other :
       {"", "{\"description\":\"<html><p>Rain</p></html>\"}", "[\"<!DOCTYPE html>\"]",
        "Sitemap: /x # <html>", "<rss/><html>", "<!-- <html>", "<!-- <html> -->{}", "<htm", "<"}) {
    CAPTURE(other);
    CHECK_FALSE(kinds::starts_like_html(other));
  }
}

TEST_CASE("a page whose text depends on entities of its own is refused") {
  auto const type = std::string(R"(<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>)");
  CHECK(fault_of(type + page("", "<a>&e;</a>").substr(38)) == FindingCode::xml_entity);
  CHECK(results_of(type + page("", "<a>&amp;</a>").substr(38)).records.size() == 1);
}

TEST_CASE("a page in Latin-1 becomes UTF-8") {
  auto body = page("", "<a>\xE9t\xE9</a>");
  body.replace(body.find("UTF-8"), 5, "ISO-8859-1");
  CHECK_THAT(results_of(body).records.at(0).bytes, Catch::EndsWith(">\xC3\xA9t\xC3\xA9</a>"));
}

// ---- Real answers

TEST_CASE("real pages of a GeoNetwork are harvested as their server meant them") {
  auto const folder = corpus();
  if (!folder) return;
  auto const pages = *folder / "opendatateam+udata/udata/harvest/tests/csw_dcat";
  CannedFetcher fetcher([&pages](fetch::Request const& request) {
    auto const at = request.url.find("startPosition=") + 14;
    auto const start = request.url.substr(at, request.url.find('&', at) - at);
    return fetch::Response{.status = 200,
                           .body =
                               read_file(pages / ("geonetwork-iso19139-page-" + start + ".xml")),
                           .url = request.url};
  });
  Source source;
  source.address = "https://www.geo2france.example/geonetwork/srv/fre/csw";
  auto const all = harvest(*kinds::csw::start(source, fetcher, {}));
  CHECK(all.ids() == std::vector<std::string>{
                         "fr-120066022-ldd-56fce164-04b2-41ae-be87-9f256f39dd44",
                         "fr-120066022-ldd-777b1c6b-36a7-4650-befa-e4be638cd694",
                         "fr-120066022-jdd-585c9cd3-d542-407a-b6a5-885f062b0024",
                         "fr-120066022-ldd-05ba3a8c-ee8a-4dd5-a86a-15b6d6cd1bc8",
                         "fr-120066022-ldd-3f4cc8c8-5c3e-4a0e-8b56-0a569a7e12f6",
                         "fr-120066022-ldd-1d31b525-5f0e-4fd2-8ab4-cad099333b5c",
                     });
  CHECK(all.announced == 6);
  CHECK(all.page_sizes == std::vector<std::size_t>{2, 2, 2});
  CHECK(all.complete);
  for (auto const& document : all.documents) {
    CAPTURE(document.native_id);
    pugi::xml_document xml;
    REQUIRE(xml.load_buffer(document.bytes.data(), document.bytes.size()));
    CHECK(std::string_view(xml.first_child().name()) == "gmd:MD_Metadata");
    // Declared by the page's root, used by the record.
    CHECK(xml.first_child().attribute("xmlns:xsi"));
    CHECK(xml.first_child().attribute("xsi:schemaLocation"));
  }
}

TEST_CASE("a real page whose nextRecord lies beyond the end is the last one") {
  auto const folder = corpus();
  if (!folder) return;
  auto const fixtures = *folder / "geodatagouv+csw-client/test/fixtures";
  CannedFetcher fetcher([&fixtures](fetch::Request const& request) {
    return fetch::Response{.status = 200,
                           .body = read_file(fixtures / "harvest-records-onepage.xml"),
                           .url = request.url};
  });
  Source source;
  source.address = "https://a.example/csw";
  auto const all = harvest(*kinds::csw::start(source, fetcher, {}));
  CHECK(all.documents.size() == 10);
  CHECK(all.documents.at(0).native_id == "22c47096-64da-44e8-a04e-58f9779c6995");
  CHECK(fetcher.requests.size() == 1);
  CHECK(all.complete);
}

TEST_CASE("real capabilities, whole or cut, are no list of records") {
  auto const folder = corpus();
  if (!folder) return;
  auto const fixtures = *folder / "geodatagouv+csw-client/test/fixtures";
  CHECK(fault_of(read_file(fixtures / "capabilities-ok.xml")) == FindingCode::unexpected_root);
  CHECK(fault_of(read_file(fixtures / "capabilities-truncated.xml")) == FindingCode::xml_malformed);
  auto const hits = results_of(read_file(fixtures / "records-hits-basic.xml"));
  CHECK(hits.matched == 965);
  CHECK(hits.records.empty());
}
