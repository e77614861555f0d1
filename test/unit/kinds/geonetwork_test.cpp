#include "fake_geonetwork.hpp"

#include "kinds/geonetwork/geonetwork.hpp"

#include "support/catch.hpp"
#include "support/harvest.hpp"

using namespace terracat;
using namespace terracat::test;
using Strings = std::vector<std::string>;

namespace {

Source source_with(std::string options = "{}") {
  Source source;
  source.address = "https://gn.example/geonetwork/srv/api";
  source.options = std::move(options);
  return source;
}

Harvest run_over(FakeGeonetwork& catalogue, kinds::What what = kinds::What::documents,
                 std::string options = "{}") {
  auto fetcher = catalogue.fetcher();
  return harvest(*kinds::geonetwork::start(source_with(std::move(options)), fetcher, {}, what));
}

Harvest killed_after(FakeGeonetwork& catalogue, std::size_t pages) {
  auto fetcher = catalogue.fetcher();
  return killed_and_resumed(
      [&fetcher](std::string_view checkpoint) {
        return kinds::geonetwork::start(source_with(), fetcher, checkpoint);
      },
      pages);
}

Harvest changes_of(FakeGeonetwork& catalogue, CannedFetcher& fetcher, std::string options) {
  static_cast<void>(catalogue);
  auto const since = model::parse_rfc3339("2024-05-04T10:00:00Z").value();
  return harvest(
      *kinds::geonetwork::start_changes(source_with(std::move(options)), fetcher, {}, since));
}

} // namespace

TEST_CASE("GeoNetwork: the index is read page by page, and each record is fetched as XML") {
  FakeGeonetwork catalogue(5);
  auto fetcher = catalogue.fetcher();
  auto const harvester = kinds::geonetwork::start(source_with(), fetcher, {});
  auto const all = harvest(*harvester);
  CHECK(all.ids() == catalogue.ids);
  CHECK(all.bodies().at(2) == "<record>r3</record>");
  CHECK(all.page_sizes == std::vector<std::size_t>{2, 2, 1, 0});
  CHECK(all.announced == 5);
  CHECK(all.failures.empty());
  CHECK(all.complete);
  CHECK(harvester->coverage() == kinds::Coverage::records);
  auto const& document = all.documents.at(0);
  CHECK(document.format.empty());
  CHECK(document.address == "https://gn.example/geonetwork/srv/api/records/r1/formatters/xml");
}

TEST_CASE("GeoNetwork: what is asked of the index") {
  FakeGeonetwork catalogue(3);
  auto fetcher = catalogue.fetcher();
  static_cast<void>(harvest(*kinds::geonetwork::start(
      source_with(R"({"query":"+resourceType:\"dataset\"","page_size":2})"), fetcher, {})));
  auto const& first = fetcher.requests.at(0);
  CHECK(first.url == "https://gn.example/geonetwork/srv/api/search/records/_search");
  CHECK(first.method == "POST");
  CHECK(first.content_type == "application/json");
  CHECK(first.body ==
        R"({"query":{"bool":{"must":[{"terms":{"isTemplate":["n"]}},)"
        R"({"query_string":{"query":"+resourceType:\"dataset\""}}]}},"sort":[{"uuid":"asc"}],)"
        R"("_source":["uuid"],"track_total_hits":true,"size":2})");
  auto const& record = fetcher.requests.at(1);
  CHECK(record.url == "https://gn.example/geonetwork/srv/api/records/r1/formatters/xml"
                      "?increasePopularity=false");
  CHECK(record.accept == "application/xml");
  CHECK_THAT(fetcher.requests.at(3).body, Catch::EndsWith(R"(,"search_after":["r2"]})"));
}

TEST_CASE("GeoNetwork: identifiers with slashes, questions and spaces are one step of a path") {
  FakeGeonetwork catalogue(0);
  catalogue.ids = {"a/b ?c#\"d\""};
  auto fetcher = catalogue.fetcher();
  CHECK(harvest(*kinds::geonetwork::start(source_with(), fetcher, {})).ids() == catalogue.ids);
  CHECK_THAT(fetcher.urls().at(1), Catch::Contains("/records/a%2Fb%20%3Fc%23%22d%22/formatters/"));
}

TEST_CASE("GeoNetwork: a record that cannot be had is reported, and the run goes on") {
  FakeGeonetwork catalogue(5);
  SECTION("a status") {
    catalogue.refused = {{"r2", GENERATE(400, 403, 404, 500)}};
  }
  SECTION("a page for people") {
    catalogue.bodies = {{"r2", "<!DOCTYPE html><html>"}};
  }
  auto const all = run_over(catalogue);
  CHECK(all.ids() == Strings{"r1", "r3", "r4", "r5"});
  CHECK(all.codes() == Strings{"not-delivered"});
  CHECK(all.failures.front().native_id == "r2");
  CHECK_FALSE(all.complete);
  CHECK(run_over(catalogue, kinds::What::ids).complete); // it is there
}

