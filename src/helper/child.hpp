#pragma once

#include "process/spawn.hpp"

#include <terracat/descriptor.hpp>

#include <chrono>
#include <cstddef>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

namespace terracat::helper {

/// What one request may cost.
struct Limits {
  std::chrono::seconds cpu{20};      ///< of the processor
  std::chrono::seconds deadline{60}; ///< of the clock, on a machine that has other things to do
  std::size_t request_bytes = std::size_t{20} << 20;
  std::size_t answer_bytes = std::size_t{64} << 20;
};

/// A helper has ended, or had to be ended: "signal 11", "more than 20 s of the processor".
class Died : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// One helper process, seen from its parent. One thread at a time.
class Child {
 public:
  /// Starts it. It dies with the thread that does.
  /// \throws std::system_error  if it cannot be started
  explicit Child(process::Program const& program);
  Child(Child const&) = delete;
  Child& operator=(Child const&) = delete;
  Child(Child&&) = delete;
  Child& operator=(Child&&) = delete;

  /// Kills it and what it may have started.
  ~Child();

  /// Waits until it is confined. \throws Died
  void await_ready(Limits const& limits);

  /// \param files   descriptors that go with the request, for a helper that is handed files
  /// \throws Died  after which it is of no use
  [[nodiscard]] std::string ask(std::string_view request, Limits const& limits,
                                std::span<int const> files = {});

  /// False once it has ended without having been asked anything.
  [[nodiscard]] bool is_alive() const;

  [[nodiscard]] pid_t id() const noexcept { return id_; }

 private:
  using Clock = std::chrono::steady_clock;

  void allow_cpu(std::chrono::seconds more) const;
  void send(std::string_view bytes, Clock::time_point deadline, std::span<int const> files = {});
  [[nodiscard]] ssize_t send_some(std::string_view bytes, std::span<int const> files) const;
  void receive(std::span<char> into, Clock::time_point deadline);
  [[nodiscard]] std::string receive_answer(Limits const& limits, Clock::time_point deadline);
  void await(short events, Clock::time_point deadline);
  [[noreturn]] void give_up(std::string const& why);
  [[noreturn]] void mourn();

  pid_t id_ = -1; ///< -1 once it has been waited for
  Descriptor socket_;
  Descriptor handle_;
};

} // namespace terracat::helper
