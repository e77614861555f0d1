#pragma once

#include "catalogue/catalogue.hpp"
#include "fetch/policy.hpp"
#include "log/logger.hpp"
#include "metrics/metrics.hpp"
#include "run/reading.hpp"

#include <terracat/kind.hpp>

#include <functional>
#include <mutex>
#include <stop_token>

namespace terracat::run {

enum class Mode : std::uint8_t {
  incremental, ///< what is known unchanged is not read again; an interrupted run goes on
  changes,     ///< what an incremental run is if only what has changed is asked for
  full,        ///< everything is read again, from the beginning
  sweep,       ///< only which documents the source has is asked; an interrupted sweep goes on
  replay,      ///< what is kept of it is read again (StoredDocuments); nothing is fetched
};

[[nodiscard]] std::string_view name(Mode mode) noexcept;

/// What time it is.
using Clock = std::function<model::Instant()>;

/// How far a run is.
struct Progress {
  RunCounts counts;
  std::optional<std::size_t> announced; ///< documents in all, if the source says so
};

/// Called on any thread, one at a time, and not after the run has ended.
using OnProgress = std::function<void(Progress const&)>;

/// What a dry run shows of one document.
struct Preview {
  std::string native_id;
  std::string format;
  std::string mapped; ///< JSON of the record or item; empty if it was refused
  std::vector<Finding> findings;
  std::shared_ptr<std::string const> document; ///< as it was fetched; null: it was not
  std::vector<formats::rules::Mark> marks;     ///< what the source's own rules put
};

class Stepwise;
struct Course;

/// Harvests sources into a catalogue (doc/design.md 10). Thread-safe: each run uses a session of
/// its own.
class Harvest {
 public:
  struct Settings {
    fetch::Site site;
    std::size_t batch_size = 1'000;
    Clock now = &model::Instant::now;
    rdf::Parser* rdf = nullptr;   ///< for formats that want it; outlives the harvest
    data::Reader* data = nullptr; ///< for kinds that want it; likewise
  };

  /// What is asked of a run.
  struct Order {
    Mode mode = Mode::incremental;
    bool accepts_deletions = false; ///< the brake is released
  };

  /// All outlive the harvest.
  Harvest(catalogue::Catalogue& catalogue, Settings settings, log::Logger& log,
          metrics::Metrics& metrics)
      : catalogue_(catalogue), settings_(std::move(settings)), log_(log), metrics_(metrics) {}

  /// For runs that begin from now on.
  void set_site(fetch::Site site);

  /// Called with each run when it is over, on its thread. To be set before the first one.
  void on_end(std::function<void(Run const&)> told) { told_ = std::move(told); }

  /// Runs one source to its end. What went wrong at the source ends up in the run, not in an
  /// exception.
  /// \throws store::StoreError  if the catalogue cannot be written
  Run run(Source const& source, Order const& order, std::stop_token const& stop,
          OnProgress const& progress);

  /// Takes in what somebody else harvested: files, a stream. Items make their collections if need
  /// be.
  Run import(Source const& source, kinds::Harvester& harvester, std::stop_token stop,
             OnProgress const& progress);

  /// Removes all that is kept of a source, which is harvested no more, in batches.
  Run remove(std::string const& source, std::stop_token const& stop, OnProgress const& progress);

  /// Reads the first documents of a source and says what would become of them. Nothing is written.
  /// \throws fetch::FetchError, kinds::ProtocolError  if the source does not answer
  [[nodiscard]] std::vector<Preview> preview(Source const& source, std::size_t count,
                                             std::stop_token const& stop);

  /// Likewise of documents that are at hand.
  [[nodiscard]] std::vector<Preview> preview(Source const& source, kinds::Harvester& harvester,
                                             std::size_t count, std::stop_token const& stop);

 private:
  /// \throws kinds::ChangesUnknown  before anything was written
  Run run(Source const& source, Course const& course, bool accepts_deletions, store::Reader& reader,
          std::stop_token const& stop, OnProgress const& progress);
  [[nodiscard]] std::unique_ptr<fetch::Fetcher> fetcher_of(Source const& source) const;
  void replay(Source const& source, store::Reader& reader, std::stop_token const& stop,
              Stepwise& steps) const;
  void walk(Source const& source, Course const& course, bool accepts_deletions,
            store::Reader& reader, std::stop_token const& stop, Stepwise& steps) const;
  [[nodiscard]] std::unique_ptr<kinds::Harvester>
  start(Source const& source, fetch::Fetcher& fetcher, Course const& course, Stepwise& steps) const;
  void finish(Run const& run) const;
  void tell_held(Run const& run, std::int64_t held) const;

  catalogue::Catalogue& catalogue_;
  mutable std::mutex mutex_; ///< for settings_.site
  Settings settings_;
  log::Logger& log_;
  metrics::Metrics& metrics_;
  std::function<void(Run const&)> told_; ///< may be null
};

/// Says what a source's settings get wrong that only its kind can know: the kind itself, its
/// address and options, its format, its networks, its schedule.
/// \return  one line for each fault
[[nodiscard]] std::vector<std::string> faults_of(Source const& source);

} // namespace terracat::run
