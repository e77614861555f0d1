#pragma once

#include "net/asio.hpp"

#include <cstddef>

namespace terracat::net {

/// Whether a thread that reads sockets keeps up. All that is there to be read at one moment makes a
/// round: the last of it waits until the rest is answered. Rounds may be long for a while, for
/// bursts pass. When they have been long for a second, there is more to do than can be done: then
/// only the first in each round are answered, and the rest is told to come back (as Patience does
/// for the pool). Not thread-safe.
class Pace {
 public:
  /// So many of a round are answered, however long they take: a few clients that always ask again
  /// at once are no overload, and would be told to come back for ever.
  static constexpr std::size_t few = 8;

  [[nodiscard]] bool is_in_round() const noexcept { return is_in_round_; }

  void begin_round(TimePoint now) noexcept {
    is_in_round_ = true;
    began_ = now;
    asked_ = 0;
  }

  void end_round() noexcept { is_in_round_ = false; }

  /// For each request once.
  /// \return  whether what would be answered now is to be refused. \pre is_in_round()
  [[nodiscard]] bool refuses(TimePoint now) noexcept {
    using namespace std::chrono_literals;
    if (++asked_ <= few || now - began_ <= 5ms) return false;
    if (now - last_long_ > 1s) long_since_ = now;
    last_long_ = now;
    return now - long_since_ > 1s;
  }

 private:
  bool is_in_round_ = false;
  std::size_t asked_ = 0; ///< in this round
  TimePoint began_;
  TimePoint long_since_; ///< no second has passed since then without a long round
  TimePoint last_long_;
};

} // namespace terracat::net
