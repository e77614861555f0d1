#include "run/pauses.hpp"

#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

#include <terracat/store_error.hpp>

#include <filesystem>
#include <fstream>

using namespace terracat;
using namespace terracat::test;
using run::Pauses;

namespace {

std::vector<std::string> names(Pauses const& pauses) {
  std::vector<std::string> out;
  for (auto const& pause : pauses.all()) out.push_back(pause.source);
  return out;
}

} // namespace

TEST_CASE("pauses outlive who said them, and leave no file behind when they are over") {
  TemporaryFolder const folder;
  auto const catalogue = (folder.path() / "catalogue.sqlite").string();
  {
    Pauses pauses(catalogue);
    CHECK(pauses.put({.source = "a", .since = model::Instant(5), .reason = "a \"disc\""}));
    CHECK(pauses.put({.source = "b", .since = model::Instant(6)}));
    CHECK_FALSE(pauses.put({.source = "b", .since = model::Instant(7), .reason = "more"}));
    CHECK_FALSE(pauses.remove("c"));
  }
  Pauses pauses(catalogue);
  CHECK(names(pauses) == std::vector<std::string>{"a", "b"});
  CHECK(pauses.of("a")->reason == "a \"disc\"");
  CHECK(pauses.of("a")->since == model::Instant(5));
  CHECK(pauses.of("b")->since == model::Instant(6)); // since it was said first
  CHECK(pauses.of("b")->reason == "more");
  CHECK_FALSE(pauses.of("c"));
  CHECK(pauses.remove("a"));
  CHECK(names(Pauses(catalogue)) == std::vector<std::string>{"b"});
  CHECK(pauses.remove("b"));
  CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("pauses of a catalogue in memory are kept nowhere") {
  Pauses pauses("memory:");
  CHECK(pauses.put({.source = "a"}));
  CHECK(pauses.of("a"));
  CHECK_FALSE(std::filesystem::exists("memory:.paused"));
}

TEST_CASE("a file that says something else is refused, not taken for no pauses") {
  TemporaryFolder const folder;
  auto const catalogue = (folder.path() / "catalogue.sqlite").string();
  for (auto const* const text :
       {"", "{}", "[]", R"({"paused":{}})", R"({"paused":["a"]})", R"({"paused":[{"since":1}]})",
        R"({"paused":[{"source":"a"}]})", R"({"paused":[{"source":"a","since":"x"}]})"}) {
    std::ofstream(catalogue + ".paused", std::ios::trunc) << text;
    CAPTURE(text);
    CHECK_THROWS_AS(Pauses(catalogue), store::StoreError);
  }
  std::ofstream(catalogue + ".paused", std::ios::trunc) << std::string(2U << 20U, ' ');
  CHECK_THROWS_AS(Pauses(catalogue), store::StoreError);
}

TEST_CASE("what would not be read again is not written") {
  TemporaryFolder const folder;
  auto const catalogue = (folder.path() / "catalogue.sqlite").string();
  std::string const reason(run::longest_reason, '\x01'); // six bytes each, as JSON has it
  {
    Pauses pauses(catalogue);
    for (int i = 0; i < 170; ++i) pauses.put({.source = std::to_string(i), .reason = reason});
    auto const put_more = [&] {
      for (int i = 170; i < 176; ++i) pauses.put({.source = std::to_string(i), .reason = reason});
    };
    CHECK_THROWS_AS(put_more(), store::StoreError); // 2^20 bytes are less than 175 times 6,000
  }
  CHECK(names(Pauses(catalogue)).size() >= 170);
}

TEST_CASE("what cannot be kept is not said to be so") {
  Pauses pauses("/nowhere/at/all/catalogue.sqlite");
  CHECK_THROWS_AS(pauses.put({.source = "a"}), store::StoreError);
  CHECK_FALSE(pauses.of("a"));
}
