#include "net/thread.hpp"

#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

#include <string>

namespace terracat::net {

void name_this_thread(std::string_view role, std::size_t index) noexcept {
  auto const name = std::string(role) + "-" + std::to_string(index);
  ::pthread_setname_np(::pthread_self(), name.c_str());
}

void lower_this_thread() noexcept {
  constexpr int lower = 3;
  auto const self = static_cast<id_t>(::gettid());
  ::setpriority(PRIO_PROCESS, self, ::getpriority(PRIO_PROCESS, self) + lower);
}

long waits_of_this_thread() noexcept {
  rusage used{};
  ::getrusage(RUSAGE_THREAD, &used);
  return used.ru_nvcsw;
}

} // namespace terracat::net
