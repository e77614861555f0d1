#include "kinds/opendatasoft/opendatasoft.hpp"

#include "support/canned_fetcher.hpp"
#include "support/catch.hpp"
#include "support/harvest.hpp"

#include <algorithm>
#include <functional>

using namespace terracat;
using namespace terracat::test;
using Strings = std::vector<std::string>;

namespace {

constexpr auto address = "https://data.example/api/explore/v2.1/catalog/datasets";

/// The catalogue of an Opendatasoft portal, whose traps are members.
struct FakePortal {
  explicit FakePortal(std::size_t count) {
    for (std::size_t i = 1; i <= count; ++i) ids.push_back("d" + std::to_string(i));
  }

  std::vector<std::string> ids;
  std::size_t size = 2; ///< of a page, unless less is asked for
  std::function<std::string(std::size_t offset)> total;
  std::function<std::optional<std::string>(std::size_t offset)> body; ///< instead of a page
  std::size_t views = 0;
  std::size_t asked = 0;

  [[nodiscard]] std::string page(std::size_t offset, std::size_t limit = 100) const {
    std::string results;
    for (auto i = offset; i < std::min(offset + std::min(size, limit), ids.size()); ++i) {
      results += (results.empty() ? "" : ",") + std::string(R"({"dataset_id":")") + ids[i] +
                 R"(","metas":{"default":{"title":"T","records_count":)" + std::to_string(views) +
                 R"(,"data_processed":")" + std::to_string(views) +
                 R"("},"explore":{"download_count":)" + std::to_string(views) + "}}}";
    }
    auto const count = total ? total(offset) : std::to_string(ids.size());
    return R"({"total_count":)" + count + R"(,"results":[)" + results + "]}";
  }

  [[nodiscard]] CannedFetcher fetcher() {
    return CannedFetcher([this](fetch::Request const& request) {
      ++asked;
      auto const number = [&request](std::string const& name) {
        return std::stoul(request.url.substr(request.url.find(name) + name.size()));
      };
      auto const offset = number("offset=");
      auto const instead = body ? body(offset) : std::nullopt;
      return fetch::Response{.status = 200,
                             .body = instead ? *instead : page(offset, number("limit=")),
                             .url = request.url};
    });
  }
};

Source source_with(std::string options = "{}") {
  Source source;
  source.address = address;
  source.options = std::move(options);
  return source;
}

Harvest run_over(FakePortal& portal, kinds::What what = kinds::What::documents) {
  auto fetcher = portal.fetcher();
  return harvest(*kinds::opendatasoft::start(source_with(), fetcher, {}, what));
}

} // namespace

