#include "kinds/checkpoint.hpp"

#include "support/catch.hpp"

#include <terracat/kind.hpp>

using namespace terracat;
using kinds::begin_checkpoint;
using kinds::Checkpoint;
using kinds::StaleCheckpoint;

TEST_CASE("a checkpoint gives back what was put into it") {
  kinds::SeenIds seen;
  seen.insert("a");
  auto out = begin_checkpoint(3, "https://x.example");
  out.name("position").integer(7).name("below").integer(-1).name("done").boolean(true);
  auto const text = out.member("ids", *seen.to_text()).end_object().take();
  Checkpoint const checkpoint(text, 3, "https://x.example");
  CHECK(checkpoint.count("position") == 7);
  CHECK(checkpoint.needed_count("position") == 7);
  CHECK(checkpoint.count("below") == std::nullopt);
  CHECK(checkpoint.count("done") == std::nullopt);
  CHECK(checkpoint.count("none") == std::nullopt);
  CHECK_THROWS_AS(checkpoint.needed_count("none"), StaleCheckpoint);
  CHECK(checkpoint.flag("done"));
  CHECK_FALSE(checkpoint.flag("none"));
  CHECK(checkpoint.ids("ids").value().contains("a"));
  CHECK_FALSE(checkpoint.ids("none"));
}

TEST_CASE("a checkpoint of another version or query, and a text that is none, are stale") {
  auto const text = begin_checkpoint(3, "query").end_object().take();
  CHECK_NOTHROW(Checkpoint(text, 3, "query"));
  CHECK_THROWS_AS(Checkpoint(text, 4, "query"), StaleCheckpoint);
  CHECK_THROWS_AS(Checkpoint(text, 3, "another"), StaleCheckpoint);
  for (auto const* const none : {"", "x", "[]", "7", "{}", R"({"version":3})"}) {
    CAPTURE(none);
    CHECK_THROWS_AS(Checkpoint(none, 3, "query"), StaleCheckpoint);
  }
  auto const odd = begin_checkpoint(3, "query").member("ids", "xyz").end_object().take();
  CHECK_THROWS_AS(Checkpoint(odd, 3, "query").ids("ids"), StaleCheckpoint);
}
