#include "net/io_thread.hpp"

#include "log/events.hpp"
#include "net/thread.hpp"

#include <boost/asio/bind_allocator.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <ctime>

namespace terracat::net {
namespace {

constexpr std::array<std::string_view, 5> states{"idle", "reading", "working", "waiting",
                                                 "writing"};

std::size_t state_of(Connection::Phase phase) noexcept {
  switch (phase) {
  case Connection::Phase::idle:
    return 0;
  case Connection::Phase::head:
  case Connection::Phase::body:
    return 1;
  case Connection::Phase::working:
    return 2;
  case Connection::Phase::waiting:
    return 3;
  default:
    return 4;
  }
}

/// Often enough that no limit is missed by more than a quarter.
std::chrono::milliseconds sweep_period(TimeLimits const& times) {
  using namespace std::chrono_literals;
  auto const shortest = std::min({times.idle, times.header, times.body, times.write, times.linger,
                                  times.shutdown, times.worker_idle});
  return std::clamp(shortest / 4, 1ms, 250ms);
}

/// Refused clients are told why, a few at a time; the others only see the connection close.
constexpr std::size_t most_without_ticket = 16;

} // namespace

IoThread::IoThread(Common& common, std::size_t index)
    : common_(common),
      index_(index),
      worker_(common.application.worker()),
      access_(common.access_log.lane()),
      state_gauges_{
          common.metrics.http_connections(states[0]), common.metrics.http_connections(states[1]),
          common.metrics.http_connections(states[2]), common.metrics.http_connections(states[3]),
          common.metrics.http_connections(states[4])},
      pace_(Clock::now()),
      last_work_(Clock::now()),
      last_turn_(Clock::now()) {}

IoThread::~IoThread() {
  is_ending_ =
      false; // handlers that never ran may still hold connections, and the timer goes first
}

void IoThread::start() {
  sweep_later();
  thread_ = std::thread([this] { run(); });
}

void IoThread::join() {
  if (thread_.joinable()) thread_.join();
}

void IoThread::run() {
  name_this_thread("io", index_);
  for (;;) {
    try {
      context_.run();
      break;
    } catch (std::exception const& error) {
      // The connection that it happened to is gone with its handler; the others go on.
      common_.logger.error(log::event::net_task_failed, "Work on a connection failed.",
                           {{"cause", error.what()}});
    }
  }
  publish_states();
}

void IoThread::adopt(Arrival arrival) {
  asio::post(context_,
             [this, arrival = std::move(arrival)]() mutable { meet(std::move(arrival)); });
}

void IoThread::meet(Arrival arrival) {
  if (is_ending_) return;
  error_code ignored; // a socket that has died already is noticed when it is read
  arrival.socket.set_option(asio::ip::tcp::no_delay(true), ignored);
  arrival.socket.non_blocking(true, ignored);
  if (auto* const ticket = std::get_if<Admission::Ticket>(&arrival.admission)) {
    std::make_shared<Connection>(*this, std::move(arrival.socket), std::move(*ticket),
                                 std::move(arrival.client))
        ->start();
  } else if (without_ticket_ < most_without_ticket) {
    auto const connection = std::make_shared<Connection>(*this, std::move(arrival.socket),
                                                         std::nullopt, std::move(arrival.client));
    ++without_ticket_; // counted down when it leaves
    connection->start_refused(std::get<Refusal>(arrival.admission));
  }
}

void IoThread::leave(Connection& connection) {
  connections_.erase(&connection);
  if (!connection.has_ticket()) --without_ticket_;
  end_if_empty();
}

void IoThread::park(Connection& connection) {
  waiting_.emplace(&connection, connection.shared_from_this());
  has_waiting_ = true;
}

void IoThread::unpark(Connection& connection) {
  waiting_.erase(&connection);
  has_waiting_ = !waiting_.empty();
}

void IoThread::notice_commit() {
  if (has_waiting_) asio::post(context_, [this] { wake_waiting(); });
}

void IoThread::wake_waiting() {
  auto const sequence = common_.sequence.load();
  std::vector<std::shared_ptr<Connection>> woken; // the map changes while they are told
  for (auto const& [_, connection] : waiting_) woken.push_back(connection);
  for (auto const& connection : woken) connection->notice_commit(sequence);
}

void IoThread::drain() {
  asio::post(context_, [this] {
    begin_to_end();
    for (auto* const connection : connections()) connection->drain();
  });
}

void IoThread::abort() {
  asio::post(context_, [this] {
    begin_to_end();
    for (auto* const connection : connections()) connection->close();
  });
}

void IoThread::begin_to_end() {
  if (!is_ending_) hard_end_ = Clock::now() + common_.settings.times.shutdown;
  is_ending_ = true;
  end_if_empty();
}

/// Nothing but the timer keeps the thread then.
void IoThread::end_if_empty() {
  if (is_ending_ && connections_.empty()) timer_.cancel();
}

std::vector<Connection*> IoThread::connections() const {
  return {connections_.begin(), connections_.end()};
}

void IoThread::sweep_later() {
  timer_.expires_after(sweep_period(common_.settings.times));
  RoomAllocator<void> const room(sweep_room_);
  timer_.async_wait(asio::bind_allocator(room, [this](error_code const&) {
    if (is_ending_ && connections_.empty()) return;
    sweep_later(); // first, for a sweep may fail
    sweep();
  }));
}

void IoThread::sweep() {
  auto const now = Clock::now();
  last_turn_ = now;
  publish_states();
  tell_worker_if_idle(now);
  for (auto* const connection : connections()) {
    if (now >= hard_end_) {
      connection->close();
    } else {
      connection->sweep(now);
    }
  }
}

void IoThread::publish_states() {
  std::array<std::size_t, state_count> counts{};
  for (auto const* const connection : connections_) ++counts[state_of(connection->phase())];
  for (std::size_t state = 0; state < state_count; ++state) {
    auto const difference =
        static_cast<double>(counts[state]) - static_cast<double>(published_[state]);
    if (difference != 0) state_gauges_[state].add(difference);
  }
  published_ = counts;
}

Tools IoThread::tools() {
  last_work_ = Clock::now();
  worker_knows_ = false;
  return {*worker_, compressor_};
}

bool IoThread::is_behind() {
  using namespace std::chrono_literals;
  auto const now = Clock::now();
  if (!pace_.is_in_round()) {
    asio::post(context_, [this] { // behind all that can be read by now
      pace_.end_round(Clock::now());
      waits_ = waits_of_this_thread();
    });
    // A pause in which the thread never waited is the heavy threads' turn; of a short one it makes
    // no difference. Not before: a round whose end cannot be posted would never end.
    bool const was_idle = pace_.pause(now) < 200us || waits_of_this_thread() != waits_;
    pace_.begin_round(now, was_idle);
  }
  return pace_.refuses(now);
}

void IoThread::tell_worker_if_idle(TimePoint now) {
  if (worker_knows_ || now - last_work_ < common_.settings.times.worker_idle) return;
  worker_knows_ = true;
  worker_->idle();
}

std::string_view IoThread::date() {
  auto const now = std::time(nullptr);
  if (now != date_second_) {
    std::tm parts{};
    ::gmtime_r(&now, &parts);
    std::array<char, 32> text{};
    auto const size = std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
    date_.assign(text.data(), size);
    date_second_ = now;
  }
  return date_;
}

void IoThread::record(log::Access const& access) {
  access_.write(access);
  auto route = routes_.find(access.route);
  if (route == routes_.end()) {
    route = routes_.emplace(access.route, common_.metrics.route(access.route)).first;
  }
  route->second.answered(access.method, access.status,
                         std::chrono::duration<double>(access.duration).count());
}

} // namespace terracat::net
