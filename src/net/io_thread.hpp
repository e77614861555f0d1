#pragma once

#include "net/asio.hpp"
#include "net/common.hpp"
#include "net/compress.hpp"
#include "net/connection.hpp"
#include "net/handler_room.hpp"
#include "net/pace.hpp"
#include "net/request_id.hpp"

#include <array>
#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <unordered_set>
#include <variant>
#include <vector>

namespace terracat::net {

/// A client that has been accepted and not been met yet.
struct Arrival {
  Socket socket;
  std::variant<Admission::Ticket, Refusal> admission;
  ClientAddress client;
};

/// A thread that reads sockets, with its connections and all that they need to answer. Since
/// nothing of it is shared, nothing is locked.
class IoThread {
 public:
  /// \throws  what Application::worker() throws
  IoThread(Common& common, std::size_t index);
  IoThread(IoThread const&) = delete;
  IoThread& operator=(IoThread const&) = delete;
  IoThread(IoThread&&) = delete;
  IoThread& operator=(IoThread&&) = delete;

  /// \pre  the thread was not started, or has ended
  ~IoThread();

  void start();

  /// Returns when the thread has ended: after drain() or abort(), when the last connection is gone.
  void join();

  // For any thread.

  [[nodiscard]] asio::io_context& context() noexcept { return context_; }

  void adopt(Arrival arrival);

  /// Closes what is idle, lets the rest end, and closes that too when the time for it is over.
  void drain();

  /// Closes everything.
  void abort();

  /// Common::sequence has moved.
  void notice_commit();

  /// When it last went round, for those who watch over it.
  [[nodiscard]] TimePoint last_turn() const noexcept { return last_turn_; }

  // For its connections, on the thread itself.

  [[nodiscard]] Common& common() noexcept { return common_; }

  void enter(Connection& connection) { connections_.insert(&connection); }

  void leave(Connection& connection);

  void park(Connection& connection);
  void unpark(Connection& connection);

  /// What to answer with; the worker counts as used from now on.
  [[nodiscard]] Tools tools();

  /// As in the header Date.
  [[nodiscard]] std::string_view date();

  [[nodiscard]] std::string next_request_id() { return ids_.next(); }

  void record(log::Access const& access);

  /// There is more to do than can be done: a request that would be answered now is to be refused.
  [[nodiscard]] bool is_behind();

 private:
  struct TextHash : std::hash<std::string_view> {
    using is_transparent = void;
  };

  static constexpr std::size_t state_count = 5;

  void run();
  void meet(Arrival arrival);
  void sweep_later();
  void sweep();
  void publish_states();
  void tell_worker_if_idle(TimePoint now);
  void wake_waiting();
  void begin_to_end();
  void end_if_empty();
  [[nodiscard]] std::vector<Connection*> connections() const;

  Common& common_;
  std::size_t const index_;
  std::unique_ptr<api::Worker> worker_;
  Compressor compressor_;
  log::AccessLog::Lane& access_;
  RequestIds ids_;
  std::unordered_map<std::string, metrics::RouteMetrics, TextHash, std::equal_to<>> routes_;
  std::array<metrics::Gauge, state_count> state_gauges_;
  std::array<std::size_t, state_count> published_{};

  std::unordered_set<Connection*> connections_;
  std::size_t without_ticket_ = 0;
  std::unordered_map<Connection*, std::shared_ptr<Connection>> waiting_;
  std::atomic<bool> has_waiting_ = false; ///< for those who might wake them

  std::string date_;
  std::time_t date_second_ = 0;
  Pace pace_;
  long waits_ = 0; ///< of this thread, when the last round ended
  TimePoint last_work_;
  bool worker_knows_ = false; ///< that it is idle
  bool is_ending_ = false;
  TimePoint hard_end_ = TimePoint::max();
  std::atomic<TimePoint> last_turn_ = TimePoint::min();

  HandlerRoom sweep_room_;
  asio::io_context context_{1}; // behind what its handlers use
  Timer timer_{context_};
  std::thread thread_;
};

} // namespace terracat::net
