#include "kinds/stac_static/document.hpp"
#include "kinds/stac_static/stac_static.hpp"

#include "support/canned_fetcher.hpp"
#include "support/catch.hpp"
#include "support/corpus.hpp"
#include "support/harvest.hpp"

#include <set>

using namespace terracat;
using namespace terracat::test;
using Strings = std::vector<std::string>;
using Pages = std::map<std::string, std::string>;
using Links = std::vector<std::pair<std::string, std::string>>;

namespace {

std::string with_links(std::string begin, Links const& links) {
  begin += R"(,"links":[)";
  for (auto const& [relation, href] : links) {
    if (begin.back() == '}') begin += ',';
    begin += R"({"rel":")" + relation + R"(","href":")" + href + R"("})";
  }
  return begin + "]}";
}

std::string catalogue(Links const& links) {
  return with_links(R"({"type":"Catalog","stac_version":"1.0.0","id":"c")", links);
}

std::string collection(std::string const& id, Links const& links = {}) {
  return with_links(R"({"type":"Collection","stac_version":"1.0.0","id":")" + id + '"', links);
}

std::string item(std::string const& id, std::string const& of, Links const& links = {}) {
  auto text = R"({"type":"Feature","stac_version":"1.0.0","id":")" + id + '"';
  if (!of.empty()) text += R"(,"collection":")" + of + '"';
  return with_links(std::move(text), links);
}

constexpr auto root = "https://stac.example/catalog.json";

/// A catalogue with a collection of two items, and a catalogue with a collection of one, whose
/// item does not name it.
Pages small_tree() {
  std::string const base = "https://stac.example/";
  return {{root, catalogue({{"self", "catalog.json"},
                            {"root", "./catalog.json"},
                            {"child", "./sea/collection.json"},
                            {"child", "https://stac.example/land/catalog.json"}})},
          {base + "sea/collection.json",
           collection("sea",
                      {{"parent", "../catalog.json"}, {"item", "./b.json"}, {"item", "a.json"}})},
          {base + "sea/a.json", item("a", "sea")},
          {base + "sea/b.json", item("b", "sea")},
          {base + "land/catalog.json", catalogue({{"child", "soil/collection.json"}})},
          {base + "land/soil/collection.json", collection("soil", {{"item", "c.json"}})},
          {base + "land/soil/c.json", item("c", "")}};
}

Source source_with(std::string options, std::string address = root) {
  Source source;
  source.address = std::move(address);
  source.options = std::move(options);
  return source;
}

constexpr auto with_items = R"({"items":true})";

Harvest run_over(Pages pages, std::string options = with_items) {
  CannedFetcher fetcher(std::move(pages));
  return harvest(*kinds::stac_static::start(source_with(std::move(options)), fetcher, {}));
}

} // namespace

TEST_CASE("a static catalogue: collections and items are found from list to list") {
  CannedFetcher fetcher(small_tree());
  auto const all = harvest(*kinds::stac_static::start(source_with(with_items), fetcher, {}));
  CHECK(all.ids() == Strings{"soil", "c", "sea", "a", "b"});
  CHECK(all.documents.at(0).format == "stac-collection");
  CHECK(all.documents.at(0).address == "https://stac.example/land/soil/collection.json");
  CHECK(all.documents.at(0).bytes == collection("soil", {{"item", "c.json"}}));
  CHECK(all.documents.at(1).format == "stac-item");
  CHECK(all.documents.at(1).collection == "soil"); // of the list that it stood in
  CHECK(all.documents.at(3).collection == "sea");
  CHECK(all.failures.empty());
  CHECK(all.complete);
  CHECK(fetcher.requests.size() == 7);
}

TEST_CASE("a static catalogue: items are fetched only if they are asked for") {
  CannedFetcher fetcher(small_tree());
  auto const harvester = kinds::stac_static::start(source_with("{}"), fetcher, {});
  CHECK(harvester->coverage() == kinds::Coverage::records);
  auto const all = harvest(*harvester);
  CHECK(all.ids() == Strings{"soil", "sea"});
  CHECK(all.complete);
  CHECK(fetcher.requests.size() == 4);
  CHECK(kinds::stac_static::start(source_with(with_items), fetcher, {})->coverage() ==
        kinds::Coverage::everything);
}

