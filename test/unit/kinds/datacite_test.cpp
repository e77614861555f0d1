#include "kinds/datacite/datacite.hpp"

#include "support/canned_fetcher.hpp"
#include "support/catch.hpp"
#include "support/harvest.hpp"

#include <algorithm>
#include <functional>

using namespace terracat;
using namespace terracat::test;
using kinds::ProtocolError;
using Strings = std::vector<std::string>;

namespace {

/// The REST API of DataCite over some DOIs, whose traps are members.
struct FakeDatacite {
  explicit FakeDatacite(std::size_t count) {
    for (std::size_t i = 1; i <= count; ++i) dois.push_back("10.1234/" + std::to_string(i));
  }

  std::vector<std::string> dois;
  std::size_t size = 2;                                        ///< of a page, whatever is asked for
  std::function<std::string(std::size_t page)> total;          ///< empty: not said
  std::function<std::string(std::size_t page)> next;           ///< instead of the right address
  std::function<std::optional<std::string>(std::size_t)> body; ///< instead of a page
  std::size_t views = 0;
  std::size_t asked = 0;
  int refuses = 0; ///< the status of a cursor beyond the first, once
  std::size_t refused_page = 0;

  [[nodiscard]] static std::size_t page_of(std::string const& url) {
    auto const at = url.find("page%5Bcursor%5D=");
    return at == std::string::npos ? 0 : std::stoul(url.substr(at + 17));
  }

  [[nodiscard]] std::string page(std::size_t number) const {
    auto const from = std::min((number - 1) * size, dois.size());
    auto const behind = std::min(from + size, dois.size());
    std::string out = R"({"data":[)";
    for (auto i = from; i < behind; ++i) {
      out += (i == from ? "" : ",") + std::string(R"({"id":")") + dois[i] +
             R"(","type":"dois","attributes":{"doi":")" + dois[i] +
             R"(","titles":[{"title":"T"}],"creators":[],"viewCount":)" + std::to_string(views) +
             "}}";
    }
    out += "],\"meta\":{";
    auto const count = total ? total(number) : std::to_string(dois.size());
    if (!count.empty()) out += "\"total\":" + count;
    auto following = behind < dois.size() ? "https://api.example/dois?page%5Bcursor%5D=" +
                                                std::to_string(number + 1) + "&page%5Bsize%5D=2"
                                          : std::string();
    if (next) following = next(number);
    return out + "},\"links\":{\"self\":\"x\"" +
           (following.empty() ? "" : ",\"next\":\"" + following + '"') + "}}";
  }

  [[nodiscard]] CannedFetcher fetcher() {
    return CannedFetcher([this](fetch::Request const& request) {
      ++asked;
      auto const number = page_of(request.url);
      if (refuses != 0 && number == refused_page) {
        throw CannedFetcher::status(std::exchange(refuses, 0));
      }
      auto const instead = body ? body(number) : std::nullopt;
      return fetch::Response{
          .status = 200, .body = instead ? *instead : page(number), .url = request.url};
    });
  }
};

Source source_with(std::string options = R"({"client":"inist.x"})") {
  Source source;
  source.address = "https://api.example/dois";
  source.options = std::move(options);
  return source;
}

Harvest run_over(FakeDatacite& api, kinds::What what = kinds::What::documents) {
  auto fetcher = api.fetcher();
  return harvest(*kinds::datacite::start(source_with(), fetcher, {}, what));
}

} // namespace

TEST_CASE("DataCite: DataCite is harvested page by page, and completely") {
  FakeDatacite api(5);
  auto fetcher = api.fetcher();
  auto const harvester = kinds::datacite::start(source_with(), fetcher, {});
  auto const all = harvest(*harvester);
  CHECK(all.ids() == api.dois);
  CHECK(all.page_sizes == std::vector<std::size_t>{2, 2, 1});
  CHECK(all.announced == 5);
  CHECK(all.failures.empty());
  CHECK(all.complete);
  CHECK(fetcher.urls().at(0) ==
        "https://api.example/dois?page%5Bcursor%5D=1&page%5Bsize%5D=200&affiliation=true"
        "&publisher=true&client-id=inist.x");
  CHECK(fetcher.urls().at(1) == "https://api.example/dois?page%5Bcursor%5D=2&page%5Bsize%5D=2");
  CHECK(all.documents.at(0).format == "datacite-json");
  CHECK(all.documents.at(0).address == "https://api.example/dois/10.1234%2F1");
  CHECK(harvester->coverage() == kinds::Coverage::records);
}

