#pragma once

#include "fetch/clock.hpp"

#include <vector>

namespace terracat::test {

/// A clock that jumps to whatever time is waited for, and remembers the jumps.
class FakeClock : public fetch::Clock {
 public:
  [[nodiscard]] Point now() const override { return now_; }

  [[nodiscard]] model::Instant wall() const override {
    auto const since_start = std::chrono::duration_cast<std::chrono::milliseconds>(now_ - Point());
    return model::Instant(1'000'000'000'000 + since_start.count()); // 2001-09-09T01:46:40Z
  }

  [[nodiscard]] bool wait_until(Point time, std::stop_token stop) override {
    if (stop.stop_requested()) return false;
    if (time > now_) {
      waits.push_back(std::chrono::duration_cast<std::chrono::milliseconds>(time - now_));
      now_ = time;
    }
    return true;
  }

  std::vector<std::chrono::milliseconds> waits;

 private:
  Point now_ = Point() + std::chrono::hours(1);
};

} // namespace terracat::test
