#pragma once

#include "run/cron.hpp"
#include "run/harvest.hpp"

#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

namespace terracat::run {

/// Harvests sources when their schedules say so, a few at a time and never two of one host. A run
/// begins up to two minutes after its time, so that not all sites of a federation ask at once.
class Schedule {
 public:
  /// \param sources  those that are disabled or have no schedule are left out; a schedule that
  ///                 cannot be read is an error of the configuration, found before
  /// \param harvest  outlives the schedule
  Schedule(std::vector<Source> sources, std::size_t parallel_runs, Harvest& harvest,
           log::Logger& log);
  Schedule(Schedule const&) = delete;
  Schedule& operator=(Schedule const&) = delete;
  Schedule(Schedule&&) = delete;
  Schedule& operator=(Schedule&&) = delete;

  /// Stops the runs in progress at their next page and waits for them.
  ~Schedule();

 private:
  struct Entry {
    Source source;
    Cron cron;
    std::string host;
    model::Instant due;
  };

  /// What the threads share.
  struct Shared {
    std::vector<Entry> entries;
    std::set<std::string> busy_hosts;
    bool is_ending = false;
  };

  void run_until_end();
  /// The entry that is due first and whose host is free. \return  null if there is none
  [[nodiscard]] Entry* first_due();
  [[nodiscard]] static model::Instant next_time(Entry const& entry, model::Instant after);

  Harvest& harvest_;
  log::Logger& log_;
  std::mutex mutex_; ///< guards shared_
  std::condition_variable changed_;
  Shared shared_;
  std::stop_source stop_;
  std::vector<std::thread> threads_;
};

} // namespace terracat::run
