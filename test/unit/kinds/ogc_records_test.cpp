#include "kinds/ogc_records/ogc_records.hpp"

#include "fake_records.hpp"
#include "support/catch.hpp"
#include "support/harvest.hpp"

using namespace terracat;
using namespace terracat::test;
using Strings = std::vector<std::string>;
using Pages = std::map<std::string, std::string>;

namespace {

Source source_with(std::string options = "{}", std::string address = FakeRecords::root) {
  Source source;
  source.address = std::move(address);
  source.options = std::move(options);
  return source;
}

Harvest run_over(FakeRecords const& records, std::string options = "{}") {
  auto fetcher = records.fetcher();
  return harvest(*kinds::ogc_records::start(source_with(std::move(options)), fetcher, {}));
}

Harvest run_over(Pages pages, std::string address = FakeRecords::root) {
  CannedFetcher fetcher(std::move(pages));
  return harvest(*kinds::ogc_records::start(source_with("{}", std::move(address)), fetcher, {}));
}

Harvest changes_over(FakeRecords const& records, std::string const& since) {
  auto fetcher = records.fetcher();
  return harvest(*kinds::ogc_records::start_changes(source_with(), fetcher, {},
                                                    model::parse_rfc3339(since).value()));
}

constexpr auto all_of_main = "https://records.example/api/collections/main/items?f=json&limit=100";

} // namespace

TEST_CASE("OGC API Records: the records of each catalogue are found from the landing page") {
  FakeRecords const records{
      .catalogues = {{"sea", {"s1", "s2"}}, {"roads", {"r"}}, {"land", {"l1", "l2", "l3", "l4"}}},
      .features = {"roads"}};
  auto fetcher = records.fetcher();
  auto const harvester = kinds::ogc_records::start(source_with(), fetcher, {});
  CHECK(harvester->coverage() == kinds::Coverage::records);
  auto const all = harvest(*harvester);
  CHECK(all.ids() == Strings{"l1", "l2", "l3", "l4", "s1", "s2"});
  CHECK(all.documents.at(0).format == "ogc-record");
  CHECK(all.documents.at(0).bytes == records.record("l1"));
  CHECK(all.documents.at(0).address == "https://records.example/api/collections/land/items/l1");
  CHECK(all.failures.empty());
  CHECK(all.complete);
  CHECK(fetcher.urls() ==
        Strings{"https://records.example/api", "https://records.example/api/collections",
                "https://records.example/api/collections/land/items?f=json&limit=100",
                "https://records.example/api/collections/land/items?f=json&limit=100&offset=3",
                "https://records.example/api/collections/sea/items?f=json&limit=100"});
}

TEST_CASE("OGC API Records: the address may be a list, a catalogue or its records") {
  FakeRecords const records{.catalogues = {{"main", {"a", "b"}}, {"other", {"c"}}}};
  auto const ids_at = [&records](std::string address) {
    auto fetcher = records.fetcher();
    auto const source = source_with("{}", FakeRecords::root + std::move(address));
    auto const all = harvest(*kinds::ogc_records::start(source, fetcher, {}));
    CHECK(all.complete);
    return all.ids();
  };
  CHECK(ids_at("/collections") == Strings{"a", "b", "c"});
  CHECK(ids_at("/collections/other") == Strings{"c"});
  CHECK(ids_at("/collections/main/items") == Strings{"a", "b"});
}

TEST_CASE("OGC API Records: catalogues are chosen by their ids, whatever they say of themselves") {
  FakeRecords const records{.catalogues = {{"a", {"1"}}, {"b", {"2"}}, {"c", {"3"}}},
                            .features = {"b"}};
  auto const chosen = run_over(records, R"({"collections":["b","d"]})");
  CHECK(chosen.ids() == Strings{"2"});
  CHECK(chosen.codes() == Strings{"not-at-source"});
  CHECK_FALSE(chosen.complete); // what it had is not proven to be gone
  CHECK(run_over(records, R"({"collections":["b"]})").complete);
  CHECK(run_over(records, R"({"exclude":["a"]})").ids() == Strings{"3"});
  CHECK_THROWS_WITH(run_over(records, R"({"collections":["d"]})"),
                    "the server has no catalogue of records");
}

