#include "kinds/stac_api/stac_api.hpp"

#include "fake_stac.hpp"
#include "support/catch.hpp"
#include "support/corpus.hpp"
#include "support/harvest.hpp"

using namespace terracat;
using namespace terracat::test;
using kinds::ProtocolError;
using Strings = std::vector<std::string>;
using Pages = std::map<std::string, std::string>;

namespace {

Source source_with(std::string options, std::string address = "https://stac.example/") {
  Source source;
  source.address = std::move(address);
  source.options = std::move(options);
  return source;
}

Harvest run_over(fetch::Fetcher& fetcher, Source const& source) {
  return harvest(*kinds::stac_api::start(source, fetcher, {}));
}

Harvest run_over(FakeStac const& stac, std::string options) {
  auto fetcher = stac.fetcher();
  return run_over(fetcher, source_with(std::move(options)));
}

} // namespace

TEST_CASE("the collections of a STAC API are found from its landing page") {
  FakeStac stac{.collections = {{"b", 2}, {"a", -1}}};
  auto fetcher = stac.fetcher();
  auto const all = run_over(fetcher, source_with("{}"));
  CHECK(fetcher.urls() == Strings{"https://stac.example/", "https://stac.example/collections"});
  CHECK(all.ids() == Strings{"b", "a"});
  CHECK(all.documents.at(0).format == "stac-collection");
  CHECK(all.documents.at(0).bytes == FakeStac::collection("b", true));
  CHECK(all.documents.at(0).address == "https://stac.example/collections/b");
  CHECK(all.complete);
}

TEST_CASE("the address may be the list of collections") {
  FakeStac stac{.collections = {{"a", 0}}};
  auto fetcher = stac.fetcher();
  auto const all = run_over(fetcher, source_with("{}", "https://stac.example/collections"));
  CHECK(fetcher.urls() == Strings{"https://stac.example/collections"});
  CHECK(all.ids() == Strings{"a"});
}

TEST_CASE("the address may be one collection") {
  CannedFetcher fetcher(Pages{
      {"https://x.example/c/a", R"({"type":"Collection","id":"a","links":[)"
                                R"({"rel":"items","href":"a/items"}]})"},
      {"https://x.example/c/a/items?limit=100", R"({"features":[{"id":"i","type":"Feature"}]})"}});
  auto const all = run_over(fetcher, source_with(R"({"items":true})", "https://x.example/c/a"));
  CHECK(all.ids() == Strings{"a", "i"});
  CHECK(all.complete);
}

TEST_CASE("no document has the password of its source in its address") {
  CannedFetcher fetcher(
      Pages{{"https://jane:secret@x.example/collections", R"({"collections":[{"type":"Collection",)"
                                                          R"("id":"a","links":[{"rel":"items",)"
                                                          R"("href":"collections/a/items"}]}]})"},
            {"https://jane:secret@x.example/collections/a/items?limit=100",
             R"({"features":[{"id":"i","type":"Feature"}]})"}});
  auto const all = run_over(
      fetcher, source_with(R"({"items":true})", "https://jane:secret@x.example/collections"));
  REQUIRE(all.documents.size() == 2);
  CHECK(all.documents[0].address == "https://x.example/collections/a");
  CHECK(all.documents[1].address == "https://x.example/collections/a/items/i");
}

TEST_CASE("the address may be a list of collections under another name") {
  CannedFetcher fetcher(
      Pages{{"https://x.example/all", R"({"collections":[{"id":"a"}],"links":[]})"}});
  auto const all = run_over(fetcher, source_with("{}", "https://x.example/all"));
  CHECK(all.ids() == Strings{"a"});
  CHECK(fetcher.requests.size() == 1);
}

