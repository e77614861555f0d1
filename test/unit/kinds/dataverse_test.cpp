#include "kinds/dataverse/dataverse.hpp"

#include "support/canned_fetcher.hpp"
#include "support/catch.hpp"
#include "support/harvest.hpp"

#include <algorithm>
#include <functional>
#include <map>

using namespace terracat;
using namespace terracat::test;
using Strings = std::vector<std::string>;

namespace {

/// The API of a Dataverse over some data sets, whose traps are members.
struct FakeDataverse {
  explicit FakeDataverse(std::size_t count) {
    for (std::size_t i = 1; i <= count; ++i) ids.push_back("doi:10.1/" + std::to_string(i));
  }

  std::vector<std::string> ids;
  std::size_t size = 2;                                                ///< of a page, always
  std::size_t bytes = 0;                                               ///< more of each data set
  std::string total;                                                   ///< instead of the right one
  std::function<std::optional<std::string>(std::size_t start)> answer; ///< instead of a page
  std::map<std::string, int> refused; ///< data sets that are answered with a status, by address
  std::size_t searches = 0;

  [[nodiscard]] std::string page(std::size_t start) const {
    std::string items;
    for (auto i = start; i < std::min(start + size, ids.size()); ++i) {
      items += (items.empty() ? "" : ",") + std::string(R"({"type":"dataset","global_id":")") +
               ids[i] + R"("})";
    }
    return R"({"status":"OK","data":{"total_count":)" +
           (total.empty() ? std::to_string(ids.size()) : total) + R"(,"items":[)" + items + "]}}";
  }

  [[nodiscard]] std::string body(std::string const& url) {
    if (url.find("/search?") == std::string::npos) {
      auto const found = refused.find(url.substr(url.find("persistentId=") + 13));
      if (found != refused.end()) throw CannedFetcher::status(found->second);
      return R"({"of":")" + url.substr(url.find("persistentId=") + 13) + R"("})" +
             std::string(bytes, ' ');
    }
    ++searches;
    auto const start = std::stoul(url.substr(url.find("start=") + 6));
    auto instead = answer ? answer(start) : std::nullopt;
    return instead ? *instead : page(start);
  }

  [[nodiscard]] CannedFetcher fetcher() {
    return CannedFetcher([this](fetch::Request const& request) {
      return fetch::Response{.status = 200, .body = body(request.url), .url = request.url};
    });
  }
};

Source source_with(std::string options = "{}") {
  Source source;
  source.address = "https://data.example/api";
  source.options = std::move(options);
  return source;
}

Harvest run_over(FakeDataverse& dataverse, kinds::What what = kinds::What::documents,
                 std::string options = "{}") {
  auto fetcher = dataverse.fetcher();
  return harvest(*kinds::dataverse::start(source_with(std::move(options)), fetcher, {}, what));
}

} // namespace

TEST_CASE("Dataverse: data sets are listed by the search, and each is fetched as its export") {
  FakeDataverse dataverse(5);
  auto fetcher = dataverse.fetcher();
  auto const all = harvest(*kinds::dataverse::start(
      source_with(R"({"query":"eau","collection":"inrae","page_size":2})"), fetcher, {}));
  CHECK(all.ids() == dataverse.ids);
  CHECK(all.page_sizes == std::vector<std::size_t>{2, 2, 1, 0});
  CHECK(all.announced == 5);
  CHECK(all.failures.empty());
  CHECK(all.complete);
  CHECK(fetcher.urls().at(0) == "https://data.example/api/search?q=eau&type=dataset&sort=date"
                                "&order=asc&per_page=2&start=0&subtree=inrae");
  CHECK(fetcher.urls().at(1) == "https://data.example/api/datasets/export"
                                "?exporter=dataverse_json&persistentId=doi%3A10.1%2F1");
  CHECK(all.documents.at(0).format == "dataverse");
  CHECK(all.documents.at(0).address == fetcher.urls().at(1));
  CHECK(all.bodies().at(2) == R"({"of":"doi%3A10.1%2F3"})");
}

TEST_CASE("Dataverse: a data set that cannot be had is reported, and the run goes on") {
  FakeDataverse dataverse(5);
  dataverse.refused = {{"doi%3A10.1%2F2", GENERATE(400, 403, 404, 500)}};
  auto const all = run_over(dataverse);
  CHECK(all.ids().size() == 4);
  CHECK(all.codes() == Strings{"not-delivered"});
  CHECK(all.failures.front().native_id == "doi:10.1/2");
  CHECK_FALSE(all.complete);
  CHECK(run_over(dataverse, kinds::What::ids).complete); // it is there
}

