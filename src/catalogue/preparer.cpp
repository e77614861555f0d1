#include "catalogue/preparer.hpp"

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

void Preparer::run() {
  constexpr std::chrono::seconds pause{1};
  auto const everything = Scope::everything();
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return is_wanted_ || is_ending_; });
      if (is_ending_) return;
      is_wanted_ = false;
    }
    try {
      session_
          ->view(Visibility::everything(), everything, std::chrono::steady_clock::time_point::max())
          .prepare();
    } catch (std::exception const&) { // NOLINT: whatever it is, who asks meets it and is told
    }
    session_->idle();
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, pause, [this] { return is_ending_; });
  }
}

} // namespace terracat::catalogue
