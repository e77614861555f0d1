#include "run/rest.hpp"

#include "support/catch.hpp"

using namespace terracat;
using run::Rests;

namespace {

constexpr std::int64_t minute = 60'000;

model::Instant at(std::int64_t minutes) {
  return model::Instant(minutes * minute);
}

} // namespace

TEST_CASE("a host whose runs fail one after the other is left alone for longer and longer") {
  Rests rests(3);
  rests.note("a", RunOutcome::failed, at(0));
  rests.note("a", RunOutcome::failed, at(60));
  CHECK_FALSE(rests.of("a").until);
  rests.note("a", RunOutcome::failed, at(120));
  CHECK(rests.of("a").until == at(135)); // 15 minutes
  CHECK(rests.of("a").failures == 3);
  rests.note("a", RunOutcome::failed, at(140));
  CHECK(rests.of("a").until == at(170));
  rests.note("a", RunOutcome::failed, at(170));
  CHECK(rests.of("a").until == at(230));
  for (int i = 0; i < 100; ++i) rests.note("a", RunOutcome::failed, at(1'000 + i));
  CHECK(rests.of("a").until == at(1'099 + 12 * 60));
  CHECK_FALSE(rests.of("b").until);
  CHECK(rests.of("b").failures == 0);
}

TEST_CASE("a run that comes to its end closes the matter, one that was stopped says nothing") {
  auto const last = GENERATE(RunOutcome::complete, RunOutcome::incomplete);
  Rests rests(2);
  rests.note("a", RunOutcome::failed, at(0));
  rests.note("a", RunOutcome::interrupted, at(1));
  rests.note("a", RunOutcome::failed, at(2));
  CHECK(rests.of("a").until == at(17));
  rests.note("a", RunOutcome::interrupted, at(20));
  CHECK(rests.of("a").failures == 2);
  rests.note("a", last, at(21));
  CHECK_FALSE(rests.of("a").until);
  rests.note("a", RunOutcome::failed, at(22));
  CHECK_FALSE(rests.of("a").until);
}

TEST_CASE("hosts never rest where the site does not want it") {
  Rests rests(0);
  for (int i = 0; i < 100; ++i) rests.note("a", RunOutcome::failed, at(i));
  CHECK_FALSE(rests.of("a").until);
}

TEST_CASE("a run that is told twice counts once") {
  Rests rests(2);
  rests.note("a", RunOutcome::failed, at(0));
  rests.note("a", RunOutcome::failed, at(0));
  CHECK(rests.of("a").failures == 1);
  CHECK_FALSE(rests.of("a").until);
  rests.note("a", RunOutcome::failed, at(1));
  CHECK(rests.of("a").until == at(16));
}

TEST_CASE("of two who tell how a host does, the one that knows of the later run is right") {
  Rests rests(3);
  rests.note("late", RunOutcome::failed, at(0));
  rests.note("late", RunOutcome::failed, at(10));
  rests.note("well", RunOutcome::complete, at(10));
  rests.note("early", RunOutcome::failed, at(0));
  Rests others(2);
  others.note("late", RunOutcome::failed, at(0));
  others.note("well", RunOutcome::failed, at(5));
  others.note("well", RunOutcome::failed, at(6));
  others.note("early", RunOutcome::failed, at(0));
  others.note("early", RunOutcome::failed, at(20));
  others.note("other", RunOutcome::failed, at(30));
  others.note("other", RunOutcome::failed, at(31));
  rests.join(others);
  CHECK(rests.of("late").until == at(25)); // two are too many from now on
  CHECK_FALSE(rests.of("well").until);
  CHECK(rests.of("early").until == at(35));
  CHECK(rests.of("other").until == at(46));
}

TEST_CASE("only runs that ask a source say how its host does") {
  for (auto const* const mode : {"incremental", "changes", "full", "sweep"}) {
    CHECK(run::asks_source({.mode = mode}));
  }
  for (auto const* const mode : {"replay", "import", "remove", ""}) {
    CHECK_FALSE(run::asks_source({.mode = mode}));
  }
}
