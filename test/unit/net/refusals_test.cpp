// What the application must never see: one case for each way to send a request that two readers
// could read in two ways, or that is too large.

#include "running_server.hpp"
#include "support/catch.hpp"

#include <string>

using namespace terracat;

namespace {

/// A request that would reach the application if the bytes before it were not refused.
std::string const smuggled = "GET /hello?smuggled HTTP/1.1\r\nHost: test\r\n\r\n";

/// Sends what must be refused, followed by a request that must then not be read.
/// \return  the answer's status, or 0 if the application saw anything or the connection stayed
int refused_with(std::string const& bytes) {
  RunningServer server;
  auto client = server.client();
  auto const answer = client.ask(bytes + smuggled);
  if (!answer.is_complete || answer.header("connection") != "close") return 0;
  if (!client.is_closed()) return 0;
  return server.application().seen().empty() ? answer.status : 0;
}

std::string head(std::string const& fields, std::string const& line = "POST /echo HTTP/1.1") {
  return line + "\r\nHost: test\r\n" + fields + "\r\n";
}

std::string get(std::string const& target) {
  return head("", "GET " + target + " HTTP/1.1");
}

} // namespace

TEST_CASE("a coding other than chunked before a length is refused") {
  CHECK(refused_with(head("Transfer-Encoding: gzip\r\nContent-Length: 5\r\n") + "12345") == 400);
}

TEST_CASE("a length before a coding other than chunked is refused") {
  CHECK(refused_with(head("Content-Length: 5\r\nTransfer-Encoding: gzip\r\n") + "12345") == 400);
}

TEST_CASE("codings other than chunked alone are refused") {
  for (auto const* const coding : {"gzip", "chunked, gzip", "gzip, chunked", "identity", "xchunked",
                                   "chunked-false", "\"chunked\"", "chunked, identity"}) {
    INFO(coding);
    CHECK(refused_with(head("Transfer-Encoding: " + std::string(coding) + "\r\n") + "0\r\n\r\n") ==
          501);
  }
}

TEST_CASE("two Transfer-Encoding fields are refused") {
  CHECK(refused_with(head("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n") +
                     "0\r\n\r\n") == 400);
  CHECK(refused_with(head("Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n") +
                     "0\r\n\r\n") == 501);
}

TEST_CASE("chunked in HTTP/1.0 is refused") {
  CHECK(refused_with(head("Transfer-Encoding: chunked\r\n", "POST /echo HTTP/1.0") + "0\r\n\r\n") ==
        400);
}

TEST_CASE("chunked together with a length is refused, in either order") {
  CHECK(refused_with(head("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n") + "0\r\n\r\n") ==
        400);
  CHECK(refused_with(head("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n") + "0\r\n\r\n") ==
        400);
}

TEST_CASE("lengths that differ, are repeated or are no number are refused") {
  CHECK(refused_with(head("Content-Length: 5\r\nContent-Length: 6\r\n") + "12345") == 400);
  CHECK(refused_with(head("Content-Length: 5\r\nContent-Length: 5\r\n") + "12345") == 400);
  for (auto const* const length : {"5, 5", "+4", "-1", "0x5", "", "5 ;", "99999999999999999999"}) {
    INFO(length);
    CHECK(refused_with(head("Content-Length: " + std::string(length) + "\r\n") + "12345") == 400);
  }
}

