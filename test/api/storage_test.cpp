// By which other addresses files can be had, and what is kept of that when it is written back.

#include "api/storage.hpp"

#include "api/site_under_test.hpp"
#include "support/catch.hpp"

#include <filesystem>
#include <string>
#include <tuple>
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

test::Answer send(test::SiteUnderTest& site, std::string method, std::string target,
                  std::string body = {}) {
  return site.ask(
      {.method = std::move(method),
       .target = std::move(target),
       .headers = {{"X-API-Key", "the key of the cases"}, {"Content-Type", "application/json"}},
       .body = std::move(body)});
}

bool has(test::Answer const& answer, std::string_view text) {
  return answer.body.find(text) != std::string::npos;
}

void set_rules(test::SiteUnderTest& site, std::vector<api::StorageRule> const& rules) {
  site.change([&](api::Site& settings) { settings.storage = api::Storage(rules); });
}

std::vector<api::StorageRule> two_rules() {
  return {
      {.prefix = "s3://b/", .name = "web", .href = "https://x.example/", .title = "Web"},
      {.prefix = "s3://b/", .name = "dap", .href = "https://dap.example/{path}.html", .title = {}}};
}

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

TEST_CASE("who writes back what he has read does not keep the ways that rules told him") {
  std::string const item =
      R"({"type":"Feature","stac_version":"1.1.0","id":"s","geometry":null,"properties":)"
      R"({"datetime":"2024-06-01T00:00:00Z"},"assets":{"a":{"href":"s3://b/a.nc"}}})";
  std::string const collection =
      R"({"type":"Collection","stac_version":"1.1.0","id":"c","title":"C","description":"d",)"
      R"("license":"other","links":[],"assets":{"a":{"href":"s3://b/a.nc"}}})";
  auto const [address, place, document] = GENERATE_COPY(
      std::tuple(std::string("/stac/collections/rain/items/s"),
                 std::string("/stac/collections/rain/items"), item),
      std::tuple(std::string("/stac/collections/c"), std::string("/stac/collections"), collection));
  test::SiteUnderTest site(std::filesystem::path(TERRACAT_API_CASES) / "writable",
                           test::stores().front());
  set_rules(site, two_rules());
  REQUIRE(send(site, "POST", place, document).status == 201);
  auto read = send(site, "GET", address);
  REQUIRE(has(read, "https://x.example/a.nc"));
  REQUIRE(has(read, "alternate-assets"));
  SECTION("as he has read it") {
    REQUIRE(send(site, "PUT", address, read.body).status == 204);
    CHECK(has(send(site, "GET", address), "https://dap.example/a.nc.html"));
    set_rules(site, {});
    read = send(site, "GET", address);
    CHECK(read.status == 200);
    CHECK(has(read, "s3://b/a.nc"));
    CHECK_FALSE(has(read, R"("alternate":)"));
    CHECK_FALSE(has(read, "alternate-assets"));
  }
  SECTION("but what he has changed of them") {
    auto changed = read.body;
    auto const at = changed.find("https://dap.example/a.nc.html");
    changed.replace(at, 29, "https://own.example/a");
    REQUIRE(send(site, "PUT", address, changed).status == 204);
    set_rules(site, {});
    read = send(site, "GET", address);
    CHECK(has(read, R"("alternate":{"dap":{"href":"https://own.example/a"}})"));
    CHECK(has(read, "alternate-assets"));
  }
}
