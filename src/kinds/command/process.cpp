#include "kinds/command/process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <memory>
#include <system_error>

namespace terracat::kinds::command {
namespace {

[[noreturn]] void fail(int error) {
  throw std::system_error(error, std::generic_category());
}

void check(int error) {
  if (error != 0) fail(error);
}

/// The end to read from, then the end to write to.
std::array<Descriptor, 2> make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) fail(errno);
  return {Descriptor(ends[0]), Descriptor(ends[1])};
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

  void set(int out, int err, std::string const& folder) {
    constexpr int first_other = 3;
    check(::posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0));
    check(::posix_spawn_file_actions_adddup2(&actions_, out, STDOUT_FILENO));
    check(::posix_spawn_file_actions_adddup2(&actions_, err, STDERR_FILENO));
    check(::posix_spawn_file_actions_addclosefrom_np(&actions_, first_other));
    check(::posix_spawn_file_actions_addchdir_np(&actions_, folder.c_str()));
  }

  [[nodiscard]] posix_spawn_file_actions_t const* get() const noexcept { return &actions_; }

 private:
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

// ---- Remarks

void Remarks::add(std::string_view bytes) {
  for (char const character : bytes) {
    if (character == '\n') {
      end_line();
    } else if (line_.size() < most_bytes) {
      bool const is_control = static_cast<unsigned char>(character) < ' ' || character == '\x7f';
      line_ += is_control ? ' ' : character;
    }
  }
}

void Remarks::end_line() {
  auto line = std::exchange(line_, {});
  if (line.find_first_not_of(' ') == std::string::npos) return;
  last_ = line;
  if (++count_ <= most_lines) lines_.push_back(std::move(line));
  if (count_ == most_lines) lines_.emplace_back("(what it says further is left out)");
}

std::vector<std::string> Remarks::take(bool is_over) {
  if (is_over) end_line();
  return std::exchange(lines_, {});
}

// ---- Process

Process::Process(Program const& program, Clock::time_point deadline) : deadline_(deadline) {
  auto out = make_pipe();
  auto err = make_pipe();
  spawn(program, out[1], err[1]);
  out_ = std::move(out[0]);
  err_ = std::move(err[0]);
  handle_ = Descriptor(static_cast<int>(::syscall(SYS_pidfd_open, id_, 0)));
  if (handle_.number() < 0) {
    auto const error = errno;
    kill();
    ::waitpid(id_, nullptr, 0);
    fail(error);
  }
}

void Process::spawn(Program const& program, Descriptor const& out, Descriptor const& err) {
  std::vector<std::string> words{program.path};
  words.insert(words.end(), program.arguments.begin(), program.arguments.end());
  auto const arguments = pointers_to(words);
  auto const environment = pointers_to(program.environment);
  FileActions actions;
  actions.set(out.number(), err.number(), program.folder);
  Attributes const attributes;
  check(::posix_spawn(&id_, program.path.c_str(), actions.get(), attributes.get(), arguments.data(),
                      environment.data()));
}

Process::~Process() {
  if (id_ < 0) return;
  kill();
  ::waitpid(id_, nullptr, 0);
}

void Process::kill() const noexcept {
  if (id_ > 0) ::kill(-id_, SIGKILL);
}

std::size_t Process::read(std::span<char> into) {
  for (;;) {
    if (!is_ready(out_.number())) continue;
    auto const count = ::read(out_.number(), into.data(), into.size());
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno != EINTR) fail(errno);
  }
}

void Process::await_end() {
  while (!is_ready(handle_.number())) {
  }
}

std::string Process::wait() {
  await_end();
  // As long as it has not been waited for, its number and that of its group are nobody else's.
  kill();
  int status = 0;
  while (::waitpid(id_, &status, 0) < 0 && errno == EINTR) {
  }
  id_ = -1;
  while (err_.number() >= 0) { // whoever else held the other end is gone
    pollfd one{.fd = err_.number(), .events = POLLIN, .revents = 0};
    if (::poll(&one, 1, 0) <= 0) break;
    read_remarks();
  }
  if (WIFSIGNALED(status)) return "signal " + std::to_string(WTERMSIG(status));
  return WEXITSTATUS(status) == 0 ? "" : "exit code " + std::to_string(WEXITSTATUS(status));
}

/// Waits for the descriptor or for remarks. \return  false if there is nothing to read from it yet
bool Process::is_ready(int descriptor) {
  std::array<pollfd, 2> both{pollfd{.fd = descriptor, .events = POLLIN, .revents = 0},
                             pollfd{.fd = err_.number(), .events = POLLIN, .revents = 0}};
  auto const left = std::chrono::ceil<std::chrono::milliseconds>(deadline_ - Clock::now()).count();
  if (left <= 0) fail(ETIMEDOUT);
  constexpr std::int64_t longest = 1'000'000;
  auto const count =
      ::poll(both.data(), both.size(), static_cast<int>(std::min<std::int64_t>(left, longest)));
  if (count < 0 && errno != EINTR) fail(errno);
  if (count <= 0) return false;
  if (both[1].revents != 0) read_remarks();
  return both[0].revents != 0;
}

void Process::read_remarks() {
  std::array<char, 4096> bytes{};
  auto const count = ::read(err_.number(), bytes.data(), bytes.size());
  if (count > 0) {
    remarks_.add({bytes.data(), static_cast<std::size_t>(count)});
  } else if (count == 0 || errno != EINTR) {
    err_ = Descriptor();
  }
}

} // namespace terracat::kinds::command
