#include "net/target.hpp"

#include "support/catch.hpp"

#include <string>

using terracat::net::parse_target;

TEST_CASE("a path and its query are split at the first question mark") {
  auto const target = parse_target("/stac/search?bbox=1,2&a?b");
  REQUIRE(target);
  CHECK(target->path == "/stac/search");
  CHECK(target->query == "bbox=1,2&a?b");
  CHECK(parse_target("/")->path == "/");
  CHECK(parse_target("/a/")->path == "/a/");
  CHECK(parse_target("/a?")->query.empty());
}

TEST_CASE("an encoded slash stays an encoded slash") {
  CHECK(parse_target("/collections/a%2Fb")->path == "/collections/a%2Fb");
}

TEST_CASE("what browsers and clients do not encode in queries passes") {
  auto const target = parse_target("/s?intersects={\"a\":[1]}&ids=a|b&a[]=1&x=<>#^`\\%zz%00");
  REQUIRE(target);
  CHECK(target->query == "intersects={\"a\":[1]}&ids=a|b&a[]=1&x=<>#^`\\%zz%00");
  CHECK(parse_target("/oc\xC3\xA9"
                     "an")
            ->path == "/oc\xC3\xA9"
                      "an");
}

TEST_CASE("paths that two readers could read in two ways are refused") {
  for (auto const* const path : {"//evil.example/x", "/a//b", "/a/../b", "/..", "/a/.", "/./a",
                                 "/%2e%2E/a", "/.%2e", "/a/%2E", "/%2e%2e%2fetc/../x", "/%00",
                                 "/a%00b", "/a%", "/a%2", "/a%zz", "/a\\b", "/a#b"}) {
    INFO(path);
    auto const target = parse_target(path);
    REQUIRE_FALSE(target);
    CHECK(target.error().status == 400);
  }
}

TEST_CASE("dots that are part of a name pass") {
  for (auto const* const path :
       {"/a.b", "/.well-known/x", "/...", "/a..b", "/%2e%2e%2e", "/..a", "/%2e%2e%2fetc"}) {
    INFO(path);
    CHECK(parse_target(path));
  }
}

TEST_CASE("the absolute form loses scheme and authority") {
  auto const target = parse_target("http://example.org:8080/a/b?c");
  REQUIRE(target);
  CHECK(target->path == "/a/b");
  CHECK(target->query == "c");
  CHECK(parse_target("HTTPS://[2001:db8::1]/x")->path == "/x");
  CHECK(parse_target("http://example.org")->path == "/");
  CHECK(parse_target("http://example.org?q=1")->query == "q=1");
  CHECK(parse_target("http://example.org?q=1")->path == "/");
}

TEST_CASE("an absolute form that hides something is refused") {
  for (auto const* const text :
       {"http:///a", "http://user@host/a", "http://ho st/", "http://h//a", "http://h/../a",
        "ftp://h/a", "http:/a", "a/b", "", "host:443", "http://h\\a/"}) {
    INFO(text);
    CHECK_FALSE(parse_target(text));
  }
}

TEST_CASE("the asterisk asks of the root") {
  CHECK(parse_target("*")->path == "/");
}
