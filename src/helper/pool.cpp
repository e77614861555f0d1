#include "helper/pool.hpp"

#include <unistd.h>

#include <system_error>
#include <utility>

namespace terracat::helper {

Pool::Pool(Settings settings) : settings_(std::move(settings)), keeper_([this] { keep(); }) {}

Pool::~Pool() {
  {
    std::scoped_lock const lock(mutex_);
    is_over_ = true;
  }
  changed_.notify_all();
  keeper_.join();
}

boost::system::result<std::string, Death> Pool::ask(std::string_view request,
                                                    std::span<int const> files) {
  if (request.size() > settings_.limits.request_bytes) {
    return Death{"a request that is too large"};
  }
  auto member = take();
  auto const lose = [&](std::string why) {
    put_back({});
    settings_.on_death(why);
    return Death{std::move(why)};
  };
  try {
    if (member.child != nullptr && !member.child->is_alive()) {
      settings_.on_death("it ended while it had nothing to do");
      member = {};
    }
    if (member.child == nullptr) member.child = start();
    ++member.asked;
    auto answer = member.child->ask(request, settings_.limits, files);
    put_back(std::move(member));
    return {boost::system::in_place_value, std::move(answer)};
  } catch (Died const& death) {
    return lose(death.what());
  } catch (std::system_error const& error) {
    return lose("it could not be started: " + error.code().message());
  } catch (...) {
    put_back({});
    throw;
  }
}

std::vector<pid_t> Pool::idle() const {
  std::scoped_lock const lock(mutex_);
  std::vector<pid_t> out;
  for (auto const& member : idle_) out.push_back(member.child->id());
  return out;
}

/// \return  one without a child, if one is to be started
Pool::Member Pool::take() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return busy_ < settings_.children; });
  ++busy_;
  if (idle_.empty()) return {};
  auto member = std::move(idle_.back());
  idle_.pop_back();
  return member;
}

void Pool::put_back(Member member) {
  {
    std::scoped_lock const lock(mutex_);
    --busy_;
    if (member.child != nullptr && member.asked < settings_.requests) {
      idle_.push_back(std::move(member));
    }
  }
  changed_.notify_all();
}

std::unique_ptr<Child> Pool::start() {
  std::future<std::unique_ptr<Child>> started;
  {
    std::scoped_lock const lock(mutex_);
    started = wanted_.emplace_back().get_future();
  }
  changed_.notify_all();
  auto child = started.get();
  child->await_ready(settings_.limits);
  return child;
}

void Pool::keep() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return is_over_ || !wanted_.empty(); });
    if (wanted_.empty()) break;
    auto wanted = std::move(wanted_.front());
    wanted_.pop_front();
    lock.unlock();
    try {
      wanted.set_value(std::make_unique<Child>(settings_.program));
    } catch (...) { // also that there is no memory: it is for who wants the child
      wanted.set_exception(std::current_exception());
    }
    lock.lock();
  }
  idle_.clear();
}

process::Program own_program(std::string const& mode) {
  return {.path = "/proc/self/exe",
          .arguments = {mode, std::to_string(::getpid())},
          .environment = {"LC_ALL=C.UTF-8"},
          .folder = "/"};
}

} // namespace terracat::helper
