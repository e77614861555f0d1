#pragma once

#include "backup/folder.hpp"
#include "log/logger.hpp"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace terracat::backup {

/// What is backed up, where to, how often.
struct Plan {
  std::string catalogue; ///< the store's name in the configuration
  std::filesystem::path folder;
  std::chrono::minutes interval{0};
  Retention retention;
  std::string version; ///< of the program

  friend bool operator==(Plan const&, Plan const&) = default;
};

/// The folder of a plan. Names begin with that of the catalogue file.
[[nodiscard]] Folder folder_of(Plan const& plan);

/// Makes a backup whenever the newest in the folder is older than the interval, on a thread of its
/// own. One that fails is told in the log and tried again.
class Schedule {
 public:
  /// \param log  outlives the schedule
  Schedule(Plan plan, log::Logger& log);
  Schedule(Schedule const&) = delete;
  Schedule& operator=(Schedule const&) = delete;
  Schedule(Schedule&&) = delete;
  Schedule& operator=(Schedule&&) = delete;

  /// Gives up a backup in progress and waits for its end.
  ~Schedule();

  [[nodiscard]] Plan const& plan() const noexcept { return plan_; }

 private:
  [[nodiscard]] model::Instant next_due(model::Instant now) const noexcept;
  void run_until_end(std::stop_token const& stop);
  void make(std::stop_token const& stop);

  Plan const plan_;
  log::Logger& log_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::jthread thread_;
};

} // namespace terracat::backup
