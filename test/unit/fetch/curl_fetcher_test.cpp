#include "asking.hpp"

#include <future>
#include <thread>

using namespace terracat;
using namespace terracat::test;

TEST_CASE("a page is fetched with what it says of itself") {
  FakeServer server;
  server.on("/page", answer({.headers = {{"Content-Type", "application/json"},
                                         {"ETag", "\"7\""},
                                         {"Last-Modified", "Sun, 06 Nov 1994 08:49:37 GMT"}},
                             .body = "{}"}));
  CurlFetcher fetcher(policy_for(server));
  auto const response = fetcher.fetch({.url = server.url("/page?q=1"),
                                       .accept = "application/json",
                                       .headers = {{"X-Api-Key", "k"}}},
                                      {});
  CHECK(response.status == 200);
  CHECK(response.body == "{}");
  CHECK(response.url == server.url("/page?q=1"));
  CHECK(response.content_type == "application/json");
  CHECK(response.etag == "\"7\"");
  CHECK(response.last_modified == "Sun, 06 Nov 1994 08:49:37 GMT");
  auto const asked = server.requests().at(0);
  CHECK(asked.method == "GET");
  CHECK(asked.target == "/page?q=1");
  CHECK(asked.header("accept") == "application/json");
  CHECK(asked.header("accept-encoding") == "gzip, br, zstd");
  CHECK(asked.header("user-agent") == "terracat-test");
  CHECK(asked.header("x-api-key") == "k");
}

TEST_CASE("a body is posted with its type") {
  FakeServer server;
  server.on("/search", answer({.body = "done"}));
  std::string const body(3'000'000, 'x');
  CurlFetcher fetcher(policy_for(server));
  CHECK(fetcher
            .fetch({.url = server.url("/search"),
                    .method = "POST",
                    .body = body,
                    .content_type = "application/xml"},
                   {})
            .body == "done");
  auto const asked = server.requests().at(0);
  CHECK(asked.method == "POST");
  CHECK(asked.header("content-type") == "application/xml");
  CHECK(asked.header("expect").empty());
  CHECK(asked.body == body);
}

TEST_CASE("a HEAD request has no body to wait for") {
  FakeServer server;
  server.on("/x", answer({.headers = {{"ETag", "\"1\""}}, .body = "not sent"}));
  CurlFetcher fetcher(policy_for(server));
  auto const response = fetcher.fetch({.url = server.url("/x"), .method = "HEAD"}, {});
  CHECK(response.etag == "\"1\"");
  CHECK(response.body.empty());
}

TEST_CASE("what has not changed is answered without a body") {
  FakeServer server;
  server.on("/x", answer({.status = 304, .headers = {{"ETag", "\"7\""}}}));
  CurlFetcher fetcher(policy_for(server));
  auto const response = fetcher.fetch({.url = server.url("/x"),
                                       .if_none_match = "\"7\"",
                                       .if_modified_since = "Sun, 06 Nov 1994 08:49:37 GMT"},
                                      {});
  CHECK(response.not_modified());
  CHECK(server.requests().at(0).header("if-none-match") == "\"7\"");
  CHECK(server.requests().at(0).header("if-modified-since") == "Sun, 06 Nov 1994 08:49:37 GMT");
}

TEST_CASE("a connection is used again for the next request") {
  FakeServer server;
  server.on("", answer({.body = "x"}));
  FakeClock clock;
  CurlFetcher fetcher(policy_for(server), clock);
  for (int i = 0; i < 3; ++i) CHECK(fetcher.fetch({.url = server.url()}, {}).body == "x");
  CHECK(server.connections() == 1);
}

TEST_CASE("fetchers share no connections, so each asks its own guard") {
  FakeServer server;
  server.on("", answer({.body = "x"}));
  CurlFetcher allowed(policy_for(server));
  CHECK(allowed.fetch({.url = server.url()}, {}).body == "x");
  auto denied_policy = policy_for(server);
  denied_policy.allow_networks.clear();
  CHECK(error_of(denied_policy, server.url()).reason() == Reason::address_refused);
  CHECK(server.connections() == 1);
}

