#pragma once

#include <chrono>
#include <stdexcept>

namespace terracat::geometry {

/// GEOS was made to give up.
class Late : public std::runtime_error {
 public:
  Late() : std::runtime_error("the deadline has passed") {}
};

/// As long as it lives, GEOS gives up what it does on this thread once the moment has passed: our
/// own calls throw Late, SpatiaLite's fail. GEOS asks between two steps of its longer
/// operations only, so an operation may still end a little late, or end well.
class Deadline {
 public:
  explicit Deadline(std::chrono::steady_clock::time_point moment) noexcept;
  Deadline(Deadline const&) = delete;
  Deadline& operator=(Deadline const&) = delete;
  Deadline(Deadline&&) = delete;
  Deadline& operator=(Deadline&&) = delete;

  /// The one before holds again.
  ~Deadline();

 private:
  std::chrono::steady_clock::time_point before_;
};

/// True if this thread has a deadline and it has passed.
[[nodiscard]] bool is_late() noexcept;

} // namespace terracat::geometry
