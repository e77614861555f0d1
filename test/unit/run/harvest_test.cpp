#include "run/harvest.hpp"

#include "kinds/files/files.hpp"
#include "support/catalogues.hpp"
#include "support/catch.hpp"
#include "support/fake_server.hpp"
#include "support/guarded.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <sstream>
#include <utility>

/// Whole runs: a source that speaks over a socket, a catalogue, what is left behind.
using namespace terracat;
using namespace terracat::test;
using Strings = std::vector<std::string>;

namespace {

std::string iso_record(std::string const& id, std::string const& title) {
  return R"(<gmd:MD_Metadata xmlns:gmd="http://www.isotc211.org/2005/gmd" )"
         R"(xmlns:gco="http://www.isotc211.org/2005/gco"><gmd:fileIdentifier><gco:CharacterString>)" +
         id +
         "</gco:CharacterString></gmd:fileIdentifier><gmd:identificationInfo>"
         "<gmd:MD_DataIdentification><gmd:citation><gmd:CI_Citation><gmd:title>"
         "<gco:CharacterString>" +
         title +
         "</gco:CharacterString></gmd:title></gmd:CI_Citation></gmd:citation><gmd:abstract>"
         "<gco:CharacterString>About it.</gco:CharacterString></gmd:abstract>"
         "</gmd:MD_DataIdentification></gmd:identificationInfo></gmd:MD_Metadata>";
}

/// A catalogue service with records by id and title; an empty title makes a broken record.
class Csw {
 public:
  using Records = std::vector<std::pair<std::string, std::string>>;

  explicit Csw(Records records) {
    state_.lock()->records = std::move(records);
    server_.on("/csw", [this](ReceivedRequest const& request, Client& client) {
      auto const start = number(request.target, "startPosition=");
      auto const page = answer_at(start);
      if (!page) return hang_up()(request, client);
      answer({.headers = {{"Content-Type", "application/xml"}}, .body = *page})(request, client);
    });
  }

  void rename(std::size_t index, std::string title) {
    state_.lock()->records[index].second = std::move(title);
  }

  /// Nothing is answered from this position on; 0: everything is.
  void fail_from(std::size_t start) { state_.lock()->fails_from = start; }

  /// The pages that were asked for since the last call.
  [[nodiscard]] std::vector<std::size_t> starts() {
    return std::exchange(state_.lock()->starts, {});
  }

  [[nodiscard]] Source source() const {
    Source source;
    source.name = "csw";
    source.kind = "csw";
    source.address = server_.url("/csw");
    source.options = R"({"page_size":2})";
    source.allow_networks = {"127.0.0.0/8"};
    source.delay = std::chrono::milliseconds(0);
    source.retries = 0;
    return source;
  }

 private:
  static std::size_t number(std::string const& target, std::string const& name) {
    return std::stoul(target.substr(target.find(name) + name.size()));
  }

  struct State {
    Records records;
    std::size_t fails_from = 0;
    std::vector<std::size_t> starts;
  };

  [[nodiscard]] std::optional<std::string> answer_at(std::size_t start) {
    auto const state = state_.lock();
    state->starts.push_back(start);
    if (state->fails_from != 0 && start >= state->fails_from) return std::nullopt;
    auto const& records = state->records;
    auto const behind = std::min(start + 2, records.size() + 1);
    std::string body;
    for (auto i = start; i < behind; ++i) {
      body += iso_record(records[i - 1].first, records[i - 1].second);
    }
    return R"(<csw:GetRecordsResponse xmlns:csw="http://www.opengis.net/cat/csw/2.0.2">)"
           R"(<csw:SearchResults numberOfRecordsMatched=")" +
           std::to_string(records.size()) + R"(" numberOfRecordsReturned=")" +
           std::to_string(behind - start) + R"(" nextRecord=")" +
           std::to_string(behind > records.size() ? 0 : behind) + R"(">)" + body +
           "</csw:SearchResults></csw:GetRecordsResponse>";
  }

  Guarded<State> state_;
  FakeServer server_; // the last member: its threads use the others
};