TEST_CASE("a static catalogue: ids alone come without bytes") {
  CannedFetcher fetcher(small_tree());
  auto const all =
      harvest(*kinds::stac_static::start(source_with(with_items), fetcher, {}, kinds::What::ids));
  CHECK(all.ids() == Strings{"soil", "c", "sea", "a", "b"});
  CHECK(all.bodies() == Strings(5));
  CHECK(all.complete);
}

TEST_CASE("a static catalogue: collections are chosen by their ids") {
  auto const chosen = run_over(small_tree(), R"({"items":true,"collections":["sea","ice"]})");
  CHECK(chosen.ids() == Strings{"sea", "a", "b"});
  CHECK(chosen.codes() == Strings{"not-at-source"});
  CHECK_FALSE(chosen.complete); // what it had is not proven to be gone
  CHECK(run_over(small_tree(), R"({"items":true,"collections":["sea"]})").complete);
  CannedFetcher fetcher(small_tree());
  auto const source = source_with(R"({"items":true,"exclude":["sea"]})");
  CHECK(harvest(*kinds::stac_static::start(source, fetcher, {})).ids() == Strings{"soil", "c"});
  CHECK(fetcher.requests.size() == 5); // its items are not fetched
}

TEST_CASE("a static catalogue: what is linked twice, or in a circle, is fetched once") {
  auto pages = small_tree();
  pages["https://stac.example/land/catalog.json"] =
      catalogue({{"child", "soil/collection.json"},
                 {"child", "./soil/../soil/collection.json#part"},
                 {"child", "../catalog.json"},
                 {"child", "catalog.json"},
                 {"child", "../sea/collection.json"}});
  CannedFetcher fetcher(std::move(pages));
  auto const all = harvest(*kinds::stac_static::start(source_with(with_items), fetcher, {}));
  CHECK(all.ids() == Strings{"soil", "c", "sea", "a", "b"});
  CHECK(all.failures.empty());
  CHECK(all.complete);
  CHECK(fetcher.requests.size() == 7);
}

TEST_CASE("a static catalogue: a list that makes up another one each time is not walked for ever") {
  CannedFetcher fetcher([](fetch::Request const& request) {
    auto const body =
        collection("c" + std::to_string(request.url.size()), {{"child", "deeper/c.json"}});
    return fetch::Response{.status = 200, .body = body, .url = request.url};
  });
  auto const all = harvest(*kinds::stac_static::start(source_with("{}"), fetcher, {}));
  CHECK(all.documents.size() == 30);
  CHECK(all.codes() == Strings{"list-in-circles"});
  CHECK_FALSE(all.complete);
}

TEST_CASE("a static catalogue: other hosts are passed by, unless they are wanted") {
  auto pages = small_tree();
  pages[root] = catalogue({{"child", "sea/collection.json"},
                           {"child", "HTTPS://STAC.example/land/catalog.json"},
                           {"child", "https://other.example/collection.json"},
                           {"child", "https://stac.example.other.example/collection.json"}});
  pages["https://other.example/collection.json"] = collection("other", {{"item", "o.json"}});
  pages["https://other.example/o.json"] = item("o", "other");
  pages["https://stac.example.other.example/collection.json"] = collection("false");
  CannedFetcher fetcher(pages);
  auto const harvester = kinds::stac_static::start(source_with(with_items), fetcher, {});
  auto const first = harvester->next({});
  REQUIRE(first);
  CHECK(first->remarks ==
        Strings{"2 links to other hosts are passed by: of https://stac.example/catalog.json to "
                "https://other.example/collection.json"});
  CHECK(first->documents.size() == 3); // HTTPS: in capitals is no scheme that is known
  CHECK(run_over(pages, R"({"items":true,"other_hosts":true})").documents.size() == 6);
}

