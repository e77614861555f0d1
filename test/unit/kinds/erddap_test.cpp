#include "kinds/erddap/erddap.hpp"

#include "support/canned_fetcher.hpp"
#include "support/catch.hpp"
#include "support/harvest.hpp"

#include <algorithm>
#include <map>

using namespace terracat;
using namespace terracat::test;
using Strings = std::vector<std::string>;

namespace {

std::string const base = "https://data.example/erddap";
std::string const listing = base + "/tabledap/allDatasets.json";
std::string const other_listing = base + "/info/index.json?page=1&itemsPerPage=1000000";

Source source_with(std::string options = "{}", std::string address = base + "/index.html") {
  Source source;
  source.address = std::move(address);
  source.options = std::move(options);
  return source;
}

std::string info(std::string const& id) {
  return base + "/info/" + id + "/index.json";
}

std::string list_of(Strings const& rows) {
  std::string out =
      R"({"table":{"columnNames":["datasetID","accessible","griddap","wms"],"rows":[)";
  for (auto const& row : rows) out += row + ",";
  out.back() = ']';
  return out + "}}";
}

std::string row(std::string const& id) {
  return R"([")" + id + R"(","public","","w"])";
}

std::map<std::string, std::string> server(Strings const& ids) {
  Strings rows{row("allDatasets")};
  std::map<std::string, std::string> pages;
  for (auto const& id : ids) {
    rows.push_back(row(id));
    pages[info(id)] = R"({"table":{"rows":[["attribute",")" + id + R"("]]}})";
  }
  pages[listing] = list_of(rows);
  return pages;
}

Harvest run_over(std::map<std::string, std::string> pages, std::string options = "{}") {
  CannedFetcher fetcher(std::move(pages));
  return harvest(*kinds::erddap::start(source_with(std::move(options)), fetcher, {}));
}

} // namespace

TEST_CASE("ERDDAP: every data set of the list is fetched, but for the list itself") {
  CannedFetcher fetcher(server({"b", "a"}));
  auto const harvester = kinds::erddap::start(source_with(), fetcher, {});
  CHECK(harvester->coverage() == kinds::Coverage::records);
  auto const all = harvest(*harvester);
  CHECK(all.ids() == Strings{"a", "b"});
  CHECK(all.documents[0].format == "erddap");
  CHECK(all.documents[0].address == info("a"));
  CHECK(all.documents[0].bytes == R"({"datasetID":"a","accessible":"public","wms":"w",)"
                                  R"("table":{"rows":[["attribute","a"]]}})");
  CHECK(all.failures.empty());
  CHECK(all.announced == 2);
  CHECK(all.complete);
  CHECK(fetcher.urls() == Strings{listing, info("a"), info("b")});
}

TEST_CASE("ERDDAP: a server that refuses its table is asked for its index") {
  auto pages = server({"a"});
  pages.erase(listing);
  pages[other_listing] = R"({"table":{"columnNames":["griddap","ISO 19115","Dataset ID"],)"
                         R"("rows":[["g","i","a"],["","","allDatasets"]]}})";
  auto const all = run_over(pages);
  CHECK(all.ids() == Strings{"a"});
  CHECK(all.documents[0].bytes == R"({"datasetID":"a","griddap":"g","iso19115":"i",)"
                                  R"("table":{"rows":[["attribute","a"]]}})");
  CHECK(all.complete);
}

TEST_CASE("ERDDAP: what the options leave out is not asked for") {
  auto const pages = server({"sea_1", "sea_2", "land"});
  CHECK(run_over(pages, R"({"contains":"sea"})").ids() == Strings{"sea_1", "sea_2"});
  CHECK(run_over(pages, R"({"exclude":["sea_1","land"]})").ids() == Strings{"sea_2"});
}