/// A catalogue with a harvest into it, and what tests ask of both.
class Site {
 public:
  explicit Site(StoreUnderTest const& under_test)
      : catalogue_(under_test, {.sources = {{.name = "csw"}, {.name = "local", .order = 1}}}),
        harvest_(catalogue_.catalogue(), {.site = {}, .batch_size = 500}, log_, metrics_) {}

  ~Site() { ::close(nowhere_); }

  Run run(Source const& source, run::Mode mode = run::Mode::incremental) {
    return harvest_.run(source, {.mode = mode}, {}, [](run::Progress const&) {});
  }

  [[nodiscard]] run::Harvest& harvest() noexcept { return harvest_; }

  [[nodiscard]] std::string metrics() const { return metrics_.text(); }

  [[nodiscard]] CatalogueUnderTest& catalogue() noexcept { return catalogue_; }

  /// "id: title" of all collections.
  [[nodiscard]] Strings titles() {
    Strings out;
    auto view = catalogue_.view();
    for (auto const& row : view.reader().records({.limit = 100}).rows) {
      out.push_back(row.id + ": " + row.title);
    }
    std::ranges::sort(out);
    return out;
  }

  [[nodiscard]] Sequence sequence() { return catalogue_.view().revision().sequence; }

  [[nodiscard]] std::string checkpoint() {
    auto view = catalogue_.view();
    return view.reader().source("csw").checkpoint;
  }

 private:
  int nowhere_ = ::open("/dev/null", O_WRONLY | O_CLOEXEC); // NOLINT: C interface
  log::Logger log_{{.level = log::Level::error, .descriptor = nowhere_}};
  metrics::Metrics metrics_{{}};
  CatalogueUnderTest catalogue_;
  run::Harvest harvest_;
};

RunCounts counts(std::int64_t created, std::int64_t updated, std::int64_t unchanged,
                 std::int64_t failed = 0) {
  return {.created = created, .updated = updated, .unchanged = unchanged, .failed = failed};
}

RunCounts without_warnings(RunCounts counts) {
  counts.warned = 0;
  return counts;
}

} // namespace

TEST_CASE("what has not changed costs nothing, what has is replaced in its place") {
  auto const under_test = GENERATE(from_range(stores()));
  CAPTURE(under_test.name);
  Csw csw({{"a", "A"}, {"b", "B"}, {"c", "C"}});
  Site site(under_test);

  auto const first = site.run(csw.source());
  CHECK(first.outcome == RunOutcome::complete);
  CHECK(without_warnings(first.counts) == counts(3, 0, 0));
  CHECK(site.titles() == Strings{"a: A", "b: B", "c: C"});
  CHECK(site.checkpoint().empty());

  auto const before = site.sequence();
  CHECK(without_warnings(site.run(csw.source()).counts) == counts(0, 0, 3));
  CHECK(site.sequence() == before);

  csw.rename(1, "B, revised");
  CHECK(without_warnings(site.run(csw.source()).counts) == counts(0, 1, 2));
  CHECK(site.titles() == Strings{"a: A", "b: B, revised", "c: C"});

  // Everything is read again, and nothing is found to have changed.
  auto const again = site.sequence();
  site.run(csw.source(), run::Mode::full);
  CHECK(site.sequence() == again);
}

