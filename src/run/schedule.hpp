#pragma once

#include "run/harvest.hpp"
#include "run/timetable.hpp"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

namespace terracat::run {

/// The timetable from now on. A source whose last run did not get to its end goes on at once.
[[nodiscard]] Timetable timetable_of(std::vector<Source> const& sources,
                                     catalogue::Catalogue& catalogue);

/// Harvests sources when a timetable says so, a few at a time, on threads of its own.
class Schedule {
 public:
  /// \param harvest   outlives the schedule
  /// \param may_run  while it says no, no run begins
  Schedule(Timetable timetable, std::size_t parallel_runs, Harvest& harvest, log::Logger& log,
           std::function<bool()> may_run);
  Schedule(Schedule const&) = delete;
  Schedule& operator=(Schedule const&) = delete;
  Schedule(Schedule&&) = delete;
  Schedule& operator=(Schedule&&) = delete;

  /// Stops the runs in progress at their next page and waits for them. \pre no turn is left
  ~Schedule();

  /// Keeps the schedule from running a source's host, for a run out of turn.
  class Turn {
   public:
    Turn(Schedule& schedule, Source source) : schedule_(&schedule), source_(std::move(source)) {}

    Turn(Turn const&) = delete;
    Turn& operator=(Turn const&) = delete;

    Turn(Turn&& other) noexcept
        : schedule_(std::exchange(other.schedule_, nullptr)), source_(std::move(other.source_)) {}

    Turn& operator=(Turn&&) = delete;
    ~Turn();

   private:
    Schedule* schedule_;
    Source source_;
  };

  /// Waits until the source's host is free. \return  nothing if the stop comes first
  [[nodiscard]] std::optional<Turn> turn(Source const& source, std::stop_token const& stop);

  /// Another timetable from now on; runs in progress go on.
  void replace(Timetable timetable);

 private:
  /// What the threads share.
  struct Shared {
    Timetable timetable;
    bool is_ending = false;
    bool is_paused = false; ///< for want of room
  };

  void end();
  void run_until_end();
  void take_turn(std::unique_lock<std::mutex>& lock);
  void wait(std::unique_lock<std::mutex>& lock);
  [[nodiscard]] bool is_paused();
  /// \return  false if there was no room for what it brought
  [[nodiscard]] bool harvest(Source const& source);

  Harvest& harvest_;
  log::Logger& log_;
  std::function<bool()> may_run_;
  std::mutex mutex_; ///< guards shared_
  std::condition_variable_any changed_;
  Shared shared_;
  std::stop_source stop_;
  std::vector<std::thread> threads_;
};

} // namespace terracat::run
