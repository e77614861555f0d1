// By which other addresses files can be had.

#include "api/storage.hpp"

#include "support/catch.hpp"

#include <string>
#include <vector>

using namespace terracat;

namespace {

/// Of what lies below s3://b/ and https://old.example/.
std::vector<std::string> ways(std::string const& rule, std::string const& href) {
  api::Storage const storage(
      {{.prefix = "s3://b/", .name = "way", .href = rule, .title = {}},
       {.prefix = "https://old.example/", .name = "way", .href = rule, .title = {}}});
  std::vector<std::string> out;
  for (auto const& way : storage.ways_to(href)) out.push_back(way.href);
  return out;
}

using Ways = std::vector<std::string>;

} // namespace

TEST_CASE("what would mean more than a name is escaped where it is put into another address") {
  auto const* const odd = "s3://b/a b/c#d?e&f+g%20h=i";
  CHECK(ways("https://x.example/", odd) == Ways{"https://x.example/a%20b/c%23d%3Fe&f+g%20h=i"});
  CHECK(ways("https://x.example/{path}.html", odd) ==
        Ways{"https://x.example/a%20b/c%23d%3Fe&f+g%20h=i.html"});
  Ways const in_query{"https://x.example/get?file=a%20b/c%23d%3Fe%26f%2Bg%20h=i&go=1"};
  CHECK(ways("https://x.example/get?file={path}&go=1", odd) == in_query);
  CHECK(ways("https://x.example/get?file=", "s3://b/a&b") ==
        Ways{"https://x.example/get?file=a%26b"});
  CHECK(ways("https://x.example/{path}?go=1", "s3://b/a&b") == Ways{"https://x.example/a&b?go=1"});
}

TEST_CASE("what leads out of the place that it is put into has no other way") {
  for (auto const* const path :
       {"../a", "a/..", "a/../b", "./a", "%2e%2e/a", "a/%2E%2e/b", "a/.%2e/b", "a%2f..%2Fb",
        "a%5c..%5cb", "a\\b", "a\nb", "a\"b", "a<b", ".", "%2e"}) {
    CAPTURE(path);
    CHECK(ways("https://x.example/", std::string("s3://b/") + path).empty());
  }
  for (auto const* const path : {"a..b", "...", "a/..b/c", "%2e%2e%2e", ".a"}) {
    CAPTURE(path);
    CHECK(ways("https://x.example/", std::string("s3://b/") + path) ==
          Ways{std::string("https://x.example/") + path});
  }
}

TEST_CASE("what a question on the web answers is no file below a prefix") {
  CHECK(ways("https://x.example/", "https://old.example/a.nc") == Ways{"https://x.example/a.nc"});
  CHECK(ways("https://x.example/", "https://old.example/get?file=a").empty());
  CHECK(ways("https://x.example/", "https://old.example/a.nc#part").empty());
}
