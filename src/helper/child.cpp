#include "helper/child.hpp"

#include "helper/serve.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <ctime>
#include <system_error>

namespace terracat::helper {
namespace {

[[noreturn]] void fail(int error) {
  throw std::system_error(error, std::generic_category());
}

std::array<Descriptor, 2> make_sockets() {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) fail(errno);
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

bool would_block(int error) noexcept {
  return error == EAGAIN || error == EINTR;
}

} // namespace

Child::Child(process::Program const& program) {
  auto sockets = make_sockets();
  auto const theirs = sockets[1].number();
  id_ = process::spawn(program, {.in = theirs, .out = theirs});
  socket_ = std::move(sockets[0]);
  try {
    handle_ = process::handle_of(id_);
  } catch (std::system_error const&) {
    ::kill(-id_, SIGKILL);
    ::waitpid(id_, nullptr, 0);
    throw;
  }
}

Child::~Child() {
  if (id_ < 0) return;
  ::kill(-id_, SIGKILL);
  ::waitpid(id_, nullptr, 0);
}

void Child::await_ready(Limits const& limits) {
  auto const answer = receive_answer(limits, Clock::now() + limits.deadline);
  if (answer != ready) give_up("a greeting that is none");
}

std::string Child::ask(std::string_view request, Limits const& limits, std::span<int const> files) {
  auto const deadline = Clock::now() + limits.deadline;
  allow_cpu(limits.cpu);
  auto const head = head_of(request.size());
  send({head.data(), head.size()}, deadline, files);
  send(request, deadline);
  return receive_answer(limits, deadline);
}

bool Child::is_alive() const {
  pollfd one{.fd = handle_.number(), .events = POLLIN, .revents = 0};
  return ::poll(&one, 1, 0) == 0;
}

/// The limit of the kernel counts from the beginning of the process, so it grows with each request.
void Child::allow_cpu(std::chrono::seconds more) const {
  clockid_t clock{};
  timespec used{};
  // A process that has ended has no clock; that it has is found out when it is written to.
  if (::clock_getcpuclockid(id_, &clock) != 0 || ::clock_gettime(clock, &used) != 0) return;
  rlimit limit{};
  if (::prlimit(id_, RLIMIT_CPU, nullptr, &limit) != 0) return;
  auto const wanted = static_cast<rlim_t>(used.tv_sec + 1 + more.count());
  limit.rlim_cur = std::min(wanted, limit.rlim_max);
  if (::prlimit(id_, RLIMIT_CPU, &limit, nullptr) != 0 && errno != ESRCH) fail(errno);
}

ssize_t Child::send_some(std::string_view bytes, std::span<int const> files) const {
  constexpr int flags = MSG_NOSIGNAL | MSG_DONTWAIT;
  if (files.empty()) return ::send(socket_.number(), bytes.data(), bytes.size(), flags);
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int) * most_request_files)> room{};
  if (files.size() > most_request_files) fail(E2BIG);
  iovec piece{.iov_base = const_cast<char*>(bytes.data()), // NOLINT: as the system has it
              .iov_len = bytes.size()};
  msghdr message{};
  message.msg_iov = &piece;
  message.msg_iovlen = 1;
  message.msg_control = room.data();
  message.msg_controllen = CMSG_SPACE(files.size_bytes());
  auto* const part = CMSG_FIRSTHDR(&message); // NOLINT: a macro with a cast
  part->cmsg_level = SOL_SOCKET;
  part->cmsg_type = SCM_RIGHTS;
  part->cmsg_len = CMSG_LEN(files.size_bytes());
  std::memcpy(CMSG_DATA(part), files.data(), files.size_bytes());
  return ::sendmsg(socket_.number(), &message, flags);
}

/// \param files  go with the first byte
void Child::send(std::string_view bytes, Clock::time_point deadline, std::span<int const> files) {
  while (!bytes.empty()) {
    auto const count = send_some(bytes, files);
    if (count >= 0) {
      files = {};
      bytes.remove_prefix(static_cast<std::size_t>(count));
    } else if (would_block(errno)) {
      await(POLLOUT, deadline);
    } else {
      mourn();
    }
  }
}

void Child::receive(std::span<char> into, Clock::time_point deadline) {
  while (!into.empty()) {
    auto const count = ::recv(socket_.number(), into.data(), into.size(), MSG_DONTWAIT);
    if (count > 0) {
      into = into.subspan(static_cast<std::size_t>(count));
    } else if (count < 0 && would_block(errno)) {
      await(POLLIN, deadline);
    } else {
      mourn();
    }
  }
}

std::string Child::receive_answer(Limits const& limits, Clock::time_point deadline) {
  std::array<char, length_bytes> head{};
  receive(head, deadline);
  auto const length = length_of(head);
  if (length > limits.answer_bytes) {
    give_up("an answer of more than " + std::to_string(limits.answer_bytes >> 20U) + " MB");
  }
  // Memory is taken as the answer comes, not as it is announced.
  std::string answer;
  constexpr std::size_t piece = std::size_t{1} << 20;
  while (answer.size() < length) {
    auto const before = answer.size();
    answer.resize(before + std::min(piece, length - before));
    receive(std::span(answer).subspan(before), deadline);
  }
  return answer;
}

void Child::await(short events, Clock::time_point deadline) {
  auto const left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
  if (left <= 0) give_up("more time than it may take");
  pollfd one{.fd = socket_.number(), .events = events, .revents = 0};
  constexpr std::int64_t longest = 1'000'000;
  if (::poll(&one, 1, static_cast<int>(std::min<std::int64_t>(left, longest))) < 0 &&
      errno != EINTR) {
    fail(errno);
  }
}

void Child::give_up(std::string const& why) {
  ::kill(-id_, SIGKILL);
  ::waitpid(id_, nullptr, 0);
  id_ = -1;
  throw Died(why);
}

/// It has closed its end, so it has ended or is about to.
void Child::mourn() {
  pollfd one{.fd = handle_.number(), .events = POLLIN, .revents = 0};
  constexpr int patience = 1'000; // milliseconds
  bool const has_ended = ::poll(&one, 1, patience) > 0;
  if (!has_ended) give_up("it closed its answers and went on");
  ::kill(-id_, SIGKILL); // what it may have left behind: its number is not given away yet
  int status = 0;
  while (::waitpid(id_, &status, 0) < 0 && errno == EINTR) {
  }
  id_ = -1;
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU) {
    throw Died("more time of the processor than it may take");
  }
  auto const end = process::ending(status);
  throw Died(end.empty() ? "exit code 0" : end);
}

} // namespace terracat::helper
