#pragma once

#include "net/asio.hpp"

#include <algorithm>
#include <chrono>

namespace terracat::net {

/// How long a request may wait for a thread before it is refused instead of begun. A burst may
/// wait, for it passes. A queue that was not empty for long is more than can be done: what is begun
/// then has not waited longer than two requests take, and the rest is told to come back, so that
/// answers stay quick under any load (the idea of CoDel, RFC 8289, with times that follow the
/// work). Not thread-safe.
class Patience {
 public:
  explicit Patience(TimePoint now) noexcept : empty_at_(now) {}

  /// The queue is empty, or a moment ago it was.
  void note_empty(TimePoint now) noexcept { empty_at_ = now; }

  /// A request took so long, without its waiting.
  void note_work(Clock::duration taken) noexcept { mean_ += (taken - mean_) / 16; }

  /// \return  whether what waits since `since` is to be refused
  [[nodiscard]] bool ends(TimePoint since, TimePoint now) const noexcept {
    using namespace std::chrono_literals;
    bool const is_standing = now - empty_at_ > std::max<Clock::duration>(1s, 10 * mean_);
    return is_standing && now - since > std::max<Clock::duration>(5ms, 2 * mean_);
  }

 private:
  TimePoint empty_at_;
  Clock::duration mean_{};
};

} // namespace terracat::net
