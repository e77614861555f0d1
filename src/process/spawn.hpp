#pragma once

#include <terracat/descriptor.hpp>

#include <sys/types.h>

#include <array>
#include <string>
#include <vector>

namespace terracat::process {

/// What to start. It finds a process group of its own, signals as a program finds them that is
/// started from a terminal, and no descriptors but the three standard ones.
struct Program {
  std::string path;
  std::vector<std::string> arguments;   ///< without the name of the program
  std::vector<std::string> environment; ///< `NAME=value`: all that it gets
  std::string folder;                   ///< to run in
};

/// Descriptors that become the standard ones; a negative one is `/dev/null`.
struct Streams {
  int in = -1;
  int out = -1;
  int err = -1;
};

/// \return  the number of the process, which is that of its group, too; somebody has to wait for it
/// \throws std::system_error  if it cannot be started
[[nodiscard]] pid_t spawn(Program const& program, Streams const& streams);

/// The end to read from, then the end to write to. Both are closed in programs that are started.
/// \throws std::system_error
[[nodiscard]] std::array<Descriptor, 2> make_pipe();

/// A descriptor that can be read from once the process has ended.
/// \pre it was not waited for yet
/// \throws std::system_error
[[nodiscard]] Descriptor handle_of(pid_t process);

/// How a process ended, by what waiting for it told: nothing if as it should, else "exit code 3" or
/// "signal 11".
[[nodiscard]] std::string ending(int status);

} // namespace terracat::process
