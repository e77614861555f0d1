#include "kinds/cds/cds.hpp"

#include "support/canned_fetcher.hpp"
#include "support/catch.hpp"
#include "support/harvest.hpp"

#include <algorithm>

using namespace terracat;
using namespace terracat::test;
using Strings = std::vector<std::string>;

namespace {

std::string const base = "https://store.example/api/catalogue/v1";
std::string const collections = base + "/collections";

Source source_with(std::string options = "{}", std::string address = base) {
  Source source;
  source.address = std::move(address);
  source.options = std::move(options);
  return source;
}

/// A store of some collections, two on a page, whose traps are members.
struct FakeStore {
  Strings ids;
  std::string total; ///< a member of each page, with a comma before it
  std::string gone;  ///< a collection that is only listed
  std::string next_host = "https://store.example";

  [[nodiscard]] std::string page(std::string const& url) const {
    auto const at = url.find("cursor=");
    auto const from = at == std::string::npos ? 0 : std::stoul(url.substr(at + 7));
    std::string list;
    for (auto i = from; i < std::min(from + 2, ids.size()); ++i) {
      list += (i == from ? "" : ",") + std::string(R"({"id":")") + ids[i] + R"("})";
    }
    auto const next = R"({"rel":"next","href":")" + next_host +
                      "/api/catalogue/v1/collections?cursor=" + std::to_string(from + 2) + R"("})";
    return R"({"collections":[)" + list + R"(],"links":[{"rel":"self"})" +
           (from + 2 < ids.size() ? "," + next : "") + "]" + total + "}";
  }

  /// The store must outlive its fetchers.
  [[nodiscard]] CannedFetcher fetcher() const {
    return CannedFetcher([this](fetch::Request const& request) {
      auto const& url = request.url;
      bool const is_list = url.find('?') != std::string::npos;
      auto const id = url.substr(url.rfind('/') + 1);
      if (!is_list && id == gone) throw CannedFetcher::status(404);
      auto const body =
          is_list ? page(url) : R"({"id":")" + id + R"(","cads:sanity_check":{"at":1},"x":1})";
      return fetch::Response{.status = 200, .body = body, .url = url};
    });
  }
};

Harvest run_over(FakeStore const& store, std::string options = "{}") {
  auto fetcher = store.fetcher();
  return harvest(*kinds::cds::start(source_with(std::move(options)), fetcher, {}));
}

} // namespace

TEST_CASE("CDS: every collection of the store is fetched") {
  FakeStore const store{.ids = {"a", "b", "c"}};
  auto fetcher = store.fetcher();
  auto const harvester = kinds::cds::start(source_with(R"({"page_size":2})"), fetcher, {});
  CHECK(harvester->coverage() == kinds::Coverage::records);
  auto const all = harvest(*harvester);
  CHECK(all.ids() == Strings{"a", "b", "c"});
  CHECK(all.documents[0].format == "cds");
  CHECK(all.documents[0].address == collections + "/a");
  CHECK(all.documents[0].bytes == R"({"id":"a","x":1})"); // without what moves
  CHECK(all.failures.empty());
  CHECK(all.complete);
  CHECK(fetcher.urls() == Strings{collections + "?limit=2", collections + "/a", collections + "/b",
                                  collections + "?cursor=2", collections + "/c"});
}

TEST_CASE("CDS: without details a list is enough, and so it is for a sweep") {
  FakeStore const store{.ids = {"a"}};
  CHECK(run_over(store, R"({"details":false})").bodies() == Strings{R"({"id":"a"})"});
  auto fetcher = store.fetcher();
  auto const source = source_with("{}", collections + "/?x=1");
  auto const all = harvest(*kinds::cds::start(source, fetcher, {}, kinds::What::ids));
  CHECK(all.ids() == Strings{"a"});
  CHECK(all.complete);
  CHECK(fetcher.requests.size() == 1);
}

TEST_CASE("CDS: collections that are not wanted are counted and not fetched") {
  FakeStore const store{.ids = {"a", "b"}, .total = R"(,"numberMatched":2)"};
  auto const all = run_over(store, R"({"exclude":["a"]})");
  CHECK(all.ids() == Strings{"b"});
  CHECK(all.complete);
}

TEST_CASE("CDS: a list that does not add up proves nothing") {
  FakeStore store{.ids = {"a", "b", "c"}, .total = R"(,"numberMatched":3)"};
  SECTION("all is well") {
    CHECK(run_over(store).complete);
  }
  SECTION("fewer than announced") {
    store.total = R"(,"context":{"matched":4})";
    CHECK(run_over(store).codes() == Strings{"list-cut-short"});
    CHECK_FALSE(run_over(store).complete);
  }
  SECTION("one twice, and so one left out") {
    store.ids[2] = "a";
    CHECK_FALSE(run_over(store).complete);
  }
  SECTION("the same without a number") {
    store.ids[2] = "a";
    store.total.clear();
    CHECK_FALSE(run_over(store).complete);
  }
  SECTION("one that cannot be had") {
    store.gone = "b";
    auto const all = run_over(store);
    CHECK(all.ids() == Strings{"a", "c"});
    CHECK(all.codes() == Strings{"not-delivered"});
    CHECK_FALSE(all.complete);
  }
  SECTION("nothing at all") {
    store.ids.clear();
    store.total.clear();
    CHECK_FALSE(run_over(store).complete);
  }
  SECTION("a next page at another host") {
    store.next_host = "https://elsewhere.example";
    CHECK(run_over(store).ids() == Strings{"a", "b"});
    CHECK_FALSE(run_over(store).complete);
  }
}

