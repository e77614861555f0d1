#include "kinds/sensorthings/sensorthings.hpp"

#include "support/canned_fetcher.hpp"
#include "support/catch.hpp"
#include "support/harvest.hpp"

#include <algorithm>

using namespace terracat;
using namespace terracat::test;
using Strings = std::vector<std::string>;

namespace {

std::string const root = "https://sensors.example/v1.1";

Source source_with(std::string options = "{}") {
  Source source;
  source.address = root + "/";
  source.options = std::move(options);
  return source;
}

/// A service of some Things, two on a page, whose traps are members.
struct FakeService {
  Strings ids; ///< as in JSON
  std::size_t more = 0;
  bool counts = true;
  std::string inner_next; ///< of the Datastreams of the first Thing
  std::string inner_page = R"({"value":[{"@iot.id":2}]})";
  std::string next_host = root;

  [[nodiscard]] std::string thing(std::size_t index) const {
    auto out = R"({"@iot.id":)" + ids[index] + R"(,"name":"n","Datastreams":[{"@iot.id":1}])";
    if (index == 0 && !inner_next.empty()) {
      out += R"(,"Datastreams@iot.nextLink":")" + inner_next + R"(")";
    }
    return out + "}";
  }

  [[nodiscard]] std::string page(std::string const& url) const {
    auto const at = url.find("skip=");
    auto const from = at == std::string::npos ? 0 : std::stoul(url.substr(at + 5));
    std::string values;
    for (auto i = from; i < std::min(from + 2, ids.size()); ++i) {
      values += (i == from ? "" : ",") + thing(i);
    }
    auto out = R"({"value":[)" + values + "]";
    if (counts) out += R"(,"@iot.count":)" + std::to_string(ids.size() + more);
    if (from + 2 < ids.size()) {
      out +=
          R"(,"@iot.nextLink":")" + next_host + "/Things?skip=" + std::to_string(from + 2) + R"(")";
    }
    return out + "}";
  }

  /// The service must outlive its fetchers.
  [[nodiscard]] CannedFetcher fetcher() const {
    return CannedFetcher([this](fetch::Request const& request) {
      if (request.url.find("gone") != std::string::npos) throw CannedFetcher::status(404);
      bool const is_inner = request.url.find("/Datastreams") != std::string::npos;
      return fetch::Response{
          .status = 200, .body = is_inner ? inner_page : page(request.url), .url = request.url};
    });
  }
};

Harvest run_over(FakeService const& service) {
  auto fetcher = service.fetcher();
  return harvest(*kinds::sensorthings::start(source_with(), fetcher, {}));
}

} // namespace

TEST_CASE("SensorThings: every Thing is a document") {
  FakeService const service{.ids = {"1", R"("a b")", "3"}};
  auto fetcher = service.fetcher();
  auto const harvester = kinds::sensorthings::start(source_with(R"({"page_size":2})"), fetcher, {});
  CHECK(harvester->coverage() == kinds::Coverage::records);
  auto const all = harvest(*harvester);
  CHECK(all.ids() == Strings{"Things(1)", "Things('a b')", "Things(3)"});
  CHECK(all.documents[0].format == "sensorthings");
  CHECK(all.documents[0].bytes == service.thing(0));
  CHECK(all.documents[1].address == root + "/Things('a%20b')");
  CHECK(all.announced == 3);
  CHECK(all.failures.empty());
  CHECK(all.complete);
  CHECK(fetcher.urls() == Strings{root + "/Things?$count=true&$top=2&$expand=Locations%2C"
                                         "Datastreams%28%24expand%3DObservedProperty%2CSensor%29",
                                  root + "/Things?skip=2"});
}

TEST_CASE("SensorThings: a document of each Datastream, of those that a filter finds") {
  CannedFetcher fetcher([](fetch::Request const& request) {
    return fetch::Response{
        .status = 200, .body = R"({"@iot.count":1,"value":[{"@iot.id":4}]})", .url = request.url};
  });
  auto const source = source_with(R"({"records":"datastreams","filter":"name eq 'x'"})");
  CHECK(harvest(*kinds::sensorthings::start(source, fetcher, {})).ids() ==
        Strings{"Datastreams(4)"});
  CHECK(fetcher.urls() ==
        Strings{root + "/Datastreams?$count=true&$top=100&$expand=ObservedProperty%2CSensor%2C"
                       "Thing%28%24expand%3DLocations%29&$filter=name%20eq%20%27x%27"});
}

