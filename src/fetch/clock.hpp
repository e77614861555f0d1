#pragma once

#include <terracat/instant.hpp>

#include <chrono>
#include <stop_token>

namespace terracat::fetch {

/// Time as a fetcher sees it: for pauses between requests, and for dates in answers.
class Clock {
 public:
  using Point = std::chrono::steady_clock::time_point;

  Clock() = default;
  Clock(Clock const&) = delete;
  Clock& operator=(Clock const&) = delete;
  Clock(Clock&&) = delete;
  Clock& operator=(Clock&&) = delete;
  virtual ~Clock() = default;

  [[nodiscard]] virtual Point now() const = 0;

  [[nodiscard]] virtual model::Instant wall() const = 0;

  /// \return  false as soon as a stop is requested, true when the time has come
  [[nodiscard]] virtual bool wait_until(Point time, std::stop_token stop) = 0;
};

class SystemClock : public Clock {
 public:
  [[nodiscard]] Point now() const override { return std::chrono::steady_clock::now(); }

  [[nodiscard]] model::Instant wall() const override { return model::Instant::now(); }

  [[nodiscard]] bool wait_until(Point time, std::stop_token stop) override;
};

} // namespace terracat::fetch
