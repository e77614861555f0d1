#include "log/access.hpp"

#include "support/captured.hpp"
#include "support/catch.hpp"

#include <terracat/instant.hpp>
#include <terracat/json.hpp>

#include <chrono>
#include <thread>
#include <vector>

using namespace terracat;
using namespace std::chrono_literals;
using log::Access;
using log::AccessLog;

namespace {

Access sample() {
  return {.request_id = "abc",
          .method = "GET",
          .route = "/stac/collections/{collection}",
          .path = "/stac/collections/x",
          .status = 200,
          .bytes = 8192,
          .duration = 1234us,
          .client = "192.0.2.0",
          .is_complete = true};
}

} // namespace

TEST_CASE("an answer is one JSON object with its members in a fixed order") {
  Captured const captured;
  {
    AccessLog log({.descriptor = captured.descriptor()});
    log.lane().write(sample());
  }
  auto const lines = captured.lines();
  REQUIRE(lines.size() == 1);
  CHECK(lines[0].substr(0, 7) == R"({"ts":")");
  CHECK(model::parse_rfc3339(lines[0].substr(7, 24)));
  CHECK(lines[0].substr(31) ==
        R"(","request_id":"abc","method":"GET","route":"/stac/collections/{collection}",)"
        R"("path":"/stac/collections/x","status":200,"bytes":8192,"dur_us":1234,)"
        R"("client":"192.0.2.0"})");
}

TEST_CASE("an answer that was cut says so, and a path cannot forge a line") {
  Captured const captured;
  {
    AccessLog log({.descriptor = captured.descriptor()});
    auto access = sample();
    access.path = "/a\"\n{}\xC3\xA9\xFF";
    access.is_complete = false;
    log.lane().write(access);
  }
  REQUIRE(captured.lines().size() == 1);
  CHECK(captured.text().find("\"path\":\"/a\\\"\\n{}\xC3\xA9\xEF\xBF\xBD\"") != std::string::npos);
  CHECK(captured.text().find(R"("client":"192.0.2.0","complete":false})") != std::string::npos);
}

TEST_CASE("only the beginning of a long path is kept") {
  Captured const captured;
  std::string const path = "/" + std::string(60'000, 'a');
  {
    AccessLog log({.descriptor = captured.descriptor()});
    auto access = sample();
    access.path = path;
    log.lane().write(access);
  }
  CHECK(captured.text().find('"' + path.substr(0, 512) + '"') != std::string::npos);
}

TEST_CASE("lines are written without the log being destroyed") {
  Captured const captured;
  AccessLog log({.descriptor = captured.descriptor(), .interval = 1ms});
  log.lane().write(sample());
  auto const deadline = std::chrono::steady_clock::now() + 10s;
  while (captured.lines().empty() && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::yield();
  }
  CHECK(captured.lines().size() == 1);
}

TEST_CASE("each thread has its lane and no line is lost") {
  Captured const captured;
  {
    AccessLog log({.descriptor = captured.descriptor(), .interval = 1ms});
    std::vector<std::jthread> threads;
    for (int writer = 0; writer < 4; ++writer) {
      threads.emplace_back([&log] {
        auto& lane = log.lane();
        for (int line = 0; line < 1000; ++line) lane.write(sample());
      });
    }
  }
  auto const lines = captured.lines();
  CHECK(lines.size() == 4000);
  for (auto const& line : lines) REQUIRE(json::Document::parse(line));
}

TEST_CASE("a lane that is full counts what it loses") {
  Captured const captured;
  {
    AccessLog log({.descriptor = captured.descriptor(), .interval = 1h, .lane_bytes = 300});
    auto& lane = log.lane();
    for (int line = 0; line < 10; ++line) lane.write(sample()); // more than 200 bytes each
  }
  auto const lines = captured.lines();
  REQUIRE(lines.size() == 3);
  CHECK(lines[2].find(R"("lost_lines":8})") != std::string::npos);
}