TEST_CASE("OGC API Records: where no collection says what it holds, it holds records") {
  CHECK(run_over({.catalogues = {{"main", {"a"}}}, .says_types = false}).ids() == Strings{"a"});
  auto const listed = R"({"collections":[{"id":"main","itemType":["record"]}]})";
  auto const records = R"({"features":[{"id":7}],"numberMatched":1})";
  auto const all =
      run_over(Pages{{FakeRecords::root, R"({"id":"x","links":[]})"},
                     {"https://records.example/api/collections", listed},
                     {"https://records.example/api/collections/main/items?limit=100", records}});
  CHECK(all.ids() == Strings{"7"}); // a number is an id, too
  CHECK(all.complete);
}

TEST_CASE("OGC API Records: ids alone come without bytes") {
  FakeRecords const records{.catalogues = {{"main", {"a", "b"}}}};
  auto fetcher = records.fetcher();
  auto const all =
      harvest(*kinds::ogc_records::start(source_with(), fetcher, {}, kinds::What::ids));
  CHECK(all.ids() == Strings{"a", "b"});
  CHECK(all.bodies() == Strings(2));
}

TEST_CASE("OGC API Records: options say how much is asked for and in which order") {
  FakeRecords const records{.catalogues = {{"main", {"a"}}}};
  auto fetcher = records.fetcher();
  auto const source = source_with(R"({"page_size":7,"sort_by":"id"})");
  harvest(*kinds::ogc_records::start(source, fetcher, {}));
  CHECK(fetcher.urls().back() ==
        "https://records.example/api/collections/main/items?f=json&limit=7&sortby=id");
}

TEST_CASE("OGC API Records: a record of several catalogues is brought once") {
  FakeRecords const records{.catalogues = {{"all", {"a", "b"}}, {"sea", {"b", "c"}}}};
  auto fetcher = records.fetcher();
  auto const harvester = kinds::ogc_records::start(source_with(), fetcher, {});
  CHECK(harvester->next({})->documents.size() == 2);
  auto const second = harvester->next({});
  REQUIRE(second);
  CHECK(second->documents.size() == 1);
  CHECK(second->failures.empty());
  CHECK(second->remarks == Strings{"1 records of sea were brought by other catalogues"});
  CHECK_FALSE(harvester->next({}));
  CHECK(harvester->complete());
}

TEST_CASE("OGC API Records: a list without a number is whole where no next page is named") {
  FakeRecords records{.catalogues = {{"main", {"a", "b", "c", "d"}}}, .says_matched = false};
  CHECK(run_over(records).complete);
  records.catalogues[0].second[3] = "a";
  auto const repeated = run_over(records);
  CHECK(repeated.ids() == Strings{"a", "b", "c"});
  CHECK(repeated.codes() == Strings{"record-repeated", "list-cut-short"});
  CHECK_FALSE(repeated.complete);
}

