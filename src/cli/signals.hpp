#pragma once

#include <stop_token>
#include <thread>

namespace terracat::cli {

/// Stops work at the first SIGINT or SIGTERM; further ones end the process at once.
class StopOnSignal {
 public:
  StopOnSignal();
  StopOnSignal(StopOnSignal const&) = delete;
  StopOnSignal& operator=(StopOnSignal const&) = delete;
  StopOnSignal(StopOnSignal&&) = delete;
  StopOnSignal& operator=(StopOnSignal&&) = delete;
  ~StopOnSignal();

  [[nodiscard]] std::stop_token token() const { return stop_.get_token(); }

 private:
  std::stop_source stop_;
  std::jthread watcher_;
};

} // namespace terracat::cli
