#include "jobs/door.hpp"

#include "jobs/address.hpp"

#include <terracat/json.hpp>

#include <poll.h>
#include <sys/socket.h>

#include <cerrno>
#include <utility>

namespace terracat::jobs {
namespace {

constexpr int in_use = 75;
constexpr int most_seconds_to_send = 30;
constexpr std::chrono::seconds first_words{10}; ///< from who has connected
constexpr int looks_up_every = 100;             ///< milliseconds: how soon an end is noticed

std::string message(std::string_view name, std::string_view text) {
  return json::Writer().begin_object().name(name).string(text).end_object().take();
}

/// Of descriptors or memory: it may be over later.
bool is_shortage(int error) noexcept {
  return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM;
}

std::string exit_message(int code) {
  return json::Writer().begin_object().name("exit").integer(code).end_object().take();
}

} // namespace

Door::Door(std::string path, Work work, log::Logger& log)
    : path_(std::move(path)), work_(std::move(work)), log_(log), socket_(listen_at(path_)) {
  thread_ = std::jthread([this](std::stop_token const& stop) { listen_until_end(stop); });
}

Door::~Door() {
  thread_.request_stop();
  thread_.join();
  try {
    store::remove_file(path_);
  } catch (std::exception const& error) {
    log_.warn(log::event::job_refused, "the socket for commands stays behind",
              {{"cause", error.what()}});
  }
}

void Door::listen_until_end(std::stop_token const& stop) {
  bool is_short = false; // of descriptors or threads, and it is told
  while (!stop.stop_requested()) {
    pollfd watched{.fd = socket_.number(), .events = POLLIN, .revents = 0};
    auto const ready = ::poll(&watched, 1, looks_up_every);
    forget_ended();
    if (ready <= 0) continue;
    Descriptor socket(::accept4(socket_.number(), nullptr, nullptr, SOCK_CLOEXEC));
    bool const has_failed = socket.number() < 0 && is_shortage(errno);
    if (socket.number() >= 0 && !is_trusted(socket)) {
      log_.warn(log::event::job_refused, "a process of another user wanted to hand over work");
      continue;
    }
    if (!has_failed && (socket.number() < 0 || begin(std::move(socket)))) {
      is_short = false;
      continue;
    }
    if (!std::exchange(is_short, true)) {
      log_.warn(log::event::job_refused, "there are no descriptors or threads left for a command");
    }
    ::poll(nullptr, 0, looks_up_every); // who waits is still there: asking at once would be in vain
  }
  for (auto& job : jobs_) job.caller.stop();
  for (auto& job : jobs_) job.thread.join();
  jobs_.clear();
}

bool Door::begin(Descriptor socket) noexcept {
  auto const before = jobs_.size();
  try {
    start(jobs_.emplace_back(std::move(socket)));
    return true;
  } catch (std::exception const&) { // no thread, no memory; the command sees that nobody is there
    if (jobs_.size() > before) jobs_.pop_back();
    return false;
  }
}

void Door::start(Job& job) {
  job.channel.limit_sending(most_seconds_to_send);
  job.thread = std::thread([this, &job, is_too_much = jobs_.size() > most_jobs] {
    run_or_leave(job, is_too_much);
    job.is_over = true;
  });
}

void Door::run(Job& job) {
  auto const command = job.caller.receive(first_words);
  if (!command || command->kind != Frame::Kind::json) return;
  int code = 1;
  try {
    code = work_(command->content, job.caller);
  } catch (std::exception const& error) {
    log_.error(log::event::job_failed, "work that was handed over met a fault of the program",
               {{"cause", error.what()}});
    job.caller.send_json(
        message("complain", "terracat: the server met a fault of its own; see its log\n"));
  }
  job.caller.send_json(exit_message(code));
}

/// Without memory for an answer, the command sees that nobody is there any more.
void Door::run_or_leave(Job& job, bool is_too_much) noexcept {
  try {
    if (!is_too_much) return run(job);
    job.caller.send_json(
        message("complain", "terracat: the server has too many jobs already; try again later\n"));
    job.caller.send_json(exit_message(in_use));
  } catch (std::exception const& error) {
    log_.error(log::event::job_failed, "work that was handed over was left",
               {{"cause", error.what()}});
  }
}

void Door::forget_ended() {
  for (auto job = jobs_.begin(); job != jobs_.end();) {
    if (job->is_over) {
      job->thread.join();
      job = jobs_.erase(job);
    } else {
      ++job;
    }
  }
}

} // namespace terracat::jobs
