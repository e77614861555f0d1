#include "geometry/deadline.hpp"

#include <geos_c.h>

namespace terracat::geometry {
namespace {

using Clock = std::chrono::steady_clock;

/// Of a thread and not of a context, for SpatiaLite has contexts of its own.
thread_local Clock::time_point deadline = Clock::time_point::max(); // NOLINT: see above

/// GEOS calls it from within its operations and turns what it throws into their failure. Its own
/// request for an interruption is of no use: it stops whichever thread notices it first.
void give_up_if_late() {
  if (is_late()) throw Late();
}

} // namespace

Deadline::Deadline(Clock::time_point moment) noexcept : before_(deadline) {
  [[maybe_unused]] static auto const registered =
      GEOS_interruptRegisterCallback(&give_up_if_late); // one for the whole process
  deadline = moment;
}

bool is_late() noexcept {
  return deadline != Clock::time_point::max() && Clock::now() > deadline;
}

Deadline::~Deadline() {
  deadline = before_;
}

} // namespace terracat::geometry
