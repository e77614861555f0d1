// What every answer carries, and what depends on the request: HEAD, CORS, codings, the log.

#include "decode.hpp"
#include "running_server.hpp"
#include "support/catch.hpp"

#include <terracat/json.hpp>

#include <algorithm>
#include <string>

using namespace terracat;

namespace {

std::string repeated(std::string const& text, std::size_t count) {
  std::string out;
  for (std::size_t round = 0; round < count; ++round) out += text;
  return out;
}

std::string const small_body = repeated("0123456789", 100);           // not more than 1 KB
std::string const middle_body = repeated("{\"type\":\"x\"},", 400);   // coded where it was made
std::string const large_body = repeated("{\"type\":\"x\"},", 40'000); // coded by a heavy thread

void set_up(TestApplication& application) {
  auto const json = [](std::string const& body) {
    return [body](api::Request const& request) {
      auto reply = text_reply(body, "application/json");
      reply.headers = {
          {"ETag", "\"v1-" + std::to_string(static_cast<int>(request.head.coding)) + "\""}};
      return reply;
    };
  };
  application.handle("/small", json(small_body));
  application.handle("/middle", json(middle_body));
  application.handle("/large", json(large_body));
  application.handle("/heavy-large", {.handler = json(large_body), .is_light = false});
  application.handle("/picture",
                     [](api::Request const&) { return text_reply(middle_body, "image/png"); });
  application.handle("/coded", [](api::Request const&) {
    auto reply = text_reply(middle_body, "application/json");
    reply.headers = {{"Content-Encoding", "gzip"}};
    return reply;
  });
  application.handle("/partial", [](api::Request const&) {
    auto reply = text_reply(middle_body, "application/json");
    reply.status = 206;
    return reply;
  });
  application.handle("/unchanged", [](api::Request const&) {
    auto reply = text_reply(middle_body, "application/json");
    reply.status = 304;
    reply.headers = {{"ETag", "\"v1\""}};
    return reply;
  });
  application.handle("/gone", [](api::Request const&) {
    auto reply = text_reply("", "");
    reply.status = 204;
    return reply;
  });
  application.handle("/stream", [](api::Request const&) {
    auto reply = text_reply("", "application/json");
    reply.content = api::Stream{[](std::string& out, api::Worker&) {
      out += middle_body;
      return false;
    }};
    return reply;
  });
  application.handle("/options", [](api::Request const&) {
    auto reply = text_reply("", "");
    reply.status = 204;
    reply.headers = {{"Allow", "GET, HEAD, OPTIONS, POST"}};
    return reply;
  });
}

std::string accepting(std::string const& codings) {
  return "Accept-Encoding: " + codings + "\r\n";
}

/// All but what differs from one answer to the next.
std::vector<std::pair<std::string, std::string>> lasting(Answer const& answer) {
  auto headers = answer.headers;
  std::erase_if(headers, [](auto const& header) {
    return header.first == "date" || header.first == "x-request-id";
  });
  return headers;
}

} // namespace

TEST_CASE("HEAD announces what GET sends, and sends nothing") {
  RunningServer server(quick_settings(), set_up);
  auto client = server.client();
  for (std::string const path : {"/small", "/middle", "/large", "/heavy-large", "/stream",
                                 "/picture", "/unchanged", "/partial", "/missing", "/hello"}) {
    for (std::string const& fields : {std::string(), accepting("br"), accepting("gzip")}) {
      INFO(path << ' ' << fields);
      auto const get = client.get(path, fields);
      auto const head =
          client.ask("HEAD " + path + " HTTP/1.1\r\nHost: test\r\n" + fields + "\r\n", true);
      CHECK(head.status == get.status);
      CHECK(lasting(head) == lasting(get));
    }
  }
}

TEST_CASE("a body is coded as the client prefers, and only if that is worth it") {
  RunningServer server(quick_settings(), set_up);
  auto client = server.client();
  for (std::string const path : {"/middle", "/large", "/heavy-large"}) {
    auto const& body = path == "/middle" ? middle_body : large_body;
    auto const plain = client.get(path);
    CHECK_FALSE(plain.header("content-encoding"));
    CHECK((plain.body == body));
    for (auto const& [name, coding] : {std::pair{"gzip", api::Coding::gzip},
                                       {"br", api::Coding::brotli},
                                       {"zstd", api::Coding::zstd}}) {
      INFO(path << ' ' << name);
      auto const answer = client.get(path, accepting(name));
      CHECK(answer.header("content-encoding") == name);
      CHECK(answer.header("content-length") == std::to_string(answer.body.size()));
      CHECK(answer.header("vary") == "Accept, Accept-Encoding, Accept-Language");
      CHECK(answer.body.size() < body.size() / 4);
      CHECK((decoded(coding, answer.body) == body));
    }
    CHECK_FALSE(client.get(path, accepting("gzip;q=0, deflate")).header("content-encoding"));
    CHECK(
        client.get(path, accepting("zstd;q=0, br;q=0.3, gzip;q=0.7")).header("content-encoding") ==
        "gzip");
  }
  CHECK_FALSE(client.get("/small", accepting("gzip")).header("content-encoding"));
  CHECK_FALSE(client.get("/picture", accepting("gzip")).header("content-encoding"));
  CHECK_FALSE(client.get("/partial", accepting("gzip")).header("content-encoding"));
  CHECK((client.get("/coded", accepting("br")).body == middle_body));
  CHECK(client.get("/coded", accepting("br")).header("content-encoding") == "gzip");
}

TEST_CASE("the handler knows the coding, so that tags differ with the bytes") {
  RunningServer server(quick_settings(), set_up);
  auto client = server.client();
  CHECK(client.get("/middle").header("etag") == "\"v1-0\"");
  CHECK(client.get("/middle", accepting("gzip")).header("etag") == "\"v1-1\"");
  CHECK(client.get("/middle", accepting("br")).header("etag") == "\"v1-2\"");
  CHECK(client.get("/middle", accepting("zstd")).header("etag") == "\"v1-3\"");
  auto const first = client.get("/large", accepting("zstd"));
  auto const second = client.get("/heavy-large", accepting("zstd"));
  CHECK((first.body == second.body)); // one tag, the same bytes, whoever made them
}

TEST_CASE("304 and 204 have neither body nor length, and the connection goes on") {
  RunningServer server(quick_settings(), set_up);
  auto client = server.client();
  auto const unchanged = client.get("/unchanged", accepting("gzip"));
  CHECK(unchanged.status == 304);
  CHECK(unchanged.header("etag") == "\"v1\"");
  CHECK(unchanged.header("vary") == "Accept, Accept-Encoding, Accept-Language");
  CHECK_FALSE(unchanged.header("content-length"));
  CHECK_FALSE(unchanged.header("content-encoding"));
  CHECK_FALSE(unchanged.header("content-type"));
  auto const gone = client.get("/gone");
  CHECK(gone.status == 204);
  CHECK_FALSE(gone.header("content-length"));
  CHECK(client.get("/hello").body == "hello\n");
}

TEST_CASE("every answer can be read by scripts of other sites, refusals too") {
  RunningServer server(quick_settings(), set_up);
  for (std::string const request :
       {"GET /hello HTTP/1.1\r\nHost: t\r\n\r\n", "GET /missing HTTP/1.1\r\nHost: t\r\n\r\n",
        "GET /unchanged HTTP/1.1\r\nHost: t\r\n\r\n", "GET /stream HTTP/1.1\r\nHost: t\r\n\r\n",
        "GET //x HTTP/1.1\r\nHost: t\r\n\r\n", "GET / HTTP/1.1\r\n\r\n", "BREW / HTTP/1.1\r\n\r\n",
        "\x16\x03"}) {
    INFO(request);
    auto const answer = server.client().ask(request);
    CHECK(answer.status != 0);
    CHECK(answer.header("access-control-allow-origin") == "*");
    CHECK(answer.header("access-control-expose-headers")->find("ETag") != std::string::npos);
    CHECK(answer.header("x-content-type-options") == "nosniff");
    CHECK(answer.header("x-request-id"));
    CHECK(answer.header("date")->ends_with(" GMT"));
    CHECK(answer.header("date")->size() == 29);
    CHECK(answer.count("vary") == 1);
  }
}

TEST_CASE("a preflight gets the route's methods and the headers that may be sent") {
  RunningServer server(quick_settings(), set_up);
  auto const answer =
      server.client().ask("OPTIONS /options HTTP/1.1\r\nHost: t\r\nOrigin: https://a.example\r\n"
                          "Access-Control-Request-Method: POST\r\n"
                          "Access-Control-Request-Headers: content-type, x-other\r\n\r\n");
  CHECK(answer.status == 204);
  CHECK(answer.header("access-control-allow-origin") == "*");
  CHECK(answer.header("access-control-allow-methods") == "GET, HEAD, OPTIONS, POST");
  CHECK(answer.header("access-control-allow-headers") == "content-type");
  CHECK(answer.header("access-control-max-age") == "7200");
}

TEST_CASE("where origins are fixed, only they may read, errors too") {
  auto settings = quick_settings();
  settings.cors_origins = {"https://a.example"};
  RunningServer server(settings, set_up);
  for (std::string const path : {"/hello", "/missing", "//"}) {
    auto const known = server.client().get(path, "Origin: https://a.example\r\n");
    CHECK(known.header("access-control-allow-origin") == "https://a.example");
    CHECK(known.header("vary")->ends_with("Origin"));
    auto const other = server.client().get(path, "Origin: https://b.example\r\n");
    CHECK_FALSE(other.header("access-control-allow-origin"));
    CHECK(other.header("vary")->ends_with("Origin"));
  }
}

TEST_CASE("OPTIONS of the whole server is answered as one of its root") {
  RunningServer server(quick_settings(), set_up);
  CHECK(server.client().ask("OPTIONS * HTTP/1.1\r\nHost: t\r\n\r\n").status == 404);
  CHECK(server.application().last_seen().path == "/");
  CHECK(server.application().last_seen().method == api::Method::options);
}

TEST_CASE("each answer leaves one line and one count, without what was searched for") {
  RunningServer server(quick_settings(), set_up);
  auto client = server.client();
  client.get("/hello?q=private", "X-Request-Id: first\r\n");
  client.get("/missing", "X-Request-Id: second\r\n");
  client.ask("GET //x HTTP/1.1\r\nHost: t\r\nX-Request-Id: third\r\n\r\n");
  REQUIRE(eventually([&] { return server.access_lines().size() == 3; }));
  auto const lines = server.access_lines();
  auto const first = json::Document::parse(lines[0]).value();
  auto const line = first.root();
  CHECK(line.string("request_id") == "first");
  CHECK(line.string("method") == "GET");
  CHECK(line.string("route") == "/hello");
  CHECK(line.string("path") == "/hello");
  CHECK(line.member("status")->integer() == 200);
  CHECK(line.member("bytes")->integer() == 6);
  CHECK(line.member("dur_us")->integer() >= 0);
  CHECK(line.string("client") == "127.0.0.0");
  CHECK(lines[0].find("private") == std::string::npos);
  CHECK(lines[1].find(
            R"("request_id":"second","method":"GET","route":"","path":"/missing","status":404)") !=
        std::string::npos);
  CHECK(lines[2].find(R"("request_id":"third","method":"GET","route":"","path":"","status":400)") !=
        std::string::npos);
  CHECK(server.metric(R"(terracat_http_requests_total{code="200",method="GET",route="/hello"})") ==
        1);
  CHECK(server.metric(R"(terracat_http_request_duration_seconds_count{route="/hello"})") == 1);
  CHECK(server.metric(R"(terracat_http_requests_total{code="404",method="GET",route="none"})") ==
        1);
}
