#include "catalogue/trends.hpp"

#include "support/catch.hpp"
#include "support/stores.hpp"

/// What is unusual of the last run of a source.
using namespace terracat;
using namespace terracat::catalogue;

namespace {

constexpr std::int64_t noon = 1'795'780'800'000;

Run whole_run(std::int64_t documents, std::int64_t seconds = 10) {
  Run out{.source = "s", .mode = "incremental", .started = model::Instant(noon)};
  out.finished = model::Instant(noon + 1'000 * seconds);
  out.outcome = RunOutcome::complete;
  out.counts.unchanged = documents;
  return out;
}

using Departures = std::vector<Departure>;

} // namespace

TEST_CASE("a run is unusual that has more than twice or less than half of the median") {
  auto const last = [](Run const& run) {
    return departures_of({run, whole_run(100), whole_run(900), whole_run(90)});
  };
  CHECK(last(whole_run(100)).empty());
  CHECK(last(whole_run(50)).empty());
  CHECK(last(whole_run(49)) == Departures{{"documents", 49, 100}});
  CHECK(last(whole_run(200)).empty());
  CHECK(last(whole_run(201)) == Departures{{"documents", 201, 100}});

  CHECK(last(whole_run(100, 69)).empty()); // 59 seconds more
  CHECK(last(whole_run(100, 70)) == Departures{{"seconds", 70, 10}});
  auto failing = whole_run(100);
  failing.counts.failed = 9;
  CHECK(last(failing).empty());
  failing.counts.failed = 10;
  CHECK(last(failing) == Departures{{"failed", 10, 0}});
  failing.counts.unchanged = 5;
  failing.counts.warned = 20;
  CHECK(last(failing) == Departures{{"documents", 15, 100}, {"failed", 10, 0}, {"warned", 20, 0}});
}

TEST_CASE("of few runs nobody knows what is usual") {
  CHECK(departures_of({}).empty());
  CHECK(departures_of({whole_run(1)}).empty());
  CHECK(departures_of({whole_run(1), whole_run(100), whole_run(100)}).empty());
  CHECK(departures_of({whole_run(1), whole_run(100), whole_run(100), whole_run(100)}).size() == 1);
}

TEST_CASE("runs are compared that asked for everything and were complete") {
  auto const under_test = GENERATE(from_range(test::stores()));
  INFO(under_test.name);
  auto const store = under_test.make();
  auto const writer = store->writer();
  writer->begin();
  auto const put = [&](Run run, std::string const& source) {
    run.source = source;
    return writer->put_run(run);
  };
  for (int i = 0; i < 4; ++i) put(whole_run(100), "b");
  auto other = whole_run(1);
  other.mode = "changes";
  put(other, "b");
  other.mode = "incremental";
  other.outcome = RunOutcome::failed;
  put(other, "b");
  put(whole_run(7), "b"); // went on where that one had failed
  auto const last = put(whole_run(30), "b");
  put(whole_run(5), "a");
  other.mode = "import";
  other.outcome = RunOutcome::complete;
  put(other, "c");
  for (auto const* const name : {"a", "b", "c"}) writer->put_source({.name = name});
  writer->commit();

  auto const reader = store->reader();
  reader->begin();
  auto const trends = read_trends(*reader, "", 4);
  REQUIRE(trends.size() == 2);
  CHECK(trends[0].source == "a");
  CHECK(trends[0].runs.size() == 1);
  CHECK(trends[0].departures.empty());
  CHECK(trends[1].source == "b");
  CHECK(trends[1].runs.size() == 4);
  CHECK(trends[1].runs.front().number == last);
  CHECK(trends[1].departures == Departures{{"documents", 30, 100}});
  auto const few = read_trends(*reader, "b", 2);
  REQUIRE(few.size() == 1);
  CHECK(few.front().runs.size() == 2);
  CHECK(few.front().departures == trends[1].departures); // what is usual is known from all
  CHECK(read_trends(*reader, "c", 2).empty());
}
