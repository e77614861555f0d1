#pragma once

#include "catalogue/catalogue.hpp"
#include "catalogue/kept_cursor.hpp"
#include "run/harvest.hpp"
#include "run/reading_pool.hpp"

#include <future>
#include <optional>

namespace terracat::run {

/// What a run walks through.
enum class Walk : std::uint8_t {
  source,    ///< the source itself: where it stands is kept, and whether all of it was seen
  changes,   ///< likewise, but only what has changed in it
  ids,       ///< likewise, but only to see what it has
  documents, ///< documents that are at hand: they say nothing of where the source stands
};

/// Hands the documents of one run to the catalogue, batch by batch, the next one being filled while
/// the last is committed. One thread at a time; who is told of progress may be on another one than
/// who called.
class Stepwise {
 public:
  Stepwise(catalogue::Catalogue& catalogue, Source const& source, std::string mode, Walk walk,
           std::size_t batch_size, OnProgress const& progress, Clock const& now);

  /// The first batch begins a new sweep of the source; else it goes on with the one under way.
  void begin_sweep() noexcept { sweep_ = catalogue::Sweep::begins; }

  /// What earlier runs began is gone on with. \param began  see Course::began
  void go_on_from(std::optional<model::Instant> began) noexcept { began_ = began; }

  /// Items may name collections that are not there.
  void make_collections() noexcept { makes_collections_ = true; }

  void announce(std::size_t documents) { progress_.announced = documents; }

  void add(DocumentReader::Read&& document);

  /// Takes all pages of a harvester, each while the next one is fetched and read.
  /// \return  false if it was stopped before the last one
  bool pull(kinds::Harvester& harvester, ReadingPool& pool, std::stop_token const& stop);

  // What the sweep of a complete run comes to.
  void mark(store::Missing const& missing);
  void remove(store::Resource resource);
  /// \param native_id  of the document that it is about; empty: it is about none
  void remark(Finding finding, std::string native_id = {});
  /// \param former  public id of a record that is missing, which it may be
  void renamed(std::string native_id, std::string former);
  /// \param held  removals that are held back
  void conclude(std::size_t held, std::string message);

  /// \param cursor  kinds::Harvester::cursor of a complete walk; of a walk through ids, that of the
  ///                 walk before: it saw nothing of what has changed
  void keep_cursor(std::string_view cursor) { cursor_ = catalogue::kept_cursor(cursor); }

  void forget_refused(model::Instant before) noexcept { batch_.refused_before = before; }

  /// Commits what was added so far, and waits for it.
  void flush();

  /// Waits for what was handed to the catalogue.
  void wait();

  /// Commits what is left and closes the run.
  Run const& end(RunOutcome outcome, std::string message);

  /// Clears away the rows that nobody sees any more.
  /// \return  false if it was stopped before all of them were
  bool clear_up(store::Reader& reader, std::stop_token const& stop);

  /// Closes the run, which goes with all else that is known of its source.
  Run const& forget_source();

  /// As of the last commit.
  [[nodiscard]] Run const& run() const noexcept { return run_; }

 private:
  void add(kinds::Failure&& failure);
  void take(kinds::Page&& page, PageReading& reading);
  /// \param checkpoint  where the source goes on after what was added so far
  void submit(std::optional<std::string> checkpoint);
  void submit_if_full();

  catalogue::Catalogue& catalogue_;
  Source const& source_;
  Walk walk_;
  std::size_t batch_size_;
  OnProgress const& on_progress_;
  Clock const& now_;
  bool makes_collections_ = false;
  catalogue::Sweep sweep_;
  std::optional<std::int64_t> held_; ///< once the sweep is over
  std::string conclusion_;
  std::string cursor_; ///< with its mark; empty: there is none
  Run run_;
  std::optional<model::Instant> began_; ///< the walk, of which the run may be the last part
  Progress progress_;
  catalogue::Batch batch_;
  std::optional<std::future<Run>> committing_;
};

} // namespace terracat::run