TEST_CASE("a list of several pages is followed to its end") {
  FakeStac stac{.collections = {{"a", 0}, {"b", 0}, {"c", 0}, {"d", 0}, {"e", 0}},
                .collections_on_page = 2,
                .says_matched = true};
  auto const all = run_over(stac, "{}");
  CHECK(all.ids() == Strings{"a", "b", "c", "d", "e"});
  CHECK(all.page_sizes == std::vector<std::size_t>{2, 2, 1});
  CHECK(all.announced == 5);
  CHECK(all.complete);
}

TEST_CASE("items are harvested collection by collection, in the order of their ids") {
  FakeStac stac{.collections = {{"b", 3}, {"none", -1}, {"a", 2}, {"empty", 0}},
                .items_on_page = 2};
  auto const all = run_over(stac, R"({"items":true})");
  CHECK(all.ids() == Strings{"b", "none", "a", "empty", "a-0", "a-1", "b-0", "b-1", "b-2"});
  auto const& item = all.documents.at(4);
  CHECK(item.format == "stac-item");
  CHECK(item.bytes == stac.item("a", 0));
  CHECK(item.address == "https://stac.example/collections/a/items/a-0");
  CHECK(item.collection == "a");
  CHECK(all.failures.empty());
  CHECK(all.complete);
}

TEST_CASE("items are asked for in pages of the wanted size") {
  FakeStac stac{.collections = {{"a", 3}}};
  auto fetcher = stac.fetcher();
  static_cast<void>(run_over(fetcher, source_with(R"({"items":true,"page_size":7})")));
  CHECK(fetcher.urls().back() == "https://stac.example/collections/a/items?limit=7");
}

