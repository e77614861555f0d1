#include "net/request_parser.hpp"

#include "support/catch.hpp"

#include <string>
#include <string_view>
#include <vector>

using namespace terracat::net;

namespace {

/// What a body came to.
struct Reading {
  std::string body;
  std::size_t consumed = 0;
  bool is_done = false;
  int refused = 0;

  friend bool operator==(Reading const&, Reading const&) = default;
};

/// Reads a chunked body that comes in these parts.
Reading read_chunked(std::vector<std::string_view> const& parts, std::size_t overhead = 200) {
  RequestParser parser;
  REQUIRE_FALSE(parser.read_head("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"));
  parser.expect_body({.is_chunked = true}, 100, overhead);
  Reading reading;
  std::string held;
  for (auto const part : parts) {
    held += part;
    auto const step = parser.read_body(held);
    held.erase(0, step.consumed);
    reading.consumed += step.consumed;
    if (step.refusal) {
      Reading refused; // how much was read before is nobody's business
      refused.refused = step.refusal->status;
      return refused;
    }
    if (step.is_done) {
      reading.is_done = true;
      break;
    }
  }
  reading.body = parser.body();
  return reading;
}

std::vector<std::string_view> bytes_of(std::string_view text) {
  std::vector<std::string_view> bytes;
  for (std::size_t index = 0; index < text.size(); ++index) bytes.push_back(text.substr(index, 1));
  return bytes;
}

std::string const next_request = "GET / HTTP/1.1\r\n\r\n";

} // namespace

TEST_CASE("a chunked body ends where its last chunk says") {
  std::string const body = "4\r\nwiki\r\n5;name=value\r\npedia\r\n0\r\nX-Trailer: t\r\n\r\n";
  auto const reading = read_chunked({body + next_request});
  CHECK(reading.is_done);
  CHECK(reading.body == "wikipedia");
  CHECK(reading.consumed == body.size());
}

TEST_CASE("how a chunked body is cut into packets makes no difference") {
  for (std::string const text :
       {"0\r\n\r\n", "1\r\na\r\n0\r\n\r\n", "00A\r\n0123456789\r\n000\r\n\r\n",
        "4\r\nwiki\r\n5;n=v\r\npedia\r\n0\r\nX-Trailer: t\r\nY: z\r\n\r\n", "3;q=\"\r\"\r\nabc\r\n",
        "2\r\nabX\r\n0\r\n\r\n", "zz\r\n\r\n", "ffffffffffffffffff\r\n", "65\r\n",
        "4\r\nwi\r\n\r\n", "0\r\nbad trailer\r\n\r\n", "0;a=b\r\n\r\n", "1\r\na\r\n0\r\n\r\r\n",
        "0\r\nX: 1\r\n 2\r\n\r\n"}) {
    auto const bytes = text + next_request;
    auto const whole = read_chunked({bytes});
    CHECK(whole == read_chunked(bytes_of(bytes)));
    for (std::size_t cut = 1; cut < bytes.size(); ++cut) {
      INFO(text << " cut at " << cut);
      std::string_view const view(bytes);
      CHECK(whole == read_chunked({view.substr(0, cut), view.substr(cut)}));
    }
  }
}

TEST_CASE("a quoted extension ends in its line, or the chunk is refused at once") {
  for (std::string_view const body : {"24;a=\"b*\r\nwiki", "5;a=\"b\r\nc\"\r\nhello\r\n0\r\n\r\n",
                                      "0;a=\"b\r\n\r\n", "1\r\na\r\n0;a=\"b\r\nX: y\r\n\r\n"}) {
    INFO(body);
    CHECK(read_chunked({body}).refused == 400);
    CHECK(read_chunked(bytes_of(body)).refused == 400);
  }
  auto const sound = read_chunked({"5;a=\"b;c\"\r\nhello\r\n0;d=\"\"\r\n\r\n"});
  CHECK(sound.is_done);
  CHECK(sound.body == "hello");
}

TEST_CASE("folded trailers are refused") {
  for (std::string_view const body :
       {"0\r\nX: 1\r\n 2\r\n\r\n", "1\r\na\r\n0\r\nX: 1\r\n\t2\r\n\r\n"}) {
    INFO(body);
    CHECK(read_chunked({body}).refused == 400);
    CHECK(read_chunked(bytes_of(body)).refused == 400);
  }
  CHECK(read_chunked({"2\r\n\r\n\r\n2\r\n a\r\n0\r\n\r\n"}).body == "\r\n a");
}

TEST_CASE("a size of a chunk that has no end is refused at once") {
  // What has come of a line is read anew with every packet.
  std::string const zeros(65, '0');
  CHECK(read_chunked({zeros}).refused == 400);
  CHECK(read_chunked(bytes_of(zeros)).refused == 400);
  CHECK(read_chunked({"1\r\na\r\n" + zeros}).refused == 400);
  CHECK(read_chunked({zeros + "\r\n\r\n"}).refused == 400);
  CHECK(read_chunked({zeros + "4\r\nwiki\r\n0\r\n\r\n"}).refused == 400);
  CHECK(read_chunked({zeros.substr(1)}).refused == 0);
  auto const padded = std::string(20, '0') + "4\r\nwiki\r\n" + zeros.substr(1) + "\r\n\r\n";
  for (auto const& reading : {read_chunked({padded}), read_chunked(bytes_of(padded))}) {
    CHECK(reading.is_done);
    CHECK(reading.body == "wiki");
  }
}