TEST_CASE("a static catalogue: its host is that to which a redirect leads") {
  CannedFetcher fetcher([pages = small_tree()](fetch::Request const& request) {
    auto const asked = request.url == "https://old.example/stac" ? root : request.url;
    return fetch::Response{.status = 200, .body = pages.at(asked), .url = asked};
  });
  auto const source = source_with(with_items, "https://old.example/stac");
  auto const all = harvest(*kinds::stac_static::start(source, fetcher, {}));
  CHECK(all.documents.size() == 5);
  CHECK(all.complete);
  auto const start = [&](std::string_view checkpoint) {
    return kinds::stac_static::start(source, fetcher, checkpoint);
  };
  CHECK(killed_and_resumed(start, 1).documents.size() == 5);
}

TEST_CASE("a static catalogue: a collection that only its items name is fetched by their link") {
  Pages const pages{
      {root, catalogue({{"item", "i/1.json"}, {"item", "i/2.json"}, {"item", "i/3.json"}})},
      {"https://stac.example/i/1.json", item("1", "x", {{"collection", "../x.json"}})},
      {"https://stac.example/i/2.json", item("2", "x", {{"collection", "../x.json"}})},
      {"https://stac.example/i/3.json", item("3", "")},
      {"https://stac.example/x.json", collection("x", {{"item", "i/1.json"}})}};
  CannedFetcher fetcher(pages);
  auto const all = harvest(*kinds::stac_static::start(source_with(with_items), fetcher, {}));
  CHECK(all.ids() == Strings{"x", "1", "2", "3"});
  CHECK(all.documents.at(3).collection.empty());
  CHECK(all.complete);
  CHECK(fetcher.requests.size() == 5);

  auto away = pages;
  away["https://stac.example/i/1.json"] =
      item("1", "x", {{"collection", "https://other.example/x.json"}});
  CHECK(run_over(std::move(away)).ids() == Strings{"1", "x", "2", "3"});
}

TEST_CASE("a static catalogue: a list of items is one document of many") {
  Pages pages{{root, collection("x", {{"items", "items.json"}})},
              {"https://stac.example/items.json", R"({"type":"FeatureCollection","features":[)" +
                                                      item("1", "x") + ',' + item("2", "") + "]}"}};
  auto const all = run_over(pages);
  CHECK(all.ids() == Strings{"x", "1", "2"});
  CHECK(all.documents.at(2).collection == "x");
  CHECK(all.complete);
  SECTION("of an API, it is the first page only") {
    auto& list = pages["https://stac.example/items.json"];
    list.pop_back();
    list += R"(,"links":[{"rel":"next","href":"?page=2"}]})";
    auto const part = run_over(pages);
    CHECK(part.ids() == Strings{"x", "1", "2"});
    CHECK(part.codes() == Strings{"list-cut-short"});
    CHECK_FALSE(part.complete);
  }
}