TEST_CASE("a broken document is kept and told, stops nothing, and is tried again") {
  auto const under_test = GENERATE(from_range(stores()));
  CAPTURE(under_test.name);
  Csw csw({{"a", "A"}, {"b", ""}, {"c", "C"}});
  Site site(under_test);

  auto const first = site.run(csw.source());
  CHECK(first.outcome == RunOutcome::complete);
  CHECK(without_warnings(first.counts) == counts(2, 0, 0, 1));
  auto const report = site.catalogue().report(first);
  CHECK(std::ranges::find(report, "failed no-title b") != report.end());
  {
    auto view = site.catalogue().view();
    auto const kept = view.reader().document("csw", "b");
    REQUIRE(kept);
    CHECK(kept->format == "iso19139");
    CHECK(kept->bytes.find("About it.") != std::string::npos);
  }
  CHECK(without_warnings(site.run(csw.source()).counts) == counts(0, 0, 2, 1));
  csw.rename(1, "B");
  CHECK(without_warnings(site.run(csw.source()).counts) == counts(1, 0, 2));
}

TEST_CASE("a run whose source dies goes on from its page") {
  auto const under_test = GENERATE(from_range(stores()));
  CAPTURE(under_test.name);
  Csw csw({{"a", "A"}, {"b", "B"}, {"c", "C"}, {"d", "D"}, {"e", "E"}});
  csw.fail_from(3);
  Site site(under_test);

  auto const broken = site.run(csw.source());
  CHECK(broken.outcome == RunOutcome::failed);
  CHECK_FALSE(broken.message.empty());
  CHECK(without_warnings(broken.counts) == counts(2, 0, 0));
  CHECK(site.titles() == Strings{"a: A", "b: B"}); // committed with the page
  CHECK_FALSE(site.checkpoint().empty());

  csw.fail_from(0);
  static_cast<void>(csw.starts());
  auto const rest = site.run(csw.source());
  CHECK(rest.outcome == RunOutcome::complete);
  CHECK(csw.starts() == std::vector<std::size_t>{3, 5});
  CHECK(without_warnings(rest.counts) == counts(3, 0, 0));
  CHECK(site.titles() == Strings{"a: A", "b: B", "c: C", "d: D", "e: E"});
  CHECK(site.checkpoint().empty());
}

TEST_CASE("a run that was to read everything goes on to do so") {
  Csw csw({{"a", "A"}, {"b", "B"}, {"c", "C"}, {"d", "D"}, {"e", "E"}});
  Site site(stores().front());
  site.run(csw.source());
  csw.fail_from(3);
  auto const run = [&](run::Mode mode) {
    return site.harvest().run(csw.source(), {.mode = mode}, {}, [](run::Progress const&) {});
  };
  CHECK(run(run::Mode::full).outcome == RunOutcome::failed);
  CHECK(run(run::Mode::incremental).mode == "full"); // and fails, too
  csw.fail_from(0);
  static_cast<void>(csw.starts());
  auto const rest = run(run::Mode::incremental);
  CHECK(rest.mode == "full");
  CHECK(rest.outcome == RunOutcome::complete);
  CHECK(csw.starts() == std::vector<std::size_t>{3, 5});
  CHECK(run(run::Mode::incremental).mode == "incremental");
}

TEST_CASE("a run that fails before its first page leaves no way into the run before it") {
  auto const under_test = GENERATE(from_range(stores()));
  auto const mode = GENERATE(run::Mode::full, run::Mode::sweep);
  CAPTURE(under_test.name, run::name(mode));
  Csw csw({{"a", "A"}, {"b", "B"}, {"c", "C"}, {"d", "D"}, {"e", "E"}});
  auto source = csw.source();
  source.deletion.grace = std::chrono::days(0);
  source.deletion.grace_sweeps = 1;
  Site site(under_test);
  site.run(source);

  csw.fail_from(3);
  CHECK(site.run(source).outcome == RunOutcome::failed);
  CHECK_FALSE(site.checkpoint().empty());
  csw.fail_from(1);
  CHECK(site.run(source, mode).outcome == RunOutcome::failed);
  CHECK(site.checkpoint().empty());
  csw.fail_from(0);
  auto const whole = site.run(source);
  CHECK(whole.outcome == RunOutcome::complete);
  CHECK(whole.counts.missing == 0);
  CHECK(whole.counts.deleted == 0);
  CHECK(site.titles().size() == 5);
}

