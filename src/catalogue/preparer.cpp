#include "catalogue/preparer.hpp"

#include "geometry/deadline.hpp"

#include <chrono>

namespace terracat::catalogue {

Preparer::Preparer(std::unique_ptr<Session> session)
    : session_(std::move(session)), thread_([this] { run(); }) {}

Preparer::~Preparer() {
  {
    std::scoped_lock const lock(mutex_);
    is_ending_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void Preparer::note_change() {
  {
    std::scoped_lock const lock(mutex_);
    is_wanted_ = true;
  }
  changed_.notify_all();
}

bool Preparer::is_ending() {
  std::scoped_lock const lock(mutex_);
  return is_ending_;
}

/// In slices, for a state that is held for long hinders checkpoints, and who ends the catalogue
/// waits. What one has read the next one knows; it is longer, so that they come to an end.
void Preparer::prepare() {
  auto const everything = Scope::everything();
  for (std::chrono::milliseconds slice{250}; !is_ending(); slice *= 2) {
    try {
      geometry::Deadline const deadline(std::chrono::steady_clock::now() + slice);
      session_
          ->view(Visibility::everything(), everything, std::chrono::steady_clock::time_point::max())
          .prepare();
      return;
    } catch (geometry::Late const&) { // NOLINT: the next slice goes on
      session_->idle();
    }
  }
}

void Preparer::run() {
  constexpr std::chrono::seconds pause{1};
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return is_wanted_ || is_ending_; });
      if (is_ending_) return;
      is_wanted_ = false;
    }
    try {
      prepare();
    } catch (std::exception const&) { // NOLINT: whatever it is, who asks meets it and is told
    }
    session_->idle();
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, pause, [this] { return is_ending_; });
  }
}

} // namespace terracat::catalogue
