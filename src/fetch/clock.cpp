#include "fetch/clock.hpp"

#include <condition_variable>
#include <mutex>

namespace terracat::fetch {

bool SystemClock::wait_until(Point time, std::stop_token stop) {
  std::mutex mutex;
  std::condition_variable_any nobody_notifies;
  std::unique_lock lock(mutex);
  nobody_notifies.wait_until(lock, stop, time, [] { return false; });
  return !stop.stop_requested();
}

} // namespace terracat::fetch
