#include "kinds/esgf/esgf.hpp"

#include "support/canned_fetcher.hpp"
#include "support/catch.hpp"
#include "support/harvest.hpp"

#include <terracat/json.hpp>

#include <algorithm>

using namespace terracat;
using namespace terracat::test;
using Strings = std::vector<std::string>;

namespace {

constexpr auto search = "https://esgf.example/esg-search/search";

Source source_with(std::string options = "{}", std::string address = search) {
  Source source;
  source.address = std::move(address);
  source.options = std::move(options);
  return source;
}

/// An index of some data sets, whose traps are members.
struct FakeIndex {
  Strings ids;
  std::size_t most_on_page = 1'000;
  std::size_t more = 0; ///< announced but not there
  std::string header;   ///< members of the header of answers

  [[nodiscard]] static std::string document(std::string const& id, int version = 1) {
    return R"({"id":")" + id + R"(","type":"Dataset","score":1.0,"_version_":)" +
           std::to_string(version) + "}";
  }

  [[nodiscard]] static std::size_t number(std::string const& url, std::string const& name) {
    return std::stoul(url.substr(url.find(name + '=') + name.size() + 1));
  }

  [[nodiscard]] std::string answer(std::string const& url) const {
    auto const from = std::min(number(url, "offset"), ids.size());
    auto const behind = std::min({from + number(url, "limit"), from + most_on_page, ids.size()});
    std::string docs;
    for (auto i = from; i < behind; ++i) docs += (i == from ? "" : ",") + document(ids[i]);
    return R"({"responseHeader":{"status":0)" + header + R"(},"response":{"numFound":)" +
           std::to_string(ids.size() + more) + R"(,"docs":[)" + docs + "]}}";
  }

  /// The index must outlive its fetchers.
  [[nodiscard]] CannedFetcher fetcher() const {
    return CannedFetcher([this](fetch::Request const& request) {
      return fetch::Response{.status = 200, .body = answer(request.url), .url = request.url};
    });
  }
};

Harvest run_over(FakeIndex const& index, std::string options = "{}") {
  auto fetcher = index.fetcher();
  return harvest(*kinds::esgf::start(source_with(std::move(options)), fetcher, {}));
}

std::string first_url(std::string options, std::string address = search,
                      kinds::What what = kinds::What::documents) {
  FakeIndex const index{.ids = {"a|n"}};
  auto fetcher = index.fetcher();
  auto const source = source_with(std::move(options), std::move(address));
  (void)kinds::esgf::start(source, fetcher, {}, what)->next({});
  return fetcher.urls().at(0);
}

} // namespace

TEST_CASE("ESGF: every data set that the search finds is a document") {
  FakeIndex const index{.ids = {"a.v1|n.example", "b.v1|n.example", "c.v1|n.example"}};
  auto fetcher = index.fetcher();
  auto const harvester = kinds::esgf::start(source_with(R"({"page_size":2})"), fetcher, {});
  CHECK(harvester->coverage() == kinds::Coverage::records);
  auto const all = harvest(*harvester);
  CHECK(all.ids() == index.ids);
  CHECK(all.documents.at(0).format == "esgf");
  // Neither the score nor Solr's own version, which change by themselves.
  CHECK(all.documents.at(0).bytes == R"({"id":"a.v1|n.example","type":"Dataset"})");
  CHECK(all.documents.at(0).address ==
        "https://esgf.example/esg-search/search?type=Dataset&format=application%2Fsolr%2Bjson&"
        "id=a.v1%7Cn.example");
  CHECK(all.announced == 3);
  CHECK(all.failures.empty());
  CHECK(all.complete);
  CHECK(fetcher.requests.size() == 3);
}

TEST_CASE("ESGF: what is searched for is what the options say") {
  std::string const begin = std::string(search) + '?';
  std::string const words = "type=Dataset&format=application%2Fsolr%2Bjson&distrib=";
  CHECK(first_url("{}") == begin + words + "false&latest=true&replica=false&limit=1000&offset=0");
  CHECK(first_url(R"({"versions":"all","replicas":true,"federated":true,"page_size":5})") ==
        begin + words + "true&limit=5&offset=0");
  CHECK(first_url(R"({"facets":["project=CMIP6","experiment_id=ssp119","experiment_id=ssp126",)"
                  R"("source_id!=A B"]})") ==
        begin + "project=CMIP6&experiment_id=ssp119&experiment_id=ssp126&source_id!=A%20B&" +
            words + "false&latest=true&replica=false&limit=1000&offset=0");
  // No facet takes the place of a word of the search.
  CHECK(first_url(R"({"facets":["type=File","offset=7"]})") ==
        begin + words + "false&latest=true&replica=false&limit=1000&offset=0");
  CHECK(first_url("{}", "https://esgf.example/esg-search/", kinds::What::ids) ==
        begin + words + "false&latest=true&replica=false&fields=id&limit=1000&offset=0");
}

