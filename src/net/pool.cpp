#include "net/pool.hpp"

#include "net/thread.hpp"

namespace terracat::net {

Pool::Pool(std::size_t threads, std::size_t capacity, std::chrono::milliseconds worker_idle,
           api::Application& application, metrics::Metrics const& metrics)
    : capacity_(capacity), worker_idle_(worker_idle), metrics_(metrics) {
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
    fresh_.push_back({std::move(job), Clock::now(), true});
    metrics_.queue_depth.set(static_cast<double>(fresh_.size()));
  }
  arrived_.notify_one();
  return true;
}

void Pool::resume(Job job) {
  {
    std::scoped_lock const lock(mutex_);
    begun_.push_back({std::move(job), Clock::now(), false});
  }
  arrived_.notify_one();
}

void Pool::run(std::stop_token const& stop, api::Worker& worker) {
  Compressor compressor;
  bool is_idle = false;
  while (!stop.stop_requested()) {
    if (auto const waiting = take(stop, is_idle)) {
      is_idle = false;
      if (waiting->is_fresh) {
        std::chrono::duration<double> const waited = Clock::now() - waiting->since;
        metrics_.queue_wait.observe(waited.count());
      }
      waiting->job({worker, compressor});
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
  auto const has_work = [this] { return !begun_.empty() || !fresh_.empty(); };
  bool const found = is_idle ? arrived_.wait(lock, stop, has_work)
                             : arrived_.wait_for(lock, stop, worker_idle_, has_work);
  return found ? std::optional(pop()) : std::nullopt;
}

/// \pre  mutex_ is held and a job waits
Pool::Waiting Pool::pop() {
  bool const from_begun = fresh_.empty() || (!begun_.empty() && !begun_had_turn_);
  begun_had_turn_ = from_begun;
  auto& queue = from_begun ? begun_ : fresh_;
  auto waiting = std::move(queue.front());
  queue.pop_front();
  if (waiting.is_fresh) metrics_.queue_depth.set(static_cast<double>(fresh_.size()));
  return waiting;
}

} // namespace terracat::net
