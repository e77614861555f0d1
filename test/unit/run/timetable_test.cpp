#include "run/timetable.hpp"

#include "support/catch.hpp"

using namespace terracat;
using run::Timetable;

namespace {

constexpr std::int64_t minute = 60'000;

/// 2024-05-01T00:00:00Z, a Wednesday, and so many minutes.
model::Instant at(std::int64_t minutes) {
  return model::Instant(1'714'521'600'000 + minutes * minute);
}

Source source(std::string name, std::string address, std::string schedule) {
  Source out;
  out.name = std::move(name);
  out.address = std::move(address);
  out.schedule = std::move(schedule);
  return out;
}

} // namespace

TEST_CASE("a source is due at its time, up to two minutes later, and then again") {
  Timetable table({source("a", "https://a.example/csw", "30 1 * * *")}, at(0));
  REQUIRE(table.next(at(0)));
  CHECK(table.next(at(0))->milliseconds() >= at(90).milliseconds());
  CHECK(table.next(at(0))->milliseconds() < at(92).milliseconds());
  CHECK_FALSE(table.take(at(89)));
  auto const taken = table.take(at(92));
  REQUIRE(taken);
  CHECK(taken->name == "a");
  table.ended(*taken);
  CHECK_FALSE(table.take(at(93)));
  CHECK(table.next(at(0))->milliseconds() >= at(24 * 60 + 90).milliseconds());
  CHECK(table.take(at(24 * 60 + 92)));
}

TEST_CASE("the same source always waits the same") {
  Timetable const one({source("a", "https://a.example", "0 3 * * *")}, at(0));
  Timetable const other({source("a", "https://b.example", "0 3 * * *")}, at(60));
  CHECK(one.next(at(0)) == other.next(at(60)));
}

TEST_CASE("two sources of one host are never harvested at once") {
  Timetable table({source("a", "https://one.example/csw", "* * * * *"),
                   source("b", "https://one.example/stac", "* * * * *"),
                   source("c", "https://two.example/csw", "* * * * *")},
                  at(0));
  auto const first = table.take(at(10));
  auto const second = table.take(at(10));
  REQUIRE(first);
  REQUIRE(second);
  CHECK((first->name == "c") != (second->name == "c"));
  CHECK_FALSE(table.take(at(10)));
  CHECK_FALSE(table.next(at(0))); // every host is busy
  auto const& of_one = first->name == "c" ? *second : *first;
  table.ended(of_one);
  auto const third = table.take(at(10));
  REQUIRE(third);
  CHECK(third->name == (of_one.name == "a" ? "b" : "a"));
}

TEST_CASE("what was missed is made up for once") {
  Timetable table({source("a", "https://a.example", "0 * * * *")}, at(0));
  auto const taken = table.take(at(600)); // ten hours later
  REQUIRE(taken);
  table.ended(*taken);
  CHECK_FALSE(table.take(at(600)));
}

TEST_CASE("a run that did not get to its end goes on at once") {
  Timetable table({source("a", "https://a.example", "0 3 * * *"),
                   source("b", "https://b.example", "0 3 * * *")},
                  at(0));
  table.resume("b", at(1));
  table.resume("gone", at(1));
  CHECK(table.next(at(0)) == at(1));
  auto const taken = table.take(at(1));
  REQUIRE(taken);
  CHECK(taken->name == "b");
  table.ended(*taken);
  CHECK_FALSE(table.take(at(1)));
  CHECK(table.next(at(0))->milliseconds() >= at(180).milliseconds());
}

TEST_CASE("a run that came to nothing is tried again, and not later than its schedule says") {
  Timetable table({source("a", "https://a.example", "0 3 * * *"),
                   source("b", "https://b.example", "* * * * *")},
                  at(0));
  auto const daily = table.take(at(182));
  REQUIRE(daily);
  auto const other = table.take(at(182));
  REQUIRE(other);
  for (auto const& one : {*daily, *other}) {
    table.ended(one);
    table.again(one, at(200));
  }
  auto const first = table.take(at(190));
  REQUIRE(first);
  CHECK(first->name == "b"); // each minute
  CHECK_FALSE(table.take(at(199)));
  auto const second = table.take(at(200));
  REQUIRE(second);
  CHECK(second->name == "a");
}

TEST_CASE("sources that are off or have no schedule are left out") {
  auto off = source("a", "https://a.example", "* * * * *");
  off.enabled = false;
  CHECK(Timetable({off, source("b", "https://b.example", "")}, at(0)).empty());
  // A day that never comes.
  Timetable table({source("c", "https://c.example", "0 0 30 2 *")}, at(0));
  CHECK_FALSE(table.take(at(5 * 366 * 24 * 60)));
}