TEST_CASE("an item belongs to the collection it names, else to the one whose list it is in") {
  CannedFetcher fetcher(
      Pages{{"https://x.example/collections",
             R"({"collections":[{"id":"a b","links":[{"rel":"items","href":"/items"}]}]})"},
            {"https://x.example/items?limit=100",
             R"({"features":[{"id":"i/1"},{"id":"j","collection":"other",)"
             R"("links":[{"rel":"self","href":"https://y.example/j.json"}]}]})"}});
  auto const all =
      run_over(fetcher, source_with(R"({"items":true})", "https://x.example/collections"));
  REQUIRE(all.ids() == Strings{"a b", "i/1", "j"});
  CHECK(all.documents.at(0).address == "https://x.example/collections/a%20b");
  CHECK(all.documents.at(1).collection == "a b");
  CHECK(all.documents.at(1).address == "https://x.example/collections/a%20b/items/i%2F1");
  CHECK(all.documents.at(2).collection == "other");
  CHECK(all.documents.at(2).address == "https://y.example/j.json");
}

TEST_CASE("items may come from the search by POST, page by page") {
  FakeStac stac{.collections = {{"a", 5}}, .items_on_page = 2, .posts_next = true};
  auto fetcher = stac.fetcher();
  auto const all =
      run_over(fetcher, source_with(R"({"items":true,"items_from":"search","page_size":2})"));
  CHECK(all.ids() == Strings{"a", "a-0", "a-1", "a-2", "a-3", "a-4"});
  CHECK(all.complete);
  CHECK(fetcher.requests.at(2).url == "https://stac.example/search");
  CHECK(fetcher.requests.at(2).body == R"({"collections":["a"],"limit":2})");
  CHECK(fetcher.requests.at(3).body == R"({"collections":["a"],"limit":2,"offset":2})");
}

TEST_CASE("items that come from the search can be filtered, on every page") {
  FakeStac stac{.collections = {{"a", 3}}, .items_on_page = 2, .posts_next = true};
  stac.conformance = {"https://api.stacspec.org/v1.0.0/item-search#filter",
                      "http://www.opengis.net/spec/cql2/1.0/conf/cql2-json"};
  auto fetcher = stac.fetcher();
  auto const options =
      std::string(R"({"items":true,"items_from":"search","page_size":2,"filter":)") +
      R"("{\"op\": \"=\", \"args\": [{\"property\": \"x\"}, 1]}"})";
  auto const all = run_over(fetcher, source_with(options));
  CHECK(all.complete);
  std::string const filter =
      R"("filter-lang":"cql2-json","filter":{"op":"=","args":[{"property":"x"},1]})";
  CHECK(fetcher.requests.at(2).body == R"({"collections":["a"],"limit":2,)" + filter + '}');
  CHECK(fetcher.requests.at(3).body ==
        R"({"collections":["a"],"limit":2,)" + filter + R"(,"offset":2})");
  // A checkpoint of all items is of no use for some.
  auto const whole = harvest(
      *kinds::stac_api::start(source_with(R"({"items":true,"items_from":"search"})"), fetcher, {}));
  CHECK_THROWS_AS(kinds::stac_api::start(source_with(options), fetcher, whole.checkpoints.front()),
                  kinds::StaleCheckpoint);
  CHECK_THROWS_WITH(run_over(stac, R"({"items":true,"filter":"{}"})"),
                    "options/filter: items are filtered if items_from is search");
  CHECK_THROWS_WITH(run_over(stac, R"({"items_from":"search","filter":"x = 1"})"),
                    "options/filter: expected an object of JSON");
}

TEST_CASE("a filter is sent to those only who say in their landing page that they know it") {
  FakeStac stac{.collections = {{"a", 3}}};
  std::string const filter = "https://api.stacspec.org/v1.0.0/item-search#filter";
  std::string const cql2 = "http://www.opengis.net/spec/cql2/1.0/conf/cql2-json";
  auto const options = R"({"items":true,"items_from":"search","filter":"{\"op\":\"x\"}"})";
  for (auto const& classes : {Strings{}, Strings{filter}, Strings{cql2}}) {
    stac.conformance = classes;
    CHECK_THROWS_AS(run_over(stac, options), ProtocolError);
  }
  stac.conformance = {cql2, filter};
  CHECK(run_over(stac, options).complete);
  // A list of collections does not say it, whatever the landing page says.
  auto fetcher = stac.fetcher();
  CHECK_THROWS_WITH(run_over(fetcher, source_with(options, "https://stac.example/collections")),
                    Catch::Contains("must be the landing page"));
  CHECK(fetcher.requests.empty());
}

TEST_CASE("collections can be chosen and left out") {
  FakeStac stac{.collections = {{"a", 1}, {"b", 1}, {"c", 1}}};
  CHECK(run_over(stac, R"({"collections":["c","a"]})").ids() == Strings{"a", "c"});
  CHECK(run_over(stac, R"({"exclude":["b"],"items":true})").ids() ==
        Strings{"a", "c", "a-0", "c-0"});
  auto const missing = run_over(stac, R"({"collections":["a","z"]})");
  CHECK(missing.ids() == Strings{"a"});
  CHECK(missing.codes() == Strings{"not-at-source"});
  CHECK(missing.failures.at(0).native_id == "z");
  CHECK_FALSE(missing.complete); // what it had is not proven to be gone
  CHECK(run_over(stac, R"({"collections":["a"]})").complete);
}

TEST_CASE("a server that lists collections by POST and numbers its pages") {
  auto const page_of = [](fetch::Request const& request) -> std::string {
    auto const number = FakeStac::number(request.body, R"("page":)", 1);
    if (request.method != "POST") throw CannedFetcher::status(405);
    if (request.url.ends_with("/collections")) {
      return R"({"collections":[{"id":"c"}],"context":{"matched":1}})";
    }
    return R"({"type":"FeatureCollection","features":[{"id":"i)" + std::to_string(number) +
           R"("}],"context":{"matched":3}})";
  };
  CannedFetcher fetcher([&](fetch::Request const& request) {
    return fetch::Response{.status = 200, .body = page_of(request), .url = request.url};
  });
  auto const options = R"({"items":true,"items_from":"search","collections_method":"POST",)"
                       R"("paging":"page","page_size":1})";
  auto const all =
      run_over(fetcher, source_with(options, "https://g.example/api/stac/collections"));
  CHECK(all.ids() == Strings{"c", "i1", "i2", "i3"});
  CHECK(all.complete);
  CHECK(fetcher.requests.size() == 4);
  CHECK(fetcher.requests.at(0).body == R"({"limit":1})");
  CHECK(fetcher.requests.at(1).url == "https://g.example/api/stac/search");
  CHECK(fetcher.requests.at(2).body == R"({"collections":["c"],"limit":1,"page":2})");
}

