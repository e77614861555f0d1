#include "fetch/curl_fetcher.hpp"

#include "support/catch.hpp"
#include "support/fake_clock.hpp"
#include "support/fake_server.hpp"

#include <brotli/encode.h>
#include <zlib.h>
#include <zstd.h>

#include <cstdlib>

/// What a hostile source tries: to make us connect to our own network, or to fill our memory.
using namespace terracat;
using namespace terracat::test;
using namespace std::chrono_literals;
using fetch::CurlFetcher;
using fetch::FetchError;
using Reason = FetchError::Reason;

namespace {

/// A source on the public Internet, at the port where the test listens.
fetch::Policy public_source(FakeServer const& server) {
  Source source;
  source.address = "http://harvest.example:" + std::to_string(server.port()) + "/";
  source.delay = 0ms;
  source.retries = 0;
  return fetch::policy_of(source, {});
}

fetch::Policy loopback_source(FakeServer const& server) {
  auto policy = public_source(server);
  policy.allow_networks = {*fetch::Network::parse("127.0.0.0/8"),
                           *fetch::Network::parse("::1/128")};
  return policy;
}

std::optional<Reason> reason_of(fetch::Policy const& policy, std::string const& url) {
  FakeClock clock;
  CurlFetcher fetcher(policy, clock);
  try {
    static_cast<void>(fetcher.fetch({.url = url}, {}));
    return std::nullopt;
  } catch (FetchError const& error) {
    return error.reason();
  }
}

/// Connections that were made before this one, which is let through.
std::size_t connections_before_a_welcome_one(FakeServer& server) {
  CHECK_FALSE(reason_of(loopback_source(server), server.url("/welcome")));
  return server.connections() - 1;
}

/// `$` is the port of the test server.
std::string with_port(std::string text, FakeServer const& server) {
  if (auto const at = text.find('$'); at != std::string::npos) {
    text.replace(at, 1, std::to_string(server.port()));
  }
  return text;
}

std::string gzip_of(std::string const& text) {
  z_stream stream{};
  constexpr int gzip_window = 15 + 16;
  REQUIRE(deflateInit2(&stream, 9, Z_DEFLATED, gzip_window, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string out(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string brotli_of(std::string const& text) {
  std::size_t size = BrotliEncoderMaxCompressedSize(text.size());
  std::string out(size, '\0');
  REQUIRE(BrotliEncoderCompress(5, 24, BROTLI_MODE_GENERIC, text.size(),
                                reinterpret_cast<std::uint8_t const*>(text.data()), &size,
                                reinterpret_cast<std::uint8_t*>(out.data())) == BROTLI_TRUE);
  out.resize(size);
  return out;
}

std::string zstd_of(std::string const& text) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3));
  return out;
}

} // namespace

TEST_CASE("no notation of the loopback address opens a connection") {
  FakeServer server;
  server.on("", answer({.body = "inside"}));
  auto const form = GENERATE(
      as<std::string>(), "http://127.0.0.1:$/", "http://127.1:$/", "http://127.0.1:$/",
      "http://0x7f000001:$/", "http://0x7f.0.0.1:$/", "http://2130706433:$/",
      "http://017700000001:$/", "http://0177.0.0.1:$/", "http://localhost:$/",
      "http://LOCALHOST:$/", "http://0:$/", "http://0.0.0.0:$/", "http://user@127.0.0.1:$/",
      "http://harvest.example@127.0.0.1:$/", "http://%31%32%37.0.0.1:$/",
      "http://[::ffff:127.0.0.1]:$/", "http://[::ffff:7f00:1]:$/", "http://127.255.255.254:$/");
  CAPTURE(form);
  CHECK(reason_of(public_source(server), with_port(form, server)) == Reason::address_refused);
  CHECK(connections_before_a_welcome_one(server) == 0);
}

TEST_CASE("no address of version 6 that ends inside opens a connection") {
  FakeServer server;
  server.on("", answer({.body = "inside"}));
  auto const form =
      GENERATE(as<std::string>(), "http://[::1]:$/", "http://[::]:$/", "http://[::127.0.0.1]:$/",
               "http://[64:ff9b::7f00:1]:$/", "http://[64:ff9b:1::7f00:1]:$/",
               "http://[2002:7f00:1::]:$/", "http://[2001:0:7f00:1::]:$/", "http://[fd00::1]:$/",
               "http://[fe80::1]:$/", "http://[fec0::1]:$/", "http://[fd00:ec2::254]:$/");
  CAPTURE(form);
  auto const reason = reason_of(public_source(server), with_port(form, server));
  // Where the machine has no version 6 at all, libcurl does not come as far as an address.
  CHECK((reason == Reason::address_refused || reason == Reason::unreachable));
  CHECK(connections_before_a_welcome_one(server) == 0);
}

TEST_CASE("private networks and metadata services are refused before anything is sent") {
  FakeServer server;
  auto const form =
      GENERATE(as<std::string>(), "http://10.0.0.1/", "http://172.16.0.1/", "http://192.168.0.1/",
               "http://100.64.0.1/", "http://169.254.169.254/latest/meta-data/",
               "http://168.63.129.16/", "http://224.0.0.1/", "http://255.255.255.255/");
  CAPTURE(form);
  CHECK(reason_of(public_source(server), form) == Reason::address_refused);
  // The loopback network being allowed opens no other.
  CHECK(reason_of(loopback_source(server), form) == Reason::address_refused);
}

TEST_CASE("what is no URL of http or https goes nowhere") {
  FakeServer server;
  server.on("", answer({.body = "inside"}));
  auto const form =
      GENERATE(as<std::string>(), "127.0.0.1:$/", "//127.0.0.1:$/", "localhost:$/",
               "file:///etc/passwd", "gopher://127.0.0.1:$/_GET", "ftp://127.0.0.1:$/",
               "dict://127.0.0.1:$/x", "ldap://127.0.0.1:$/", "tftp://127.0.0.1:$/");
  CAPTURE(form);
  CHECK(reason_of(public_source(server), with_port(form, server)) == Reason::malformed);
  CHECK(connections_before_a_welcome_one(server) == 0);
}

TEST_CASE("the same notations lead to the listener where its network is allowed") {
  FakeServer server;
  server.on("", answer({.body = "inside"}));
  auto const form = GENERATE(as<std::string>(), "http://127.0.0.1:$/", "http://127.1:$/",
                             "http://0x7f000001:$/", "http://2130706433:$/", "http://localhost:$/",
                             "http://0177.0.0.1:$/", "http://%31%32%37.0.0.1:$/");
  CAPTURE(form);
  CHECK_FALSE(reason_of(loopback_source(server), with_port(form, server)));
  CHECK(server.connections() == 1);
}

TEST_CASE("an address that is refused rules out only itself") {
  FakeServer server;
  server.on("", answer({.body = "inside"}));
  auto policy = public_source(server);
  policy.allow_networks = {*fetch::Network::parse("127.0.0.0/8")};
  // Most machines give this name ::1 as well.
  CHECK_FALSE(reason_of(policy, with_port("http://localhost:$/", server)));
  CHECK(server.connections() == 1);
}

TEST_CASE("a redirect to a forbidden address is not followed") {
  FakeServer server;
  auto const target =
      GENERATE(as<std::string>(), "http://10.0.0.1/", "http://169.254.169.254/latest/",
               "http://[::ffff:10.0.0.1]/", "http://0x0a000001/", "http://192.168.1.1:$/");
  CAPTURE(target);
  server.on("/1", redirect(302, "/2"));
  server.on("/2", redirect(307, with_port(target, server)));
  CHECK(reason_of(loopback_source(server), server.url("/1")) == Reason::address_refused);
  CHECK(server.requests().size() == 2);
}

TEST_CASE("the site's own address is not fetched") {
  FakeServer server;
  server.on("", answer({.body = "our own page"}));
  auto policy = loopback_source(server);
  policy.public_url = server.url("/catalogue");
  CHECK(reason_of(policy, server.url("/stac")) == Reason::address_refused);
  server.on("/x", redirect(302, server.url("/stac")));
  policy.public_url = "http://localhost:" + std::to_string(server.port()) + "/";
  server.on("/x", redirect(302, "http://localhost:" + std::to_string(server.port()) + "/stac"));
  CHECK(reason_of(policy, server.url("/x")) == Reason::address_refused);
  CHECK(server.requests().size() == 1);
}

TEST_CASE("proxies of the environment are not used") {
  FakeServer proxy;
  FakeServer server;
  server.on("", answer({.body = "direct"}));
  proxy.on("", answer({.body = "by proxy"}));
  for (auto const* const name : {"http_proxy", "all_proxy", "ALL_PROXY"}) {
    ::setenv(name, proxy.url().c_str(), 1);
  }
  CHECK_FALSE(reason_of(loopback_source(server), server.url("/")));
  CHECK(reason_of(public_source(server), "http://169.254.169.254/") == Reason::address_refused);
  for (auto const* const name : {"http_proxy", "all_proxy", "ALL_PROXY"}) ::unsetenv(name);
  CHECK(server.requests().size() == 1);
  CHECK(proxy.connections() == 0);
}

TEST_CASE("a proxy that is configured is used, and is subject to the guard itself") {
  FakeServer proxy;
  proxy.on("", answer({.body = "by proxy"}));
  auto policy = loopback_source(proxy);
  policy.proxy = proxy.url();
  FakeClock clock;
  CurlFetcher fetcher(policy, clock);
  CHECK(fetcher.fetch({.url = "http://harvest.example/"}, {}).body == "by proxy");
  policy.allow_networks.clear();
  CHECK(reason_of(policy, "http://harvest.example/") == Reason::address_refused);
  CHECK(proxy.connections() == 1);
}

TEST_CASE("coded answers are decoded") {
  FakeServer server;
  std::string const text = "{\"features\":[]}";
  server.on("/gzip", answer({.headers = {{"Content-Encoding", "gzip"}}, .body = gzip_of(text)}));
  server.on("/br", answer({.headers = {{"Content-Encoding", "br"}}, .body = brotli_of(text)}));
  server.on("/zstd", answer({.headers = {{"Content-Encoding", "zstd"}}, .body = zstd_of(text)}));
  FakeClock clock;
  CurlFetcher fetcher(loopback_source(server), clock);
  for (auto const* const target : {"/gzip", "/br", "/zstd"}) {
    CAPTURE(target);
    CHECK(fetcher.fetch({.url = server.url(target)}, {}).body == text);
  }
}

TEST_CASE("a little that becomes much is refused, in every coding") {
  FakeServer server;
  std::string const zeros(std::size_t{64} << 20, '\0');
  auto const gzip = gzip_of(zeros);
  CHECK(gzip.size() < 100'000);
  server.on("/gzip", answer({.headers = {{"Content-Encoding", "gzip"}}, .body = gzip}));
  server.on("/twice",
            answer({.headers = {{"Content-Encoding", "gzip, gzip"}}, .body = gzip_of(gzip)}));
  server.on("/br", answer({.headers = {{"Content-Encoding", "br"}}, .body = brotli_of(zeros)}));
  server.on("/zstd", answer({.headers = {{"Content-Encoding", "zstd"}}, .body = zstd_of(zeros)}));
  auto policy = loopback_source(server);
  policy.limits.body_bytes = std::size_t{1} << 20;
  for (auto const* const target : {"/gzip", "/twice", "/br", "/zstd"}) {
    CAPTURE(target);
    CHECK(reason_of(policy, server.url(target)) == Reason::too_large);
  }
}

TEST_CASE("a coding that is broken is no answer") {
  FakeServer server;
  server.on("/x", answer({.headers = {{"Content-Encoding", "gzip"}}, .body = "not gzip at all"}));
  CHECK(reason_of(loopback_source(server), server.url("/x")) == Reason::malformed);
}

TEST_CASE("a server without TLS is not spoken to where TLS is asked for") {
  FakeServer server;
  server.on("", answer({.body = "x"}));
  auto const url = "https://127.0.0.1:" + std::to_string(server.port()) + "/";
  auto policy = loopback_source(server);
  policy.limits.connect = 200ms;
  CHECK(reason_of(policy, url) == Reason::unreachable);
  CHECK(server.requests().empty());
}
