#include "fake_csw.hpp"
#include "fake_oai.hpp"
#include "fake_stac.hpp"

#include "fetch/curl_fetcher.hpp"
#include "support/catch.hpp"
#include "support/fake_clock.hpp"
#include "support/fake_server.hpp"
#include "support/harvest.hpp"

#include <terracat/kind.hpp>

/// Kinds and fetcher together, over sockets.
using namespace terracat;
using namespace terracat::test;
using Strings = std::vector<std::string>;

namespace {

Source source_at(FakeServer const& server, std::string path, std::string options) {
  Source source;
  source.address = server.url(path);
  source.options = std::move(options);
  source.allow_networks = {"127.0.0.0/8"};
  source.delay = std::chrono::milliseconds(0);
  source.retries = 1;
  return source;
}

Script csw_pages(std::size_t records) {
  return [records](ReceivedRequest const& request, Client& client) {
    FakeCsw csw(records);
    answer({.headers = {{"Content-Type", "application/xml"}}, .body = csw.answer(request.target)})(
        request, client);
  };
}

} // namespace

TEST_CASE("a catalogue that is busy, cuts its answers and hangs up is harvested in the end") {
  FakeServer server;
  auto const pages = csw_pages(5);
  server.on("/csw", one_after_the_other(
                        {answer({.status = 429, .headers = {{"Retry-After", "9"}}}), pages,
                         raw("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n<csw:GetRecordsRes"),
                         pages, hang_up(), pages}));
  FakeClock clock;
  auto const source = source_at(server, "/csw", R"({"page_size":2})");
  fetch::CurlFetcher fetcher(fetch::policy_of(source, {}), clock);
  auto const all = harvest(*kinds::find("csw")->start(source, fetcher, {}, kinds::What::documents));
  CHECK(all.ids() == Strings{"r1", "r2", "r3", "r4", "r5"});
  CHECK(all.complete);
  // A kept connection that turns out to be closed is replaced without a wait.
  REQUIRE(clock.waits.size() == 2);
  CHECK(clock.waits[0] == std::chrono::seconds(9));
}

TEST_CASE("a repository that is busy for a while, and answers errors with a status, is harvested") {
  FakeServer server;
  FakeOai oai(5);
  oai.lost = {4};
  bool was_busy = false;
  server.on("/oai", [&](ReceivedRequest const& request, Client& client) {
    if (!was_busy && request.target.find("resumptionToken") != std::string::npos) {
      was_busy = true;
      answer({.status = 503, .headers = {{"Retry-After", "7"}}})(request, client);
      return;
    }
    fetch::Request asked;
    asked.url = request.target;
    auto body = oai.answer(asked);
    auto const status = body.find("<error") == std::string::npos ? 200 : 400;
    answer({.status = status, .body = std::move(body)})(request, client);
  });
  FakeClock clock;
  auto const source = source_at(server, "/oai", "{}");
  fetch::CurlFetcher fetcher(fetch::policy_of(source, {}), clock);
  auto const all =
      harvest(*kinds::find("oai-pmh")->start(source, fetcher, {}, kinds::What::documents));
  CHECK(all.ids() == Strings{"r1", "r2", "r3", "r4", "r5"});
  CHECK(all.complete);
  REQUIRE(clock.waits.size() == 1);
  CHECK(clock.waits[0] == std::chrono::seconds(7));
}

TEST_CASE("an error report under an error status reaches the kind") {
  FakeServer server;
  auto const pages = csw_pages(3);
  server.on("/csw", [pages](ReceivedRequest const& request, Client& client) {
    if (request.target.find("SortBy") == std::string::npos) {
      pages(request, client);
    } else {
      answer({.status = 400, .body = FakeCsw::report("InvalidParameterValue", "no SortBy")})(
          request, client);
    }
  });
  FakeClock clock;
  auto const source = source_at(server, "/csw", "{}");
  fetch::CurlFetcher fetcher(fetch::policy_of(source, {}), clock);
  auto const all = harvest(*kinds::find("csw")->start(source, fetcher, {}, kinds::What::documents));
  CHECK(all.ids() == Strings{"r1", "r2", "r3"});
  CHECK(all.codes() == Strings{"sort-refused"});
}

TEST_CASE("a STAC API cannot lead its harvester into the private network") {
  auto const next = GENERATE(as<std::string>(), "http://10.0.0.1/collections?page=2",
                             "http://169.254.169.254/latest/", "http://localhost:1/x");
  CAPTURE(next);
  FakeServer server;
  server.on("/collections",
            answer({.body = R"({"collections":[{"id":"a"}],"links":[{"rel":"next","href":")" +
                            next + R"("}]})"}));
  FakeClock clock;
  auto const source = source_at(server, "/collections", "{}");
  fetch::CurlFetcher fetcher(fetch::policy_of(source, {}), clock);
  auto const harvester =
      kinds::find("stac-api")->start(source, fetcher, {}, kinds::What::documents);
  REQUIRE(harvester->next({}));
  try {
    static_cast<void>(harvester->next({}));
    FAIL("the link was followed");
  } catch (fetch::FetchError const& error) {
    CHECK(error.reason() == fetch::FetchError::Reason::address_refused);
  }
  CHECK(server.requests().size() == 1);
}
