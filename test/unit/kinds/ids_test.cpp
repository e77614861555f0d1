// Runs that want to know only which documents a source has.

#include "kinds/csw/csw.hpp"
#include "kinds/files/files.hpp"
#include "kinds/stac_api/stac_api.hpp"

#include "fake_csw.hpp"
#include "fake_stac.hpp"
#include "support/catch.hpp"
#include "support/harvest.hpp"
#include "support/temporary_folder.hpp"

#include <fstream>

using namespace terracat;
using namespace terracat::kinds;
using namespace terracat::test;
using Strings = std::vector<std::string>;

namespace {

Source source_at(std::string address, std::string options) {
  Source source;
  source.name = "s";
  source.address = std::move(address);
  source.options = std::move(options);
  return source;
}

/// A STAC API whose landing page names this class of conformance.
struct Api {
  explicit Api(std::string conformance) : conformance_(std::move(conformance)) {
    stac_.collections = {{"a", 2}, {"b", 1}};
  }

  [[nodiscard]] CannedFetcher fetcher() {
    return CannedFetcher([this](fetch::Request const& request) {
      fetch::Response response{.status = 200, .body = {}, .url = request.url};
      if (request.url == FakeStac::root + std::string("/")) {
        response.body = R"({"type":"Catalog","id":"x","conformsTo":[")" + conformance_ +
                        R"("],"links":[{"rel":"data","href":"./collections"},)"
                        R"({"rel":"search","method":"POST","href":"/search"}]})";
      } else {
        response.body = stac_.answer(request);
      }
      return response;
    });
  }

 private:
  std::string conformance_;
  FakeStac stac_;
};

std::size_t with(std::string const& text, std::vector<fetch::Request> const& requests) {
  return static_cast<std::size_t>(std::ranges::count_if(requests, [&](auto const& request) {
    return (request.url + request.body).find(text) != std::string::npos;
  }));
}

bool has_bytes(Harvest const& harvest) {
  return std::ranges::any_of(harvest.documents,
                             [](auto const& document) { return !document.bytes.empty(); });
}

} // namespace

TEST_CASE("csw asks for brief records, and hands out their ids alone") {
  FakeCsw csw(5);
  auto fetcher = csw.fetcher();
  auto const options = GENERATE(R"({"page_size":2})", R"({"page_size":2,"output_schema":"mdb"})");
  auto const source = source_at("https://csw.example/csw", options);
  auto const harvester = csw::start(source, fetcher, {}, What::ids);
  auto const all = harvest(*harvester);
  CHECK(all.complete);
  CHECK(all.ids() == Strings{"r1", "r2", "r3", "r4", "r5"});
  CHECK_FALSE(has_bytes(all));
  CHECK(with("ElementSetName=brief", fetcher.requests) == fetcher.requests.size());
  CHECK(harvester->coverage() == Coverage::records);
}

TEST_CASE("csw speaks of the form in POST requests, too") {
  CannedFetcher fetcher(
      [](fetch::Request const&) -> fetch::Response { throw CannedFetcher::status(404); });
  auto const source = source_at("https://csw.example/csw", R"({"method":"POST"})");
  CHECK_THROWS_AS(csw::start(source, fetcher, {}, What::ids)->next({}), fetch::FetchError);
  CHECK(with("<csw:ElementSetName>brief</csw:ElementSetName>", fetcher.requests) == 1);
}

TEST_CASE("the place of a run that wanted documents is of no use to one that wants ids") {
  FakeCsw csw(5);
  auto fetcher = csw.fetcher();
  auto const source = source_at("https://csw.example/csw", R"({"page_size":2})");
  auto const documents = harvest(*csw::start(source, fetcher, {}), 1).checkpoints.front();
  auto const ids = harvest(*csw::start(source, fetcher, {}, What::ids), 1).checkpoints.front();
  CHECK_THROWS_AS(csw::start(source, fetcher, documents, What::ids), StaleCheckpoint);
  CHECK_THROWS_AS(csw::start(source, fetcher, ids), StaleCheckpoint);
  auto const rest = harvest(*csw::start(source, fetcher, ids, What::ids));
  CHECK(rest.complete);
  CHECK(rest.ids() == Strings{"r3", "r4", "r5"});

  Api api("");
  auto stac_fetcher = api.fetcher();
  auto const stac = source_at("https://stac.example/", R"({"items":true})");
  auto const place = harvest(*stac_api::start(stac, stac_fetcher, {}), 1).checkpoints.front();
  CHECK_THROWS_AS(stac_api::start(stac, stac_fetcher, place, What::ids), StaleCheckpoint);
}

TEST_CASE("a STAC API that can is asked for ids alone") {
  SECTION("of the items of a collection") {
    Api api("https://api.stacspec.org/v1.0.0/ogcapi-features#fields");
    auto fetcher = api.fetcher();
    auto const source = source_at("https://stac.example/", R"({"items":true})");
    auto const harvester = stac_api::start(source, fetcher, {}, What::ids);
    auto const all = harvest(*harvester);
    CHECK(all.complete);
    CHECK(all.ids() == Strings{"a", "b", "a-0", "a-1", "b-0"});
    CHECK(all.documents.back().collection == "b");
    CHECK_FALSE(has_bytes(all));
    CHECK(with("fields=id%2Ccollection", fetcher.requests) == 2);
    CHECK(harvester->coverage() == Coverage::everything);
  }
  SECTION("of a search") {
    Api api("https://api.stacspec.org/v1.0.0/item-search#fields");
    auto fetcher = api.fetcher();
    auto const source =
        source_at("https://stac.example/", R"({"items":true,"items_from":"search"})");
    CHECK(harvest(*stac_api::start(source, fetcher, {}, What::ids)).documents.size() == 5);
    CHECK(with(R"("fields":{"include":["id","collection"]})", fetcher.requests) == 2);
  }
  SECTION("but not one that does not say so, nor for documents") {
    bool const says_so = GENERATE(true, false);
    Api api(says_so ? "https://api.stacspec.org/v1.0.0/ogcapi-features#fields"
                    : "https://api.stacspec.org/v1.0.0/item-search#fields");
    auto fetcher = api.fetcher();
    auto const source = source_at("https://stac.example/", R"({"items":true})");
    auto const what = says_so ? What::documents : What::ids;
    auto const all = harvest(*stac_api::start(source, fetcher, {}, what));
    CHECK(all.documents.size() == 5);
    CHECK(has_bytes(all) == says_so);
    CHECK(with("fields", fetcher.requests) == 0);
  }
}

TEST_CASE("a STAC API whose items are not harvested proves nothing of items") {
  Api api("");
  auto fetcher = api.fetcher();
  auto const source = source_at("https://stac.example/", "{}");
  CHECK(stac_api::start(source, fetcher, {})->coverage() == Coverage::records);
}

TEST_CASE("files have to be read for their ids") {
  TemporaryFolder folder;
  std::ofstream(folder.path() / "a.json") << R"({"id":"a"})";
  std::ofstream(folder.path() / "b.json") << R"({"id":"b"})";
  CannedFetcher fetcher(std::map<std::string, std::string>{});
  auto const source = source_at(folder.path().string(), "{}");
  auto const harvester = files::start(source, fetcher, {}, What::ids);
  auto const all = harvest(*harvester);
  CHECK(all.bodies() == Strings{R"({"id":"a"})", R"({"id":"b"})"});
  CHECK(harvester->coverage() == Coverage::everything);
  CHECK_THROWS_AS(files::start(source, fetcher, all.checkpoints.back()), StaleCheckpoint);
}
