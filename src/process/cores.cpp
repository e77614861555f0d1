#include "process/cores.hpp"

#include <sched.h>

#include <algorithm>
#include <thread>

namespace terracat::process {

std::size_t usable_cores() noexcept {
  cpu_set_t cores;
  if (::sched_getaffinity(0, sizeof(cores), &cores) == 0) {
    return static_cast<std::size_t>(CPU_COUNT(&cores));
  }
  // There are more than the set has room for.
  return std::max<std::size_t>(std::thread::hardware_concurrency(), 1);
}

} // namespace terracat::process
