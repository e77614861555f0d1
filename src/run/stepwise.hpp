#pragma once

#include "catalogue/catalogue.hpp"
#include "run/harvest.hpp"

#include <future>
#include <optional>

namespace terracat::run {

/// What a run walks through.
enum class Walk : std::uint8_t {
  source,    ///< the source itself: where it stands is kept, and whether all of it was seen
  documents, ///< documents that are at hand: they say nothing of where the source stands
};

/// Hands the documents of one run to the catalogue, batch by batch, the next one being filled while
/// the last is committed. One thread.
class Stepwise {
 public:
  Stepwise(catalogue::Catalogue& catalogue, Source const& source, std::string mode, Walk walk,
           std::size_t batch_size, OnProgress const& progress);

  /// Items may name collections that are not there.
  void make_collections() noexcept { makes_collections_ = true; }

  void announce(std::size_t documents) { progress_.announced = documents; }

  void add(DocumentReader::Read&& document);

  /// Takes all pages of a harvester and ends the run as it ended.
  void pull(kinds::Harvester& harvester, DocumentReader& documents, std::stop_token const& stop);

  /// Commits what is left and closes the run.
  Run const& end(RunOutcome outcome, std::string message);

  /// As of the last commit.
  [[nodiscard]] Run const& run() const noexcept { return run_; }

 private:
  void add(kinds::Failure&& failure);
  /// \param checkpoint  where the source goes on after what was added so far
  void submit(std::optional<std::string> checkpoint);
  void wait();

  catalogue::Catalogue& catalogue_;
  Source const& source_;
  Walk walk_;
  std::size_t batch_size_;
  OnProgress const& on_progress_;
  bool makes_collections_ = false;
  Run run_;
  Progress progress_;
  catalogue::Batch batch_;
  std::optional<std::future<Run>> committing_;
};

} // namespace terracat::run
