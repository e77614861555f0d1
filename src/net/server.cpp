#include "net/server.hpp"

#include "log/events.hpp"
#include "net/common.hpp"
#include "net/io_thread.hpp"
#include "net/listener.hpp"
#include "process/cores.hpp"

#include <atomic>
#include <mutex>
#include <utility>
#include <vector>

namespace terracat::net {
namespace {

Settings completed(Settings settings) {
  auto const cores = process::usable_cores();
  // Of two threads on one core each makes the other's connections wait.
  if (settings.io_threads == 0) settings.io_threads = cores == 1 ? 1 : 2 * cores;
  if (settings.worker_threads == 0) settings.worker_threads = cores;
  return settings;
}

/// Carries the news of a commit to the io threads, as long as there are any.
class CommitRelay {
 public:
  CommitRelay(Common& common, Listener::IoThreads const& io_threads)
      : receivers_(Receivers{common, io_threads}) {}

  void announce(std::int64_t sequence) {
    std::scoped_lock const lock(mutex_);
    if (!receivers_) return;
    auto& latest = receivers_->common.sequence;
    if (sequence <= latest) return;
    latest = sequence;
    for (auto const& thread : receivers_->io_threads) thread->notice_commit();
  }

  void end() {
    std::scoped_lock const lock(mutex_);
    receivers_.reset();
  }

 private:
  struct Receivers {
    Common& common;
    Listener::IoThreads const& io_threads;
  };

  std::mutex mutex_;
  std::optional<Receivers> receivers_;
};

} // namespace

struct Server::Implementation {
  Implementation(Settings settings, api::Application& application, log::Logger& logger,
                 log::AccessLog& access_log, metrics::Metrics& metrics)
      : common{completed(std::move(settings)), application, logger, access_log, metrics} {
    for (std::size_t index = 0; index < common.settings.io_threads; ++index) {
      io_threads.push_back(std::make_unique<IoThread>(common, index));
    }
  }

  void wait() {
    listener.join();
    for (auto const& thread : io_threads) thread->join();
    if (std::exchange(is_running, false)) {
      common.logger.info(log::event::net_stopped, "The server has stopped.");
    }
  }

  Common common;
  Listener::IoThreads io_threads;
  Listener listener{common, io_threads};

  /// Shared with the application, which may announce commits to a server that is gone.
  std::shared_ptr<CommitRelay> const relay = std::make_shared<CommitRelay>(common, io_threads);

  std::atomic<int> stops = 0;
  bool is_open = false;
  bool is_running = false;
};

Server::Server(Settings settings, api::Application& application, log::Logger& logger,
               log::AccessLog& access_log, metrics::Metrics& metrics)
    : implementation_(std::make_unique<Implementation>(std::move(settings), application, logger,
                                                       access_log, metrics)) {}

Server::~Server() {
  implementation_->relay->end();
  if (!implementation_->is_running) return;
  implementation_->stops = 1;
  stop();
  wait();
}

std::uint16_t Server::open() {
  implementation_->listener.open();
  implementation_->is_open = true;
  return port();
}

void Server::start() {
  auto& server = *implementation_;
  auto const& settings = server.common.settings;
  if (!server.is_open) open();
  server.is_running = true; // from here on the destructor has something to end
  server.common.application.on_commit(
      [relay = server.relay](std::int64_t sequence) { relay->announce(sequence); });
  for (auto const& thread : server.io_threads) thread->start();
  server.listener.start();
  server.common.logger.info(log::event::net_started, "The server answers.",
                            {{"address", settings.address},
                             {"port", port()},
                             {"io_threads", settings.io_threads},
                             {"worker_threads", settings.worker_threads}});
}

std::uint16_t Server::port() const {
  return implementation_->listener.port();
}

void Server::stop() {
  auto& server = *implementation_;
  bool const is_first = server.stops.fetch_add(1) == 0;
  server.common.is_draining = true;
  server.listener.stop();
  if (is_first) {
    server.common.logger.info(log::event::net_draining, "The server ends what is under way.");
  } else {
    for (auto const& thread : server.io_threads) thread->abort();
  }
}

void Server::wait() {
  implementation_->wait();
}

std::chrono::steady_clock::time_point Server::last_turn() const {
  auto const& threads = implementation_->io_threads;
  auto const slowest =
      std::ranges::min_element(threads, {}, [](auto const& thread) { return thread->last_turn(); });
  return (*slowest)->last_turn();
}

} // namespace terracat::net
