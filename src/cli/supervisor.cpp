#include "cli/supervisor.hpp"

#include <terracat/descriptor.hpp>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <condition_variable>
#include <cstddef>
#include <cstdlib>
#include <ctime>
#include <mutex>

namespace terracat::cli {
namespace {

std::string variable(char const* name) {
  auto const* const value = std::getenv(name); // NOLINT: before there are threads
  return value == nullptr ? std::string() : std::string(value);
}

std::optional<std::chrono::microseconds> microseconds_in(std::string const& text) {
  std::int64_t number = 0;
  auto const* const end = text.data() + text.size();
  auto const [stop, error] = std::from_chars(text.data(), end, number);
  bool const is_number = error == std::errc{} && stop == end && number > 0;
  return is_number ? std::optional(std::chrono::microseconds(number)) : std::nullopt;
}

/// systemd's way of saying which RELOADING belongs to which READY.
std::int64_t monotonic_microseconds() {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  return std::int64_t{now.tv_sec} * 1'000'000 + now.tv_nsec / 1'000;
}

} // namespace

Supervisor::Supervisor() : socket_(variable("NOTIFY_SOCKET")) {
  auto const pid = variable("WATCHDOG_PID");
  if (pid.empty() || pid == std::to_string(::getpid())) {
    patience_ = microseconds_in(variable("WATCHDOG_USEC"));
  }
}

void Supervisor::reloading() const {
  tell("RELOADING=1\nMONOTONIC_USEC=" + std::to_string(monotonic_microseconds()));
}

std::jthread Supervisor::watch(std::function<bool()> is_alive) const {
  if (socket_.empty() || !patience_) return {};
  return std::jthread([this, is_alive = std::move(is_alive)](std::stop_token const& stop) {
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    while (!stop.stop_requested()) {
      if (is_alive()) tell("WATCHDOG=1");
      never.wait_for(lock, stop, *patience_ / 3, [] { return false; });
    }
  });
}

void Supervisor::tell(std::string const& state) const {
  sockaddr_un address{};
  if (socket_.empty() || socket_.size() >= sizeof(address.sun_path)) return;
  address.sun_family = AF_UNIX;
  std::ranges::copy(socket_, address.sun_path);
  // A name that begins with "@" is in no folder: its first byte is zero, and its length counts.
  if (socket_.front() == '@') address.sun_path[0] = '\0';
  auto const size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + socket_.size());
  Descriptor const socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  ::sendto(socket.number(), state.data(), state.size(), MSG_NOSIGNAL,
           reinterpret_cast<sockaddr const*>(&address), size); // NOLINT: as the C interface wants
}

} // namespace terracat::cli
