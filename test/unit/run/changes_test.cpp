#include "run/harvest.hpp"

#include "support/catalogues.hpp"
#include "support/catch.hpp"
#include "support/fake_server.hpp"
#include "support/guarded.hpp"
#include "unit/kinds/fake_oai.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>

/// Runs that ask only for what has changed: when they do, what they leave as it was, and when
/// everything is asked for again.
using namespace terracat;
using namespace terracat::test;
using Strings = std::vector<std::string>;

namespace {

model::Instant noon_of(unsigned day_of_may) {
  return model::Instant(*model::Instant::at({2024, 5, day_of_may}, 12 * 3'600'000));
}

/// A repository whose records are of days of May 2024, two on a page.
class Repository {
 public:
  Repository() {
    server_.on("/oai", [this](ReceivedRequest const& request, Client& client) {
      auto const body = answer_to(request.target);
      if (!body) return hang_up()(request, client);
      answer({.headers = {{"Content-Type", "text/xml"}}, .body = *body})(request, client);
    });
  }

  void put(std::string const& id, int day_of_may) {
    auto const state = state_.lock();
    auto& records = state->oai.records;
    std::erase_if(records, [&](FakeOai::Record const& record) { return record.id == id; });
    auto const number = std::to_string(day_of_may);
    records.push_back(
        {.id = id,
         .date = "2024-05-" + std::string(2 - number.size(), '0') + number + "T08:00:00Z"});
  }

  void remove(std::string const& id) {
    std::erase_if(state_.lock()->oai.records,
                  [&](FakeOai::Record const& record) { return record.id == id; });
  }

  /// Nothing is answered from the n-th page of a run on; 0: everything is.
  void fail_from(std::size_t page) { state_.lock()->fails_from = page; }

  void refuse_dates() { state_.lock()->refuses_dates = true; }

  /// The dates that lists were asked from since the last call; "-": from the beginning.
  [[nodiscard]] Strings asked_from() { return std::exchange(state_.lock()->asked_from, {}); }

  [[nodiscard]] Source source() const {
    Source source;
    source.name = "a";
    source.kind = "oai-pmh";
    source.address = server_.url("/oai");
    source.allow_networks = {"127.0.0.0/8"};
    source.delay = std::chrono::milliseconds(0);
    source.retries = 0;
    source.changes = std::chrono::days(7);
    source.deletion.grace = std::chrono::days(0);
    source.deletion.grace_sweeps = 2;
    return source;
  }

 private:
  struct State {
    FakeOai oai{0};
    std::size_t fails_from = 0;
    std::size_t pages = 0; ///< of the run
    bool refuses_dates = false;
    Strings asked_from;
  };

  [[nodiscard]] std::optional<std::string> answer_to(std::string const& target) {
    auto const state = state_.lock();
    if (FakeOai::parameter(target, "verb") == "ListRecords") {
      auto const from = FakeOai::parameter(target, "from");
      if (FakeOai::parameter(target, "resumptionToken").empty()) {
        state->pages = 0;
        state->asked_from.push_back(from.empty() ? "-" : from);
      }
      ++state->pages;
      if (state->fails_from != 0 && state->pages >= state->fails_from) return std::nullopt;
      if (state->refuses_dates && !from.empty()) return FakeOai::error("badArgument");
    }
    return state->oai.answer({.url = target});
  }

  Guarded<State> state_;
  FakeServer server_; // the last member: its threads use the others
};

/// A catalogue with a harvest into it on a day of May 2024.
class Site {
 public:
  explicit Site(StoreUnderTest const& under_test)
      : catalogue_(under_test, {.sources = {{.name = "a"}}}),
        harvest_(catalogue_.catalogue(),
                 {.site = {}, .batch_size = 500, .now = [this] { return now_; }}, log_, metrics_) {}

  ~Site() { ::close(nowhere_); }

  void go_to(unsigned day_of_may) { now_ = noon_of(day_of_may); }

  Run run(Source const& source, run::Mode mode = run::Mode::incremental) {
    return harvest_.run(source, {.mode = mode}, {}, [](run::Progress const&) {});
  }