// ---- Lists that do not end as they should

TEST_CASE("a next link that leads back to its own page is not followed twice") {
  FakeStac stac{.collections = {{"a", 3}}, .items_on_page = 2};
  stac.next_href = [](std::string const&) {
    return "https://stac.example/collections/a/items?limit=2";
  };
  auto fetcher = stac.fetcher();
  auto const all = run_over(fetcher, source_with(R"({"items":true,"page_size":2})"));
  CHECK(all.ids() == Strings{"a", "a-0", "a-1"});
  CHECK(all.codes() == Strings{"list-in-circles"});
  CHECK_FALSE(all.complete);
  CHECK(fetcher.requests.size() == 3);
}

TEST_CASE("the same page under ever new tokens is the end") {
  std::size_t token = 0;
  CannedFetcher fetcher([&token](fetch::Request const& request) {
    auto const next = R"("links":[{"rel":"next","href":"https://x.example/collections?t=)" +
                      std::to_string(++token) + R"("}])";
    return fetch::Response{.status = 200,
                           .body = R"({"collections":[{"id":"a"},{"id":"b"}],)" + next + '}',
                           .url = request.url};
  });
  auto const all = run_over(fetcher, source_with("{}", "https://x.example/collections"));
  CHECK(all.ids() == Strings{"a", "b"});
  CHECK(all.codes() == Strings{"list-in-circles"});
  CHECK_FALSE(all.complete);
  CHECK(fetcher.requests.size() == 2);
}

TEST_CASE("a circle of several pages is left") {
  CannedFetcher fetcher([](fetch::Request const& request) {
    bool const is_second = request.url.ends_with("p=2");
    return fetch::Response{
        .status = 200,
        .body = is_second
                    ? R"({"collections":[{"id":"b"}],"links":[{"rel":"next","href":"?p=1"}]})"
                    : R"({"collections":[{"id":"a"}],"links":[{"rel":"next","href":"?p=2"}]})",
        .url = request.url};
  });
  auto const all = run_over(fetcher, source_with("{}", "https://x.example/collections"));
  CHECK(all.ids() == Strings{"a", "b"});
  CHECK(all.codes() == Strings{"record-repeated", "list-in-circles"});
  CHECK_FALSE(all.complete);
}

TEST_CASE("empty pages that name a next one for ever are the end") {
  std::size_t token = 0;
  bool const says_matched = GENERATE(false, true);
  CannedFetcher fetcher([&](fetch::Request const& request) {
    std::string body = token == 0 ? R"({"collections":[{"id":"a"}],)" : R"({"collections":[],)";
    if (says_matched) body += R"("numberMatched":1,)";
    body += R"("links":[{"rel":"next","href":"?t=)" + std::to_string(++token) + R"("}]})";
    return fetch::Response{.status = 200, .body = body, .url = request.url};
  });
  auto const all = run_over(fetcher, source_with("{}", "https://x.example/collections"));
  CHECK(all.ids() == Strings{"a"});
  CHECK(fetcher.requests.size() == (says_matched ? 2 : 4));
  CHECK(all.complete == says_matched);
}

TEST_CASE("a list shorter than announced proves nothing") {
  FakeStac stac{.collections = {{"a", 3}}, .says_matched = true};
  stac.matched_more = 2;
  auto const all = run_over(stac, "{}");
  CHECK(all.ids() == Strings{"a"});
  CHECK(all.codes() == Strings{"list-cut-short"});
  CHECK_FALSE(all.complete);
}