TEST_CASE("a run out of turn takes its host like any other") {
  Timetable table({source("a", "https://a.example", "* * * * *")}, at(0));
  auto const other = source("by-hand", "https://a.example/other", "");
  CHECK(table.occupy(other));
  CHECK_FALSE(table.occupy(other));
  CHECK_FALSE(table.take(at(100'000'000)));
  table.ended(other);
  CHECK(table.take(at(100'000'000)));
}

TEST_CASE("other sources leave runs in progress their hosts") {
  Timetable table({source("a", "https://a.example", "* * * * *")}, at(0));
  auto const running = table.take(at(100'000'000));
  REQUIRE(running);
  table.replace(Timetable({source("b", "https://a.example", "* * * * *")}, at(0)), at(100'000'000));
  CHECK_FALSE(table.take(at(200'000'000)));
  table.ended(*running);
  auto const next = table.take(at(200'000'000));
  REQUIRE(next);
  CHECK(next->name == "b");
}

TEST_CASE("another timetable takes up what was interrupted, but not what is running") {
  auto const daily = "0 0 1 1 *";
  std::vector<Source> const sources{source("a", "https://a.example", daily),
                                    source("b", "https://b.example", daily),
                                    source("c", "https://a.example", daily)};
  auto const resumed = [&] {
    Timetable next(sources, at(10));
    for (auto const* const name : {"a", "b", "c"}) next.resume(name, at(10));
    return next;
  };
  Timetable table(sources, at(0));
  table.resume("a", at(1));
  auto const running = table.take(at(1));
  REQUIRE(running);
  CHECK(running->name == "a");
  table.replace(resumed(), at(10));
  CHECK(table.take(at(10))->name == "b");
  CHECK_FALSE(table.take(at(10))); // c waits for the host of a
  table.ended(*running);
  CHECK(table.take(at(10))->name == "c");
  table.ended(sources[1]);
  table.ended(sources[2]);
  CHECK_FALSE(table.take(at(20))); // a was running and is not begun again
}

TEST_CASE("other settings put off nothing that is due or in its minutes of waiting") {
  auto const daily = source("a", "https://a.example", "0 3 * * *");
  Timetable table({daily}, at(0));
  auto const due = table.next(at(0)).value();
  CHECK(due.milliseconds() >= at(180).milliseconds());
  auto renamed = daily;
  renamed.title = "Another title";
  SECTION("between its time and its turn") {
    table.replace(Timetable({renamed}, at(180)), at(180));
    CHECK(table.next(at(0)) == due);
  }
  SECTION("overdue, whatever its new times are") {
    renamed.schedule = "0 12 * * *";
    table.replace(Timetable({renamed}, at(190)), at(190));
    CHECK(table.next(at(0)) == due);
  }
  SECTION("new times count if it was not due") {
    renamed.schedule = "0 2 * * *";
    table.replace(Timetable({renamed}, at(10)), at(10));
    CHECK(table.next(at(0))->milliseconds() < at(122).milliseconds());
  }
  SECTION("a run that is to go on") {
    table.resume("a", at(10));
    table.replace(Timetable({renamed}, at(11)), at(11));
    CHECK(table.next(at(0)) == at(10));
  }
}

TEST_CASE("one source is never harvested twice at once, wherever it has moved to") {
  Timetable table({source("a", "https://old.example", "* * * * *")}, at(0));
  auto const running = table.take(at(10));
  REQUIRE(running);
  auto const moved = source("a", "https://new.example", "* * * * *");
  table.replace(Timetable({moved}, at(10)), at(10));
  CHECK_FALSE(table.take(at(20)));
  CHECK_FALSE(table.occupy(moved));
  table.ended(*running);
  CHECK(table.take(at(20)));
}

TEST_CASE("a host is the same however its address is written") {
  Timetable table({source("a", "https://user:secret@one.example/csw", "* * * * *"),
                   source("b", "https://ONE.example:443/stac", "* * * * *"),
                   source("c", "https://one.example:8443/stac", "* * * * *")},
                  at(0));
  std::vector<Source> taken;
  while (auto one = table.take(at(10))) taken.push_back(*one);
  REQUIRE(taken.size() == 2);
  CHECK((taken[0].name == "c" || taken[1].name == "c"));
}

