#pragma once

#include "run/cron.hpp"

#include <terracat/source.hpp>

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace terracat::run {

/// When which source is due. It knows no clock and no threads: it is told what time it is.
///
/// Two sources of one host are never harvested at once, nor is one source twice. A run begins up to
/// two minutes after its time, always the same for one source, so that not all sites of a
/// federation ask at once.
class Timetable {
 public:
  /// \param sources  those that are disabled or have no schedule are left out; a schedule that
  ///                 cannot be read is an error of the configuration, found before
  Timetable(std::vector<Source> sources, model::Instant now);

  [[nodiscard]] bool empty() const noexcept { return entries_.empty(); }

  /// The last run of a source did not get to its end: it is due now, whatever its schedule says.
  void resume(std::string_view source, model::Instant now);

  /// Takes the source that has been due for longest and that is free, as its host is; `ended` gives
  /// both back.
  /// \return  nothing if there is none now
  [[nodiscard]] std::optional<Source> take(model::Instant now);

  /// Takes a source that is run out of turn, and its host. \return  false if one is busy
  [[nodiscard]] bool occupy(Source const& source);

  /// Another timetable from now on. Runs in progress keep what they have taken, and what they
  /// harvest is not due again before its next time; what else is due stays so.
  void replace(Timetable next, model::Instant now);

  /// The run of a source that was taken is over.
  void ended(Source const& source);

  /// The run of a source that was taken came to nothing: another is due then, if not before.
  void again(Source const& source, model::Instant at);

  /// When `take` may have something, as far as is known without further ends.
  /// \return  nothing if every host is busy
  [[nodiscard]] std::optional<model::Instant> next() const;

 private:
  struct Entry {
    Source source;
    Cron cron;
    std::string host;
    model::Instant due;
  };

  [[nodiscard]] static model::Instant next_time(Entry const& entry, model::Instant after);
  /// The first to be due among those that are free. \return  null if there is none
  [[nodiscard]] Entry const* first() const;

  std::vector<Entry> entries_;
  std::set<std::string> busy_; ///< names of sources; hosts, which look otherwise
};

} // namespace terracat::run