TEST_CASE("a list is given up after the highest number of pages") {
  FakeStac stac{.collections = {{"a", 9}}, .items_on_page = 1};
  auto const all = run_over(stac, R"({"items":true,"max_pages":4})");
  CHECK(all.documents.size() == 5);
  CHECK(all.codes() == Strings{"list-cut-short"});
  CHECK_FALSE(all.complete);
}

TEST_CASE("a collection that is listed twice is handed out once") {
  FakeStac stac{.collections = {{"a", 0}, {"b", 0}, {"a", 0}}, .collections_on_page = 2};
  auto const all = run_over(stac, "{}");
  CHECK(all.ids() == Strings{"a", "b"});
  CHECK(all.codes() == Strings{"record-repeated"});
}

TEST_CASE("an item that is listed again does not stand for one that is missing") {
  auto const [number, is_complete] = GENERATE(table<std::string, bool>(
      {{R"("numberMatched":3,)", true}, {R"("numberMatched":4,)", false}, {"", false}}));
  CAPTURE(number);
  auto const first = "{" + number + R"("features":[{"id":"i"},{"id":"j"}],
                     "links":[{"rel":"next","href":"?page=2"}]})";
  auto const second = "{" + number + R"("features":[{"id":"j"},{"id":"j","collection":"b"}]})";
  CannedFetcher fetcher(
      Pages{{"https://x.example/collections",
             R"({"collections":[{"id":"a","links":[{"rel":"items","href":"/i"}]}]})"},
            {"https://x.example/i?limit=100", first},
            {"https://x.example/i?page=2", second}});
  auto const all =
      run_over(fetcher, source_with(R"({"items":true})", "https://x.example/collections"));
  CHECK(all.ids() == Strings{"a", "i", "j", "j", "j"});
  CHECK(all.codes().front() == "record-repeated");
  CHECK(all.complete == is_complete);
}

// ---- Errors

TEST_CASE("documents without an id are reported") {
  CannedFetcher fetcher(Pages{
      {"https://x.example/collections",
       R"({"collections":[{"title":"x"},7,{"id":"a","links":[{"rel":"items","href":"/i"}]}]})"},
      {"https://x.example/i?limit=100", R"({"features":[{"id":""},{"id":"i"},null]})"}});
  auto const all =
      run_over(fetcher, source_with(R"({"items":true})", "https://x.example/collections"));
  CHECK(all.ids() == Strings{"a", "i"});
  CHECK(all.codes() == Strings(4, "no-identifier"));
  CHECK_FALSE(all.complete);
}

TEST_CASE("a list of items that fails does not keep the others back") {
  FakeStac stac{.collections = {{"a", 1}, {"b", 1}, {"c", 1}}};
  stac.failing = {"b"};
  auto const all = run_over(stac, R"({"items":true})");
  CHECK(all.ids() == Strings{"a", "b", "c", "a-0", "c-0"});
  CHECK(all.codes() == Strings{"not-delivered"});
  CHECK(all.failures.at(0).native_id == "b");
  CHECK_FALSE(all.complete);
}

TEST_CASE("if no list of items can be had, the run ends") {
  FakeStac stac{.collections = {{"a", 1}, {"b", 1}, {"c", 1}, {"d", 1}}};
  stac.failing = {"a", "b", "c", "d"};
  auto fetcher = stac.fetcher();
  CHECK_THROWS_AS(run_over(fetcher, source_with(R"({"items":true})")), fetch::FetchError);
  CHECK(fetcher.requests.size() == 5);
}

TEST_CASE("what is no STAC API is an error of the protocol") {
  auto const body = GENERATE(as<std::string>(), "<html>sign in</html>", "[]", "7",
                             "{\"a\":", R"({"message":"no such route"})");
  CAPTURE(body);
  CannedFetcher fetcher(Pages{{"https://x.example/collections", body}});
  CHECK_THROWS_AS(run_over(fetcher, source_with("{}", "https://x.example/collections")),
                  ProtocolError);
}

