#include "net/pool.hpp"

#include "net/thread.hpp"

#include <algorithm>

namespace terracat::net {
namespace {

/// Jobs for each thread that may always wait: a few clients that ask again at once keep a queue
/// standing for ever, and would be told to come back for ever.
constexpr std::size_t few_for_a_thread = 8;

} // namespace

Pool::Pool(std::size_t threads, std::size_t capacity, std::chrono::milliseconds worker_idle,
           api::Application& application, metrics::Metrics const& metrics)
    : capacity_(capacity),
      few_(few_for_a_thread * threads),
      most_scans_(std::max<std::size_t>(threads / 2, 1)),
      worker_idle_(worker_idle),
      metrics_(metrics),
      patience_(threads, Clock::now()) {
  for (std::size_t index = 0; index < threads; ++index) workers_.push_back(application.worker());
  for (std::size_t index = 0; index < threads; ++index) {
    threads_.emplace_back([this, index](std::stop_token const& stop) {
      name_this_thread("heavy", index);
      lower_this_thread();
      run(stop, *workers_[index]);
    });
  }
}

Pool::~Pool() {
  for (auto& thread : threads_) thread.request_stop();
}

bool Pool::submit(Job job) {
  {
    std::scoped_lock const lock(mutex_);
    if (fresh_.size() >= capacity_) return false;
    auto const now = Clock::now();
    if (fresh_.empty()) patience_.note_empty(now);
    fresh_.push_back({std::move(job), now, Kind::fresh});
    metrics_.queue_depth.set(static_cast<double>(fresh_.size()));
  }
  arrived_.notify_one();
  return true;
}

bool Pool::submit_scan(Job job) {
  {
    std::scoped_lock const lock(mutex_);
    if (scans_.size() + scans_running_ >= 2 * most_scans_) return false;
    scans_.push_back({std::move(job), Clock::now(), Kind::scan});
  }
  arrived_.notify_one();
  return true;
}

void Pool::resume(Job job) {
  {
    std::scoped_lock const lock(mutex_);
    begun_.push_back({std::move(job), Clock::now(), Kind::begun});
  }
  arrived_.notify_one();
}

bool Pool::has_backlog() const {
  std::scoped_lock const lock(mutex_);
  return begun_.size() >= workers_.size();
}

void Pool::run(std::stop_token const& stop, api::Worker& worker) {
  Compressor compressor;
  bool is_idle = false;
  while (!stop.stop_requested()) {
    if (auto const waiting = take(stop, is_idle)) {
      is_idle = false;
      auto const before = Clock::now();
      if (waiting->kind == Kind::fresh) {
        std::chrono::duration<double> const waited = before - waiting->since;
        metrics_.queue_wait.observe(waited.count());
      }
      waiting->job({worker, compressor, waiting->is_late});
      if (!waiting->is_late) end(waiting->kind, Clock::now() - before);
    } else if (!is_idle) {
      is_idle = true;
      worker.idle();
    }
  }
}

/// \param is_idle  the worker has been told already, so that there is nothing to wake up for
/// \return  nothing if there was nothing to do for a while
std::optional<Pool::Waiting> Pool::take(std::stop_token const& stop, bool& is_idle) {
  std::unique_lock lock(mutex_);
  auto const has_work = [this] { return !begun_.empty() || !fresh_.empty() || may_scan(); };
  auto const before = Clock::now();
  bool const found = is_idle ? arrived_.wait(lock, stop, has_work)
                             : arrived_.wait_for(lock, stop, worker_idle_, has_work);
  if (!found) {
    patience_.note_rest(Clock::now() - before);
    return std::nullopt;
  }
  auto out = pop();
  patience_.note_rest(std::max(out.since - before, Clock::duration{}));
  return out;
}

/// \pre  mutex_ is held and a job waits
Pool::Waiting Pool::pop() {
  auto* const found = new_work();
  bool const from_begun = found == nullptr || (!begun_.empty() && !begun_had_turn_);
  begun_had_turn_ = from_begun;
  auto& queue = from_begun ? begun_ : *found;
  auto waiting = std::move(queue.front());
  queue.pop_front();
  if (waiting.kind == Kind::scan) ++scans_running_;
  if (waiting.kind == Kind::fresh) {
    metrics_.queue_depth.set(static_cast<double>(fresh_.size()));
    waiting.is_late = patience_.ends(waiting.since, fresh_.size() >= few_, Clock::now());
  }
  return waiting;
}

/// \pre  mutex_ is held
bool Pool::may_scan() const noexcept {
  return !scans_.empty() && scans_running_ < most_scans_;
}

/// The queue whose first job is the oldest of those that may begin; null if there is none.
/// \pre  mutex_ is held
std::deque<Pool::Waiting>* Pool::new_work() noexcept {
  if (!may_scan()) return fresh_.empty() ? nullptr : &fresh_;
  bool const is_scan_older = fresh_.empty() || scans_.front().since < fresh_.front().since;
  return is_scan_older ? &scans_ : &fresh_;
}

void Pool::end(Kind kind, Clock::duration taken) {
  if (kind == Kind::begun) return;
  {
    std::scoped_lock const lock(mutex_);
    if (kind == Kind::fresh) return patience_.note_work(taken);
    --scans_running_;
  }
  arrived_.notify_one(); // the next scan may have waited for this one
}

} // namespace terracat::net