TEST_CASE("CDS: a page has an end, whatever a store has on it") {
  CannedFetcher fetcher([](fetch::Request const& request) {
    std::string list = R"({"id":"c0"})";
    for (int number = 1; number <= 10'000; ++number) {
      list += R"(,{"id":"c)" + std::to_string(number) + R"("})";
    }
    return fetch::Response{.status = 200,
                           .body = R"({"collections":[)" + list +
                                   R"(],"links":[{"rel":"next",)"
                                   R"("href":"?cursor=1"}]})",
                           .url = request.url};
  });
  auto const source = source_with(R"({"details":false})");
  auto const all = harvest(*kinds::cds::start(source, fetcher, {}));
  CHECK(all.documents.size() == 10'000);
  CHECK(all.codes().at(0) == "list-cut-short");
  CHECK_FALSE(all.complete);
  CHECK(fetcher.requests.size() == 1);
}

TEST_CASE("CDS: an interrupted run goes on where it was") {
  FakeStore const store{.ids = {"a", "b", "c", "d", "e"}};
  auto fetcher = store.fetcher();
  auto const start = [&](std::string_view checkpoint) {
    return kinds::cds::start(source_with(), fetcher, checkpoint);
  };
  for (std::size_t k = 1; k <= 3; ++k) {
    auto const all = killed_and_resumed(start, k);
    CHECK(all.ids() == store.ids);
    CHECK(all.complete);
  }
  auto const checkpoint = harvest(*start({}), 1).checkpoints.back();
  for (auto const* const options :
       {R"({"exclude":["a"]})", R"({"details":false,"page_size":50})"}) {
    CHECK_THROWS_AS(kinds::cds::start(source_with(options), fetcher, checkpoint),
                    kinds::StaleCheckpoint);
  }
}

TEST_CASE("CDS: a page larger than was asked for is handed on in parts") {
  Strings ids;
  std::string list;
  for (int number = 0; number < 120; ++number) {
    ids.push_back("c" + std::to_string(number));
    list += (number == 0 ? "" : ",") + std::string(R"({"id":")") + ids.back() + R"("})";
  }
  CannedFetcher fetcher([&](fetch::Request const& request) {
    bool const is_list = request.url.find('?') != std::string::npos;
    auto const id = request.url.substr(request.url.rfind('/') + 1);
    return fetch::Response{.status = 200,
                           .body = is_list ? R"({"collections":[)" + list + R"(],"links":[]})"
                                           : R"({"id":")" + id + R"("})",
                           .url = request.url};
  });
  auto const start = [&](std::string_view checkpoint) {
    return kinds::cds::start(source_with(), fetcher, checkpoint);
  };
  auto const part = harvest(*start({}), 1);
  CHECK(part.documents.size() == 50);
  CHECK(fetcher.requests.size() == 1 + 50);
  auto const all = harvest(*start({}));
  CHECK(all.ids() == ids);
  CHECK(all.checkpoints.size() == 3);
  CHECK(all.failures.empty());
  CHECK(all.complete);
  CHECK(fetcher.requests.size() == 51 + 1 + 120); // the list once
  for (std::size_t k = 1; k <= 2; ++k) {
    auto const resumed = killed_and_resumed(start, k);
    CHECK(resumed.ids() == ids);
    CHECK(resumed.failures.empty());
    CHECK(resumed.complete);
  }
}

TEST_CASE("CDS: where each collection is fetched, pages are small") {
  FakeStore const store{.ids = {"a"}};
  auto const limit_of = [&](std::string options, kinds::What what) {
    auto fetcher = store.fetcher();
    auto const source = source_with(std::move(options));
    CHECK(harvest(*kinds::cds::start(source, fetcher, {}, what)).complete);
    return fetcher.urls().at(0).substr(collections.size());
  };
  CHECK(limit_of(R"({"page_size":1000})", kinds::What::documents) == "?limit=50");
  CHECK(limit_of(R"({"page_size":7})", kinds::What::documents) == "?limit=7");
  CHECK(limit_of(R"({"page_size":1000})", kinds::What::ids) == "?limit=1000");
  CHECK(limit_of(R"({"page_size":1000,"details":false})", kinds::What::documents) == "?limit=1000");
}