TEST_CASE("an error in the list of collections ends the run") {
  CannedFetcher fetcher{Pages{}};
  CHECK_THROWS_AS(run_over(fetcher, source_with("{}")), fetch::FetchError);
}

// ---- Checkpoints

TEST_CASE("a STAC run that is killed after any page goes on without loss or repetition") {
  auto const options =
      GENERATE(as<std::string>(), "{}", R"({"items":true,"page_size":2})",
               R"({"items":true,"items_from":"search","page_size":2})",
               R"({"items":true,"exclude":["c"],"collections":["c","a","e","zz"],"page_size":3})");
  auto const trap = GENERATE(0, 1, 2);
  CAPTURE(options, trap);
  FakeStac stac{.collections = {{"d", 3}, {"a", 5}, {"e", 4}, {"b", -1}, {"c", 0}},
                .collections_on_page = 2,
                .items_on_page = 3,
                .posts_next = true};
  if (trap == 1) stac.failing = {"d"};
  if (trap == 2) stac.says_matched = true;
  auto const whole = run_over(stac, options);
  for (std::size_t k = 0; k <= whole.checkpoints.size(); ++k) {
    CAPTURE(k);
    auto fetcher = stac.fetcher();
    auto const resumed = killed_and_resumed(
        [&](std::string_view checkpoint) {
          return kinds::stac_api::start(source_with(options), fetcher, checkpoint);
        },
        k);
    CHECK(resumed.ids() == whole.ids());
    CHECK(resumed.bodies() == whole.bodies());
    CHECK(resumed.codes() == whole.codes());
    CHECK(resumed.complete == whole.complete);
  }
}

TEST_CASE("a checkpoint of another query or kind is refused") {
  FakeStac stac{.collections = {{"a", 3}}, .items_on_page = 1};
  auto const all = run_over(stac, R"({"items":true})");
  auto fetcher = stac.fetcher();
  for (auto const* const text : {"", "x", "{}", R"({"version":1,"phase":"later"})"}) {
    CAPTURE(text);
    if (std::string_view(text).empty()) continue;
    CHECK_THROWS_AS(kinds::stac_api::start(source_with("{}"), fetcher, text), ProtocolError);
  }
  CHECK_THROWS_WITH(kinds::stac_api::start(source_with("{}"), fetcher, all.checkpoints.at(1)),
                    Catch::Contains("another query"));
}

// ---- Real answers

TEST_CASE("a real page of items of a French STAC API is split") {
  auto const folder = corpus();
  if (!folder) return;
  auto const body = read_file(
      *folder / "geonetwork+geonetwork-ui/apps/datahub-e2e/src/fixtures/stac-items-page-1.json");
  CannedFetcher fetcher([&body](fetch::Request const& request) {
    std::string answer = R"({"type":"FeatureCollection","features":[],"links":[]})";
    if (request.url.ends_with("/collections")) {
      answer = R"({"collections":[{"id":"sentinel2-l2a-sen2cor",)"
               R"("links":[{"rel":"items","href":"https://cdos.example/items"}]}]})";
    } else if (request.url == "https://cdos.example/items?limit=12") {
      answer = body;
    }
    return fetch::Response{.status = 200, .body = answer, .url = request.url};
  });
  auto const all = run_over(
      fetcher, source_with(R"({"items":true,"page_size":12})", "https://cdos.example/collections"));
  CHECK(all.documents.size() == 13);
  CHECK(all.documents.at(1).native_id == "S2C_20251029T071221025000Z_38LQH_0511_afbd406add");
  CHECK_THAT(all.documents.at(1).address, Catch::StartsWith("https://stacapi-cdos.apps.okd."));
  CHECK_THAT(fetcher.urls().back(), Catch::Contains("&token=next:sentinel2-l2a-sen2cor:S2C_"));
  CHECK(all.complete);
}
