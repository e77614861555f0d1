#include "cli/signals.hpp"

#include <csignal>
#include <cstdlib>

namespace terracat::cli {
namespace {

sigset_t stop_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  return signals;
}

} // namespace

StopOnSignal::StopOnSignal() {
  auto const signals = stop_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  watcher_ = std::jthread([this, signals](std::stop_token const& ending) {
    timespec const pause{.tv_sec = 0, .tv_nsec = 100'000'000};
    while (!ending.stop_requested()) {
      if (sigtimedwait(&signals, nullptr, &pause) < 0) continue;
      if (stop_.stop_requested()) std::_Exit(130);
      stop_.request_stop();
    }
  });
}

StopOnSignal::~StopOnSignal() {
  watcher_ = std::jthread(); // ends and joins the thread while the mask still holds
  auto const signals = stop_signals();
  pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
}

} // namespace terracat::cli
