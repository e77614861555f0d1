#include "run/harvest.hpp"

#include "fetch/curl_fetcher.hpp"
#include "formats/record_json.hpp"
#include "kinds/options.hpp"
#include "run/around.hpp"
#include "run/course.hpp"
#include "run/cron.hpp"
#include "run/restraint.hpp"
#include "run/same_addresses.hpp"
#include "run/sparing.hpp"
#include "run/stepwise.hpp"
#include "run/sweeper.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <chrono>

namespace terracat::run {
namespace {

constexpr auto stopped_by_request = "stopped by request";

/// Passes on to the log what a source says beside its documents.
class Overheard : public Around {
 public:
  Overheard(std::unique_ptr<kinds::Harvester> harvester, std::string const& source,
            log::Logger& log)
      : Around(std::move(harvester)), source_(source), log_(log) {}

  [[nodiscard]] std::optional<kinds::Page> next(std::stop_token stop) override {
    auto page = inner().next(std::move(stop));
    if (!page) return page;
    for (auto const& remark : page->remarks) {
      log_.info(log::event::harvest_remark, "a source says something beside its documents",
                {{"source", source_}, {"text", remark}});
    }
    return page;
  }

 private:
  std::string const& source_;
  log::Logger& log_;
};

std::string format_of(DocumentReader::Read const& read) {
  if (auto const* const record = std::get_if<catalogue::RecordPut>(&read)) {
    return record->document.format;
  }
  if (auto const* const refused = std::get_if<catalogue::Refused>(&read)) {
    return refused->document.format;
  }
  if (auto const* const item = std::get_if<catalogue::ItemPut>(&read)) return item->format;
  return {};
}

Preview preview_of(DocumentReader::Read&& read) {
  Preview out;
  out.format = format_of(read);
  if (auto const* const record = std::get_if<catalogue::RecordPut>(&read)) {
    out.native_id = record->record->native_id;
    out.mapped = formats::to_record_json(record->record);
    out.findings = record->findings;
  } else if (auto const* const item = std::get_if<catalogue::ItemPut>(&read)) {
    out.native_id = item->item->native_id;
    out.mapped = "{" + item->item->body + "]}";
    out.findings = item->findings;
  } else if (auto const* const refused = std::get_if<catalogue::Refused>(&read)) {
    out.native_id = refused->document.native_id;
    out.findings = {refused->finding};
  }
  return out;
}

/// Pulls a source to its end, and ends the run as it deserves if the source does not get that far.
/// \throws kinds::ChangesUnknown  if nothing was written and the run may begin anew without changes
template<class Pull>
void pull(Stepwise& steps, bool may_begin_anew, Pull const& pull_all) {
  try {
    pull_all();
  } catch (kinds::ChangesUnknown const& error) {
    steps.wait(); // what is on its way is a part of the run
    if (may_begin_anew && steps.run().number == RunNumber{}) throw;
    steps.end(RunOutcome::failed, error.what());
  } catch (fetch::FetchError const& error) {
    bool const is_stopped = error.reason() == fetch::FetchError::Reason::stopped;
    steps.end(is_stopped ? RunOutcome::interrupted : RunOutcome::failed,
              is_stopped ? stopped_by_request : error.what());
  } catch (kinds::ProtocolError const& error) {
    steps.end(RunOutcome::failed, error.what());
  }
}

Walk walk_of(Mode mode) noexcept {
  switch (mode) {
  case Mode::changes:
    return Walk::changes;
  case Mode::sweep:
    return Walk::ids;
  case Mode::replay:
    return Walk::documents;
  default:
    return Walk::source;
  }
}

Against against_of(Mode mode) noexcept {
  switch (mode) {
  case Mode::incremental:
  case Mode::changes:
    return Against::known;
  case Mode::sweep:
    return Against::ids;
  default:
    return Against::nothing;
  }
}

/// \throws kinds::StaleCheckpoint, kinds::ProtocolError
std::unique_ptr<kinds::Harvester> begin(Source const& source, kinds::Means means,
                                        Course const& course) {
  auto const* const kind = kinds::find(source.kind);
  if (kind->start == nullptr) {
    throw kinds::ProtocolError("nothing is fetched from a source of kind '" + source.kind + "'");
  }
  if (course.mode == Mode::changes) {
    return kind->start_changes(source, means, course.checkpoint, course.since);
  }
  auto const what = course.mode == Mode::sweep ? kinds::What::ids : kinds::What::documents;
  return kind->start(source, means, course.checkpoint, what);
}

/// Where the source is to be asked for changes from, so far.
std::string cursor_of(Source const& source, store::Reader& reader) {
  reader.begin();
  auto out = catalogue::cursor_of(reader.source(source.name));
  reader.end();
  return out;
}

void end(Stepwise& steps, bool is_over, RunOutcome outcome) {
  if (is_over) {
    steps.end(outcome, {});
  } else {
    steps.end(RunOutcome::interrupted, stopped_by_request);
  }
}

} // namespace

std::string_view name(Mode mode) noexcept {
  switch (mode) {
  case Mode::incremental:
    return "incremental";
  case Mode::changes:
    return "changes";
  case Mode::full:
    return "full";
  case Mode::sweep:
    return "sweep";
  case Mode::replay:
    return "replay";
  }
  return "";
}

std::unique_ptr<fetch::Fetcher> Harvest::fetcher_of(Source const& source) const {
  std::scoped_lock const lock(mutex_);
  return std::make_unique<fetch::CurlFetcher>(fetch::policy_of(source, settings_.site));
}

void Harvest::set_site(fetch::Site site) {
  std::scoped_lock const lock(mutex_);
  settings_.site = std::move(site);
}

Run Harvest::run(Source const& source, Order const& order, std::stop_token const& stop,
                 OnProgress const& progress) {
  auto const session = catalogue_.session();
  auto& reader = session->reader();
  auto course = course_of(source, order.mode, settings_.now(), reader);
  try {
    return run(source, course, order.accepts_deletions, reader, stop, progress);
  } catch (kinds::ChangesUnknown const& error) {
    log_.warn(log::event::harvest_restarted,
              "the source cannot be asked for changes, and is asked for everything",
              {{"source", source.name}, {"cause", error.what()}});
    bool const wanted_changes = course.mode == Mode::changes;
    course = {.mode = wanted_changes ? Mode::incremental : course.mode, .checkpoint = {}};
    return run(source, course, order.accepts_deletions, reader, stop, progress);
  }
}

Run Harvest::run(Source const& source, Course const& course, bool accepts_deletions,
                 store::Reader& reader, std::stop_token const& stop, OnProgress const& progress) {
  log_.info(log::event::harvest_started, "a source is harvested",
            {{"source", source.name}, {"mode", name(course.mode)}});
  Stepwise steps(catalogue_, source, std::string(name(course.mode)), walk_of(course.mode),
                 settings_.batch_size, progress, settings_.now);
  if (course.mode == Mode::replay) {
    replay(source, reader, stop, steps);
  } else {
    bool const may_begin_anew = course.mode == Mode::changes || !course.checkpoint.empty();
    pull(steps, may_begin_anew,
         [&] { walk(source, course, accepts_deletions, reader, stop, steps); });
    steps.clear_up(reader, stop);
    reader.begin();
    tell_held(steps.run(), reader.source(source.name).held);
    reader.end();
  }
  finish(steps.run());
  return steps.run();
}

void Harvest::replay(Source const& source, store::Reader& reader, std::stop_token const& stop,
                     Stepwise& steps) const {
  auto const preparer = catalogue_.preparer();
  DocumentReader documents(
      source, Against::nothing, reader, settings_.rdf,
      Ahead{.preparer = preparer.get(), .languages = catalogue_.rules()->languages});
  reader.begin();
  StoredDocuments stored(reader, source.name);
  steps.announce(stored.size());
  while (auto document = stop.stop_requested() ? std::nullopt : stored.next()) {
    if (document->damage.empty()) {
      steps.add(documents.replay(std::move(*document)));
    } else {
      steps.remark({FindingCode::stored_damaged, {}, {}}, document->document.native_id);
    }
    reader.begin(); // the newest state, should there be one
  }
  steps.end(stop.stop_requested() ? RunOutcome::interrupted : RunOutcome::complete, {});
}

void Harvest::walk(Source const& source, Course const& course, bool accepts_deletions,
                   store::Reader& reader, std::stop_token const& stop, Stepwise& steps) const {
  ReadingPool pool(catalogue_, source, against_of(course.mode), settings_.rdf);
  auto const fetcher = fetcher_of(source);
  if (course.mode == Mode::sweep) steps.keep_cursor(cursor_of(source, reader));
  auto called = std::make_unique<CalledAsKept>(start(source, *fetcher, course, steps), source);
  auto restrained =
      std::make_unique<Restrained>(std::move(called), source, reader, accepts_deletions);
  auto const& restraint = *restrained;
  Overheard harvester(std::make_unique<Sparing>(std::move(restrained)), source.name, log_);
  bool is_over = steps.pull(harvester, pool, stop);
  auto const outcome = harvester.complete() ? RunOutcome::complete : RunOutcome::incomplete;
  if (outcome == RunOutcome::complete && course.mode != Mode::sweep) {
    steps.keep_cursor(harvester.cursor());
  }
  if (auto why = restraint.held_back(); !why.empty()) steps.conclude(0, std::move(why));
  if (is_over && outcome == RunOutcome::complete && course.mode != Mode::changes) {
    Sweeper sweeper(source,
                    {.coverage = harvester.coverage(),
                     .accepts_deletions = accepts_deletions,
                     .has_fetched = course.mode != Mode::sweep,
                     .now = settings_.now()},
                    steps, reader);
    is_over = sweeper.run(stop);
  }
  end(steps, is_over, outcome);
}

std::unique_ptr<kinds::Harvester> Harvest::start(Source const& source, fetch::Fetcher& fetcher,
                                                 Course const& course, Stepwise& steps) const {
  kinds::Means const means(fetcher, settings_.rdf, settings_.data);
  auto const begin_sweep = [&] {
    if (course.mode != Mode::changes) steps.begin_sweep();
  };
  try {
    auto harvester = begin(source, means, course);
    if (course.checkpoint.empty()) {
      begin_sweep();
    } else {
      steps.go_on_from(course.began);
    }
    return harvester;
  } catch (kinds::StaleCheckpoint const& error) {
    log_.warn(log::event::harvest_restarted, "a run cannot go on and begins again",
              {{"source", source.name}, {"cause", error.what()}});
    begin_sweep();
    return begin(source, means, {.mode = course.mode, .checkpoint = {}, .since = course.since});
  }
}

Run Harvest::import(Source const& source, kinds::Harvester& harvester, std::stop_token stop,
                    OnProgress const& progress) {
  Stepwise steps(catalogue_, source, "import", Walk::documents, settings_.batch_size, progress,
                 settings_.now);
  steps.make_collections();
  ReadingPool pool(catalogue_, source, Against::nothing, settings_.rdf);
  pull(steps, false, [&] {
    bool const is_over = steps.pull(harvester, pool, stop);
    end(steps, is_over, harvester.complete() ? RunOutcome::complete : RunOutcome::incomplete);
  });
  finish(steps.run());
  return steps.run();
}

Run Harvest::remove(std::string const& name, std::stop_token const& stop,
                    OnProgress const& progress) {
  constexpr std::size_t piece = 500;
  auto const session = catalogue_.session();
  auto& reader = session->reader();
  Source const source{.name = name, .title = name, .kind = "push", .address = {}};
  Stepwise steps(catalogue_, source, "remove", Walk::documents, settings_.batch_size, progress,
                 settings_.now);
  reader.begin();
  auto const holdings = reader.holdings(name);
  steps.announce(holdings.records + holdings.items);
  for (;;) {
    reader.begin();
    auto const page = reader.records({.sources = {name}, .limit = piece});
    reader.end();
    if (page.rows.empty() || stop.stop_requested()) break;
    for (auto const& row : page.rows) steps.remove(row.number);
    steps.flush();
  }
  bool const is_over = !stop.stop_requested() && steps.clear_up(reader, stop);
  auto run =
      is_over ? steps.forget_source() : steps.end(RunOutcome::interrupted, stopped_by_request);
  log_.info(log::event::harvest_source_removed, "what was kept of a source was removed",
            {{"source", name},
             {"outcome", terracat::name(run.outcome)},
             {"deleted", run.counts.deleted}});
  return run;
}

std::vector<Preview> Harvest::preview(Source const& source, std::size_t count,
                                      std::stop_token const& stop) {
  auto const fetcher = fetcher_of(source);
  return preview(source, *begin(source, {*fetcher, settings_.rdf, settings_.data}, {}), count,
                 stop);
}

std::vector<Preview> Harvest::preview(Source const& source, kinds::Harvester& harvester,
                                      std::size_t count, std::stop_token const& stop) {
  auto const session = catalogue_.session();
  DocumentReader documents(source, Against::nothing, session->reader(), settings_.rdf);
  documents.keep_marks();
  documents.begin(settings_.now());
  std::vector<Preview> out;
  while (out.size() < count) {
    auto page = harvester.next(stop);
    if (!page) break;
    for (auto& raw : page->documents) {
      auto const bytes = std::make_shared<std::string const>(raw.bytes); // of several results, too
      documents.read_each(std::move(raw), [&](DocumentReader::Read&& read) {
        if (out.size() == count) return;
        out.push_back(preview_of(std::move(read)));
        out.back().document = bytes;
        out.back().marks = documents.marks();
      });
    }
    for (auto const& failure : page->failures) {
      out.push_back({.native_id = failure.native_id,
                     .format = {},
                     .mapped = {},
                     .findings = {failure.finding},
                     .document = {},
                     .marks = {}});
    }
  }
  documents.end();
  return out;
}

void Harvest::finish(Run const& run) const {
  auto const seconds =
      run.finished
          ? static_cast<double>(run.finished->milliseconds() - run.started.milliseconds()) / 1'000
          : 0.0;
  metrics_.harvest_runs(run.source, name(run.outcome)).add();
  metrics_.harvest_run_duration.observe(seconds);
  // A replay and an import ask no source: they say nothing of how fresh the catalogue is.
  bool const has_asked = run.mode == name(Mode::incremental) || run.mode == name(Mode::changes) ||
                         run.mode == name(Mode::full);
  if (run.outcome == RunOutcome::complete && run.finished && has_asked) {
    metrics_.harvest_last_success(run.source)
        .set(static_cast<double>(run.finished->milliseconds()) / 1'000);
  }
  for (auto const& row : count_table) {
    auto const number = static_cast<double>(run.counts.*row.count);
    metrics_.harvest_documents(run.source, row.name).add(number);
  }
  if (told_) told_(run);
  auto const is_well = run.outcome == RunOutcome::complete;
  auto const& tell = [&](std::string_view message) {
    log::Fields const fields{{"source", run.source},
                             {"outcome", name(run.outcome)},
                             {"created", run.counts.created},
                             {"updated", run.counts.updated},
                             {"unchanged", run.counts.unchanged},
                             {"failed", run.counts.failed},
                             {"missing", run.counts.missing},
                             {"deleted", run.counts.deleted},
                             {"seconds", seconds},
                             {"cause", run.message}};
    if (is_well) {
      log_.info(log::event::harvest_finished, message, fields);
    } else {
      log_.warn(log::event::harvest_finished, message, fields);
    }
  };
  tell("a harvest has ended");
}

void Harvest::tell_held(Run const& run, std::int64_t held) const {
  metrics_.harvest_deletions_held(run.source).set(static_cast<double>(held));
  if (held == 0 || run.outcome != RunOutcome::complete) return;
  log_.warn(log::event::harvest_deletions_held,
            "more is missing than may be removed unasked; nothing was removed",
            {{"source", run.source}, {"held", held}, {"cause", run.message}});
}

std::vector<std::string> faults_of(Source const& source) {
  std::vector<std::string> out;
  auto const fault = [&](std::string_view key, std::string const& what) {
    out.push_back("source '" + source.name + "'." + std::string(key) + ": " + what);
  };
  auto const* const kind = kinds::find(source.kind);
  if (kind == nullptr) {
    fault("kind", "there is no kind '" + source.kind + "'; there are " +
                      listed(kinds::all(), &kinds::Kind::name));
    return out;
  }
  if (source.address.empty() && kind->start != nullptr) fault("address", "expected an address");
  if (auto const checked = kinds::check_options(*kind, source.options); !checked) {
    fault("options" + checked.error().where, checked.error().detail);
  }
  if (!source.format.empty() && formats::find(source.format) == nullptr) {
    fault("format", "there is no format '" + source.format + "'; there are " +
                        listed(formats::all(), &formats::Format::name));
  }
  std::vector<std::string> faults_of_rules;
  static_cast<void>(formats::rules::RuleSet::parse(source.mapping_rules, faults_of_rules));
  for (auto const& what : faults_of_rules) fault("mapping", source.mapping + ": " + what);
  if (!source.schedule.empty()) {
    if (auto const cron = Cron::parse(source.schedule); !cron) {
      fault("schedule", cron.error().detail);
    } else if (kind->start == nullptr) {
      fault("schedule", "nothing is fetched from a source of kind '" + source.kind + "'");
    }
  }
  try {
    static_cast<void>(fetch::policy_of(source, {}));
  } catch (ProblemError const& error) {
    fault("allow_networks", error.problem().detail);
  }
  return out;
}

} // namespace terracat::run
