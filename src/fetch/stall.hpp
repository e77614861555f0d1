#pragma once

#include <chrono>
#include <cstddef>

namespace terracat::fetch {

/// Notices an answer that does not begin, or that drips.
class StallWatch {
 public:
  using Point = std::chrono::steady_clock::time_point;

  enum class Verdict { fine, no_answer, too_slow };

  struct Limits {
    std::chrono::milliseconds first_byte;
    std::chrono::milliseconds period; ///< over which the rate is measured
    std::size_t rate;                 ///< bytes per second that are the least
  };

  /// \param sent  when the request was on its way
  StallWatch(Limits limits, Point sent) noexcept : limits_(limits), period_began_(sent) {}

  /// \param received  bytes of head and body so far
  [[nodiscard]] Verdict look(Point now, std::size_t received) noexcept {
    if (received == 0) {
      return now - period_began_ >= limits_.first_byte ? Verdict::no_answer : Verdict::fine;
    }
    if (!answering_) {
      answering_ = true;
      period_began_ = now;
      received_before_ = received;
    }
    if (now - period_began_ < limits_.period) return Verdict::fine;
    auto const in_period = std::chrono::duration<double>(now - period_began_).count();
    auto const rate = static_cast<double>(received - received_before_) / in_period;
    period_began_ = now;
    received_before_ = received;
    return rate < static_cast<double>(limits_.rate) ? Verdict::too_slow : Verdict::fine;
  }

 private:
  Limits limits_;
  Point period_began_;
  std::size_t received_before_ = 0;
  bool answering_ = false;
};

} // namespace terracat::fetch
