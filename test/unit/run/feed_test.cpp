#include "catalogue/kept_cursor.hpp"
#include "run/harvest.hpp"
#include "run/schedule.hpp"
#include "support/catalogues.hpp"
#include "support/catch.hpp"
#include "support/fake_server.hpp"
#include "support/guarded.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <map>

/// Runs over the feed of another catalogue: where the next one goes on.
using namespace terracat;
using namespace terracat::test;

namespace {

std::string cursor(int sequence) {
  return "0123456789abcdef-" + std::to_string(sequence);
}

/// A feed whose pages are made up. A page that there is not is gone (410).
class FeedServer {
 public:
  FeedServer() {
    server_.on("/changes", [this](ReceivedRequest const& request, Client& client) {
      auto const at = request.target.find("since=");
      auto const since = at == std::string::npos
                             ? std::string()
                             : request.target.substr(at + 6, request.target.find('&', at) - at - 6);
      auto const pages = pages_.lock();
      auto const page = pages->find(since);
      bool const is_there = page != pages->end();
      answer({.status = is_there ? 200 : 410, .body = is_there ? page->second : "{}"})(request,
                                                                                       client);
    });
  }

  /// The page behind a cursor (0: the beginning) puts or removes what comes up to the next.
  void say(int since, int next, bool is_gone, bool at_end, int held) {
    std::string changes;
    for (int number = since + 1; number <= next; ++number) {
      // What goes is what was put first.
      auto const id = "r" + std::to_string(is_gone ? number % 100 : number);
      changes += (changes.empty() ? "" : ",") + (R"({"cursor":")" + cursor(number)) +
                 R"(","type":"record","id":")" + id + R"(","op":")" +
                 (is_gone ? R"(delete"})"
                          : R"(upsert","record":{"record":1,"native_id":")" + id +
                                R"(","type":"dataset","title":[["","T"]]}})");
    }
    (*pages_.lock())[since == 0 ? "" : cursor(since)] =
        R"({"changes":[)" + changes + R"(],"next":")" + cursor(next) + R"(","at_end":)" +
        (at_end ? "true" : "false") + R"(,"held":{"records":)" + std::to_string(held) + "}}";
  }

  [[nodiscard]] Source source() const {
    Source out;
    out.name = "a";
    out.kind = "terracat";
    out.address = server_.url("");
    out.allow_networks = {"127.0.0.0/8"};
    out.delay = std::chrono::milliseconds(0);
    out.retries = 0;
    out.changes = std::chrono::days(7);
    out.deletion.brake_count = 1;
    out.deletion.brake_share = 0;
    return out;
  }

 private:
  Guarded<std::map<std::string, std::string>> pages_;
  FakeServer server_; // the last member: its threads use the others
};

struct Site {
  explicit Site(StoreUnderTest const& under_test)
      : catalogue(under_test, {.sources = {{.name = "a"}}}),
        harvest(catalogue.catalogue(),
                {.site = {}, .batch_size = 500, .now = [] { return model::Instant::now(); }}, log,
                metrics) {}

  ~Site() { ::close(nowhere); }

  Run run(Source const& source, run::Mode mode = run::Mode::incremental) {
    return harvest.run(source, {.mode = mode}, {}, [](run::Progress const&) {});
  }

  SourceState state() { return catalogue.view().reader().source("a"); }

  std::size_t records() { return catalogue.view().reader().holdings("a").records; }

  /// Whether a schedule would begin a run of the source now.
  bool is_due(Source source) {
    source.schedule = "0 0 31 12 *";
    auto table = run::timetable_of({std::move(source)}, {}, catalogue.catalogue());
    return table.take(model::Instant::now()).has_value();
  }

  int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC); // NOLINT: C interface
  log::Logger log{{.level = log::Level::error, .descriptor = nowhere}};
  metrics::Metrics metrics{{}};
  CatalogueUnderTest catalogue;
  run::Harvest harvest;
};

} // namespace

TEST_CASE("a feed that does not know its own cursor fails each run, which is told") {
  auto const under_test = GENERATE(from_range(stores()));
  CAPTURE(under_test.name);
  FeedServer feed;
  feed.say(0, 3, false, false, 9);
  Site site(under_test);
  for (std::size_t runs = 1; runs <= 3; ++runs) {
    auto const run = site.run(feed.source());
    CHECK(run.outcome == RunOutcome::failed);
    CHECK(run.finished.has_value());
    auto const told = site.catalogue.view().reader().runs("a", 10);
    CHECK(told.size() == runs);
    CHECK(std::ranges::all_of(told, [](Run const& one) { return one.finished.has_value(); }));
  }
  CHECK(site.records() == 3);
}

TEST_CASE("the cursor of a complete run is no run that was interrupted") {
  auto const under_test = GENERATE(from_range(stores()));
  CAPTURE(under_test.name);
  FeedServer feed;
  feed.say(0, 3, false, false, 5);
  Site site(under_test);
  CHECK(site.run(feed.source()).outcome == RunOutcome::failed);
  CHECK(site.is_due(feed.source()));
  feed.say(3, 5, false, true, 5);
  CHECK(site.run(feed.source()).outcome == RunOutcome::complete);
  CHECK_FALSE(catalogue::cursor_of(site.state()).empty());
  CHECK_FALSE(site.is_due(feed.source()));
}

TEST_CASE("a sweep of ids leaves the cursor of the walk before") {
  auto const under_test = GENERATE(from_range(stores()));
  CAPTURE(under_test.name);
  FeedServer feed;
  feed.say(0, 5, false, true, 5);
  Site site(under_test);
  CHECK(site.run(feed.source()).outcome == RunOutcome::complete);
  auto const cursor = site.state().checkpoint;
  CHECK(site.run(feed.source(), run::Mode::sweep).outcome == RunOutcome::complete);
  CHECK(site.state().checkpoint == cursor);
  feed.say(5, 6, false, true, 6);
  CHECK(site.run(feed.source()).mode == "changes");
}

TEST_CASE("what the brake held back is told again to who was cut behind it") {
  auto const under_test = GENERATE(from_range(stores()));
  CAPTURE(under_test.name);
  FeedServer feed;
  feed.say(0, 100, false, true, 100);
  Site site(under_test);
  CHECK(site.run(feed.source()).outcome == RunOutcome::complete);
  feed.say(100, 110, true, false, 90);                          // r1 to r10
  CHECK(site.run(feed.source()).outcome == RunOutcome::failed); // behind it the feed is cut
  CHECK(site.records() == 100);
  feed.say(110, 111, false, true, 91);
  auto const rest = site.run(feed.source());
  CHECK(rest.mode == "changes");
  CHECK(rest.outcome == RunOutcome::incomplete); // and all is asked for next
  CHECK(site.records() == 101);
  CHECK(site.state().checkpoint.empty());
}