TEST_CASE("a run that is stopped keeps what it has and goes on later") {
  Csw csw({{"a", "A"}, {"b", "B"}, {"c", "C"}, {"d", "D"}, {"e", "E"}});
  Site site(stores().front());
  std::stop_source stop;
  auto const stopped = site.harvest().run(csw.source(), {}, stop.get_token(),
                                          [&](run::Progress const&) { stop.request_stop(); });
  CHECK(stopped.outcome == RunOutcome::interrupted);
  CHECK(site.titles().size() < 5);
  CHECK(site.run(csw.source()).outcome == RunOutcome::complete);
  CHECK(site.titles().size() == 5);
}

TEST_CASE("a checkpoint of other options begins again") {
  Csw csw({{"a", "A"}, {"b", "B"}, {"c", "C"}});
  csw.fail_from(3);
  Site site(stores().front());
  site.run(csw.source());
  csw.fail_from(0);
  static_cast<void>(csw.starts());
  auto other = csw.source();
  other.options = R"({"page_size":2,"sort_by":""})";
  CHECK(site.run(other).outcome == RunOutcome::complete);
  CHECK(csw.starts().front() == 1);
  CHECK(site.titles().size() == 3);
}

TEST_CASE("a replay reads what is kept and asks nobody") {
  Csw csw({{"a", "A"}, {"b", "B"}, {"c", ""}});
  Site site(stores().back());
  site.run(csw.source());
  static_cast<void>(csw.starts());
  auto const replayed = site.run(csw.source(), run::Mode::replay);
  CHECK(replayed.outcome == RunOutcome::complete);
  CHECK(csw.starts().empty());
  CHECK(replayed.counts.created == 0);
  CHECK(replayed.counts.updated + replayed.counts.unchanged == 2);
  CHECK(replayed.counts.failed == 1);
}

TEST_CASE("a replay reads items again from what is kept of them") {
  auto const under_test = GENERATE(from_range(stores()));
  CAPTURE(under_test.name);
  Csw csw({});
  Site site(under_test);
  auto const body = [](std::string const& version) {
    return R"("type":"Feature","stac_version":")" + version +
           R"(","geometry":{"type":"Point","coordinates":[3.5,43.5]},"bbox":[3.5,43.5,3.5,43.5],)"
           R"("properties":{"datetime":"2020-01-01T00:00:00Z"},"assets":{"data":)"
           R"({"href":"terracat-asset:csw/a.nc"}},"links":[)";
  };
  auto const kept = [&](std::string const& id, std::string const& version) {
    model::ItemParts parts{.native_id = id, .collection = "rain"};
    parts.datetime = model::parse_rfc3339("2020-01-01T00:00:00Z").value();
    parts.footprint = model::Geometry::box(model::Bbox::make(3.5, 43.5, 3.5, 43.5).value());
    parts.has_local_assets = true;
    parts.body = body(version);
    return catalogue::ItemPut{
        .item = model::Item::make(std::move(parts)).value(), .hash = 7, .findings = {}};
  };
  // One was read by a mapping of today, the other by one that left the version as it was.
  auto rain = record("csw", "rain");
  rain.document.bytes.clear(); // the collection has none that could be read again
  site.catalogue().submit("csw", std::move(rain), kept("new", "1.1.0"), kept("old", "1.0.0"));
  site.catalogue().submit("local", record("local", "other"), item("other", {.id = "foreign"}));

  auto const replayed = site.run(csw.source(), run::Mode::replay);
  CHECK(replayed.outcome == RunOutcome::complete);
  CHECK(without_warnings(replayed.counts) == counts(0, 1, 1));
  auto view = site.catalogue().view();
  auto const collection = view.reader().record_by_id("rain").value();
  for (auto const* const id : {"new", "old"}) {
    auto const row = view.reader().item(collection, id);
    REQUIRE(row);
    CHECK(row->hash == 7);
    CHECK(row->has_local_assets);
    std::string text;
    view.reader().body(row->number, text);
    CHECK(text == body("1.1.0"));
  }
}