TEST_CASE("Dataverse: a server that is busy ends the run") {
  FakeDataverse dataverse(5);
  dataverse.refused = {{"doi%3A10.1%2F2", 503}};
  CHECK_THROWS_AS(run_over(dataverse), fetch::FetchError);
}

TEST_CASE("Dataverse: a page is no longer than was asked for, and ends when it is large") {
  FakeDataverse dataverse(5);
  dataverse.size = 1'000;
  std::string options = R"({"page_size":2})";
  SECTION("longer") {}
  SECTION("large") {
    options = "{}";
    dataverse.bytes = 9 << 20;
  }
  auto const all = run_over(dataverse, kinds::What::documents, options);
  CHECK(all.page_sizes == std::vector<std::size_t>{2, 2, 1, 0});
  CHECK(all.ids() == dataverse.ids);
  CHECK(all.failures.empty());
  CHECK(all.complete);
}

TEST_CASE("Dataverse: a list without an end is followed so far and no further") {
  FakeDataverse dataverse(5'000);
  dataverse.size = 50;
  dataverse.total = "10";
  auto const all = run_over(dataverse, kinds::What::ids);
  CHECK(all.ids().size() == 1'050); // the first page that ends behind 2 * 10 + 1000
  CHECK(all.codes() == Strings{"list-cut-short"});
  CHECK_FALSE(all.complete);
}

TEST_CASE("Dataverse: a list that is shorter or longer than it says proves nothing") {
  FakeDataverse dataverse(5);
  dataverse.total = GENERATE(as<std::string>(), "9", "2", "null");
  auto const all = run_over(dataverse);
  CHECK(all.ids() == dataverse.ids);
  CHECK(all.codes() == Strings{"list-cut-short"});
  CHECK_FALSE(all.complete);
}

TEST_CASE("Dataverse: an empty list is no proof") {
  FakeDataverse dataverse(0);
  CHECK(run_over(dataverse).codes() == Strings{"list-cut-short"});
  CHECK_FALSE(run_over(dataverse).complete);
}

TEST_CASE("Dataverse: pages that bring nothing new end the run") {
  FakeDataverse dataverse(5);
  dataverse.answer = [&dataverse](std::size_t) { return dataverse.page(0); };
  auto const all = run_over(dataverse);
  CHECK(all.ids() == Strings{"doi:10.1/1", "doi:10.1/2"});
  CHECK(all.codes().back() == "list-in-circles");
  CHECK_FALSE(all.complete);
  CHECK(dataverse.searches < 6);
}

TEST_CASE("Dataverse: what is no list of data sets ends the run, and an item without an id not") {
  FakeDataverse dataverse(1);
  auto const [body, sentence] = GENERATE(table<std::string, std::string>(
      {{"<!DOCTYPE html><html>", "the answer is no JSON but an HTML page"},
       {R"({"status":"ERROR","message":"x"})", "the answer is no list of a Dataverse"},
       {R"({"data":{"items":{}}})", "the answer is no list of a Dataverse"}}));
  dataverse.answer = [&body = body](std::size_t) { return body; };
  CHECK_THROWS_WITH(run_over(dataverse), sentence);
  dataverse.answer = [](std::size_t start) -> std::optional<std::string> {
    if (start > 0) return R"({"data":{"total_count":1,"items":[]}})";
    return R"({"data":{"total_count":1,"items":[{"type":"dataverse"}]}})";
  };
  CHECK(run_over(dataverse).codes() == Strings{"no-identifier", "list-cut-short"});
}

TEST_CASE("Dataverse: for ids alone no data set is fetched") {
  FakeDataverse dataverse(3);
  auto fetcher = dataverse.fetcher();
  auto const all = harvest(*kinds::dataverse::start(source_with(), fetcher, {}, kinds::What::ids));
  CHECK(all.ids() == dataverse.ids);
  CHECK(all.complete);
  CHECK(fetcher.requests.size() == dataverse.searches);
}

TEST_CASE("Dataverse: a harvest that is killed goes on and comes to the same") {
  FakeDataverse dataverse(7);
  for (std::size_t k = 1; k <= 5; ++k) {
    CAPTURE(k);
    auto fetcher = dataverse.fetcher();
    auto const all = killed_and_resumed(
        [&](std::string_view checkpoint) {
          return kinds::dataverse::start(source_with(), fetcher, checkpoint);
        },
        k);
    CHECK(all.ids() == dataverse.ids);
    CHECK(all.failures.empty());
    CHECK(all.complete);
  }
  auto fetcher = dataverse.fetcher();
  auto const part = harvest(*kinds::dataverse::start(source_with(), fetcher, {}), 1);
  CHECK_THROWS_AS(kinds::dataverse::start(source_with(R"({"collection":"a"})"), fetcher,
                                          part.checkpoints.front()),
                  kinds::StaleCheckpoint);
}
