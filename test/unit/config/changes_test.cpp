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
  other.sources[1].mapping_rules = R"({"rule":[]})";
  CHECK(changes(one, other) == Names{"source"});
  other = one;
  std::swap(other.sources[0], other.sources[1]);
  CHECK(changes(one, other) == Names{"source"});
}

TEST_CASE("what waits for the next start is told from what does not") {
  Config const started;
  auto next = started;
  next.site.public_url = "https://site.example";
  next.api.max_limit = 7;
  next.harvest.user_agent = "site";
  next.sources.push_back({.name = "a", .title = {}, .kind = "files", .address = "x"});
  CHECK(waiting_changes(started, next).empty());
  next.api.sortables = {"height"};
  next.harvest.batch_size = 7;
  next.log.access = false;
  next.server.io_threads = 3;
  next.store.path = "other.sqlite";
  CHECK(waiting_changes(started, next) == Names{"api.sortables", "harvest.batch_size", "log.access",
                                                "server.io_threads", "store.path"});
}
