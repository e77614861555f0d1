#pragma once

#include "net/asio.hpp"

#include <algorithm>
#include <chrono>

namespace terracat::net {

/// Whether more comes than can be done. A burst is no strain, for it passes; work that was not calm
/// for longer than a burst lasts is. Refusing makes room and is no sign of better times: strain is
/// over when the rest that there was meanwhile would have been enough for what was refused, too. If
/// it comes back at once it was not over: then it is believed sooner, and looked at twice as long.
/// Not thread-safe.
class Strain {
 public:
  /// \param threads  that share the work
  Strain(std::size_t threads, TimePoint now) noexcept
      : threads_(static_cast<Clock::rep>(threads)), calm_at_(now), began_(now) {}

  /// Nothing waits to be done, or a moment ago nothing did.
  void note_calm(TimePoint now) noexcept { calm_at_ = now; }

  /// One of the threads had nothing to do for so long.
  void note_rest(Clock::duration rest) noexcept { rest_ += rest; }

  /// Something was done, and took so long.
  void note_work(Clock::duration taken) noexcept {
    work_ += taken;
    ++done_;
  }

  void note_refusal() noexcept { ++refused_; }

  /// \param burst  how long work may come faster than it is done
  [[nodiscard]] bool lasts(Clock::duration burst, TimePoint now) noexcept {
    using namespace std::chrono_literals;
    auto const judged_for =
        std::max(least_judged * burst, std::min<Clock::duration>(judged_bursts_ * burst, 32s));
    if (is_on_ && now - began_ >= judged_for) {
      bool const was_over = is_over(now);
      if (was_over) over_at_ = began_ + judged_for; // perhaps long ago: nobody asked
      begin(!was_over, now);
    }
    bool const was_just_over = now - over_at_ <= least_judged * burst;
    if (!is_on_ && now - calm_at_ > (was_just_over ? burst / 4 : burst)) {
      judged_bursts_ = was_just_over ? std::min(2 * judged_bursts_, most_judged) : least_judged;
      begin(true, now);
    }
    return is_on_;
  }

 private:
  /// So long is looked at before strain is called over: clients that are held up themselves for a
  /// moment are no better times either.
  static constexpr Clock::rep least_judged = 4; ///< bursts
  static constexpr Clock::rep most_judged = 64;

  void begin(bool is_on, TimePoint now) noexcept {
    is_on_ = is_on;
    began_ = now;
    if (!is_on) calm_at_ = now;
    rest_ = work_ = {};
    done_ = refused_ = 0;
  }

  /// With a twentieth to spare.
  [[nodiscard]] bool is_over(TimePoint now) const noexcept {
    auto const missed = done_ == 0 ? Clock::duration{} : refused_ * (work_ / done_);
    return rest_ >= missed + threads_ * (now - began_) / 20;
  }

  Clock::rep threads_;
  TimePoint calm_at_;
  TimePoint over_at_; ///< strain was called over
  bool is_on_ = false;
  Clock::rep judged_bursts_ = least_judged;
  TimePoint began_; ///< what follows is of the time since
  Clock::duration rest_{};
  Clock::duration work_{};
  Clock::rep done_ = 0;
  Clock::rep refused_ = 0;
};

} // namespace terracat::net