TEST_CASE("a static catalogue: a list of items does not make a page without end") {
  std::string items;
  for (int i = 0; i < 1'500; ++i) {
    auto const name = std::to_string(i);
    items += (i == 0 ? "" : ",") + item(name, "c" + name, {{"collection", "c" + name + ".json"}});
  }
  CannedFetcher fetcher([&items](fetch::Request const& request) {
    auto const name = request.url.substr(request.url.rfind('/') + 1);
    auto const body = request.url == root ? catalogue({{"items", "items.json"}})
                      : name == "items.json"
                          ? R"({"type":"FeatureCollection","features":[)" + items + "]}"
                          : collection(name.substr(0, name.find('.')));
    return fetch::Response{.status = 200, .body = body, .url = request.url};
  });
  auto const all = harvest(*kinds::stac_static::start(source_with(with_items), fetcher, {}));
  CHECK(fetcher.requests.size() == 1'000);
  CHECK(all.documents.size() == 998 + 1'500); // collections and items
  CHECK(all.failures.size() == 502);
  CHECK_FALSE(all.complete);
}

TEST_CASE("a static catalogue: what cannot be had is told, and then the run is no proof") {
  auto pages = small_tree();
  auto const missing = [&pages](Strings const& codes, std::size_t documents) {
    auto const all = run_over(pages);
    CHECK(all.codes() == codes);
    CHECK(all.documents.size() == documents);
    CHECK_FALSE(all.complete);
  };
  SECTION("an item") {
    pages.erase("https://stac.example/sea/a.json");
    missing({"not-delivered"}, 4);
  }
  SECTION("a list") {
    pages.erase("https://stac.example/land/catalog.json");
    missing({"not-delivered"}, 3);
  }
  SECTION("what is no JSON") {
    pages["https://stac.example/sea/a.json"] = "{\"type\":\"Feature\"";
    missing({"json-malformed"}, 4);
  }
  SECTION("a page for people") {
    pages["https://stac.example/sea/a.json"] = "<!DOCTYPE html><html>Sign in</html>";
    missing({"not-delivered"}, 4);
  }
  SECTION("what is nothing of STAC") {
    pages["https://stac.example/sea/a.json"] = R"({"error":"no"})";
    missing({"unexpected-root"}, 4);
  }
  SECTION("what has no id") {
    pages["https://stac.example/sea/a.json"] = item("", "sea");
    missing({"no-identifier"}, 4);
    pages["https://stac.example/sea/collection.json"] =
        collection("", {{"item", "b.json"}, {"item", "a.json"}});
    missing({"no-identifier", "no-identifier"}, 3);
  }
  SECTION("a link that is no address") {
    pages["https://stac.example/land/catalog.json"] =
        catalogue({{"child", "soil/collection.json"}, {"child", "file:///etc/passwd"}});
    missing({"list-cut-short"}, 5);
    pages["https://stac.example/land/catalog.json"] =
        catalogue({{"child", "soil/collection.json"}, {"child", std::string(2'000, 'x')}});
    missing({"list-cut-short"}, 5);
  }
  SECTION("anything at all") {
    pages = {{root, catalogue({{"child", "empty.json"}})},
             {"https://stac.example/empty.json", catalogue({})}};
    missing({"list-cut-short"}, 0);
  }
}

TEST_CASE("a static catalogue: an id that stands twice is told") {
  auto pages = small_tree();
  pages["https://stac.example/land/soil/collection.json"] =
      collection("sea", {{"item", "c.json"}, {"item", "d.json"}});
  pages["https://stac.example/land/soil/c.json"] = item("a", "sea");
  pages["https://stac.example/land/soil/d.json"] = item("d", "sea");
  auto const all = run_over(std::move(pages));
  CHECK(all.ids() == Strings{"sea", "a", "d", "a", "b"});
  CHECK(all.codes() == Strings{"record-repeated", "record-repeated"});
  CHECK(all.failures.at(0).finding.where == "https://stac.example/sea/collection.json");
}

TEST_CASE("a static catalogue: what is none ends the run") {
  CHECK_THROWS_AS(run_over({}), fetch::FetchError);
  CHECK_THROWS_WITH(run_over({{root, "<!DOCTYPE html><html>"}}),
                    "the answer is no JSON but an HTML page");
  CHECK_THROWS_WITH(run_over({{root, R"({"links":[]})"}}), "the answer is no catalogue of STAC");
  CHECK_THROWS_WITH(run_over({{root, item("a", "b")}}), "the answer is no catalogue of STAC");
  CHECK_THROWS_WITH(run_over({{root, R"({"type":"Catalog","id":"x","conformsTo":[],"links":[]})"}}),
                    "this is a STAC API, which the kind stac-api harvests");
  Links many;
  for (int i = 10; i < 25; ++i) many.emplace_back("child", std::to_string(i));
  CHECK_THROWS_AS(run_over({{root, catalogue(many)}}), kinds::ProtocolError);
}

TEST_CASE("a static catalogue: what a document is, in every version") {
  using kinds::stac_static::Part;
  auto const part = [](std::string_view text) {
    return kinds::stac_static::part_of(json::Document::parse(text)->root());
  };
  CHECK(part(R"({"stac_version":"0.8.0","id":"a","links":[]})") == Part::catalogue);
  CHECK(part(R"({"stac_version":"0.9.0","id":"a","extent":{},"links":[]})") == Part::collection);
  CHECK(part(R"({"type":"Catalog","id":"a"})") == Part::catalogue);
  CHECK(part(R"({"type":"Collection","id":"a"})") == Part::collection);
  CHECK(part(R"({"type":"Feature","id":"a"})") == Part::item);
  CHECK(part(R"({"type":"FeatureCollection","features":[]})") == Part::items);
  CHECK(part(R"({"id":"a","links":[]})") == Part::none);
  CHECK(part("[]") == Part::none);
}

TEST_CASE("a static catalogue: backslashes in links are meant as slashes") {
  auto const document = json::Document::parse(
      catalogue({{"child", R"(.\\a\\collection.json)"}, {"child", "b/collection.json"}}));
  auto const found = kinds::stac_static::steps_of(
      document->root(), root, {.items = true, .host = "stac.example", .most_bytes = 1'000});
  REQUIRE(found.steps.size() == 2);
  CHECK(found.steps[0].address == "https://stac.example/a/collection.json");
  CHECK(found.is_whole);
  auto const cut = kinds::stac_static::steps_of(
      document->root(), root, {.items = true, .host = "stac.example", .most_bytes = 40});
  CHECK(cut.steps.size() == 1);
  CHECK_FALSE(cut.is_whole);
}

TEST_CASE("a static catalogue: killed after any page, a run loses and doubles nothing") {
  std::string const base = "https://stac.example/";
  Links folders;
  Pages pages;
  Strings expected;
  for (int f = 10; f < 16; ++f) {
    auto const folder = "f" + std::to_string(f);
    folders.emplace_back("child", folder + "/deep/collection.json");
    expected.push_back(folder);
    Links items;
    for (int i = 10; i < 33; ++i) {
      auto const name = folder + "-" + std::to_string(i);
      items.emplace_back("item", name + ".json");
      pages[base + folder + "/deep/" + name + ".json"] = item(name, folder);
      expected.push_back(name);
    }
    items.emplace_back("child", "../../catalog.json"); // back up
    pages[base + folder + "/deep/collection.json"] = collection(folder, items);
  }
  pages[root] = catalogue(folders);
  CannedFetcher fetcher(pages);
  auto const start = [&](std::string_view checkpoint) {
    return kinds::stac_static::start(source_with(with_items), fetcher, checkpoint);
  };
  auto const whole = harvest(*start({}));
  CHECK(whole.ids() == expected); // 1 + 6 + 138 requests
  CHECK(whole.page_sizes == std::vector<std::size_t>{49, 50, 45});
  for (std::size_t k = 0; k <= whole.page_sizes.size(); ++k) {
    auto const resumed = killed_and_resumed(start, k);
    CHECK(resumed.ids() == expected);
    CHECK(resumed.failures.empty());
    CHECK(resumed.complete);
  }
  CHECK_THROWS_AS(kinds::stac_static::start(source_with("{}"), fetcher, whole.checkpoints.front()),
                  kinds::StaleCheckpoint);

  SECTION("and what is gone when it goes on is told") {
    auto less = pages;
    less.erase(base + "f12/deep/collection.json");
    CannedFetcher later(less);
    auto const rest = harvest(
        *kinds::stac_static::start(source_with(with_items), later, whole.checkpoints.front()));
    CHECK(rest.codes() == Strings{"not-delivered"});
    CHECK_FALSE(rest.complete);
  }
}

TEST_CASE("a static catalogue: those of pystac are harvested whole") {
  auto const folder = corpus();
  if (!folder) return;
  auto const data = *folder / "stac-utils+pystac/tests/data-files";
  CannedFetcher fetcher([&data](fetch::Request const& request) {
    auto const path = data / request.url.substr(std::string("https://files.example/").size());
    if (!std::filesystem::is_regular_file(path)) throw CannedFetcher::status(404);
    return fetch::Response{.status = 200, .body = read_file(path), .url = request.url};
  });
  auto const run = [&fetcher](std::string const& path) {
    auto const source = source_with(with_items, "https://files.example/" + path);
    return harvest(*kinds::stac_static::start(source, fetcher, {}));
  };
  auto const first = run("catalogs/test-case-1/catalog.json");
  CHECK(first.documents.size() == 12); // four collections of two items each
  CHECK(first.complete);
  auto const windows = run("windows_hrefs/catalog.json");
  CHECK(windows.ids().size() == 2);
  CHECK(windows.complete);
}
