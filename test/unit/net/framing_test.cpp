#include "net/framing.hpp"

#include "support/catch.hpp"

#include <string>

using namespace terracat::net;

namespace {

SizeLimits const limits{.connections = 1,
                        .connections_per_address = 1,
                        .queue = 1,
                        .request_line = 100,
                        .fields = 200,
                        .field_count = 4};

int status(std::optional<Refusal> const& refusal) {
  return refusal ? refusal->status : 0;
}

RequestFields fields() {
  RequestFields made;
  made.method = "GET";
  made.hosts = 1;
  made.host = "example.org:80";
  return made;
}

int framing_status(RequestFields const& given) {
  Framing framing;
  return status(check_framing(given, framing));
}

} // namespace

TEST_CASE("a line or fields beyond the limit are seen before they end") {
  CHECK(status(check_partial_head("GET /" + std::string(90, 'a'), limits)) == 0);
  CHECK(status(check_partial_head("GET /" + std::string(100, 'a'), limits)) == 414);
  CHECK(status(check_partial_head("GET / HTTP/1.1\r\nA: " + std::string(190, 'a'), limits)) == 0);
  CHECK(status(check_partial_head("GET / HTTP/1.1\r\nA: " + std::string(200, 'a'), limits)) == 431);
}

TEST_CASE("half of a line's end is no part of the line") {
  CHECK(status(check_partial_head(std::string(100, 'a') + "\r", limits)) == 0);
  CHECK(status(check_partial_head(std::string(100, 'a') + "\r\n", limits)) == 0);
  CHECK(status(check_partial_head(std::string(101, 'a') + "\r", limits)) == 414);
}

TEST_CASE("another protocol is known by its first byte") {
  CHECK(status(check_partial_head("\x16\x03\x01", limits)) == 400);
  CHECK(status(check_partial_head("G", limits)) == 0);
  CHECK(status(check_partial_head("", limits)) == 0);
}

TEST_CASE("folded fields, stray control characters and too many fields are refused") {
  CHECK(status(check_head("GET / HTTP/1.1\r\nA: 1\r\n\r\n", limits)) == 0);
  CHECK(status(check_head("GET / HTTP/1.1\r\nA: 1\r\n 2\r\n\r\n", limits)) == 400);
  CHECK(status(check_head("GET / HTTP/1.1\r\nA: 1\r\n\t2\r\n\r\n", limits)) == 400);
  CHECK(status(check_head("GET / HTTP/1.1\r\nA: 1\nB: 2\r\n\r\n", limits)) == 400);
  CHECK(status(check_head("GET / HTTP/1.1\r\nA: 1\rB: 2\r\n\r\n", limits)) == 400);
  CHECK(status(check_head(std::string("GET / HTTP/1.1\r\nA: \0\r\n\r\n", 24), limits)) == 400);
  CHECK(status(check_head("GET / HTTP/1.1\r\nA:\r\nB:\r\nC:\r\nD:\r\n\r\n", limits)) == 0);
  CHECK(status(check_head("GET / HTTP/1.1\r\nA:\r\nB:\r\nC:\r\nD:\r\nE:\r\n\r\n", limits)) == 431);
}

TEST_CASE("the only transfer coding is chunked, alone and in HTTP/1.1") {
  auto request = fields();
  request.transfer_encodings = 1;
  request.transfer_encoding = "chunked";
  CHECK(framing_status(request) == 0);
  request.transfer_encoding = "Chunked";
  CHECK(framing_status(request) == 0);
  for (auto const* const coding :
       {"gzip", "identity", "chunked, gzip", "gzip, chunked", "chunked, chunked", "", "xchunked",
        "chunked;q=1", "\vchunked"}) {
    INFO(coding);
    request.transfer_encoding = coding;
    CHECK(framing_status(request) == 501);
  }
  request.transfer_encoding = "chunked";
  request.transfer_encodings = 2;
  CHECK(framing_status(request) == 501);
  request.transfer_encodings = 1;
  request.content_lengths = 1;
  request.content_length = "5";
  CHECK(framing_status(request) == 400);
  request.content_lengths = 0;
  request.is_http_1_0 = true;
  CHECK(framing_status(request) == 400);
}

TEST_CASE("a length is one decimal number") {
  auto request = fields();
  request.content_lengths = 1;
  for (auto const* const length :
       {"", "+5", "-5", "0x5", "5, 5", "5 5", "1e3", "18446744073709551616"}) {
    INFO(length);
    request.content_length = length;
    CHECK(framing_status(request) == 400);
  }
  request.content_length = "18446744073709551615";
  Framing framing;
  CHECK_FALSE(check_framing(request, framing));
  CHECK(framing.content_length == 18446744073709551615U);
  request.content_lengths = 2;
  request.content_length = "5";
  CHECK(framing_status(request) == 400);
}

TEST_CASE("HTTP/1.1 has one host, HTTP/1.0 at most one") {
  auto request = fields();
  CHECK(framing_status(request) == 0);
  request.host = "[2001:db8::1]:8080";
  CHECK(framing_status(request) == 0);
  for (auto const* const host : {"a b", "a/b", "user@a", "a\tb", "a,\"b\""}) {
    INFO(host);
    request.host = host;
    CHECK(framing_status(request) == 400);
  }
  request.host = "a";
  request.hosts = 2;
  CHECK(framing_status(request) == 400);
  request.is_http_1_0 = true;
  CHECK(framing_status(request) == 400);
  request.hosts = 0;
  request.host = "";
  CHECK(framing_status(request) == 0);
  request.is_http_1_0 = false;
  CHECK(framing_status(request) == 400);
}

TEST_CASE("the only expectation is 100-continue, and HTTP/1.0 has none") {
  auto request = fields();
  request.expect = "100-Continue";
  Framing framing;
  CHECK_FALSE(check_framing(request, framing));
  CHECK(framing.expects_continue);
  request.expect = "100-continue, 200-ok";
  CHECK(framing_status(request) == 417);
  request.is_http_1_0 = true;
  Framing old;
  CHECK_FALSE(check_framing(request, old));
  CHECK_FALSE(old.expects_continue);
}

TEST_CASE("coded request bodies are refused") {
  auto request = fields();
  request.content_encoding = "gzip";
  CHECK(framing_status(request) == 415);
  request.content_encoding = "identity";
  CHECK(framing_status(request) == 0);
}
