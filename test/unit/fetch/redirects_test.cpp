#include "asking.hpp"

using namespace terracat;
using namespace terracat::test;

TEST_CASE("redirects are followed up to five times") {
  FakeServer server;
  for (int i = 0; i < 6; ++i) {
    server.on("/" + std::to_string(i), redirect(302, "/" + std::to_string(i + 1)));
  }
  server.on("/6", answer({.body = "far"}));
  CHECK(get(policy_for(server), server.url("/1")).body == "far");
  CHECK(get(policy_for(server), server.url("/1")).url == server.url("/6"));
  auto const error = error_of(policy_for(server), server.url("/0"));
  CHECK(error.reason() == Reason::malformed);
  CHECK_THAT(error.what(), Catch::Contains("too many redirects"));
}

TEST_CASE("redirects repeat the request as it was, but for 303") {
  FakeServer server;
  server.on("/to", answer({.body = "ok"}));
  FakeClock clock;
  CurlFetcher fetcher(policy_for(server), clock);
  for (auto const status : {301, 302, 307, 308, 303}) {
    CAPTURE(status);
    server.on("/from", redirect(status, "/to"));
    CHECK(fetcher.fetch({.url = server.url("/from"), .method = "POST", .body = "q"}, {}).body ==
          "ok");
    auto const last = server.requests().back();
    CHECK(last.method == (status == 303 ? "GET" : "POST"));
    CHECK(last.body == (status == 303 ? "" : "q"));
  }
}

TEST_CASE("a redirect without a usable target is an error") {
  FakeServer server;
  auto const location = GENERATE("ftp://a.example/x", "file:///etc/passwd", "gopher://127.0.0.1/x",
                                 "dict://127.0.0.1:1/x", "http://[/", "javascript:alert(1)");
  CAPTURE(location);
  server.on("/x", redirect(302, location));
  CHECK(error_of(policy_for(server), server.url("/x")).reason() == Reason::malformed);
  CHECK(server.requests().size() == 1);
}

TEST_CASE("a redirect to a port other than the source's, 80 and 443 is refused") {
  FakeServer server;
  FakeServer other;
  server.on("/x", redirect(302, other.url("/y")));
  auto const error = error_of(policy_for(server), server.url("/x"));
  CHECK(error.reason() == Reason::address_refused);
  CHECK(fetch::public_sentence(error) == "address not allowed");
  CHECK(other.connections() == 0);
}

TEST_CASE("within one origin credentials go along") {
  FakeServer server;
  server.on("/x", redirect(302, "/y"));
  server.on("/y", answer({.body = "ok"}));
  FakeClock clock;
  CurlFetcher fetcher(policy_for(server), clock);
  auto const url = "http://jane:secret@127.0.0.1:" + std::to_string(server.port()) + "/x";
  auto const response = fetcher.fetch({.url = url, .headers = {{"X-Api-Key", "k"}}}, {});
  CHECK(response.url == server.url("/y"));
  for (auto const& request : server.requests()) {
    CHECK(request.header("authorization") == "Basic amFuZTpzZWNyZXQ=");
    CHECK(request.header("x-api-key") == "k");
  }
}

TEST_CASE("credentials stay behind when the host changes, and do not come back") {
  FakeServer server;
  auto const here = ":" + std::to_string(server.port());
  server.on("/x", redirect(302, "http://eve:guess@localhost" + here + "/y"));
  server.on("/y", redirect(302, "http://127.0.0.1" + here + "/z"));
  server.on("/z", answer({.body = "ok"}));
  FakeClock clock;
  CurlFetcher fetcher(policy_for(server), clock);
  static_cast<void>(fetcher.fetch(
      {.url = "http://jane:secret@127.0.0.1" + here + "/x",
       .headers = {{"X-Api-Key", "k"}, {"Authorization", "Bearer b"}, {"Cookie", "c=d"}}},
      {}));
  CHECK(targets(server) == std::vector<std::string>{"/x", "/y", "/z"});
  auto const requests = server.requests();
  CHECK_FALSE(requests[0].header("x-api-key").empty());
  for (std::size_t i : {1U, 2U}) {
    CHECK(requests[i].header("x-api-key").empty());
    CHECK(requests[i].header("authorization").empty());
    CHECK(requests[i].header("cookie").empty());
  }
}

TEST_CASE("cookies of a source are not kept") {
  FakeServer server;
  server.on("/x", answer({.headers = {{"Set-Cookie", "a=b; Path=/"}}, .body = "ok"}));
  FakeClock clock;
  CurlFetcher fetcher(policy_for(server), clock);
  for (int i = 0; i < 2; ++i) static_cast<void>(fetcher.fetch({.url = server.url("/x")}, {}));
  CHECK(server.requests().at(1).header("cookie").empty());
}

TEST_CASE("headers that would change the message are not sent") {
  FakeServer server;
  server.on("/x", answer({.body = "ok"}));
  CurlFetcher fetcher(policy_for(server));
  auto const [name, value] = GENERATE(values<std::pair<std::string, std::string>>({
      {"Host", "internal.example"},
      {"content-length", "3"},
      {"Transfer-Encoding", "chunked"},
      {"Connection", "upgrade"},
      {"Proxy-Authorization", "x"},
      {"X-A", "b\r\nHost: internal.example"},
      {"X-A\r\nHost", "internal.example"},
      {"", "x"},
      {"X A", "x"},
  }));
  CAPTURE(name, value);
  CHECK(error_of(fetcher, {.url = server.url("/x"), .headers = {{name, value}}}).reason() ==
        Reason::malformed);
  CHECK(server.connections() == 0);
}

// ---- Stopping
