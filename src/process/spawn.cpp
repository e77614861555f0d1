#include "process/spawn.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <system_error>

namespace terracat::process {
namespace {

[[noreturn]] void fail(int error) {
  throw std::system_error(error, std::generic_category());
}

void check(int error) {
  if (error != 0) fail(error);
}

/// As the functions of C want it: pointers to texts, and a null.
std::vector<char*> pointers_to(std::vector<std::string> const& texts) {
  std::vector<char*> out;
  // NOLINTNEXTLINE: posix_spawn() changes nothing, whatever its signature says
  for (auto const& text : texts) out.push_back(const_cast<char*>(text.c_str()));
  out.push_back(nullptr);
  return out;
}

/// What becomes of descriptors and of the folder in the new process.
class FileActions {
 public:
  FileActions() { check(::posix_spawn_file_actions_init(&actions_)); }

  FileActions(FileActions const&) = delete;
  FileActions& operator=(FileActions const&) = delete;
  FileActions(FileActions&&) = delete;
  FileActions& operator=(FileActions&&) = delete;

  ~FileActions() { ::posix_spawn_file_actions_destroy(&actions_); }

  void set(Streams const& streams, std::string const& folder) {
    constexpr int first_other = 3;
    put(streams.in, STDIN_FILENO, O_RDONLY);
    put(streams.out, STDOUT_FILENO, O_WRONLY);
    put(streams.err, STDERR_FILENO, O_WRONLY);
    check(::posix_spawn_file_actions_addclosefrom_np(&actions_, first_other));
    check(::posix_spawn_file_actions_addchdir_np(&actions_, folder.c_str()));
  }

  [[nodiscard]] posix_spawn_file_actions_t const* get() const noexcept { return &actions_; }

 private:
  void put(int descriptor, int place, int mode) {
    check(descriptor < 0
              ? ::posix_spawn_file_actions_addopen(&actions_, place, "/dev/null", mode, 0)
              : ::posix_spawn_file_actions_adddup2(&actions_, descriptor, place));
  }

  posix_spawn_file_actions_t actions_{};
};

/// A process group of its own, and signals as a program finds them that is started from a terminal.
class Attributes {
 public:
  Attributes() {
    check(::posix_spawnattr_init(&attributes_));
    sigset_t signals;
    sigemptyset(&signals);
    check(::posix_spawnattr_setsigmask(&attributes_, &signals));
    sigfillset(&signals);
    check(::posix_spawnattr_setsigdefault(&attributes_, &signals));
    check(::posix_spawnattr_setpgroup(&attributes_, 0));
    check(::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK |
                                                       POSIX_SPAWN_SETSIGDEF));
  }

  Attributes(Attributes const&) = delete;
  Attributes& operator=(Attributes const&) = delete;
  Attributes(Attributes&&) = delete;
  Attributes& operator=(Attributes&&) = delete;

  ~Attributes() { ::posix_spawnattr_destroy(&attributes_); }

  [[nodiscard]] posix_spawnattr_t const* get() const noexcept { return &attributes_; }

 private:
  posix_spawnattr_t attributes_{};
};

} // namespace

pid_t spawn(Program const& program, Streams const& streams) {
  std::vector<std::string> words{program.path};
  words.insert(words.end(), program.arguments.begin(), program.arguments.end());
  auto const arguments = pointers_to(words);
  auto const environment = pointers_to(program.environment);
  FileActions actions;
  actions.set(streams, program.folder);
  Attributes const attributes;
  pid_t id = -1;
  check(::posix_spawn(&id, program.path.c_str(), actions.get(), attributes.get(), arguments.data(),
                      environment.data()));
  return id;
}

std::array<Descriptor, 2> make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) fail(errno);
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

Descriptor handle_of(pid_t process) {
  Descriptor handle(static_cast<int>(::syscall(SYS_pidfd_open, process, 0)));
  if (handle.number() < 0) fail(errno);
  return handle;
}

std::string ending(int status) {
  if (WIFSIGNALED(status)) return "signal " + std::to_string(WTERMSIG(status));
  return WEXITSTATUS(status) == 0 ? "" : "exit code " + std::to_string(WEXITSTATUS(status));
}

} // namespace terracat::process
