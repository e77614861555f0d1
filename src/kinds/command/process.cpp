#include "kinds/command/process.hpp"

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <system_error>

namespace terracat::kinds::command {
namespace {

[[noreturn]] void fail(int error) {
  throw std::system_error(error, std::generic_category());
}

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
  auto out = process::make_pipe();
  auto err = process::make_pipe();
  id_ = process::spawn(program, {.out = out[1].number(), .err = err[1].number()});
  out_ = std::move(out[0]);
  err_ = std::move(err[0]);
  try {
    handle_ = process::handle_of(id_);
  } catch (std::system_error const&) {
    kill();
    ::waitpid(id_, nullptr, 0);
    throw;
  }
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
  return process::ending(status);
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
