#pragma once

#include "net/strain.hpp"

#include <cstddef>

namespace terracat::net {

/// Whether a thread that reads sockets keeps up. All that is there to be read at one moment makes a
/// round: the last of it waits until the rest is answered. Under strain only the first in each
/// round are answered, and the rest is told to come back (as Patience does for the pool). Not
/// thread-safe.
class Pace {
 public:
  explicit Pace(TimePoint now) noexcept : strain_(1, now), ended_(now) {}

  /// So many of a round are answered, however long they take: a few clients that always ask again
  /// at once are no overload, and would be told to come back for ever.
  static constexpr std::size_t few = 8;

  [[nodiscard]] bool is_in_round() const noexcept { return is_in_round_; }

  /// How long there has been no round.
  [[nodiscard]] Clock::duration pause(TimePoint now) const noexcept { return now - ended_; }

  /// \param was_idle  the thread waited for something to do in the pause
  void begin_round(TimePoint now, bool was_idle = true) noexcept {
    using namespace std::chrono_literals;
    if (was_idle) {
      strain_.note_rest(pause(now));
      if (pause(now) >= 1ms) strain_.note_calm(now);
    }
    is_in_round_ = true;
    began_ = now;
    asked_ = 0;
    is_answering_ = false;
  }

  void end_round(TimePoint now) noexcept {
    note_answered(now);
    is_in_round_ = false;
    ended_ = now;
  }

  /// For each request once.
  /// \return  whether what would be answered now is to be refused. \pre is_in_round()
  [[nodiscard]] bool refuses(TimePoint now) noexcept {
    note_answered(now);
    bool const is_late = is_long(now) && strain_.lasts(burst, now);
    if (is_late) strain_.note_refusal();
    is_answering_ = !is_late;
    answering_since_ = now;
    return is_late;
  }

 private:
  static constexpr std::chrono::milliseconds burst{500};

  /// The request before was answered until now.
  void note_answered(TimePoint now) noexcept {
    if (is_answering_) strain_.note_work(now - answering_since_);
    is_answering_ = false;
  }

  /// Of rounds that are not, many at a time are no strain.
  [[nodiscard]] bool is_long(TimePoint now) noexcept {
    using namespace std::chrono_literals;
    if (++asked_ <= few || now - began_ <= 5ms) return false;
    if (now - last_long_ > burst) strain_.note_calm(now);
    last_long_ = now;
    return true;
  }

  Strain strain_;
  bool is_in_round_ = false;
  bool is_answering_ = false;
  std::size_t asked_ = 0; ///< in this round
  TimePoint began_;
  TimePoint ended_; ///< the round before
  TimePoint answering_since_;
  TimePoint last_long_;
};

} // namespace terracat::net