TEST_CASE(
    "DataCite: options of DataCite choose what is harvested, and something has to be chosen") {
  FakeDatacite api(1);
  auto fetcher = api.fetcher();
  static_cast<void>(harvest(*kinds::datacite::start(
      source_with(R"({"provider":"p","prefix":"10.1234","query":"a:b c",)"
                  R"("resource_types":["dataset","collection"],"page_size":7})"),
      fetcher, {})));
  CHECK_THAT(fetcher.urls().at(0),
             Catch::Contains("page%5Bsize%5D=7") &&
                 Catch::EndsWith("&provider-id=p&prefix=10.1234&query=a%3Ab%20c"
                                 "&resource-type-id=dataset%2Ccollection"));
  CHECK_THROWS_AS(kinds::datacite::start(source_with("{}"), fetcher, {}), ProtocolError);
}

TEST_CASE("DataCite: how often a record was seen is no change of it") {
  FakeDatacite api(1);
  auto const first = run_over(api);
  api.views = 7;
  CHECK(run_over(api).bodies() == first.bodies());
  CHECK_THAT(first.bodies().at(0), Catch::Contains(R"("doi":"10.1234/1")"));
}

TEST_CASE("DataCite: a list of DataCite that holds less than it says is not complete") {
  FakeDatacite api(5);
  api.total = [](std::size_t) { return "9"; };
  auto const all = run_over(api);
  CHECK(all.ids() == api.dois);
  CHECK(all.codes() == Strings{"list-cut-short"});
  CHECK(all.failures.front().finding.excerpt == "5 of 9 records");
  CHECK_FALSE(all.complete);
}

TEST_CASE("DataCite: without a number, or with one that moves, nothing is proven") {
  FakeDatacite api(5);
  SECTION("none") {
    api.total = [](std::size_t) { return ""; };
    CHECK(run_over(api).codes() == Strings{"list-cut-short"});
  }
  SECTION("one that moves") {
    api.total = [](std::size_t page) { return page == 1 ? "6" : "5"; };
    CHECK(run_over(api).codes() == Strings{"count-changed"});
  }
  auto const all = run_over(api);
  CHECK(all.ids() == api.dois);
  CHECK_FALSE(all.complete);
}

TEST_CASE("DataCite: a DOI that comes twice is handed out once, in any case") {
  FakeDatacite api(4);
  api.dois = {"10.1234/a", "10.1234/b", "10.1234/A", "10.1234/c"};
  auto const all = run_over(api);
  CHECK(all.ids() == Strings{"10.1234/a", "10.1234/b", "10.1234/c"});
  CHECK(all.codes() == Strings{"record-repeated", "list-cut-short"});
  CHECK_FALSE(all.complete);
}

TEST_CASE("DataCite: pages of DataCite that lead in circles end the run") {
  FakeDatacite api(5);
  SECTION("to a page that was there") {
    api.next = [](std::size_t) {
      return "https://api.example/dois?page%5Bcursor%5D=1&page%5Bsize%5D=2";
    };
  }
  SECTION("to pages with nothing new") {
    api.total = [](std::size_t) { return "9"; };
    api.next = [](std::size_t page) {
      return "https://api.example/dois?page%5Bcursor%5D=" + std::to_string(page + 1);
    };
    api.body = [&api](std::size_t page) {
      return page > 3 ? std::optional(api.page(1)) : std::nullopt;
    };
  }
  auto const all = run_over(api);
  CHECK(all.codes().back() == "list-in-circles");
  CHECK_FALSE(all.complete);
  CHECK(api.asked < 10);
}