TEST_CASE("the head of a chunk is refused where it is too long to be read with every packet") {
  constexpr std::size_t most = 4'096;
  constexpr std::size_t overhead = 100'000;
  auto const of_length = [](std::string const& before, std::string const& behind,
                            std::size_t length) {
    return before + std::string(length - before.size() - behind.size(), 'a') + behind;
  };
  for (auto const& [before, behind] : {std::pair<std::string, std::string>("4;", "\r\n"),
                                       {"0;", "\r\n\r\n"},
                                       {"0\r\nX: ", "\r\n\r\n"}}) {
    INFO(before);
    std::string const data = before[0] == '4' ? "wiki\r\n0\r\n\r\n" : "";
    auto const longest = of_length(before, behind, most) + data;
    CHECK(read_chunked({longest}, overhead).is_done);
    CHECK(read_chunked(bytes_of(longest), overhead).is_done);
    auto const longer = of_length(before, behind, most + 1) + data;
    CHECK(read_chunked({longer}, overhead).refused == 413);
    CHECK(read_chunked(bytes_of(longer), overhead).refused == 413);
    auto const endless = of_length(before, "", most + 1);
    CHECK(read_chunked({endless}, overhead).refused == 413);
    CHECK(read_chunked(bytes_of(endless), overhead).refused == 413);
    CHECK(read_chunked({"1\r\na\r\n" + endless}, overhead).refused == 413);
  }
}

TEST_CASE("overhead that is just let through is so however the body is cut") {
  // 225 bytes are let through: 200, and a quarter of 100. Sizes, ends of lines and the extension.
  auto const body = [](std::size_t extension) {
    return "1;" + std::string(extension, 'a') + "\r\nx\r\n1\r\ny\r\n0\r\n\r\n";
  };
  constexpr std::size_t others = 2 + 2 + 2 + 3 + 2 + 5;
  for (auto const& [extension, is_let_through] :
       {std::pair(225 - others, true), {226 - others, false}}) {
    auto const bytes = body(extension);
    for (auto const& reading : {read_chunked({bytes}), read_chunked(bytes_of(bytes))}) {
      CHECK(reading.is_done == is_let_through);
      CHECK(reading.refused == (is_let_through ? 0 : 413));
    }
  }
}

TEST_CASE("trailers do not become header fields") {
  RequestParser parser;
  REQUIRE_FALSE(
      parser.read_head("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"));
  parser.expect_body({.is_chunked = true}, 100, 200);
  auto const step =
      parser.read_body("0\r\nHost: b\r\nIf-Range: \"x\"\r\nConnection: close\r\n\r\n");
  CHECK(step.is_done);
  CHECK(parser.fields().hosts == 1);
  CHECK(parser.fields().host == "a");
  CHECK(parser.fields().if_range.empty());
  CHECK(parser.fields().keep_alive);
}

TEST_CASE("the fields of a head are found whatever their case") {
  RequestParser parser;
  REQUIRE_FALSE(
      parser.read_head("PUT /a?b HTTP/1.0\r\nhOST: x:1\r\nACCEPT: a/b;q=1\r\naccept: c/d\r\n"
                       "X-REQUEST-ID: id\r\nRange:  bytes=0-1 \r\nConnection: keep-alive\r\n"
                       "Content-Length: 7\r\n\r\n"));
  auto const& fields = parser.fields();
  CHECK(fields.method == "PUT");
  CHECK(fields.target == "/a?b");
  CHECK(fields.is_http_1_0);
  CHECK(fields.keep_alive);
  CHECK(fields.host == "x:1");
  CHECK(fields.accept == "a/b;q=1, c/d");
  CHECK(fields.request_id == "id");
  CHECK(fields.range == "bytes=0-1");
  CHECK(fields.content_length == "7");
}

TEST_CASE("a field that occurs many times is kept once") {
  constexpr int count = 250;
  std::string head = "GET / HTTP/1.1\r\n";
  std::string accept;
  std::string preferences;
  for (int i = 0; i < count; ++i) {
    auto const type = "text/x-" + std::to_string(i);
    auto const preference = "p" + std::to_string(i);
    head += "Accept: " + type + "\r\nPrefer: " + preference + "\r\n";
    accept += (i == 0 ? "" : ", ") + type;
    preferences += (i == 0 ? "" : ", ") + preference;
  }
  RequestParser parser;
  REQUIRE_FALSE(parser.read_head(head + "\r\n"));
  CHECK(parser.fields().accept == accept);
  CHECK(parser.fields().prefer == preferences);
  CHECK(parser.joined_bytes() < 2 * head.size());
}

TEST_CASE("a field that is larger than the parser can keep is refused") {
  RequestParser parser;
  auto const refusal =
      parser.read_head("GET / HTTP/1.1\r\nX: " + std::string(70'000, 'x') + "\r\n\r\n");
  REQUIRE(refusal);
  CHECK(refusal->status == 431);
}