TEST_CASE("documents that are at hand say nothing of where their source stands") {
  auto const under_test = GENERATE(from_range(stores()));
  CAPTURE(under_test.name);
  Csw csw({{"a", "A"}, {"b", "B"}, {"c", "C"}});
  csw.fail_from(3);
  Site site(under_test);
  CHECK(site.run(csw.source()).outcome == RunOutcome::failed);
  auto const checkpoint = site.checkpoint();
  REQUIRE_FALSE(checkpoint.empty());

  CHECK(site.run(csw.source(), run::Mode::replay).outcome == RunOutcome::complete);
  CHECK(site.checkpoint() == checkpoint);
  CHECK(site.metrics().find("harvest_last_success") == std::string::npos);
  std::istringstream documents(R"({"type":"Collection","stac_version":"1.1.0","id":"z",)"
                               R"("title":"Z","description":"d","license":"other","links":[],)"
                               R"("extent":{"spatial":{"bbox":[[0,0,1,1]]},)"
                               R"("temporal":{"interval":[[null,null]]}}})");
  auto const harvester = kinds::files::from_stream(documents, {});
  site.harvest().import(csw.source(), *harvester, {}, [](run::Progress const&) {});
  CHECK(site.checkpoint() == checkpoint);
  auto view = site.catalogue().view();
  CHECK_FALSE(view.reader().source("csw").last_complete);
}

TEST_CASE("a source that nothing is fetched from says so") {
  Csw csw({});
  Site site(stores().front());
  auto source = csw.source();
  source.kind = "push";
  source.options = "{}";
  auto const run = site.run(source);
  CHECK(run.outcome == RunOutcome::failed);
  CHECK(run.message == "nothing is fetched from a source of kind 'push'");
  CHECK_THROWS_AS(site.harvest().preview(source, 1, {}), kinds::ProtocolError);
  CHECK(site.run(source, run::Mode::replay).outcome == RunOutcome::complete);
  CHECK(run::faults_of(source).empty());
  source.schedule = "0 3 * * *";
  CHECK(run::faults_of(source) ==
        Strings{"source 'csw'.schedule: nothing is fetched from a source of kind 'push'"});
}

TEST_CASE("a dry run shows what would become of documents and writes nothing") {
  Csw csw({{"a", "A"}, {"b", ""}, {"c", "C"}});
  Site site(stores().front());
  auto const shown = site.harvest().preview(csw.source(), 2, {});
  REQUIRE(shown.size() == 2);
  CHECK(shown[0].native_id == "a");
  CHECK(shown[0].format == "iso19139");
  CHECK(shown[0].mapped.find(R"("A")") != std::string::npos);
  CHECK(shown[1].mapped.empty());
  REQUIRE(shown[1].findings.size() == 1);
  CHECK(shown[1].findings[0].code == FindingCode::no_title);
  CHECK(site.titles().empty());
  CHECK(site.sequence() == 0);
  CHECK(site.checkpoint().empty());
}

TEST_CASE("what a source owns is not imported over") {
  Csw csw(Csw::Records{{"a", "A"}});
  Site site(stores().front());
  site.run(csw.source());
  std::istringstream documents(
      R"({"type":"Feature","stac_version":"1.1.0","id":"i","collection":"a","geometry":null,)"
      R"("properties":{"datetime":"2024-01-01T00:00:00Z"},"assets":{},"links":[]})");
  Source local;
  local.name = "local";
  local.kind = "push";
  auto const harvester = kinds::files::from_stream(documents, {});
  auto const run = site.harvest().import(local, *harvester, {}, [](run::Progress const&) {});
  CHECK(run.counts.created == 0);
  CHECK(run.counts.skipped + run.counts.failed == 1);
  auto const report = site.catalogue().report(run);
  REQUIRE(report.size() == 1);
  CHECK(report[0].find("owned-by-source") != std::string::npos);
}
