#pragma once

#include "api/http.hpp"
#include "metrics/metrics.hpp"
#include "net/asio.hpp"
#include "net/compress.hpp"
#include "net/patience.hpp"

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace terracat::net {

/// What a thread answers with; never shared.
struct Tools {
  api::Worker& worker;
  Compressor& compressor;
  bool is_overloaded = false; ///< what has waited should be refused
};

/// The heavy threads: what takes longer than half a millisecond or may block runs here, at a lower
/// priority than the threads that read sockets, so that light requests stay fast however busy these
/// are. Thread-safe.
class Pool {
 public:
  using Job = std::function<void(Tools const&)>; ///< must not throw

  /// \param capacity  jobs that submit() lets wait
  /// \throws  what Application::worker() throws, before any thread runs
  Pool(std::size_t threads, std::size_t capacity, std::chrono::milliseconds worker_idle,
       api::Application& application, metrics::Metrics const& metrics);
  Pool(Pool const&) = delete;
  Pool& operator=(Pool const&) = delete;
  Pool(Pool&&) = delete;
  Pool& operator=(Pool&&) = delete;

  /// Ends the threads, each after the job it is at. \pre nothing is waiting
  ~Pool();

  /// Begins a request. If it has waited too long when its turn comes, the job is told so.
  /// \return  false if as many as may are waiting already; the job is dropped then
  [[nodiscard]] bool submit(Job job);

  /// Begins a request that takes a scan. At most half the threads do that at a time, one at least,
  /// and as many more wait. A scan takes its turn with submitted jobs by age.
  /// \return  false if as many as may are waiting already; the job is dropped then
  [[nodiscard]] bool submit_scan(Job job);

  /// Goes on with a request that has been begun: never refused, for nobody gains from half an
  /// answer. Such jobs and new ones take turns.
  void resume(Job job);

  /// True if as many begun requests wait as there are threads: who can go on by himself should.
  [[nodiscard]] bool has_backlog() const;

 private:
  enum class Kind : std::uint8_t { begun, fresh, scan };

  struct Waiting {
    Job job;
    TimePoint since;
    Kind kind;
    bool is_late = false; ///< it has waited longer than it may
  };

  void run(std::stop_token const& stop, api::Worker& worker);
  [[nodiscard]] std::optional<Waiting> take(std::stop_token const& stop, bool& is_idle);
  [[nodiscard]] Waiting pop();
  [[nodiscard]] bool may_scan() const noexcept;
  [[nodiscard]] std::deque<Waiting>* new_work() noexcept;
  void end(Kind kind, Clock::duration taken);

  std::size_t const capacity_;
  std::size_t const few_; ///< a queue of so many waits in patience
  std::size_t const most_scans_;
  std::chrono::milliseconds const worker_idle_;
  metrics::Metrics const& metrics_;

  mutable std::mutex mutex_; ///< for the six below
  std::deque<Waiting> begun_;
  std::deque<Waiting> fresh_;
  std::deque<Waiting> scans_;
  Patience patience_; ///< with what is in fresh_
  std::size_t scans_running_ = 0;
  bool begun_had_turn_ = false;

  std::condition_variable_any arrived_;
  std::vector<std::unique_ptr<api::Worker>> workers_;
  std::vector<std::jthread> threads_;
};

} // namespace terracat::net
