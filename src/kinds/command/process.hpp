#pragma once

#include "process/spawn.hpp"

#include <terracat/descriptor.hpp>

#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace terracat::kinds::command {

/// What a program says beside its documents: lines of printable text, bounded in number and length.
class Remarks {
 public:
  static constexpr std::size_t most_lines = 200; ///< in all
  static constexpr std::size_t most_bytes = 500; ///< of a line

  void add(std::string_view bytes);

  /// The lines that have come since the last call. \param is_over  the last one needs no end
  [[nodiscard]] std::vector<std::string> take(bool is_over);

  /// The last line there was, for the message of a failure.
  [[nodiscard]] std::string const& last() const noexcept { return last_; }

 private:
  void end_line();

  std::string line_;
  std::string last_;
  std::vector<std::string> lines_;
  std::size_t count_ = 0;
};

using process::Program;

/// A program that is running, with all that it starts. One thread, but for kill().
class Process {
 public:
  using Clock = std::chrono::steady_clock;

  /// \param deadline  from then on nothing is waited for
  /// \throws std::system_error  if it cannot be started
  Process(Program const& program, Clock::time_point deadline);
  Process(Process const&) = delete;
  Process& operator=(Process const&) = delete;
  Process(Process&&) = delete;
  Process& operator=(Process&&) = delete;

  /// Kills what is left of it.
  ~Process();

  /// The next bytes of its standard output; what comes on the other one becomes remarks.
  /// \return  0 at the end
  /// \throws std::system_error  timed_out when the deadline has passed
  [[nodiscard]] std::size_t read(std::span<char> into);

  /// Waits until it has ended by itself or was killed.
  /// \throws std::system_error  timed_out when the deadline has passed
  void await_end();

  /// Waits until it has ended, and kills what it has left behind.
  /// \return  nothing if it ended as it should, else how: "exit code 3", "signal 11"
  /// \throws std::system_error  timed_out when the deadline has passed
  [[nodiscard]] std::string wait();

  /// Ends it and all that it has started, at once. Any thread, until wait() is called.
  void kill() const noexcept;

  [[nodiscard]] Remarks& remarks() noexcept { return remarks_; }

 private:
  [[nodiscard]] bool is_ready(int descriptor);
  void read_remarks();

  Clock::time_point deadline_;
  Descriptor out_;
  Descriptor err_; ///< closed at its end
  pid_t id_ = -1;  ///< -1 once it has been waited for
  Descriptor handle_;
  Remarks remarks_;
};

} // namespace terracat::kinds::command