TEST_CASE("DataCite: a cursor that is not known any more makes the list begin again, once") {
  FakeDatacite api(5);
  api.refuses = GENERATE(400, 404, 500);
  api.refused_page = 2;
  auto const all = run_over(api);
  CHECK(all.ids() == api.dois);
  CHECK(all.failures.empty());
  CHECK(all.complete);
  api.body = [](std::size_t page) -> std::optional<std::string> {
    if (page == 2) throw CannedFetcher::status(500);
    return std::nullopt;
  };
  CHECK_THROWS_AS(run_over(api), fetch::FetchError);
}

TEST_CASE("DataCite: an empty list is one if it says so") {
  FakeDatacite api(0);
  CHECK(run_over(api).complete);
  api.total = [](std::size_t) { return "3"; };
  CHECK_FALSE(run_over(api).complete);
}

TEST_CASE("DataCite: entries without a DOI are reported") {
  FakeDatacite api(1);
  api.body = [](std::size_t) {
    return R"({"data":[{"type":"dois"},{"id":"10.1/a"}],"meta":{"total":2}})";
  };
  auto const all = run_over(api);
  CHECK(all.ids() == Strings{"10.1/a"});
  CHECK(all.codes() == Strings{"no-identifier", "list-cut-short"});
  CHECK_FALSE(all.complete);
}

TEST_CASE("DataCite: what is no list of DataCite ends the run with a sentence") {
  FakeDatacite api(1);
  auto const [body, sentence] = GENERATE(table<std::string, std::string>(
      {{"<!DOCTYPE html><html>", "the answer is no JSON but an HTML page"},
       {"{\"data\":{}}", "the answer is no list of DataCite"},
       {"{\"data\":[", "the answer is no list of DataCite"},
       {"[]", "the answer is no list of DataCite"}}));
  api.body = [&body = body](std::size_t) { return body; };
  CHECK_THROWS_WITH(run_over(api), sentence);
}

TEST_CASE("DataCite: for ids alone DataCite's entries are left out") {
  FakeDatacite api(3);
  auto const all = run_over(api, kinds::What::ids);
  CHECK(all.ids() == api.dois);
  CHECK(std::ranges::all_of(all.bodies(), [](auto const& bytes) { return bytes.empty(); }));
}

TEST_CASE("DataCite: DataCite is asked for what was updated") {
  FakeDatacite api(3);
  auto fetcher = api.fetcher();
  auto const since = model::parse_rfc3339("2024-05-04T10:00:00Z").value();
  auto const options = R"({"query":"a OR b","client":"c"})";
  CHECK(
      harvest(*kinds::datacite::start_changes(source_with(options), fetcher, {}, since)).complete);
  CHECK_THAT(fetcher.urls().at(0),
             Catch::Contains("&query=%28a%20OR%20b%29%20AND%20"
                             "updated%3A%5B2024-05-04T10%3A00%3A00Z%20TO%20%2A%5D"));
  api.refuses = 400;
  api.refused_page = 1;
  CHECK_THROWS_AS(
      kinds::datacite::start_changes(source_with(options), fetcher, {}, since)->next({}),
      kinds::ChangesUnknown);
}

TEST_CASE("DataCite: a harvest of DataCite that is killed goes on and comes to the same") {
  FakeDatacite api(7);
  for (std::size_t k = 1; k <= 4; ++k) {
    CAPTURE(k);
    auto fetcher = api.fetcher();
    auto const all = killed_and_resumed(
        [&](std::string_view checkpoint) {
          return kinds::datacite::start(source_with(), fetcher, checkpoint);
        },
        k);
    CHECK(all.ids() == api.dois);
    CHECK(all.failures.empty());
    CHECK(all.complete);
  }
  auto fetcher = api.fetcher();
  auto const part = harvest(*kinds::datacite::start(source_with(), fetcher, {}), 1);
  CHECK_THROWS_AS(kinds::datacite::start(source_with(R"({"client":"another"})"), fetcher,
                                         part.checkpoints.front()),
                  kinds::StaleCheckpoint);
}
