#include "log/logger.hpp"

#include "support/captured.hpp"
#include "support/catch.hpp"

#include <terracat/instant.hpp>
#include <terracat/json.hpp>

#include <thread>
#include <vector>

using namespace terracat;
using log::Level;
using log::Logger;

namespace {

constexpr log::Event sample("test.sample");

/// The only line of a logger that was given one thing to say.
template<class Say>
std::string line_of(Say say) {
  Captured const captured;
  {
    Logger logger({.level = Level::debug, .descriptor = captured.descriptor()});
    say(logger);
  }
  auto const lines = captured.lines();
  REQUIRE(lines.size() == 1);
  return lines.front();
}

} // namespace

TEST_CASE("an event is one JSON object with its members in a fixed order") {
  auto const line = line_of([](Logger& logger) {
    logger.warn(
        sample, "Something \"odd\" happened.",
        {{"request_id", "r1"}, {"count", 3}, {"below", -4}, {"share", 0.5}, {"done", true}});
  });
  CHECK(line.substr(0, 7) == R"({"ts":")");
  CHECK(line.substr(30) == R"Z(Z","level":"warn","event":"test.sample",)Z"
                           R"("msg":"Something \"odd\" happened.","request_id":"r1",)"
                           R"("count":3,"below":-4,"share":0.5,"done":true})");
  CHECK(model::parse_rfc3339(line.substr(7, 24)));
}

TEST_CASE("the largest numbers are written whole and what is no number is null") {
  auto const line = line_of([](Logger& logger) {
    logger.info(sample, "", {{"most", UINT64_MAX}, {"least", INT64_MIN}, {"none", 1.0 / 0.0}});
  });
  CHECK(line.find(R"("most":18446744073709551615,"least":-9223372036854775808,"none":null)") !=
        std::string::npos);
}

TEST_CASE("no text can end its line or speak to a terminal") {
  auto const line = line_of([](Logger& logger) {
    logger.error(sample, "a\nb",
                 {{"text", "x\r\n{\"level\":\"info\"}\x1b[31m\x7f\xC2\x9B\xFF"},
                  {"turned", "\xE2\x80\xAE"
                             "fdp.exe"}});
  });
  CHECK(line.find(R"("msg":"a\nb")") != std::string::npos);
  CHECK(line.find(R"("text":"x\r\n{\"level\":\"info\"}\u001B[31m\u007f\u009b)"
                  "\xEF\xBF\xBD\"") != std::string::npos);
  CHECK(line.find(R"("turned":"\u202efdp.exe")") != std::string::npos);
  CHECK(json::Document::parse(line));
}

TEST_CASE("texts beyond ASCII stay readable") {
  auto const line = line_of([](Logger& logger) { logger.info(sample, "Température à 2 m 🌍"); });
  CHECK(line.find("\"msg\":\"Température à 2 m 🌍\"") != std::string::npos);
}

TEST_CASE("levels below the one that was set are dropped") {
  Captured const captured;
  {
    Logger logger({.level = Level::warn, .descriptor = captured.descriptor()});
    logger.debug(sample, "1");
    logger.info(sample, "2");
    logger.warn(sample, "3");
    logger.set_level(Level::debug);
    logger.debug(sample, "4");
    logger.set_level(Level::error);
    logger.warn(sample, "5");
    logger.error(sample, "6");
  }
  std::vector<std::string> messages;
  for (auto const& line : captured.lines()) {
    messages.emplace_back(json::Document::parse(line)->root().string("msg").value());
  }
  CHECK(messages == std::vector<std::string>{"3", "4", "6"});
  CHECK(log::level_of("warn") == Level::warn);
  CHECK_FALSE(log::level_of("WARNING"));
}

TEST_CASE("flush returns when the lines are written") {
  Captured const captured;
  Logger logger({.descriptor = captured.descriptor()});
  for (std::size_t round = 1; round <= 20; ++round) {
    logger.info(sample, "now");
    logger.flush();
    REQUIRE(captured.lines().size() == round);
  }
}

TEST_CASE("lines of many threads do not mix") {
  Captured const captured;
  {
    Logger logger({.descriptor = captured.descriptor()});
    std::vector<std::jthread> threads;
    for (int writer = 0; writer < 4; ++writer) {
      threads.emplace_back([&logger, writer] {
        for (int line = 0; line < 500; ++line) {
          logger.info(sample, std::string(200, 'x'), {{"writer", writer}});
        }
      });
    }
  }
  auto const lines = captured.lines();
  CHECK(lines.size() == 2000);
  for (auto const& line : lines) REQUIRE(json::Document::parse(line));
}