TEST_CASE("OGC API Records: a list that does not add up proves nothing") {
  FakeRecords records{.catalogues = {{"main", {"a", "b", "c", "d"}}}};
  SECTION("fewer than announced") {
    records.matched_more = 1;
    auto const all = run_over(records);
    CHECK(all.ids().size() == 4);
    CHECK(all.codes() == Strings{"list-cut-short"});
    CHECK_FALSE(all.complete);
  }
  SECTION("nothing at all") {
    records.catalogues[0].second.clear();
    CHECK(run_over(records).codes() == Strings{"list-cut-short"});
    CHECK_FALSE(run_over(records).complete);
  }
  SECTION("one record twice, and so one left out") {
    records.catalogues[0].second[3] = "b";
    CHECK(run_over(records).codes() == Strings{"record-repeated", "list-cut-short"});
    CHECK_FALSE(run_over(records).complete);
  }
  SECTION("the same page again") {
    records.next_href = [](std::string const& href) {
      return href.substr(0, href.find("&offset")) + "&offset=0";
    };
    auto const all = run_over(records);
    CHECK(all.codes().back() == "list-in-circles");
    CHECK_FALSE(all.complete);
  }
  SECTION("records without a name") {
    auto const all =
        run_over(Pages{{"https://x.example/items", R"({"features":[]})"},
                       {"https://x.example/items?limit=100",
                        R"({"features":[{"id":"a"},{"id":""},{},7],"numberMatched":4})"}},
                 "https://x.example/items");
    CHECK(all.ids() == Strings{"a"});
    CHECK(all.codes() ==
          Strings{"no-identifier", "no-identifier", "no-identifier", "list-cut-short"});
    CHECK_FALSE(all.complete);
  }
  SECTION("a next page that is posted") {
    auto const all = run_over(
        Pages{
            {"https://x.example/items", R"({"features":[]})"},
            {"https://x.example/items?limit=100",
             R"({"features":[{"id":"a"}],"links":[{"rel":"next","method":"POST","href":"/x"}]})"}},
        "https://x.example/items");
    CHECK(all.codes() == Strings{"list-cut-short"});
    CHECK_FALSE(all.complete);
  }
}

TEST_CASE("OGC API Records: a list that has everything ends, whatever next page it names") {
  FakeRecords records{.catalogues = {{"main", {"a", "b"}}}};
  records.next_href = [](std::string href) { return href; };
  auto fetcher = records.fetcher();
  auto const all = harvest(*kinds::ogc_records::start(source_with(), fetcher, {}));
  CHECK(all.ids() == Strings{"a", "b"});
  CHECK(all.complete);
  CHECK(fetcher.requests.size() == 4);
}

TEST_CASE("OGC API Records: a catalogue that fails does not take the others with it") {
  FakeRecords records{.catalogues = {{"a", {"1"}}, {"b", {"2"}}, {"c", {"3"}}}, .failing = {"b"}};
  auto const all = run_over(records);
  CHECK(all.ids() == Strings{"1", "3"});
  CHECK(all.codes() == Strings{"not-delivered"});
  CHECK(all.failures.at(0).native_id == "b");
  CHECK_FALSE(all.complete);
  records.failing = {"a", "b", "c"};
  CHECK_THROWS_AS(run_over(records), fetch::FetchError);
  CHECK_THROWS_AS(run_over({.catalogues = {{"a", {"1"}}}, .failing = {"a"}}), fetch::FetchError);
}

TEST_CASE("OGC API Records: what is none ends the run") {
  CHECK_THROWS_WITH(run_over(Pages{{FakeRecords::root, "<!DOCTYPE html><html>"}}),
                    "the answer is no JSON but an HTML page");
  CHECK_THROWS_WITH(run_over(Pages{{FakeRecords::root, "[]"}}),
                    "the answer is no answer of OGC API Records");
  CHECK_THROWS_WITH(run_over(Pages{{FakeRecords::root, R"({"collections":7})"}}),
                    "the answer has no list of collections");
  CHECK_THROWS_WITH(run_over(Pages{{FakeRecords::root, R"({"collections":[],"links":[)"
                                                       R"({"rel":"next","href":"api"}]})"}}),
                    "the list of collections has no end");
}

