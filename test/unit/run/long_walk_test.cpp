#include "run/harvest.hpp"

#include "support/catalogues.hpp"
#include "support/catch.hpp"
#include "support/fake_server.hpp"
#include "support/guarded.hpp"
#include "unit/kinds/fake_oai.hpp"

#include <fcntl.h>
#include <unistd.h>

/// Walks through so many documents that the checkpoints of most pages are not stored.
using namespace terracat;
using namespace terracat::test;

namespace {

constexpr std::size_t count = 7'000;
constexpr std::size_t on_page = 200; ///< so there are 35 of them

/// A repository of many records, which may hang up at a page.
class Repository {
 public:
  Repository() {
    state_.lock()->oai.page = on_page;
    server_.on("/oai", [this](ReceivedRequest const& request, Client& client) {
      auto const body = answer_to(request.target);
      if (!body) return hang_up()(request, client);
      answer({.headers = {{"Content-Type", "text/xml"}}, .body = *body})(request, client);
    });
  }

  void remove_first() {
    auto const state = state_.lock();
    state->oai.records.erase(state->oai.records.begin());
  }

  /// Counts from now on. \param page  from which on none is answered; 0: all are
  void fail_from(std::size_t page) {
    auto const state = state_.lock();
    state->lists = 0;
    state->fails_from = page;
  }

  [[nodiscard]] std::size_t lists() { return state_.lock()->lists; }

  [[nodiscard]] Source source() const {
    Source source;
    source.name = "a";
    source.kind = "oai-pmh";
    source.address = server_.url("/oai");
    source.allow_networks = {"127.0.0.0/8"};
    source.delay = std::chrono::milliseconds(0);
    source.retries = 0;
    source.deletion.grace = std::chrono::days(0);
    source.deletion.grace_sweeps = 1;
    return source;
  }

 private:
  struct State {
    FakeOai oai{count};
    std::size_t fails_from = 0;
    std::size_t lists = 0;
  };

  [[nodiscard]] std::optional<std::string> answer_to(std::string const& target) {
    auto const state = state_.lock();
    bool const is_list = FakeOai::parameter(target, "verb").starts_with("ListI") ||
                         FakeOai::parameter(target, "verb") == "ListRecords";
    if (is_list) ++state->lists;
    bool const fails = state->fails_from != 0 && state->lists >= state->fails_from;
    if (is_list && fails) return std::nullopt;
    return state->oai.answer({.url = target});
  }

  Guarded<State> state_;
  FakeServer server_; // the last member: its threads use the others
};

class Site {
 public:
  ~Site() { ::close(nowhere_); }

  Run run(Source const& source, run::Mode mode) {
    return harvest_.run(source, {.mode = mode}, {}, [](run::Progress const&) {});
  }

 private:
  int nowhere_ = ::open("/dev/null", O_WRONLY | O_CLOEXEC); // NOLINT: C interface
  log::Logger log_{{.level = log::Level::error, .descriptor = nowhere_}};
  metrics::Metrics metrics_{{}};
  // Not in memory: the reference looks through all records for each id.
  CatalogueUnderTest catalogue_{stores().back(), {.sources = {{.name = "a"}}}};
  run::Harvest harvest_{catalogue_.catalogue(),
                        {.site = {}, .batch_size = 500, .now = [] { return model::Instant(0); }},
                        log_,
                        metrics_};
};

} // namespace

TEST_CASE("a walk whose checkpoints are not all stored goes on, and is proven") {
  Repository repository;
  Site site;
  // Each id has 12 bytes in a checkpoint. Up to page 27 it has less than 64 KB and is stored; then
  // those of pages 29, 31 and 34 are, behind which a sixteenth more has come.
  repository.fail_from(34);
  auto run = site.run(repository.source(), run::Mode::incremental);
  CHECK(run.outcome == RunOutcome::failed);
  CHECK(run.counts.created == 6'600);
  repository.fail_from(0);
  run = site.run(repository.source(), run::Mode::incremental);
  CHECK(run.outcome == RunOutcome::complete);
  CHECK(run.counts.created == 400);
  CHECK(run.counts.unchanged == 400); // of pages 32 and 33, which are walked again
  CHECK(repository.lists() == 4);

  // So is one that asks for ids alone, and what it has not seen goes.
  repository.remove_first();
  repository.fail_from(34);
  CHECK(site.run(repository.source(), run::Mode::sweep).outcome == RunOutcome::failed);
  repository.fail_from(0);
  run = site.run(repository.source(), run::Mode::sweep);
  CHECK(run.outcome == RunOutcome::complete);
  CHECK(run.counts.deleted == 1);
  CHECK(repository.lists() == 4);
}