TEST_CASE("Opendatasoft: a portal is harvested page by page, and completely") {
  FakePortal portal(5);
  auto fetcher = portal.fetcher();
  auto const all = harvest(*kinds::opendatasoft::start(
      source_with(R"({"where":"theme=\"Eau\"","page_size":50})"), fetcher, {}));
  CHECK(all.ids() == portal.ids);
  CHECK(all.page_sizes == std::vector<std::size_t>{2, 2, 1, 0});
  CHECK(all.announced == 5);
  CHECK(all.failures.empty());
  CHECK(all.complete);
  CHECK(fetcher.urls().at(1) == std::string(address) + "?limit=50&offset=2&order_by=dataset_id"
                                                       "&where=theme%3D%22Eau%22");
  CHECK(all.documents.at(0).format == "opendatasoft");
  CHECK(all.documents.at(0).address == std::string(address) + "/d1");
}

TEST_CASE("Opendatasoft: what moves while nothing is written is no change") {
  FakePortal portal(1);
  auto const first = run_over(portal);
  portal.views = 7;
  CHECK(run_over(portal).bodies() == first.bodies());
  CHECK(first.bodies() == Strings{R"({"dataset_id":"d1","metas":{"default":{"title":"T"}}})"});
}

TEST_CASE("Opendatasoft: a list that is shorter or longer than it says proves nothing") {
  FakePortal portal(5);
  SECTION("shorter") {
    portal.total = [](std::size_t) { return "9"; };
  }
  SECTION("longer") {
    portal.total = [](std::size_t) { return "3"; };
  }
  SECTION("longer than its first page") {
    portal.total = [](std::size_t) { return "2"; };
  }
  SECTION("none said") {
    portal.total = [](std::size_t) { return "null"; };
  }
  auto const all = run_over(portal);
  CHECK(all.codes() == Strings{"list-cut-short"});
  CHECK_FALSE(all.complete);
}

TEST_CASE("Opendatasoft: a page is no longer than was asked for") {
  FakePortal portal(5);
  portal.size = 100;
  portal.body = [&portal](std::size_t offset) { return portal.page(offset); };
  auto fetcher = portal.fetcher();
  auto const options = source_with(R"({"page_size":2})");
  auto const all = harvest(*kinds::opendatasoft::start(options, fetcher, {}));
  CHECK(all.page_sizes == std::vector<std::size_t>{2, 2, 1, 0});
  CHECK(all.ids() == portal.ids);
  CHECK(all.complete);
  portal.ids = Strings(100, "d");
  auto const same = harvest(*kinds::opendatasoft::start(options, fetcher, {}));
  CHECK(same.codes() == Strings{"record-repeated", "record-repeated", "record-repeated",
                                "record-repeated", "record-repeated", "record-repeated",
                                "record-repeated", "list-in-circles"});
}

TEST_CASE("Opendatasoft: a data set that moves to another page meanwhile spoils the proof") {
  FakePortal portal(5);
  portal.body = [&portal](std::size_t offset) -> std::optional<std::string> {
    if (offset == 2) portal.ids.insert(portal.ids.begin(), "d0");
    return std::nullopt;
  };
  auto const all = run_over(portal);
  CHECK(all.ids() == Strings{"d1", "d2", "d3", "d4", "d5"});
  CHECK(all.codes() == Strings{"count-changed", "record-repeated", "list-cut-short"});
  CHECK_FALSE(all.complete);
}

TEST_CASE("Opendatasoft: the API shows no more than ten thousand") {
  FakePortal portal(10'020);
  portal.size = 99;
  auto fetcher = portal.fetcher();
  auto const all =
      harvest(*kinds::opendatasoft::start(source_with(R"({"page_size":99})"), fetcher, {}));
  CHECK(all.ids().size() == 10'000);
  CHECK(all.codes() == Strings{"list-cut-short"});
  CHECK_FALSE(all.complete);
  CHECK_THAT(fetcher.urls().back(), Catch::Contains("?limit=1&offset=9999&"));
}

TEST_CASE("Opendatasoft: pages that bring nothing new end the run") {
  FakePortal portal(5);
  portal.total = [](std::size_t) { return "500"; };
  portal.body = [&portal](std::size_t) { return portal.page(0); };
  auto const all = run_over(portal);
  CHECK(all.ids() == Strings{"d1", "d2"});
  CHECK(all.codes().back() == "list-in-circles");
  CHECK_FALSE(all.complete);
  CHECK(portal.asked < 6);
}

TEST_CASE("Opendatasoft: an empty catalogue is no proof, but that nothing has changed is") {
  FakePortal portal(0);
  CHECK(run_over(portal).codes() == Strings{"list-cut-short"});
  CHECK_FALSE(run_over(portal).complete);
  auto fetcher = portal.fetcher();
  auto const since = model::parse_rfc3339("2024-05-04T10:00:00Z").value();
  CHECK(harvest(*kinds::opendatasoft::start_changes(source_with(), fetcher, {}, since)).complete);
}

TEST_CASE("Opendatasoft: changes are asked for by a date") {
  FakePortal portal(3);
  auto fetcher = portal.fetcher();
  auto const since = model::parse_rfc3339("2024-05-04T10:00:00Z").value();
  auto const* const options = R"({"where":"a or b","modified":"metadata_processed"})";
  CHECK(harvest(*kinds::opendatasoft::start_changes(source_with(options), fetcher, {}, since))
            .complete);
  CHECK_THAT(fetcher.urls().at(0),
             Catch::Contains("&where=%28a%20or%20b%29%20and%20metadata_processed%20%3E%3D%20"
                             "date%272024-05-04T10%3A00%3A00Z%27"));
  portal.body = [](std::size_t) -> std::optional<std::string> { throw CannedFetcher::status(400); };
  CHECK_THROWS_AS(kinds::opendatasoft::start_changes(source_with(), fetcher, {}, since)->next({}),
                  kinds::ChangesUnknown);
  CHECK_THROWS_AS(run_over(portal), fetch::FetchError);
}

TEST_CASE("Opendatasoft: entries without an id are reported") {
  FakePortal portal(1);
  portal.body = [](std::size_t offset) -> std::optional<std::string> {
    if (offset > 0) return R"({"total_count":2,"results":[]})";
    return R"({"total_count":2,"results":[{"metas":{}},{"dataset_id":"a"}]})";
  };
  auto const all = run_over(portal);
  CHECK(all.ids() == Strings{"a"});
  CHECK(all.codes() == Strings{"no-identifier", "list-cut-short"});
}

TEST_CASE("Opendatasoft: what is no catalogue ends the run with a sentence") {
  FakePortal portal(1);
  auto const [body, sentence] = GENERATE(table<std::string, std::string>(
      {{"<!DOCTYPE html><html>", "the answer is no JSON but an HTML page"},
       {R"({"results":{}})", "the answer is no catalogue of Opendatasoft"},
       {R"({"error_code":"x"})", "the answer is no catalogue of Opendatasoft"},
       {R"({"results":[)", "the answer is no catalogue of Opendatasoft"}}));
  portal.body = [&body = body](std::size_t) { return body; };
  CHECK_THROWS_WITH(run_over(portal), sentence);
}

TEST_CASE("Opendatasoft: for ids alone what data sets say is left out") {
  FakePortal portal(3);
  auto const all = run_over(portal, kinds::What::ids);
  CHECK(all.ids() == portal.ids);
  CHECK(all.bodies() == Strings{"", "", ""});
  CHECK(all.complete);
}

TEST_CASE("Opendatasoft: a harvest that is killed goes on and comes to the same") {
  FakePortal portal(7);
  for (std::size_t k = 1; k <= 4; ++k) {
    CAPTURE(k);
    auto fetcher = portal.fetcher();
    auto const all = killed_and_resumed(
        [&](std::string_view checkpoint) {
          return kinds::opendatasoft::start(source_with(), fetcher, checkpoint);
        },
        k);
    CHECK(all.ids() == portal.ids);
    CHECK(all.failures.empty());
    CHECK(all.complete);
  }
  auto fetcher = portal.fetcher();
  auto const part = harvest(*kinds::opendatasoft::start(source_with(), fetcher, {}), 1);
  CHECK_THROWS_AS(kinds::opendatasoft::start(source_with(R"({"where":"a"})"), fetcher,
                                             part.checkpoints.front()),
                  kinds::StaleCheckpoint);
}