TEST_CASE("SensorThings: Datastreams that come in pages are put together") {
  FakeService service{.ids = {"1", "2"}, .inner_next = "Things(1)/Datastreams?skip=1"};
  SECTION("all of them") {
    auto const all = run_over(service);
    CHECK(all.documents.at(0).bytes ==
          R"({"@iot.id":1,"name":"n","Datastreams":[{"@iot.id":1},{"@iot.id":2}]})");
    CHECK(all.complete);
  }
  SECTION("a Thing of which some cannot be had is lost") {
    service.inner_next = "Things(1)/gone";
    auto const all = run_over(service);
    CHECK(all.ids() == Strings{"Things(2)"});
    CHECK(all.codes().at(0) == "list-cut-short");
    CHECK_FALSE(all.complete);
  }
  SECTION("a link to more of a list that is not there") {
    CannedFetcher fetcher([](fetch::Request const& request) {
      return fetch::Response{.status = 200,
                             .body = R"({"@iot.count":1,"value":[{"@iot.id":1,)"
                                     R"("Datastreams@iot.nextLink":"Things(1)/Datastreams"}]})",
                             .url = request.url};
    });
    auto const all = harvest(*kinds::sensorthings::start(source_with(), fetcher, {}));
    CHECK(all.documents.empty());
    CHECK(all.codes() == Strings{"list-cut-short"});
    CHECK(all.failures.at(0).finding.where == "/Datastreams@iot.nextLink");
    CHECK_FALSE(all.complete);
    CHECK(fetcher.requests.size() == 1);
  }
  SECTION("fewer than the Thing says it has, and no link to more") {
    auto const count = GENERATE(1, 2);
    CannedFetcher fetcher([&](fetch::Request const& request) {
      return fetch::Response{.status = 200,
                             .body = R"({"@iot.count":1,"value":[{"@iot.id":1,)"
                                     R"("Datastreams@iot.count":)" +
                                     std::to_string(count) + R"(,"Datastreams":[{"@iot.id":4}]}]})",
                             .url = request.url};
    });
    auto const all = harvest(*kinds::sensorthings::start(source_with(), fetcher, {}));
    CHECK(all.documents.size() == (count == 1 ? 1 : 0));
    CHECK(all.complete == (count == 1));
  }
  SECTION("the same of its places") {
    CannedFetcher fetcher([](fetch::Request const& request) {
      bool const is_inner = request.url.ends_with("/Locations?skip=1");
      auto const body =
          is_inner ? R"({"value":[{"name":"there"}]})"
                   : R"({"@iot.count":1,"value":[{"@iot.id":1,"Locations":[{"name":"here"}],)"
                     R"("Locations@iot.nextLink":"Things(1)/Locations?skip=1"}]})";
      return fetch::Response{.status = 200, .body = body, .url = request.url};
    });
    auto const all = harvest(*kinds::sensorthings::start(source_with(), fetcher, {}));
    CHECK(all.bodies() ==
          Strings{R"({"@iot.id":1,"Locations":[{"name":"here"},{"name":"there"}]})"});
    CHECK(all.complete);
  }
  SECTION("a circle, another host, what is no list") {
    auto const trap = GENERATE(0, 1, 2);
    if (trap == 0) service.inner_page = R"({"value":[],"@iot.nextLink":"?skip=1"})";
    if (trap == 1) service.inner_next = "https://elsewhere.example/Datastreams";
    if (trap == 2) service.inner_page = "[]";
    auto const all = run_over(service);
    CHECK(all.ids() == Strings{"Things(2)"});
    CHECK_FALSE(all.complete);
  }
}

TEST_CASE("SensorThings: credentials in the address are sent with inner pages, too") {
  CannedFetcher fetcher([](fetch::Request const& request) {
    bool const is_inner = request.url.ends_with("/Datastreams?skip=1");
    auto const body = is_inner
                          ? R"({"value":[{"@iot.id":2}]})"
                          : R"({"@iot.count":1,"value":[{"@iot.id":1,"Datastreams":[],)"
                            R"("Datastreams@iot.nextLink":)"
                            R"("https://sensors.example/v1.1/Things(1)/Datastreams?skip=1"}]})";
    return fetch::Response{.status = 200, .body = body, .url = request.url};
  });
  auto source = source_with();
  source.address = "https://jane:secret@sensors.example/v1.1";
  auto const all = harvest(*kinds::sensorthings::start(source, fetcher, {}));
  CHECK(all.bodies() == Strings{R"({"@iot.id":1,"Datastreams":[{"@iot.id":2}]})"});
  CHECK(fetcher.urls().at(1) ==
        "https://jane:secret@sensors.example/v1.1/Things(1)/Datastreams?skip=1");
}

TEST_CASE("SensorThings: a list that does not add up proves nothing") {
  FakeService service{.ids = {"1", "2", "3"}};
  SECTION("fewer than announced") {
    service.more = 1;
    CHECK(run_over(service).codes() == Strings{"list-cut-short"});
    CHECK_FALSE(run_over(service).complete);
  }
  SECTION("one twice, and so one left out") {
    service.ids[2] = "1";
    CHECK(run_over(service).codes() == Strings{"record-repeated", "list-cut-short"});
    CHECK_FALSE(run_over(service).complete);
  }
  SECTION("without a number, a link that is left out looks like the end") {
    service.counts = false;
    auto const all = run_over(service);
    CHECK(all.ids() == Strings{"Things(1)", "Things(2)", "Things(3)"});
    CHECK(all.codes() == Strings{"list-cut-short"});
    CHECK(all.failures.at(0).finding.excerpt ==
          "3 records; the source does not say how many there are");
    CHECK_FALSE(all.complete);
  }
  SECTION("nothing at all") {
    service.ids.clear();
    CHECK_FALSE(run_over(service).complete);
  }
  SECTION("a Thing without a name") {
    service.ids[1] = "null";
    CHECK(run_over(service).codes().at(0) == "no-identifier");
    CHECK_FALSE(run_over(service).complete);
  }
  SECTION("a next page at another host") {
    service.next_host = "https://elsewhere.example";
    CHECK(run_over(service).ids() == Strings{"Things(1)", "Things(2)"});
    CHECK_FALSE(run_over(service).complete);
  }
}

TEST_CASE("SensorThings: an interrupted run goes on where it was") {
  FakeService const service{.ids = {"1", "2", "3", "4", "5"}};
  auto fetcher = service.fetcher();
  auto const start = [&](std::string_view checkpoint) {
    return kinds::sensorthings::start(source_with(), fetcher, checkpoint);
  };
  for (std::size_t k = 1; k <= 3; ++k) {
    auto const all = killed_and_resumed(start, k);
    CHECK(all.ids().size() == 5);
    CHECK(all.complete);
  }
  auto const checkpoint = harvest(*start({}), 1).checkpoints.back();
  CHECK_THROWS_AS(
      kinds::sensorthings::start(source_with(R"({"records":"datastreams"})"), fetcher, checkpoint),
      kinds::StaleCheckpoint);
}
