#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <thread>

namespace terracat::cli {

/// Who has started the server and watches over it (systemd, `Type=notify`). It is told by datagrams
/// what the server is doing; without NOTIFY_SOCKET in the environment there is nobody to tell.
class Supervisor {
 public:
  Supervisor();
  Supervisor(Supervisor const&) = delete;
  Supervisor& operator=(Supervisor const&) = delete;
  Supervisor(Supervisor&&) = delete;
  Supervisor& operator=(Supervisor&&) = delete;
  ~Supervisor() = default;

  void ready() const { tell("READY=1"); }

  /// Until the next ready().
  void reloading() const;

  void stopping() const { tell("STOPPING=1"); }

  /// Says that the server is alive as often as is expected (WATCHDOG_USEC), as long as `is_alive`
  /// says so.
  /// \return  the thread that does, which must end before the supervisor does
  [[nodiscard]] std::jthread watch(std::function<bool()> is_alive) const;

 private:
  void tell(std::string const& state) const;

  std::string socket_; ///< empty: nobody is there
  std::optional<std::chrono::microseconds> patience_;
};

} // namespace terracat::cli
