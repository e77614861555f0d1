#include "net/response_head.hpp"

#include "support/catch.hpp"

#include <string>

using namespace terracat;
using net::BodyEnd;
using net::Cors;
using net::RequestFields;

namespace {

std::string const date = "Fri, 01 May 2026 12:00:00 GMT";

/// What an answer depends on, with values that tests change.
struct Sample {
  api::Reply reply{.status = 200, .content_type = "application/json", .headers = {}, .content = {}};
  RequestFields request;
  Cors cors{{"*"}};
  bool is_options = false;
  bool keep_alive = true;
  BodyEnd end = BodyEnd::length;
  api::Coding coding = api::Coding::identity;
  bool is_negotiated = true;

  [[nodiscard]] std::string head() const {
    std::string out;
    net::append_response_head(out, {.reply = reply,
                                    .request = request,
                                    .cors = cors,
                                    .is_options = is_options,
                                    .keep_alive = keep_alive,
                                    .end = end,
                                    .length = 42,
                                    .coding = coding,
                                    .is_negotiated = is_negotiated,
                                    .request_id = "r1",
                                    .date = date});
    return out;
  }

  [[nodiscard]] bool has(std::string const& line) const {
    return head().find("\r\n" + line + "\r\n") != std::string::npos;
  }
};

constexpr auto* const allow_everybody = "Access-Control-Allow-Origin: *";

} // namespace

TEST_CASE("a head has a status line, its fields and an empty line") {
  CHECK(Sample().head() ==
        "HTTP/1.1 200 OK\r\n"
        "Date: Fri, 01 May 2026 12:00:00 GMT\r\n"
        "Content-Length: 42\r\n"
        "Content-Type: application/json\r\n"
        "Vary: Accept, Accept-Encoding, Accept-Language\r\n"
        "X-Content-Type-Options: nosniff\r\n"
        "X-Request-Id: r1\r\n"
        "Access-Control-Allow-Origin: *\r\n"
        "Access-Control-Expose-Headers: Accept-Ranges, Allow, Content-Crs, Content-Disposition, "
        "Content-Encoding, Content-Language, Content-Range, ETag, Link, Location, "
        "OGC-NumberMatched, OGC-NumberReturned, Preference-Applied, RateLimit, RateLimit-Policy, "
        "Retry-After, Terracat-Plan, X-Request-Id\r\n"
        "\r\n");
}

TEST_CASE("the end of the body is announced as it will be") {
  Sample sample;
  sample.end = BodyEnd::chunks;
  CHECK(sample.has("Transfer-Encoding: chunked"));
  CHECK(sample.head().find("Content-Length") == std::string::npos);
  sample.end = BodyEnd::connection;
  CHECK(sample.has("Connection: close"));
  CHECK(sample.head().find("chunked") == std::string::npos);
  sample.end = BodyEnd::none;
  sample.reply.status = 304;
  CHECK(sample.head().find("Content-Length") == std::string::npos);
  CHECK(sample.head().find("Content-Type:") == std::string::npos);
}

TEST_CASE("only HTTP/1.0 needs to be told that the connection stays") {
  Sample sample;
  CHECK(sample.head().find("Connection:") == std::string::npos);
  sample.request.is_http_1_0 = true;
  CHECK(sample.has("Connection: keep-alive"));
  sample.keep_alive = false;
  CHECK(sample.has("Connection: close"));
}

TEST_CASE("headers of the reply are sent, except those that are not its business") {
  Sample sample;
  sample.reply.headers = {{"ETag", "\"x\""},           {"content-length", "7"},
                          {"Transfer-Encoding", "x"},  {"Date", "never"},
                          {"Connection", "upgrade"},   {"Access-Control-Allow-Origin", "evil"},
                          {"X-Request-Id", "another"}, {"Link", "<a>; rel=next"}};
  auto const head = sample.head();
  CHECK(sample.has("ETag: \"x\""));
  CHECK(sample.has("Link: <a>; rel=next"));
  for (auto const* const word : {"Length: 7", "never", "upgrade", "evil", "another"}) {
    CHECK(head.find(word) == std::string::npos);
  }
  CHECK(head.find("Transfer-Encoding") == std::string::npos);
}

TEST_CASE("no value can end its line") {
  Sample sample;
  sample.reply.content_type = "text/html\r\nSet-Cookie: a=b";
  sample.reply.headers = {
      {"Content-Disposition", "attachment; filename=\"a\nb\x7f.nc\"\r\n\r\n<x>"}};
  CHECK(sample.has("Content-Type: text/html  Set-Cookie: a=b"));
  CHECK(sample.has("Content-Disposition: attachment; filename=\"a b .nc\"    <x>"));
}

TEST_CASE("what an answer depends on is said in one Vary") {
  Sample sample;
  sample.reply.headers = {{"Vary", "Authorization"}};
  CHECK(sample.has("Vary: Authorization, Accept-Encoding"));
  sample.reply.headers = {{"Vary", "Accept-Encoding"}};
  CHECK(sample.has("Vary: Accept-Encoding"));
  sample.reply.headers.clear();
  sample.is_negotiated = false;
  CHECK(sample.head().find("Vary") == std::string::npos);
  sample.cors = Cors({"https://a.example"});
  CHECK(sample.has("Vary: Origin"));
  sample.is_negotiated = true;
  CHECK(sample.has("Vary: Accept, Accept-Encoding, Accept-Language, Origin"));
}

TEST_CASE("a coding is named, ours or the reply's own") {
  Sample sample;
  sample.coding = api::Coding::brotli;
  CHECK(sample.has("Content-Encoding: br"));
  sample.coding = api::Coding::identity;
  sample.reply.headers = {{"Content-Encoding", "gzip"}};
  CHECK(sample.has("Content-Encoding: gzip"));
}

TEST_CASE("a status without a known phrase is sent without one") {
  Sample sample;
  sample.reply.status = 299;
  CHECK(sample.head().starts_with("HTTP/1.1 299 \r\n"));
}

TEST_CASE("fixed origins are told so, others nothing") {
  Sample sample;
  sample.cors = Cors({"https://a.example", "https://b.example"});
  sample.request.origin = "https://b.example";
  CHECK(sample.has("Access-Control-Allow-Origin: https://b.example"));
  sample.request.origin = "https://c.example";
  CHECK(sample.head().find("Access-Control-") == std::string::npos);
  sample.cors = Cors({});
  CHECK(sample.head().find("Access-Control-") == std::string::npos);
  CHECK(sample.head().find("Origin") == std::string::npos);
}

TEST_CASE("a preflight gets the methods of the route and the headers that are safe") {
  Sample sample;
  sample.is_options = true;
  sample.reply.headers = {{"Allow", "GET, POST"}};
  CHECK(sample.has(allow_everybody));
  CHECK(sample.head().find("Access-Control-Allow-Methods") == std::string::npos);
  sample.request.origin = "https://a.example";
  sample.request.preflight_method = "POST";
  sample.request.preflight_headers = "Content-Type,X-Evil, authorization";
  CHECK(sample.has("Access-Control-Allow-Methods: GET, POST"));
  CHECK(sample.has("Access-Control-Allow-Headers: Content-Type, authorization"));
  CHECK(sample.has("Access-Control-Max-Age: 7200"));
  CHECK(sample.has("Allow: GET, POST"));
  sample.is_options = false;
  CHECK(sample.head().find("Access-Control-Allow-Methods") == std::string::npos);
}