TEST_CASE("GeoNetwork: a server that delivers no record, or is busy, ends the run") {
  FakeGeonetwork catalogue(30);
  std::ranges::sort(catalogue.ids);
  SECTION("none") {
    for (auto const& id : catalogue.ids) catalogue.refused[id] = 403;
    CHECK_THROWS_WITH(run_over(catalogue),
                      "the source lists documents but delivers none: status 403");
  }
  SECTION("busy") {
    catalogue.refused = {{"r2", 503}};
    CHECK_THROWS_AS(run_over(catalogue), fetch::FetchError);
  }
}

TEST_CASE("GeoNetwork: many records in a row that cannot be had do not hide those behind them") {
  FakeGeonetwork catalogue(30);
  std::ranges::sort(catalogue.ids);
  for (std::size_t i = 1; i < 29; ++i) catalogue.refused[catalogue.ids[i]] = 403;
  auto const all = GENERATE(true, false) ? run_over(catalogue) : killed_after(catalogue, 1);
  CHECK(all.ids() == Strings{catalogue.ids.front(), catalogue.ids.back()});
  CHECK(all.codes() == Strings(28, "not-delivered"));
  CHECK_FALSE(all.complete);
}

TEST_CASE("GeoNetwork: a page is no longer than was asked for, and ends when it is large") {
  FakeGeonetwork catalogue(7);
  catalogue.size = 1'000;
  SECTION("longer") {
    auto const all = run_over(catalogue, kinds::What::documents, R"({"page_size":3})");
    CHECK(all.page_sizes == std::vector<std::size_t>{3, 3, 1, 0});
    CHECK(all.ids() == catalogue.ids);
    CHECK(all.failures.empty());
    CHECK(all.complete);
  }
  SECTION("large") {
    for (auto const& id : catalogue.ids) catalogue.bodies[id] = std::string(9 << 20, ' ');
    CHECK(run_over(catalogue).page_sizes == std::vector<std::size_t>{2, 2, 2, 1, 0});
    auto const all = killed_after(catalogue, 2);
    CHECK(all.ids() == catalogue.ids);
    CHECK(all.failures.empty());
    CHECK(all.complete);
  }
}