  [[nodiscard]] Strings records() {
    Strings out;
    auto view = catalogue_.view();
    for (auto const& row : view.reader().records({.limit = 100}).rows) out.push_back(row.id);
    std::ranges::sort(out);
    return out;
  }

  [[nodiscard]] std::size_t missing() { return catalogue_.view().reader().holdings("a").missing; }

  [[nodiscard]] SourceState state() { return catalogue_.view().reader().source("a"); }

  [[nodiscard]] CatalogueUnderTest& catalogue() noexcept { return catalogue_; }

 private:
  model::Instant now_{0};
  int nowhere_ = ::open("/dev/null", O_WRONLY | O_CLOEXEC); // NOLINT: C interface
  log::Logger log_{{.level = log::Level::error, .descriptor = nowhere_}};
  metrics::Metrics metrics_{{}};
  CatalogueUnderTest catalogue_;
  run::Harvest harvest_;
};

/// A site that harvested four records completely on the tenth of May.
struct Scene {
  explicit Scene(StoreUnderTest const& under_test) : site(under_test) {
    for (int i = 1; i <= 4; ++i) repository.put("r" + std::to_string(i), i);
    site.go_to(10);
    REQUIRE(site.run(repository.source()).outcome == RunOutcome::complete);
    static_cast<void>(repository.asked_from());
  }

  Run run_on(unsigned day_of_may) {
    site.go_to(day_of_may);
    return site.run(repository.source());
  }

  Repository repository;
  Site site;
};

} // namespace

TEST_CASE("after a complete run only what has changed is asked for, a day being overlapped") {
  auto const under_test = GENERATE(from_range(stores()));
  CAPTURE(under_test.name);
  Scene scene(under_test);
  scene.repository.put("r2", 12);
  scene.repository.put("r5", 12);

  auto const run = scene.run_on(12);
  CHECK(run.mode == "changes");
  CHECK(run.outcome == RunOutcome::complete);
  CHECK(run.counts.created == 1);
  CHECK(run.counts.unchanged == 1); // r2 says what it said
  CHECK(scene.repository.asked_from() == Strings{"2024-05-09T12:00:00Z"});
  CHECK(scene.site.records() == Strings{"r1", "r2", "r3", "r4", "r5"});
  CHECK(scene.site.missing() == 0);

  // The next one begins where this one began.
  CHECK(scene.run_on(14).counts.unchanged == 2);
  CHECK(scene.repository.asked_from() == Strings{"2024-05-11T12:00:00Z"});
  CHECK(scene.run_on(15).outcome == RunOutcome::complete); // nothing at all
  CHECK(scene.repository.asked_from() == Strings{"2024-05-13T12:00:00Z"});
}

TEST_CASE("nobody who did not ask for it gets a part of a source for the whole") {
  auto const under_test = GENERATE(from_range(stores()));
  Scene scene(under_test);
  auto source = scene.repository.source();
  source.changes = std::chrono::days(0);
  scene.site.go_to(11);
  CHECK(scene.site.run(source).mode == "incremental");
  CHECK(scene.site.run(scene.repository.source(), run::Mode::full).mode == "full");
  CHECK(scene.repository.asked_from() == Strings{"-", "-"});
}

TEST_CASE("what has gone is seen by the runs that ask for everything, when they are due again") {
  auto const under_test = GENERATE(from_range(stores()));
  CAPTURE(under_test.name);
  Scene scene(under_test);
  scene.repository.remove("r3");
  CHECK(scene.run_on(13).counts.missing == 0);
  CHECK(scene.site.missing() == 0);
  auto const last = scene.site.state().last_complete;
  CHECK(scene.site.state().last_changes);

  auto const whole = scene.run_on(17);
  CHECK(whole.mode == "incremental");
  CHECK(whole.counts.missing == 1);
  CHECK(scene.site.state().last_complete > last);
  CHECK_FALSE(scene.site.state().last_changes);
  CHECK(scene.run_on(18).mode == "changes");
  CHECK(scene.site.missing() == 1); // as it was
  CHECK(scene.run_on(24).counts.deleted == 1);
  CHECK(scene.repository.asked_from() ==
        Strings{"2024-05-09T12:00:00Z", "-", "2024-05-16T12:00:00Z", "-"});
  CHECK(scene.site.records() == Strings{"r1", "r2", "r4"});
}