TEST_CASE("trailers beyond the limit are refused") {
  std::string trailers;
  while (trailers.size() < 200'000) trailers += "X-Trailer: " + std::string(100, 't') + "\r\n";
  CHECK(refused_with(head("Transfer-Encoding: chunked\r\n") + "1\r\na\r\n0\r\n" + trailers +
                     "\r\n") == 413);
}

TEST_CASE("a chunk extension beyond the limit is refused") {
  CHECK(refused_with(head("Transfer-Encoding: chunked\r\n") + "1;x=" + std::string(200'000, 'e') +
                     "\r\na\r\n0\r\n\r\n") == 413);
}

TEST_CASE("a body that is nearly all chunk sizes is refused") {
  std::string chunks;
  for (int chunk = 0; chunk < 20'000; ++chunk) chunks += "1\r\na\r\n";
  CHECK(refused_with(head("Transfer-Encoding: chunked\r\n") + chunks + "0\r\n\r\n") == 413);
}

TEST_CASE("chunks that are badly framed are refused") {
  for (auto const* const chunks :
       {"5\r\nhelloX\r\n0\r\n\r\n", "g\r\nhello\r\n0\r\n\r\n", "-1\r\n\r\n0\r\n\r\n",
        "5\nhello\r\n0\r\n\r\n", " 5\r\nhello\r\n0\r\n\r\n", "0x5\r\nhello\r\n0\r\n\r\n",
        "11111111111111111\r\n\r\n0\r\n\r\n", "5;\x01\r\nhello\r\n0\r\n\r\n",
        "5;a=\"\n\"\r\nhello\r\n0\r\n\r\n", "5\r\nhello\r\n0;a=\"\x7f\"\r\n\r\n",
        "0\r\nContent-Length: 5\r\n\r\n", "0\r\nTransfer-Encoding: chunked\r\n\r\n"}) {
    INFO(chunks);
    CHECK(refused_with(head("Transfer-Encoding: chunked\r\n") + chunks) == 400);
  }
}

TEST_CASE("no Host in HTTP/1.1 is refused") {
  CHECK(refused_with("GET /hello HTTP/1.1\r\n\r\n") == 400);
}

TEST_CASE("two Host fields are refused") {
  CHECK(refused_with("GET /hello HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n") == 400);
}

TEST_CASE("a Host that is none is refused") {
  CHECK(refused_with("GET /hello HTTP/1.1\r\nHost: a/b\r\n\r\n") == 400);
  CHECK(refused_with("GET /hello HTTP/1.1\r\nHost: user@a\r\n\r\n") == 400);
}

TEST_CASE("folded fields are refused") {
  CHECK(refused_with(head("X-Folded: a\r\n b\r\n")) == 400);
  CHECK(refused_with(head("X-Folded: a\r\n\tContent-Length: 5\r\n")) == 400);
}

TEST_CASE("bare line feeds, blanks before a colon and NUL are refused") {
  CHECK(refused_with("GET /hello HTTP/1.1\nHost: test\n\n") == 400);
  CHECK(refused_with(head("X-A: 1\nX-B: 2\r\n")) == 400);
  CHECK(refused_with(head("X-A : 1\r\n")) == 400);
  CHECK(refused_with(head("Content-Length : 5\r\n")) == 400);
  CHECK(refused_with(head(std::string("X-A: 1\0\r\n", 9))) == 400);
  CHECK(refused_with(head(": 1\r\n")) == 400);
}

TEST_CASE("a path that begins like a host is refused") {
  CHECK(refused_with(get("//evil.example/x")) == 400);
}

TEST_CASE("dot segments, encoded or not, are refused") {
  for (auto const* const path : {"/a/../b", "/..", "/./a", "/%2e%2e/a", "/a/%2E./b", "/a/."}) {
    INFO(path);
    CHECK(refused_with(get(path)) == 400);
  }
}

TEST_CASE("empty segments, NUL and broken encodings are refused") {
  for (auto const* const path : {"/a//b", "/%00", "/a%00", "/a%g0", "/a%", "/a\\b", "/a#b"}) {
    INFO(path);
    CHECK(refused_with(get(path)) == 400);
  }
}

TEST_CASE("an encoded slash reaches the application as it was sent") {
  RunningServer server;
  CHECK(server.client().get("/collections/a%2Fb?x=%2F").status == 404);
  CHECK(server.application().last_seen().path == "/collections/a%2Fb");
  CHECK(server.application().last_seen().query == "x=%2F");
}

TEST_CASE("what browsers and clients leave unencoded in a query reaches the application") {
  RunningServer server;
  auto client = server.client();
  for (std::string const query :
       {R"(intersects={"type":"Point","coordinates":[1,2]})", "ids=a|b&a[]=1", "q=<x>#`^\\",
        "q=\xC3\xA9t\xC3\xA9", "q=%zz%00%2F..//", "sortby=+id,-datetime"}) {
    INFO(query);
    CHECK(client.get("/hello?" + query).body == "hello\n");
    CHECK(server.application().last_seen().query == query);
  }
}

TEST_CASE("the absolute form is read without scheme and authority, the rest is refused") {
  RunningServer server;
  auto client = server.client();
  CHECK(client.get("http://other.example/hello?x").body == "hello\n");
  CHECK(server.application().last_seen().path == "/hello");
  CHECK(refused_with(get("http://user@host/hello")) == 400);
  CHECK(refused_with(get("ftp://host/hello")) == 400);
  CHECK(refused_with(get("hello")) == 400);
}

TEST_CASE("expectations other than 100-continue are refused") {
  CHECK(refused_with(head("Expect: 200-ok\r\nContent-Length: 5\r\n") + "12345") == 417);
}

TEST_CASE("a coded request body is refused") {
  CHECK(refused_with(head("Content-Encoding: gzip\r\nContent-Length: 5\r\n") + "12345") == 415);
}

TEST_CASE("header fields beyond the limit are refused, those below are read") {
  CHECK(refused_with(head("X-Large: " + std::string(66'000, 'x') + "\r\n")) == 431);
  std::string many;
  for (int field = 0; field < 300; ++field) many += "X-F: 1\r\n";
  CHECK(refused_with(head(many)) == 431);
  RunningServer server;
  CHECK(server.client().get("/hello", "X-Large: " + std::string(65'000, 'x') + "\r\n").status ==
        200);
}

TEST_CASE("a request line of 63 KB is read, one of more than 64 KB is refused") {
  RunningServer server;
  std::string const query(63 * 1024 - 30, 'q');
  CHECK(server.client().get("/hello?" + query).status == 200);
  CHECK(server.application().last_seen().query == query);
  CHECK(refused_with(get("/hello?" + std::string(65 * 1024, 'q'))) == 414);
}

TEST_CASE("a request line without end is refused before the time limit") {
  RunningServer server;
  auto client = server.client();
  CHECK(client.ask("GET /" + std::string(70'000, 'a')).status == 414);
  CHECK(client.is_closed());
}

TEST_CASE("a body beyond the limit of its route is refused when its length is announced") {
  CHECK(refused_with(head("Content-Length: 100001\r\n")) == 413);
  CHECK(refused_with(head("Content-Length: 1\r\n", "POST /hello HTTP/1.1")) == 413);
}

TEST_CASE("a chunked body beyond the limit of its route is refused when it gets there") {
  std::string chunks;
  for (int chunk = 0; chunk < 11; ++chunk) chunks += "2710\r\n" + std::string(10'000, 'c') + "\r\n";
  CHECK(refused_with(head("Transfer-Encoding: chunked\r\n") + chunks) == 413);
}

TEST_CASE("a client that sends a large body all the same can read why it is refused") {
  auto settings = quick_settings();
  settings.times.linger = patience;
  RunningServer server(settings);
  auto client = server.client();
  CHECK(client.send(head("Content-Length: 30000000\r\n")));
  CHECK(client.send(std::string(30'000'000, 'b'))); // taken and dropped, not answered by a reset
  auto const answer = client.read();
  CHECK(answer.status == 413);
  CHECK(answer.is_complete);
}

TEST_CASE("an unknown method is refused, a method in lower case is unknown") {
  CHECK(refused_with(head("", "BREW /hello HTTP/1.1")) == 501);
  CHECK(refused_with(head("", "get /hello HTTP/1.1")) == 501);
  CHECK(refused_with(head("", "CONNECT example.org:443 HTTP/1.1")) == 501);
  CHECK(refused_with(head("", "TRACE / HTTP/1.1")) == 501);
}

TEST_CASE("other versions of HTTP are refused") {
  CHECK(refused_with("PRI * HTTP/2.0\r\n\r\n") == 505);
  CHECK(refused_with("GET /hello HTTP/0.9\r\n\r\n") == 505);
  CHECK(refused_with("GET /hello HTTP/1.1 \r\nHost: a\r\n\r\n") == 400);
  CHECK(refused_with("GET /hello\r\n\r\n") == 400);
  CHECK(refused_with("GET /hello HTTPS/1.1\r\nHost: a\r\n\r\n") == 400);
}

TEST_CASE("another protocol is refused at its first bytes") {
  RunningServer server;
  auto client = server.client();
  CHECK(client.ask("\x16\x03\x01\x02").status == 400);
  CHECK(client.is_closed());
}

TEST_CASE("the application sees as many requests as were sent, whatever was mixed in") {
  RunningServer server;
  auto client = server.client();
  std::string const five = head("Content-Length: 5\r\n") + "12345";
  std::string const chunked = head("Transfer-Encoding: chunked\r\n") +
                              "5;a=\"b\"\r\nGET /\r\n8\r\n HTTP/1.\r\n0\r\nX-T: 1\r\n\r\n";
  client.send(five + chunked + get("/hello") + five + head("Content-Length: 0\r\n") + chunked);
  for (auto const* const body :
       {"12345", "GET / HTTP/1.", "hello\n", "12345", "", "GET / HTTP/1."}) {
    CHECK(client.read().body == body);
  }
  CHECK(server.application().seen().size() == 6);
}

TEST_CASE("a chunked body that comes byte by byte is read like any other") {
  RunningServer server;
  auto client = server.client();
  for (std::string const chunks : {"0\r\n\r\n", "3\r\nabc\r\n0\r\n\r\n",
                                   "3;e=1\r\nabc\r\n2\r\nde\r\n0\r\nX-Trailer: t\r\n\r\n"}) {
    client.send(head("Transfer-Encoding: chunked\r\n"));
    for (char const byte : chunks) client.send(std::string_view(&byte, 1));
    auto const answer = client.read();
    CHECK(answer.status == 200);
  }
  auto const seen = server.application().seen();
  REQUIRE(seen.size() == 3);
  CHECK(seen[0].body.empty());
  CHECK(seen[1].body == "abc");
  CHECK(seen[2].body == "abcde");
}

TEST_CASE("refusals are counted by reason") {
  RunningServer server;
  server.client().get("//x");
  server.client().ask(head("Content-Length: 100001\r\n"));
  server.client().ask(head("", "BREW / HTTP/1.1"));
  CHECK(server.rejected("malformed") == 1);
  CHECK(server.rejected("too_large") == 1);
  CHECK(server.rejected("unsupported") == 1);
  CHECK(eventually([&] { // counted when the answer is written, which its reader may see first
    return server.metric(
               R"(terracat_http_requests_total{code="501",method="other",route="none"})") == 1;
  }));
}
