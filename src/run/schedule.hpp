#pragma once

#include "run/harvest.hpp"
#include "run/pauses.hpp"
#include "run/timetable.hpp"

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace terracat::run {

/// The timetable from now on. A source whose last run did not get to its end goes on at once, and
/// hosts that had to rest still do.
[[nodiscard]] Timetable timetable_of(std::vector<Source> const& sources, Manners const& manners,
                                     catalogue::Catalogue& catalogue);

/// Harvests sources when a timetable says so, a few at a time, on threads of its own.
class Schedule {
 public:
  /// \param pauses   asked before each run; outlives the schedule, as the harvest does
  /// \param may_run  while it says no, no run begins
  Schedule(Timetable timetable, std::size_t parallel_runs, Harvest& harvest, Pauses const& pauses,
           log::Logger& log, std::function<bool()> may_run);
  Schedule(Schedule const&) = delete;
  Schedule& operator=(Schedule const&) = delete;
  Schedule(Schedule&&) = delete;
  Schedule& operator=(Schedule&&) = delete;

  /// Stops the runs in progress at their next page and waits for them. \pre no turn is left
  ~Schedule();

  /// Keeps the schedule from running a source's host, for a run out of turn.
  class Turn {
   public:
    /// \param stop    that operators ask for
    /// \param wanted  by who wants the run, beside them
    Turn(Schedule& schedule, Source source, std::stop_source stop, std::stop_token const& wanted);
    Turn(Turn const&) = delete;
    Turn& operator=(Turn const&) = delete;
    Turn(Turn&&) = delete;
    Turn& operator=(Turn&&) = delete;
    ~Turn();

    /// By which the run ends: that of who wants it, or of an operator (`Schedule::stop`).
    [[nodiscard]] std::stop_token token() const noexcept { return stop_.get_token(); }

    /// Tells the schedule how the run ended.
    void note(Run const& run);

   private:
    struct Stopping {
      std::stop_source& stop;

      void operator()() const noexcept { stop.request_stop(); }
    };

    Schedule& schedule_;
    Source source_;
    std::stop_source stop_;
    std::stop_callback<Stopping> on_stop_;
  };

  /// Waits until the source's host is free. \return  null if the stop comes first
  [[nodiscard]] std::unique_ptr<Turn> turn(Source const& source, std::stop_token const& stop);

  /// Ends the run of a source that is in progress, by schedule or out of turn, at its next page.
  /// \return  false if there is none
  bool stop(std::string_view source);

  /// The source is not paused any more: its runs begin again.
  /// \param is_under_way  its last run stopped in the middle: it goes on at once
  void resume(std::string_view source, bool is_under_way);

  /// Another timetable from now on; runs in progress go on.
  void replace(Timetable timetable);

 private:
  /// What the threads share.
  struct Shared {
    Timetable timetable;
    std::map<std::string, std::stop_source, std::less<>> running = {}; ///< by name of source
    bool is_ending = false;
    bool lacks_room = false; ///< no run begins, as was told
  };

  void end();
  void run_until_end();
  void take_turn(std::unique_lock<std::mutex>& lock);
  void wait(std::unique_lock<std::mutex>& lock);
  [[nodiscard]] Timetable::Names paused() const;
  [[nodiscard]] bool lacks_room();
  /// \return  when it is to be run again, should its schedule say a later time
  [[nodiscard]] std::optional<model::Instant> harvest(Source const& source,
                                                      std::stop_source const& stop);
  /// A run of the source is over.
  void note(Source const& source, Run const& run);
  /// When a run in progress may go on that has to stop now.
  [[nodiscard]] std::optional<model::Instant> quiet_until(std::string_view source);

  Harvest& harvest_;
  Pauses const& pauses_;
  log::Logger& log_;
  std::function<bool()> may_run_;
  std::mutex mutex_; ///< guards shared_
  std::condition_variable_any changed_;
  Shared shared_;
  std::stop_source stop_;
  std::vector<std::thread> threads_;
};

} // namespace terracat::run