TEST_CASE("a paused source has no turn until it is resumed, and then one for all that was missed") {
  Timetable table({source("a", "https://a.example", "* * * * *"),
                   source("b", "https://b.example", "* * * * *")},
                  at(0));
  table.set_paused({"a", "unknown"});
  CHECK(table.take(at(10))->name == "b");
  CHECK_FALSE(table.take(at(10)));
  CHECK_FALSE(table.next(at(10))); // b is busy
  table.set_paused({});
  auto const taken = table.take(at(10));
  REQUIRE(taken);
  CHECK(taken->name == "a");
  table.ended(*taken);
  CHECK_FALSE(table.take(at(10)));
}

TEST_CASE("what was said while other settings were read stays said") {
  std::vector<Source> const sources{source("a", "https://a.example", "* * * * *"),
                                    source("b", "https://b.example", "* * * * *")};
  Timetable table(sources, at(0), {.failures = 1});
  SECTION("a pause") {
    Timetable next(sources, at(0));
    table.set_paused({"a"});
    table.replace(std::move(next), at(1));
    CHECK(table.take(at(10))->name == "b");
    CHECK_FALSE(table.take(at(10)));
  }
  SECTION("the end of one") {
    table.set_paused({"a", "b"});
    Timetable next(sources, at(0));
    next.set_paused({"a", "b"});
    table.set_paused({"b"});
    table.replace(std::move(next), at(1));
    CHECK(table.take(at(10))->name == "a");
  }
  SECTION("a failure, of a host that rests from then on") {
    Timetable next(sources, at(0), {.failures = 1});
    CHECK(table.note(sources.front(), RunOutcome::failed, at(1)).until == at(16));
    table.replace(std::move(next), at(2));
    CHECK(table.take(at(15))->name == "b");
    CHECK_FALSE(table.take(at(15)));
    CHECK(table.take(at(16))->name == "a");
  }
}

TEST_CASE("in its quiet hours no source begins, whichever rule names it") {
  auto const named = GENERATE(as<std::string>{}, "source", "host", "all");
  run::Manners::Quiet quiet{.hours = run::QuietHours::parse({"00:00-06:00"}).value()};
  if (named == "source") quiet.sources = {"a"};
  if (named == "host") quiet.hosts = {"A.example"};
  auto const everywhere = "30 0,7 * * *";
  Timetable table({source("a", "https://a.example:8443/csw", everywhere),
                   source("b", "https://b.example", everywhere)},
                  at(0), {.quiet = {quiet}});
  std::vector<std::string> taken;
  while (auto one = table.take(at(40))) taken.push_back(one->name);
  CHECK(taken == (named == "all" ? std::vector<std::string>{} : std::vector<std::string>{"b"}));
  CHECK(table.next(at(40)) == at(360));
  CHECK(table.quiet_until("a", at(40)) == at(360));
  CHECK_FALSE(table.quiet_until("a", at(360)));
  CHECK_FALSE(table.quiet_until("unknown", at(40)));
  std::vector<std::string> late; // what was due meanwhile is made up for once
  while (auto one = table.take(at(360))) late.push_back(one->name);
  CHECK(late ==
        (named == "all" ? std::vector<std::string>{"a", "b"} : std::vector<std::string>{"a"}));
}

TEST_CASE("no source of a host begins while that rests, and the one due for longest is its trial") {
  Timetable table({source("a", "https://a.example/one", "* * * * *"),
                   source("b", "https://a.example/two", "0 * * * *"),
                   source("c", "https://c.example", "59 23 31 12 *")},
                  at(0), {.failures = 2});
  auto const fail = [&](std::int64_t minutes) {
    auto const taken = table.take(at(minutes));
    REQUIRE(taken);
    table.ended(*taken);
    return table.note(*taken, RunOutcome::failed, at(minutes));
  };
  CHECK_FALSE(fail(10).until);
  auto const rest = fail(62);
  CHECK(rest.until == at(77));
  CHECK(rest.failures == 2);
  CHECK_FALSE(table.take(at(76)));
  CHECK(table.next(at(76)) == at(77));
  auto const trial = table.take(at(77));
  REQUIRE(trial);
  table.ended(*trial);
  CHECK_FALSE(table.note(*trial, RunOutcome::complete, at(78)).until);
  CHECK(table.take(at(80)));
}

TEST_CASE("a timetable takes over how hosts did before it") {
  run::Rests rests(1);
  rests.note(run::host_of("https://user@A.example/csw"), RunOutcome::failed, at(0));
  Timetable table({source("a", "https://a.example:443/other", "* * * * *")}, at(0));
  table.set_rests(rests);
  CHECK_FALSE(table.take(at(14)));
  CHECK(table.take(at(15)));
}