// ---- Errors and repetition

TEST_CASE("a status that is an error comes with what the server said") {
  FakeServer server;
  server.on("/gone", answer({.status = 410, .body = std::string(100'000, 'x')}));
  auto const error = error_of(policy_for(server), server.url("/gone?apikey=very-secret"));
  CHECK(error.reason() == Reason::status);
  CHECK(error.status() == 410);
  CHECK(error.answer().size() == 65'536);
  CHECK_THAT(error.what(), Catch::Contains("status 410") && Catch::Contains("/gone?apikey=***"));
  CHECK(fetch::public_sentence(error) == "status 410");
  CHECK(server.requests().size() == 1);
}

TEST_CASE("what may succeed later is tried again, after waits that double") {
  FakeServer server;
  auto const status = GENERATE(408, 425, 429, 500, 502, 503, 504);
  auto const failing = answer({.status = status});
  server.on("/x", one_after_the_other({failing, failing, answer({.body = "at last"})}));
  FakeClock clock;
  auto policy = policy_for(server);
  policy.retries = 5;
  CurlFetcher fetcher(policy, clock);
  CHECK(fetcher.fetch({.url = server.url("/x")}, {}).body == "at last");
  REQUIRE(clock.waits.size() == 2);
  CHECK(clock.waits[0] >= 500ms);
  CHECK(clock.waits[0] <= 1000ms);
  CHECK(clock.waits[1] >= 1000ms);
  CHECK(clock.waits[1] <= 2000ms);
}

TEST_CASE("a server that hangs up is tried as often as the policy says") {
  FakeServer server;
  server.on("/x", hang_up());
  FakeClock clock;
  auto policy = policy_for(server);
  policy.retries = 3;
  CurlFetcher fetcher(policy, clock);
  auto const error = error_of(fetcher, {.url = server.url("/x")});
  CHECK(error.reason() == Reason::unreachable);
  CHECK(fetch::public_sentence(error) == "could not connect");
  CHECK_THAT(error.what(), Catch::Contains("tried 4 times"));
  CHECK(clock.waits.size() == 3);
  CHECK(server.requests().size() >= 4);
}

TEST_CASE("a port where nobody listens is unreachable") {
  std::string url;
  fetch::Policy policy;
  {
    FakeServer closed;
    url = closed.url();
    policy = policy_for(closed);
  }
  auto const error = error_of(policy, url);
  CHECK(error.reason() == Reason::unreachable);
}

TEST_CASE("a name that does not exist is unreachable") {
  FakeServer server;
  auto const error =
      error_of(policy_for(server), "http://no-such-host.invalid:" + std::to_string(server.port()));
  CHECK(error.reason() == Reason::unreachable);
}

TEST_CASE("Retry-After in seconds is waited for") {
  FakeServer server;
  server.on("/x", one_after_the_other({answer({.status = 429, .headers = {{"Retry-After", "37"}}}),
                                       answer({.body = "now"})}));
  FakeClock clock;
  auto policy = policy_for(server);
  policy.retries = 1;
  CurlFetcher fetcher(policy, clock);
  CHECK(fetcher.fetch({.url = server.url("/x")}, {}).body == "now");
  CHECK(clock.waits == std::vector{std::chrono::milliseconds(37'000)});
}

TEST_CASE("Retry-After as a date is waited for") {
  FakeServer server;
  // The test's clock starts an hour after 2001-09-09T01:46:40Z.
  server.on(
      "/x",
      one_after_the_other(
          {answer({.status = 503, .headers = {{"Retry-After", "Sun, 09 Sep 2001 02:48:00 GMT"}}}),
           answer({.body = "now"})}));
  FakeClock clock;
  auto policy = policy_for(server);
  policy.retries = 1;
  CurlFetcher fetcher(policy, clock);
  CHECK(fetcher.fetch({.url = server.url("/x")}, {}).body == "now");
  CHECK(clock.waits == std::vector{std::chrono::milliseconds(80'000)});
}

TEST_CASE("a server that asks for more patience than we have is left alone") {
  FakeServer server;
  server.on("/x", answer({.status = 503, .headers = {{"Retry-After", "86400"}}}));
  FakeClock clock;
  auto policy = policy_for(server);
  policy.retries = 5;
  CurlFetcher fetcher(policy, clock);
  auto const error = error_of(fetcher, {.url = server.url("/x")});
  CHECK(error.status() == 503);
  CHECK_THAT(error.what(), Catch::Contains("Retry-After: 86400"));
  CHECK(clock.waits.empty());
  CHECK(server.requests().size() == 1);
}

TEST_CASE("there is a pause between two requests to one host, and none before another host") {
  FakeServer server;
  server.on("", answer({.body = "x"}));
  FakeClock clock;
  auto policy = policy_for(server);
  policy.delay = 250ms;
  CurlFetcher fetcher(policy, clock);
  auto const other = "http://localhost:" + std::to_string(server.port()) + "/";
  static_cast<void>(fetcher.fetch({.url = server.url()}, {}));
  static_cast<void>(fetcher.fetch({.url = other}, {}));
  CHECK(clock.waits.empty());
  static_cast<void>(fetcher.fetch({.url = server.url()}, {}));
  static_cast<void>(fetcher.fetch({.url = server.url()}, {}));
  CHECK(clock.waits == std::vector{std::chrono::milliseconds(250), std::chrono::milliseconds(250)});
}

// ---- Wrong lengths, bombs, drips

TEST_CASE("a body shorter than announced is no answer, and is tried again") {
  FakeServer server;
  server.on("/x", one_after_the_other({raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"),
                                       answer({.body = "whole"})}));
  FakeClock clock;
  auto policy = policy_for(server);
  CHECK(error_of(policy, server.url("/x")).reason() == Reason::unreachable);
  server.on("/y", one_after_the_other({raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"),
                                       answer({.body = "whole"})}));
  policy.retries = 1;
  CurlFetcher fetcher(policy, clock);
  CHECK(fetcher.fetch({.url = server.url("/y")}, {}).body == "whole");
}

TEST_CASE("a chunked body without its end is no answer") {
  FakeServer server;
  server.on("/x", raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"));
  CHECK(error_of(policy_for(server), server.url("/x")).reason() == Reason::unreachable);
}

TEST_CASE("bytes beyond the announced length are not taken") {
  FakeServer server;
  server.on("/x", raw("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfour and more"));
  CHECK(get(policy_for(server), server.url("/x")).body == "four");
}

TEST_CASE("what is no HTTP is refused and not tried again") {
  FakeServer server;
  server.on("/x", raw("SSH-2.0-OpenSSH_9.2\r\n"));
  auto policy = policy_for(server);
  policy.retries = 3;
  auto const error = error_of(policy, server.url("/x"));
  CHECK(error.reason() == Reason::malformed);
  CHECK(fetch::public_sentence(error) == "the answer was not understood");
  CHECK(server.requests().size() == 1);
}

TEST_CASE("a body larger than accepted is refused, announced or not") {
  FakeServer server;
  std::string const large(200'000, 'x');
  server.on("/announced", answer({.body = large}));
  server.on("/endless", [&large](ReceivedRequest const&, Client& client) {
    if (!client.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")) return;
    while (client.send(large)) {
    }
    client.hang_up();
  });
  auto policy = policy_for(server);
  policy.limits.body_bytes = 199'999;
  CHECK(error_of(policy, server.url("/announced")).reason() == Reason::too_large);
  CHECK(error_of(policy, server.url("/endless")).reason() == Reason::too_large);
  policy.limits.body_bytes = 200'000;
  CHECK(get(policy, server.url("/announced")).body == large);
}

TEST_CASE("a head larger than accepted is refused") {
  FakeServer server;
  server.on("/x", [](ReceivedRequest const&, Client& client) {
    if (!client.send("HTTP/1.1 200 OK\r\n")) return;
    while (client.send("X-Filler: 0123456789012345678901234567890123456789\r\n")) {
    }
    client.hang_up();
  });
  auto const error = error_of(policy_for(server), server.url("/x"));
  CHECK(error.reason() == Reason::too_large);
  CHECK(fetch::public_sentence(error) == "the answer was too large");
}

TEST_CASE("an answer that does not begin is given up") {
  FakeServer server;
  server.on("/x", silence());
  auto policy = policy_for(server);
  policy.limits.connect = 50ms;
  policy.limits.first_byte = 100ms;
  auto const error = error_of(policy, server.url("/x"));
  CHECK(error.reason() == Reason::unreachable);
  CHECK_THAT(error.what(), Catch::Contains("no answer in time"));
}

TEST_CASE("an answer that drips is given up") {
  FakeServer server;
  server.on("/x", drip("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", 10ms));
  auto policy = policy_for(server);
  policy.limits.slow_period = 200ms;
  auto const error = error_of(policy, server.url("/x"));
  CHECK(error.reason() == Reason::unreachable);
  CHECK_THAT(error.what(), Catch::Contains("too slowly"));
}

TEST_CASE("a head that drips is given up as well") {
  FakeServer server;
  server.on("/x", drip("HTTP/1.1 200 OK\r\nX-Endless: ", 10ms));
  auto policy = policy_for(server);
  policy.limits.slow_period = 200ms;
  CHECK(error_of(policy, server.url("/x")).reason() == Reason::unreachable);
}

TEST_CASE("the whole of an answer has its time limit") {
  FakeServer server;
  server.on("/x", drip("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", 10ms));
  auto policy = policy_for(server);
  policy.limits.total = 150ms;
  CHECK(error_of(policy, server.url("/x")).reason() == Reason::unreachable);
}

// ---- Redirects

namespace {

/// Fetches on another thread, and gives the reason why that ended.
std::future<Reason> reason_of_stopped(fetch::Policy policy, std::string url, std::stop_token stop) {
  return std::async(std::launch::async, [policy = std::move(policy), url = std::move(url), stop] {
    CurlFetcher fetcher(policy);
    try {
      static_cast<void>(fetcher.fetch({.url = url}, stop));
    } catch (FetchError const& error) {
      return error.reason();
    }
    return Reason::malformed;
  });
}

} // namespace

TEST_CASE("a stop ends a request that waits for its answer") {
  FakeServer server;
  std::promise<void> asked;
  server.on("/x", [&asked](ReceivedRequest const& request, Client& client) {
    asked.set_value();
    silence()(request, client);
  });
  std::stop_source stop;
  auto reason = reason_of_stopped(policy_for(server), server.url("/x"), stop.get_token());
  asked.get_future().wait();
  auto const began = std::chrono::steady_clock::now();
  stop.request_stop();
  CHECK(reason.get() == Reason::stopped);
  CHECK(std::chrono::steady_clock::now() - began < 10s); // and not when its time is over
}

TEST_CASE("a stop ends the wait before the next try") {
  FakeServer server;
  std::promise<void> answered;
  server.on("/x", [&answered](ReceivedRequest const& request, Client& client) {
    answer({.status = 503, .headers = {{"Retry-After", "500"}}})(request, client);
    answered.set_value();
  });
  auto policy = policy_for(server);
  policy.retries = 5;
  std::stop_source stop;
  auto reason = reason_of_stopped(policy, server.url("/x"), stop.get_token());
  answered.get_future().wait();
  stop.request_stop();
  CHECK(reason.get() == Reason::stopped);
}

TEST_CASE("after a stop nothing is sent") {
  FakeServer server;
  std::stop_source stop;
  stop.request_stop();
  CHECK(reason_of_stopped(policy_for(server), server.url("/x"), stop.get_token()).get() ==
        Reason::stopped);
  CHECK(server.connections() == 0);
}