TEST_CASE("GeoNetwork: a page that was not looked at to its end proves nothing") {
  FakeGeonetwork catalogue(0);
  catalogue.answer = [](std::string const&) {
    std::string hits;
    for (int i = 0; i < 1'000; ++i) hits += R"({"_id":"r1"},)";
    return R"({"hits":{"total":1,"hits":[)" + hits + R"({"_id":"r2"}]}})";
  };
  auto const all = run_over(catalogue, kinds::What::ids, R"({"page_size":2})");
  CHECK(all.ids() == Strings{"r1"});
  CHECK(all.codes() ==
        Strings{"record-repeated", "record-repeated", "record-repeated", "list-in-circles"});
  CHECK_FALSE(all.complete);
}

TEST_CASE("GeoNetwork: an index that does not say how many records there are proves nothing") {
  FakeGeonetwork catalogue(5);
  SECTION("a lower bound") {
    catalogue.total = R"({"value":5,"relation":"gte"})";
  }
  SECTION("no number") {
    catalogue.total = R"("many")";
  }
  SECTION("too many") {
    catalogue.total = R"({"value":9,"relation":"eq"})";
  }
  SECTION("too few") {
    catalogue.total = "2";
  }
  auto const all = run_over(catalogue);
  CHECK(all.ids() == catalogue.ids);
  CHECK(all.codes() == Strings{"list-cut-short"});
  CHECK_FALSE(all.complete);
}

TEST_CASE("GeoNetwork: the number alone, as old indexes write it, is one") {
  FakeGeonetwork catalogue(5);
  catalogue.total = "5";
  CHECK(run_over(catalogue).complete);
}

TEST_CASE("GeoNetwork: what only a part of the index answered is no answer") {
  FakeGeonetwork catalogue(5);
  auto const [also, sentence] = GENERATE(table<std::string, std::string>(
      {{R"("timed_out":true,)", "the index answered in part only: it ran out of time"},
       {R"("_shards":{"failed":2},)", "the index answered in part only: 2 of its shards failed"}}));
  catalogue.answer = [&also = also](std::string const&) {
    return "{" + also + R"("hits":{"total":1,"hits":[{"_source":{"uuid":"r1"}}]}})";
  };
  CHECK_THROWS_WITH(run_over(catalogue), sentence);
}

TEST_CASE("GeoNetwork: an empty index is no proof, but that nothing has changed is") {
  FakeGeonetwork catalogue(0);
  auto const all = run_over(catalogue);
  CHECK(all.codes() == Strings{"list-cut-short"});
  CHECK_FALSE(all.complete);
  auto fetcher = catalogue.fetcher();
  CHECK(changes_of(catalogue, fetcher, "{}").complete);
}

TEST_CASE("GeoNetwork: pages that lead in circles, and repetitions, end the run") {
  FakeGeonetwork catalogue(5);
  catalogue.answer = [&catalogue](std::string const&) { return catalogue.page(""); };
  auto const all = run_over(catalogue);
  CHECK(all.ids() == Strings{"r1", "r2"});
  CHECK(all.codes().back() == "list-in-circles");
  CHECK_FALSE(all.complete);
  CHECK(catalogue.searches < 5);
}

TEST_CASE("GeoNetwork: entries without an identifier are reported") {
  FakeGeonetwork catalogue(1);
  catalogue.answer = [](std::string const& after) -> std::optional<std::string> {
    if (!after.empty()) return std::nullopt;
    return R"({"hits":{"total":3,"hits":[{"_source":{}},{"_id":"r0"},{"_source":{"uuid":"r1"}}]}})";
  };
  auto const all = run_over(catalogue);
  CHECK(all.ids() == Strings{"r0", "r1"});
  CHECK(all.codes() == Strings{"no-identifier", "count-changed", "list-cut-short"});
}

TEST_CASE("GeoNetwork: what is no index ends the run with a sentence") {
  FakeGeonetwork catalogue(1);
  auto const [body, sentence] = GENERATE(table<std::string, std::string>(
      {{"<!DOCTYPE html><html>", "the answer is no JSON but an HTML page"},
       {R"({"hits":{"hits":{}}})", "the answer is no page of a GeoNetwork's index"},
       {R"({"hits":)", "the answer is no page of a GeoNetwork's index"},
       {R"({"error":"x","status":400})", "the answer is no page of a GeoNetwork's index"}}));
  catalogue.answer = [&body = body](std::string const&) { return body; };
  CHECK_THROWS_WITH(run_over(catalogue), sentence);
}

TEST_CASE("GeoNetwork: for ids alone no record is fetched") {
  FakeGeonetwork catalogue(3);
  auto fetcher = catalogue.fetcher();
  auto const all = harvest(*kinds::geonetwork::start(source_with(), fetcher, {}, kinds::What::ids));
  CHECK(all.ids() == catalogue.ids);
  CHECK(all.complete);
  CHECK(fetcher.requests.size() == catalogue.searches);
}

TEST_CASE("GeoNetwork: changes are asked for by a date of the index") {
  FakeGeonetwork catalogue(3);
  auto fetcher = catalogue.fetcher();
  CHECK(changes_of(catalogue, fetcher, "{}").complete);
  CHECK_THAT(fetcher.requests.at(0).body,
             Catch::Contains(R"({"range":{"changeDate":{"gte":"2024-05-04T10:00:00Z"}}})"));
  fetcher.requests.clear();
  static_cast<void>(changes_of(catalogue, fetcher, R"({"modified":"indexingDate"})"));
  CHECK_THAT(fetcher.requests.at(0).body, Catch::Contains(R"({"indexingDate":{"gte":)"));
  catalogue.answer = [](std::string const&) -> std::optional<std::string> {
    throw CannedFetcher::status(400);
  };
  CHECK_THROWS_AS(changes_of(catalogue, fetcher, "{}"), kinds::ChangesUnknown);
}

TEST_CASE("GeoNetwork: a harvest that is killed goes on and comes to the same") {
  FakeGeonetwork catalogue(7);
  for (std::size_t k = 1; k <= 5; ++k) {
    CAPTURE(k);
    auto fetcher = catalogue.fetcher();
    auto const all = killed_and_resumed(
        [&](std::string_view checkpoint) {
          return kinds::geonetwork::start(source_with(), fetcher, checkpoint);
        },
        k);
    CHECK(all.ids() == catalogue.ids);
    CHECK(all.failures.empty());
    CHECK(all.complete);
  }
  auto fetcher = catalogue.fetcher();
  auto const part = harvest(*kinds::geonetwork::start(source_with(), fetcher, {}), 1);
  auto const& checkpoint = part.checkpoints.front();
  CHECK_THROWS_AS(kinds::geonetwork::start(source_with(R"({"query":"a"})"), fetcher, checkpoint),
                  kinds::StaleCheckpoint);
  CHECK_THROWS_AS(kinds::geonetwork::start(source_with(), fetcher, checkpoint, kinds::What::ids),
                  kinds::StaleCheckpoint);
  CHECK_NOTHROW(kinds::geonetwork::start(source_with(R"({"page_size":9})"), fetcher, checkpoint));
}