TEST_CASE("ERDDAP: what the list has and the server has not makes a run incomplete") {
  auto pages = server({"a", "b"});
  SECTION("a data set that is gone") {
    pages.erase(info("b"));
    auto const all = run_over(pages);
    CHECK(all.ids() == Strings{"a"});
    CHECK(all.codes() == Strings{"not-delivered"});
    CHECK_FALSE(all.complete);
  }
  SECTION("a row without a name") {
    pages[listing] = list_of({row("a"), row(""), "7", row("b")});
    auto const all = run_over(pages);
    CHECK(all.ids() == Strings{"a", "b"});
    CHECK(all.codes() == Strings{"no-identifier", "no-identifier"});
    CHECK_FALSE(all.complete);
  }
  SECTION("nothing at all") {
    pages[listing] = list_of({row("allDatasets")});
    CHECK(run_over(pages).codes() == Strings{"list-cut-short"});
    CHECK_FALSE(run_over(pages).complete);
  }
  SECTION("one twice is one") {
    pages[listing] = list_of({row("a"), row("b"), row("a")});
    CHECK(run_over(pages).codes() == Strings{"record-repeated"});
    CHECK(run_over(pages).complete);
  }
  SECTION("what is no table of attributes is for the format to refuse") {
    pages[info("a")] = "[1";
    auto const all = run_over(pages);
    CHECK(all.documents[0].bytes == "[1");
    CHECK(all.complete);
  }
}

TEST_CASE("ERDDAP: what is no list ends the run") {
  for (auto const* const body : {"", "{}", "<html>", R"({"table":{"columnNames":[],"rows":[]}})",
                                 R"({"table":{"columnNames":["a"],"rows":{}}})"}) {
    CHECK_THROWS_AS(run_over({{listing, body}}), kinds::ProtocolError);
  }
  CHECK_THROWS_AS(run_over({}), fetch::FetchError);
}

TEST_CASE("ERDDAP: an interrupted run goes on where it was") {
  Strings ids;
  for (int number = 100; number < 220; ++number) ids.push_back("d" + std::to_string(number));
  CannedFetcher fetcher(server(ids));
  auto const start = [&](std::string_view checkpoint) {
    return kinds::erddap::start(source_with(), fetcher, checkpoint);
  };
  for (std::size_t k = 1; k <= 3; ++k) {
    auto const all = killed_and_resumed(start, k);
    CHECK(all.ids() == ids);
    CHECK(all.complete);
  }
  auto const checkpoint = harvest(*start({}), 1).checkpoints.back();
  CHECK_THROWS_AS(kinds::erddap::start(source_with(R"({"contains":"d1"})"), fetcher, checkpoint),
                  kinds::StaleCheckpoint);
}

TEST_CASE("ERDDAP: a list that changed before the place of a run leaves it unproven") {
  Strings ids;
  for (int number = 100; number < 160; ++number) ids.push_back("d" + std::to_string(number));
  CannedFetcher fetcher(server(ids));
  auto const checkpoint = harvest(*kinds::erddap::start(source_with(), fetcher, {}), 1)
                              .checkpoints.back(); // after d149, the 50th
  SECTION("one came in before") {
    ids.emplace_back("d1001");
    CannedFetcher later(server(ids));
    auto const all = harvest(*kinds::erddap::start(source_with(), later, checkpoint));
    CHECK(all.ids().size() == 10); // d150 to d159
    CHECK(all.codes() == Strings{"list-cut-short"});
    CHECK_FALSE(all.complete);
  }
  SECTION("one took the place of another") {
    ids[3] = "d1031";
    CannedFetcher later(server(ids));
    CHECK_FALSE(harvest(*kinds::erddap::start(source_with(), later, checkpoint)).complete);
  }
  SECTION("one came in behind") {
    ids.emplace_back("d1501");
    CannedFetcher later(server(ids));
    auto const all = harvest(*kinds::erddap::start(source_with(), later, checkpoint));
    CHECK(all.ids().size() == 11);
    CHECK(all.complete);
  }
}

TEST_CASE("ERDDAP: a sweep asks for the list alone") {
  CannedFetcher fetcher(server({"a", "b"}));
  auto const all = harvest(*kinds::erddap::start(source_with(), fetcher, {}, kinds::What::ids));
  CHECK(all.ids() == Strings{"a", "b"});
  CHECK(all.documents[0].bytes.empty());
  CHECK(all.complete);
  CHECK(fetcher.urls() == Strings{listing});
}
