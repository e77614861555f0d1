#include "config/changes.hpp"

#include "support/catch.hpp"

using namespace terracat;
using namespace terracat::config;
using Names = std::vector<std::string>;

TEST_CASE("two configurations differ in the settings that are named") {
  Config const one;
  CHECK(changes(one, one).empty());
  Config other;
  other.site.title = "Another";
  other.server.max_queue = 5;
  other.server.idle_timeout = std::chrono::seconds(5);
  other.server.cors_origins = {"https://a.example"};
  other.log.access = false;
  other.poles.push_back({.name = "p", .title = {}, .description = {}});
  CHECK(changes(one, other) == Names{"log.access", "pole", "server.cors_origins",
                                     "server.idle_timeout", "server.max_queue", "site.title"});
}

TEST_CASE("sources differ in any member and in their order") {
  Config one;
  one.sources = {{.name = "a", .title = {}, .kind = "files", .address = "x"},
                 {.name = "b", .title = {}, .kind = "files", .address = "y"}};
  auto other = one;
  CHECK(changes(one, other).empty());
  other.sources[1].options = R"({"list":true})";
  CHECK(changes(one, other) == Names{"source"});
  other = one;
  std::swap(other.sources[0], other.sources[1]);
  CHECK(changes(one, other) == Names{"source"});
}
