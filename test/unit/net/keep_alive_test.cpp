#include "running_server.hpp"
#include "support/catch.hpp"

#include <string>

using namespace terracat;

TEST_CASE("an HTTP/1.1 connection stays open until one side says close") {
  RunningServer server;
  auto client = server.client();
  for (int request = 0; request < 3; ++request) {
    auto const answer = client.get("/hello");
    CHECK(answer.body == "hello\n");
    CHECK_FALSE(answer.header("connection"));
  }
  auto const last = client.get("/hello", "Connection: close\r\n");
  CHECK(last.body == "hello\n");
  CHECK(last.header("connection") == "close");
  CHECK(client.is_closed());
}

TEST_CASE("an HTTP/1.0 connection is closed unless the client asks for it to stay") {
  RunningServer server;
  auto client = server.client();
  auto const kept = client.ask("GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  CHECK(kept.body == "hello\n");
  CHECK(kept.header("connection") == "keep-alive");
  auto const last = client.ask("GET /hello HTTP/1.0\r\n\r\n");
  CHECK(last.body == "hello\n");
  CHECK(last.header("connection") == "close");
  CHECK(client.is_closed());
}

TEST_CASE("requests that were sent together are answered in their order") {
  RunningServer server(quick_settings(), [](TestApplication& application) {
    application.handle("/slow", {.handler = [](api::Request const&) { return text_reply("slow"); },
                                 .is_light = false});
  });
  auto client = server.client();
  std::string requests;
  for (int round = 0; round < 50; ++round) {
    for (auto const* const path : {"/slow", "/hello", "/heavy"}) {
      requests += "GET " + std::string(path) + " HTTP/1.1\r\nHost: test\r\n\r\n";
    }
  }
  client.send(requests);
  for (int round = 0; round < 50; ++round) {
    REQUIRE(client.read().body == "slow");
    REQUIRE(client.read().body == "hello\n");
    REQUIRE(client.read().body == "heavy\n");
  }
}

TEST_CASE("a head that comes byte by byte is read") {
  RunningServer server;
  auto client = server.client();
  for (char const byte : std::string("GET /hello HTTP/1.1\r\nHost: test\r\n\r\n")) {
    client.send(std::string_view(&byte, 1));
  }
  CHECK(client.read().body == "hello\n");
}

TEST_CASE("empty lines between requests are skipped") {
  RunningServer server;
  auto client = server.client();
  CHECK(client.ask("\r\n\r\nGET /hello HTTP/1.1\r\nHost: test\r\n\r\n\r\n").status == 200);
  CHECK(client.get("/hello").status == 200);
}

TEST_CASE("a client that has said all it will still gets its answers") {
  RunningServer server;
  auto client = server.client();
  client.send("GET /hello HTTP/1.1\r\nHost: test\r\n\r\nGET /hello HTTP/1.1\r\nHost: test\r\n\r\n");
  client.end_sending();
  CHECK(client.read().body == "hello\n");
  CHECK(client.read().body == "hello\n");
  CHECK(client.is_closed());
}

TEST_CASE("a client that closes in the middle of a request is answered nothing") {
  RunningServer server;
  for (auto const* const part :
       {"GET /hel", "POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 5\r\n\r\n12"}) {
    auto client = server.client();
    client.send(part);
    client.end_sending();
    CHECK(client.is_closed());
  }
  CHECK(server.application().seen().empty());
}

TEST_CASE("a body is read whole before it is answered") {
  RunningServer server;
  auto client = server.client();
  std::string const body(90'000, 'b');
  client.send("POST /echo HTTP/1.1\r\nHost: test\r\nContent-Length: 90000\r\n\r\n");
  client.send(body);
  CHECK((client.read().body == body));
}

TEST_CASE("100 Continue comes before the body, and only if the body is wanted") {
  RunningServer server;
  auto client = server.client();
  std::string const fields = "Host: test\r\nExpect: 100-continue\r\nContent-Length: ";
  auto const interim = client.ask("POST /echo HTTP/1.1\r\n" + fields + "5\r\n\r\n");
  CHECK(interim.status_line == "HTTP/1.1 100 Continue");
  CHECK(interim.headers.empty());
  auto const answer = client.ask("12345");
  CHECK(answer.status == 200);
  CHECK(answer.body == "12345");
  auto const refused = client.ask("POST /echo HTTP/1.1\r\n" + fields + "999999\r\n\r\n");
  CHECK(refused.status == 413);
  CHECK(client.is_closed());
}

TEST_CASE("100 Continue is not sent to who has sent the body already, or speaks HTTP/1.0") {
  RunningServer server;
  auto client = server.client();
  std::string const fields = "Host: test\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n";
  CHECK(client.ask("POST /echo HTTP/1.1\r\n" + fields + "12345").status == 200);
  client.send("POST /echo HTTP/1.0\r\n" + fields);
  client.send("12345");
  CHECK(client.read().status == 200);
}

TEST_CASE("a field that occurs twice is joined where it is a list") {
  RunningServer server;
  server.client().get("/hello", "If-None-Match: \"a\"\r\nIf-None-Match: \"b\"\r\n");
  CHECK(server.application().last_seen().if_none_match == "\"a\", \"b\"");
  server.client().get("/hello", "Accept-Language: fr-CA\r\naccept-language: en;q=0.5\r\n");
  CHECK(server.application().last_seen().accept_language == "fr-CA, en;q=0.5");
}

TEST_CASE("a request id is taken from the client if it is well-formed, else made") {
  RunningServer server;
  auto client = server.client();
  CHECK(client.get("/hello", "X-Request-Id: abc.DEF-1_2\r\n").header("x-request-id") ==
        "abc.DEF-1_2");
  CHECK(server.application().last_seen().request_id == "abc.DEF-1_2");
  auto const made = client.get("/hello", "X-Request-Id: a b\r\n").header("x-request-id");
  REQUIRE(made);
  CHECK(made->size() == 16);
  CHECK(client.get("/hello").header("x-request-id") != made);
  CHECK(client.get("//", "X-Request-Id: known\r\n").header("x-request-id") == "known");
}