TEST_CASE("what comes back among the changes is missing no more") {
  auto const under_test = GENERATE(from_range(stores()));
  CAPTURE(under_test.name);
  Scene scene(under_test);
  scene.repository.remove("r3");
  CHECK(scene.run_on(17).counts.missing == 1);
  scene.repository.put("r3", 17);
  CHECK(scene.run_on(18).mode == "changes");
  CHECK(scene.site.missing() == 0);
}

TEST_CASE("a source that is asked for something else is asked for all of it") {
  auto const under_test = GENERATE(from_range(stores()));
  Scene scene(under_test);
  auto source = scene.repository.source();
  source.options = R"({"metadata_prefix":"oai_dc"})";
  scene.site.go_to(11);
  CHECK(scene.site.run(source).mode == "incremental");
  CHECK(scene.site.run(source).mode == "changes");
  CHECK(scene.repository.asked_from() == Strings{"-", "2024-05-10T12:00:00Z"});
}

TEST_CASE("a run for changes that fails goes on, and is begun from the same time again") {
  auto const under_test = GENERATE(from_range(stores()));
  CAPTURE(under_test.name);
  Scene scene(under_test);
  for (int i = 5; i <= 9; ++i) scene.repository.put("r" + std::to_string(i), 11);
  scene.repository.fail_from(2);
  auto const failed = scene.run_on(12);
  CHECK(failed.mode == "changes");
  CHECK(failed.outcome == RunOutcome::failed);
  CHECK_FALSE(scene.site.state().checkpoint.empty());
  CHECK_FALSE(scene.site.state().last_changes);

  scene.repository.fail_from(0);
  auto const rest = scene.run_on(16);
  CHECK(rest.mode == "changes");
  CHECK(rest.outcome == RunOutcome::complete);
  CHECK(scene.site.records().size() == 9);
  CHECK(scene.site.state().last_changes == noon_of(12)); // what its first page told is of then
  CHECK(scene.repository.asked_from() == Strings{"2024-05-09T12:00:00Z"}); // the rest by its token
  CHECK(scene.site.state().checkpoint.empty());
  CHECK(scene.site.missing() == 0);
}

TEST_CASE("what was seen of a complete run that was interrupted is not lost to one for changes") {
  auto const under_test = GENERATE(from_range(stores()));
  CAPTURE(under_test.name);
  Scene scene(under_test);
  scene.repository.fail_from(2);
  CHECK(scene.run_on(17).outcome == RunOutcome::failed);
  scene.repository.fail_from(0);
  auto const rest = scene.run_on(20);
  CHECK(rest.mode == "incremental");
  CHECK(rest.outcome == RunOutcome::complete);
  CHECK(scene.site.state().last_complete == noon_of(17));
  CHECK(scene.repository.asked_from() == Strings{"-"});
  CHECK(scene.site.missing() == 0);
}

TEST_CASE("a run that goes on since nobody knows when proves no more than was known before") {
  auto const under_test = GENERATE(from_range(stores()));
  CAPTURE(under_test.name);
  Scene scene(under_test);
  scene.repository.fail_from(2);
  for (int i = 0; i < 101; ++i) scene.run_on(17);
  scene.repository.fail_from(0);
  CHECK(scene.run_on(18).outcome == RunOutcome::complete);
  CHECK(scene.site.state().last_complete == noon_of(10));
}

TEST_CASE("a source that refuses to be asked for changes is asked for everything at once") {
  auto const under_test = GENERATE(from_range(stores()));
  CAPTURE(under_test.name);
  Scene scene(under_test);
  scene.repository.refuse_dates();
  scene.repository.put("r5", 11);
  auto const run = scene.run_on(12);
  CHECK(run.mode == "incremental");
  CHECK(run.outcome == RunOutcome::complete);
  CHECK(run.counts.created == 1);
  CHECK(scene.repository.asked_from() == Strings{"2024-05-09T12:00:00Z", "-"});
  auto view = scene.site.catalogue().view();
  CHECK(view.reader().runs("a", 10).size() == 2); // the attempt is none
}
