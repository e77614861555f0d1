#include "run/harvest.hpp"

#include "fetch/curl_fetcher.hpp"
#include "formats/record_json.hpp"
#include "kinds/options.hpp"
#include "run/cron.hpp"
#include "run/stepwise.hpp"

#include <terracat/text.hpp>

#include <chrono>

namespace terracat::run {
namespace {

/// Passes on to the log what a source says beside its documents.
class Overheard : public kinds::Harvester {
 public:
  Overheard(std::unique_ptr<kinds::Harvester> harvester, std::string const& source,
            log::Logger& log)
      : harvester_(std::move(harvester)), source_(source), log_(log) {}

  [[nodiscard]] std::optional<kinds::Page> next(std::stop_token stop) override {
    auto page = harvester_->next(std::move(stop));
    if (!page) return page;
    for (auto const& remark : page->remarks) {
      log_.info(log::event::harvest_remark, "the program of a source says something",
                {{"source", source_}, {"text", remark}});
    }
    return page;
  }

  [[nodiscard]] bool complete() const noexcept override { return harvester_->complete(); }

 private:
  std::unique_ptr<kinds::Harvester> harvester_;
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
template<class Pull>
void pull(Stepwise& steps, Pull const& pull_all) {
  try {
    pull_all();
  } catch (fetch::FetchError const& error) {
    bool const is_stopped = error.reason() == fetch::FetchError::Reason::stopped;
    steps.end(is_stopped ? RunOutcome::interrupted : RunOutcome::failed, error.what());
  } catch (kinds::ProtocolError const& error) {
    steps.end(RunOutcome::failed, error.what());
  }
}

} // namespace

std::string_view name(Mode mode) noexcept {
  switch (mode) {
  case Mode::incremental:
    return "incremental";
  case Mode::full:
    return "full";
  case Mode::replay:
    return "replay";
  }
  return "";
}

std::unique_ptr<fetch::Fetcher> Harvest::fetcher_of(Source const& source) const {
  return std::make_unique<fetch::CurlFetcher>(fetch::policy_of(source, settings_.site));
}

Run Harvest::run(Source const& source, Mode mode, std::stop_token stop,
                 OnProgress const& progress) {
  auto const session = catalogue_.session();
  auto& reader = session->reader();
  log_.info(log::event::harvest_started, "a source is harvested",
            {{"source", source.name}, {"mode", name(mode)}});
  Stepwise steps(catalogue_, source, std::string(name(mode)),
                 mode == Mode::replay ? Walk::documents : Walk::source, settings_.batch_size,
                 progress);
  DocumentReader documents(source, mode == Mode::incremental ? Against::known : Against::nothing,
                           reader);
  reader.begin();
  if (mode == Mode::replay) {
    StoredDocuments stored(reader, source.name);
    steps.announce(stored.size());
    while (auto document = stop.stop_requested() ? std::nullopt : stored.next()) {
      steps.add(documents.replay(std::move(*document)));
      reader.begin(); // the newest state, should there be one
    }
    finish(steps.end(stop.stop_requested() ? RunOutcome::interrupted : RunOutcome::complete, {}));
    return steps.run();
  }
  auto const checkpoint =
      mode == Mode::incremental ? reader.source(source.name).checkpoint : std::string();
  reader.end();
  pull(steps, [&] {
    auto const fetcher = fetcher_of(source);
    Overheard harvester(start(source, *fetcher, checkpoint), source.name, log_);
    steps.pull(harvester, documents, stop);
  });
  finish(steps.run());
  return steps.run();
}

std::unique_ptr<kinds::Harvester> Harvest::start(Source const& source, fetch::Fetcher& fetcher,
                                                 std::string const& checkpoint) const {
  auto const* const kind = kinds::find(source.kind);
  if (kind->start == nullptr) {
    throw kinds::ProtocolError("nothing is fetched from a source of kind '" + source.kind + "'");
  }
  try {
    return kind->start(source, fetcher, checkpoint);
  } catch (kinds::StaleCheckpoint const& error) {
    log_.warn(log::event::harvest_restarted, "a run cannot go on and begins again",
              {{"source", source.name}, {"cause", error.what()}});
    return kind->start(source, fetcher, {});
  }
}

Run Harvest::import(Source const& source, kinds::Harvester& harvester, std::stop_token stop,
                    OnProgress const& progress) {
  auto const session = catalogue_.session();
  Stepwise steps(catalogue_, source, "import", Walk::documents, settings_.batch_size, progress);
  steps.make_collections();
  DocumentReader documents(source, Against::nothing, session->reader());
  pull(steps, [&] { steps.pull(harvester, documents, stop); });
  finish(steps.run());
  return steps.run();
}

std::vector<Preview> Harvest::preview(Source const& source, std::size_t count,
                                      std::stop_token const& stop) {
  auto const session = catalogue_.session();
  DocumentReader documents(source, Against::nothing, session->reader());
  documents.begin();
  auto const fetcher = fetcher_of(source);
  auto const harvester = start(source, *fetcher, {});
  std::vector<Preview> out;
  while (out.size() < count) {
    auto page = harvester->next(stop);
    if (!page) break;
    for (auto& raw : page->documents) {
      if (out.size() < count) out.push_back(preview_of(documents.read(std::move(raw))));
    }
    for (auto const& failure : page->failures) {
      out.push_back({.native_id = failure.native_id,
                     .format = {},
                     .mapped = {},
                     .findings = {failure.finding}});
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
  bool const has_asked = run.mode == name(Mode::incremental) || run.mode == name(Mode::full);
  if (run.outcome == RunOutcome::complete && run.finished && has_asked) {
    metrics_.harvest_last_success(run.source)
        .set(static_cast<double>(run.finished->milliseconds()) / 1'000);
  }
  auto const count = [&](std::string_view outcome, std::int64_t number) {
    metrics_.harvest_documents(run.source, outcome).add(static_cast<double>(number));
  };
  count("created", run.counts.created);
  count("updated", run.counts.updated);
  count("unchanged", run.counts.unchanged);
  count("skipped", run.counts.skipped);
  count("failed", run.counts.failed);
  count("warned", run.counts.warned);
  auto const is_well = run.outcome == RunOutcome::complete;
  auto const& tell = [&](std::string_view message) {
    log::Fields const fields{{"source", run.source},
                             {"outcome", name(run.outcome)},
                             {"created", run.counts.created},
                             {"updated", run.counts.updated},
                             {"unchanged", run.counts.unchanged},
                             {"failed", run.counts.failed},
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
