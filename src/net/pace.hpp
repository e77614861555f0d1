#pragma once

#include "net/asio.hpp"

namespace terracat::net {

/// Whether a thread that reads sockets keeps up. All that is there to be read at one moment makes a
/// round: the last of it waits until the rest is answered. Rounds may be long for a while, for
/// bursts pass. When they have been long for a second, there is more to do than can be done: then
/// only the first in each round is answered, and the rest is told to come back (as Patience does
/// for the pool). Not thread-safe.
class Pace {
 public:
  [[nodiscard]] bool is_in_round() const noexcept { return is_in_round_; }

  void begin_round(TimePoint now) noexcept {
    is_in_round_ = true;
    began_ = now;
  }

  void end_round() noexcept { is_in_round_ = false; }

  /// \return  whether what would be answered now is to be refused. \pre is_in_round()
  [[nodiscard]] bool refuses(TimePoint now) noexcept {
    using namespace std::chrono_literals;
    if (now - began_ <= 5ms) return false;
    if (now - last_long_ > 1s) long_since_ = now;
    last_long_ = now;
    return now - long_since_ > 1s;
  }

 private:
  bool is_in_round_ = false;
  TimePoint began_;
  TimePoint long_since_; ///< no second has passed since then without a long round
  TimePoint last_long_;
};

} // namespace terracat::net