TEST_CASE("OGC API Records: changes are asked for where every record tells when it was updated") {
  FakeRecords records{.catalogues = {{"main", {"a", "b"}}, {"more", {"c"}}}};
  CHECK_THROWS_AS(changes_over(records, "2024-01-01T00:00:00Z"), kinds::ChangesUnknown);
  records.filters = true;
  auto const some = changes_over(records, "2024-01-01T00:00:00Z");
  CHECK(some.ids() == Strings{"a", "b", "c"});
  CHECK(some.complete);
  auto const none = changes_over(records, "2025-01-01T00:00:00Z");
  CHECK(none.ids().empty());
  CHECK(none.failures.empty());
  CHECK(none.complete);
  SECTION("a catalogue that does not tell is brought whole") {
    records.silent = "c";
    CHECK(changes_over(records, "2025-01-01T00:00:00Z").ids() == Strings{"c"});
  }
  SECTION("if it is the first one, everything has to be asked for") {
    records.silent = "a";
    CHECK_THROWS_AS(changes_over(records, "2025-01-01T00:00:00Z"), kinds::ChangesUnknown);
  }
}

TEST_CASE("OGC API Records: the filter is written as CQL2") {
  FakeRecords const records{.catalogues = {{"main", {"a"}}}, .filters = true};
  auto fetcher = records.fetcher();
  harvest(*kinds::ogc_records::start_changes(source_with(), fetcher, {},
                                             model::parse_rfc3339("2024-01-01T00:00:00Z").value()));
  auto const urls = fetcher.urls();
  CHECK(urls.at(2) == "https://records.example/api/collections/main/items?f=json&limit=1&"
                      "filter-lang=cql2-text&filter=updated%20IS%20NULL");
  CHECK(urls.at(3) == std::string(all_of_main) +
                          "&filter-lang=cql2-text&filter=updated%20%3E%3D%20TIMESTAMP%28%27"
                          "2024-01-01T00%3A00%3A00Z%27%29");
}

TEST_CASE("OGC API Records: killed after any page, a run loses and doubles nothing") {
  FakeRecords records{.catalogues = {{"a", {"1", "2", "3", "4", "5", "6", "7"}},
                                     {"b", {"5", "8"}},
                                     {"c", {"9", "1", "x", "y"}}}};
  auto fetcher = records.fetcher();
  auto const start = [&](std::string_view checkpoint) {
    return kinds::ogc_records::start(source_with(), fetcher, checkpoint);
  };
  auto const whole = harvest(*start({}));
  CHECK(whole.ids() == Strings{"1", "2", "3", "4", "5", "6", "7", "8", "9", "x", "y"});
  CHECK(whole.page_sizes == std::vector<std::size_t>{3, 3, 1, 1, 2, 1});
  for (std::size_t k = 0; k <= whole.page_sizes.size(); ++k) {
    auto const resumed = killed_and_resumed(start, k);
    CHECK(resumed.ids() == whole.ids());
    CHECK(resumed.complete);
  }
  CHECK_THROWS_AS(
      kinds::ogc_records::start(source_with(R"({"sort_by":"id"})"), fetcher, whole.checkpoints[0]),
      kinds::StaleCheckpoint);

  SECTION("a page that is not known any more makes the list begin again") {
    CannedFetcher forgetful([&records](fetch::Request const& request) {
      if (request.url.find("a/items?f=json&limit=100&offset=3") != std::string::npos) {
        throw CannedFetcher::status(400);
      }
      auto url = request.url;
      return fetch::Response{.status = 200, .body = records.answer(url), .url = url};
    });
    records.most_on_page = 100;
    auto const rest =
        harvest(*kinds::ogc_records::start(source_with(), forgetful, whole.checkpoints[0]));
    CHECK(rest.ids() == Strings{"4", "5", "6", "7", "8", "9", "x", "y"});
    CHECK(rest.complete);
  }
  SECTION("a catalogue that is gone is told") {
    records.catalogues.erase(records.catalogues.begin());
    auto const rest = harvest(*start(whole.checkpoints[0]));
    CHECK(rest.ids() == Strings{"5", "8", "9", "x", "y"});
    CHECK(rest.codes() == Strings{"not-delivered"});
    CHECK_FALSE(rest.complete);
  }
}