TEST_CASE("ESGF: a list that does not add up proves nothing") {
  FakeIndex index{.ids = {"a|n", "b|n", "c|n"}};
  SECTION("fewer than announced") {
    index.more = 1;
    CHECK(run_over(index).codes() == Strings{"list-cut-short"});
    CHECK_FALSE(run_over(index).complete);
  }
  SECTION("one twice, and so one left out") {
    index.ids[2] = "a|n";
    CHECK(run_over(index).codes() == Strings{"record-repeated", "list-cut-short"});
    CHECK_FALSE(run_over(index).complete);
  }
  SECTION("nothing at all") {
    index.ids.clear();
    CHECK(run_over(index).codes() == Strings{"list-cut-short"});
    CHECK_FALSE(run_over(index).complete);
  }
  SECTION("an index that answers in part") {
    index.header = R"(,"partialResults":true)";
    auto const all = run_over(index);
    CHECK(all.ids().size() == 3);
    CHECK(all.codes().at(0) == "list-cut-short");
    CHECK_FALSE(all.complete);
  }
  SECTION("the indexes of all nodes, of which one may be silent") {
    auto const all = run_over(index, R"({"federated":true})");
    CHECK(all.ids().size() == 3);
    CHECK(all.failures.empty());
    CHECK_FALSE(all.complete);
  }
  SECTION("a data set without a name") {
    index.ids[1] = "";
    CHECK(run_over(index).codes() == Strings{"no-identifier", "list-cut-short"});
  }
}

TEST_CASE("ESGF: pages that are shorter than asked for lose nothing") {
  FakeIndex const index{.ids = {"a|n", "b|n", "c|n", "d|n", "e|n"}, .most_on_page = 2};
  auto const all = run_over(index);
  CHECK(all.ids() == index.ids);
  CHECK(all.page_sizes == std::vector<std::size_t>{2, 2, 1, 0});
  CHECK(all.complete);
}

TEST_CASE("ESGF: a search that is too wide is refused") {
  FakeIndex const index{.ids = {"a|n", "b|n", "c|n"}};
  CHECK_THROWS_WITH(run_over(index, R"({"max_records":2})"),
                    "the search finds 3 data sets, more than max_records: facets would narrow it");
  CHECK(run_over(index, R"({"max_records":3})").complete);
}

TEST_CASE("ESGF: what is no answer of a search ends the run") {
  auto const answer = [](std::string body) {
    CannedFetcher fetcher([&body](fetch::Request const& request) {
      return fetch::Response{.status = 200, .body = body, .url = request.url};
    });
    harvest(*kinds::esgf::start(source_with(), fetcher, {}));
  };
  CHECK_THROWS_WITH(answer("<html>"), "the answer is no JSON but an HTML page");
  CHECK_THROWS_WITH(answer("{}"), "the answer is no answer of a search of ESGF");
  CHECK_THROWS_WITH(answer(R"({"response":{"docs":7}})"),
                    "the answer is no answer of a search of ESGF");
}

TEST_CASE("ESGF: what has changed is asked for by the time of the index") {
  FakeIndex const index{.ids = {"a|n"}};
  auto const since = model::parse_rfc3339("2024-05-04T10:00:00Z").value();
  auto fetcher = index.fetcher();
  CHECK(harvest(*kinds::esgf::start_changes(source_with(), fetcher, {}, since)).complete);
  CHECK(fetcher.urls().at(0).find("&from=2024-05-04T10%3A00%3A00Z&") != std::string::npos);
  FakeIndex const empty;
  auto none = empty.fetcher();
  CHECK(harvest(*kinds::esgf::start_changes(source_with(), none, {}, since)).complete);
  CannedFetcher refusing(
      [](fetch::Request const&) -> fetch::Response { throw CannedFetcher::status(400); });
  CHECK_THROWS_AS(kinds::esgf::start_changes(source_with(), refusing, {}, since)->next({}),
                  kinds::ChangesUnknown);
  CHECK_THROWS_AS(kinds::esgf::start(source_with(), refusing, {})->next({}), fetch::FetchError);
}

TEST_CASE("ESGF: killed after any page, a run loses and doubles nothing") {
  FakeIndex index;
  for (int i = 100; i < 117; ++i) index.ids.push_back(std::to_string(i) + "|n");
  auto fetcher = index.fetcher();
  auto const source = source_with(R"({"page_size":4})");
  auto const start = [&](std::string_view checkpoint) {
    return kinds::esgf::start(source, fetcher, checkpoint);
  };
  auto const whole = harvest(*start({}));
  CHECK(whole.ids() == index.ids);
  for (std::size_t k = 0; k <= whole.page_sizes.size(); ++k) {
    auto const resumed = killed_and_resumed(start, k);
    CHECK(resumed.ids() == index.ids);
    CHECK(resumed.complete);
  }
  auto const other = source_with(R"({"facets":["project=CMIP6"]})");
  CHECK_THROWS_AS(kinds::esgf::start(other, fetcher, whole.checkpoints.front()),
                  kinds::StaleCheckpoint);
}
