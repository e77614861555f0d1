#pragma once

#include "run/cron.hpp"
#include "run/quiet_hours.hpp"
#include "run/rest.hpp"

#include <terracat/source.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace terracat::run {

/// How a site behaves towards its sources, beside what each of them says.
struct Manners {
  /// Of the named sources and hosts; of all if neither is named.
  struct Quiet {
    std::vector<std::string> sources;
    std::vector<std::string> hosts; ///< without a port
    QuietHours hours;
  };

  std::vector<Quiet> quiet;
  std::uint32_t failures = 3; ///< of runs of a host in a row until it is left alone; 0: never
};

/// What is wrong with the quiet hours: a host at which there is no source, a source of which all
/// rules together leave no time of the week. Each begins with the path of its setting.
[[nodiscard]] std::vector<std::string> faults_of(Manners const& manners,
                                                 std::vector<Source> const& sources);

/// When which source is due. It knows no clock and no threads: it is told what time it is.
///
/// Two sources of one host are never harvested at once, nor is one source twice. A run begins up to
/// two minutes after its time, always the same for one source, so that not all sites of a
/// federation ask at once. None begins while its source is paused, in its quiet hours, or while its
/// host rests; what has become due meanwhile has its turn afterwards, once.
class Timetable {
 public:
  /// \param sources  those that are disabled or have no schedule are left out; a schedule that
  ///                 cannot be read is an error of the configuration, found before
  Timetable(std::vector<Source> sources, model::Instant now, Manners const& manners = {});

  [[nodiscard]] bool empty() const noexcept { return entries_.empty(); }

  /// The last run of a source did not get to its end: it is due now, whatever its schedule says.
  void resume(std::string_view source, model::Instant now);

  using Names = std::set<std::string, std::less<>>;

  /// The sources of which no run begins; those of others do when they are due.
  void set_paused(Names sources) { paused_ = std::move(sources); }

  /// How hosts did before there was this timetable.
  void set_rests(Rests rests) { rests_ = std::move(rests); }

  /// A run of the source is over: its host may have to rest from now on, or need it no more.
  /// \return  how the host does now
  Rests::Rest note(Source const& source, RunOutcome outcome, model::Instant now);

  /// When the quiet hours are over that the source has now. \return  nothing if it has none now
  [[nodiscard]] std::optional<model::Instant> quiet_until(std::string_view source,
                                                          model::Instant now) const;

  /// Takes the source that has been due for longest and that is free, as its host is; `ended` gives
  /// both back.
  /// \return  nothing if there is none now
  [[nodiscard]] std::optional<Source> take(model::Instant now);

  /// Takes a source that is run out of turn, and its host. \return  false if one is busy
  [[nodiscard]] bool occupy(Source const& source);

  /// Another timetable from now on. Runs in progress keep what they have taken, and what they
  /// harvest is not due again before its next time; what else is due stays so. So does what is
  /// paused, and how hosts did of which the other knows less.
  void replace(Timetable next, model::Instant now);

  /// The run of a source that was taken is over.
  void ended(Source const& source);

  /// The run of a source that was taken came to nothing: another is due then, if not before.
  void again(Source const& source, model::Instant at);

  /// When `take` may have something, as far as is known without further ends.
  /// \return  nothing if every host is busy, or every source paused
  [[nodiscard]] std::optional<model::Instant> next(model::Instant now) const;

 private:
  struct Entry {
    Source source;
    Cron cron;
    std::string host;
    QuietHours quiet;
    model::Instant due;
  };

  [[nodiscard]] static model::Instant next_time(Entry const& entry, model::Instant after);
  /// True if neither it nor its host is busy, and it is not paused.
  [[nodiscard]] bool is_free(Entry const& entry) const;
  /// The first instant from now on at which it may begin.
  [[nodiscard]] model::Instant beginning(Entry const& entry, model::Instant now) const;

  std::vector<Entry> entries_;
  Names paused_;
  Rests rests_;
  std::set<std::string> busy_; ///< names of sources; hosts, which look otherwise
};

} // namespace terracat::run
