#pragma once

#include "net/strain.hpp"

#include <algorithm>

namespace terracat::net {

/// How long a request may wait for a thread before it is refused instead of begun. Under strain,
/// what is begun has not waited longer than one request takes, and the rest is told to come back,
/// so that answers stay quick under any load (the idea of CoDel, RFC 8289, with times that follow
/// the work). Not thread-safe.
class Patience {
 public:
  Patience(std::size_t threads, TimePoint now) noexcept : strain_(threads, now) {}

  /// The queue is empty, or a moment ago it was.
  void note_empty(TimePoint now) noexcept { strain_.note_calm(now); }

  /// A thread waited so long for something to do.
  void note_rest(Clock::duration rest) noexcept { strain_.note_rest(rest); }

  /// A request took so long, without its waiting.
  void note_work(Clock::duration taken) noexcept {
    mean_ += (taken - mean_) / 16;
    strain_.note_work(taken);
  }

  /// Asked of each request whose turn comes.
  /// \param is_crowd  so many wait that the rest can be told to come back
  /// \return  whether what waits since `since` is to be refused
  [[nodiscard]] bool ends(TimePoint since, bool is_crowd, TimePoint now) noexcept {
    using namespace std::chrono_literals;
    if (!is_crowd || !strain_.lasts(std::max<Clock::duration>(500ms, 10 * mean_), now)) {
      return false;
    }
    bool const is_late = now - since > std::max<Clock::duration>(5ms, mean_);
    if (is_late) strain_.note_refusal();
    return is_late;
  }

 private:
  Strain strain_;
  Clock::duration mean_{};
};

} // namespace terracat::net
