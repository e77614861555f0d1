#include "run/schedule.hpp"

#include <algorithm>

namespace terracat::run {
namespace {

/// From a run for which there was no room to the next: the source is asked for little in vain.
constexpr std::int64_t milliseconds_to_wait = 60'000;

} // namespace

Timetable timetable_of(std::vector<Source> const& sources, catalogue::Catalogue& catalogue) {
  auto const now = model::Instant::now();
  Timetable out(sources, now);
  auto const session = catalogue.session();
  auto& reader = session->reader();
  reader.begin();
  for (auto const& source : sources) {
    if (!reader.source(source.name).checkpoint.empty()) out.resume(source.name, now);
  }
  reader.end();
  return out;
}

Schedule::Schedule(Timetable timetable, std::size_t parallel_runs, Harvest& harvest,
                   log::Logger& log, std::function<bool()> may_run)
    : harvest_(harvest),
      log_(log),
      may_run_(std::move(may_run)),
      shared_{.timetable = std::move(timetable)} {
  try {
    for (std::size_t i = 0; i < parallel_runs; ++i) {
      threads_.emplace_back([this] { run_until_end(); });
    }
  } catch (...) { // those that there are would not let it go
    end();
    throw;
  }
}

Schedule::~Schedule() {
  end();
}

void Schedule::end() {
  {
    std::scoped_lock const lock(mutex_);
    shared_.is_ending = true;
  }
  stop_.request_stop();
  changed_.notify_all();
  for (auto& thread : threads_) thread.join();
}

Schedule::Turn::~Turn() {
  if (schedule_ == nullptr) return;
  {
    std::scoped_lock const lock(schedule_->mutex_);
    schedule_->shared_.timetable.ended(source_);
  }
  schedule_->changed_.notify_all();
}

std::optional<Schedule::Turn> Schedule::turn(Source const& source, std::stop_token const& stop) {
  std::unique_lock lock(mutex_);
  bool const is_ours = changed_.wait(lock, stop, [&] { return shared_.timetable.occupy(source); });
  return is_ours ? std::optional<Turn>(std::in_place, *this, source) : std::nullopt;
}

void Schedule::replace(Timetable timetable) {
  {
    std::scoped_lock const lock(mutex_);
    shared_.timetable.replace(std::move(timetable), model::Instant::now());
  }
  changed_.notify_all();
}

void Schedule::wait(std::unique_lock<std::mutex>& lock) {
  auto const next = shared_.timetable.next();
  if (!next) return changed_.wait(lock); // until a run ends
  // The wall clock decides when; waiting in pieces follows it should it be set.
  auto const left = next->milliseconds() - model::Instant::now().milliseconds();
  changed_.wait_for(lock, std::chrono::milliseconds(std::clamp<std::int64_t>(left, 0, 30'000)));
}

/// Says so in the log when it begins.
bool Schedule::is_paused() {
  bool const was_paused = std::exchange(shared_.is_paused, !may_run_());
  if (shared_.is_paused && !was_paused) {
    log_.warn(
        log::event::harvest_paused,
        "no harvest begins as long as /health/ready says why: the disc is nearly full, or the "
        "catalogue file is damaged");
  }
  return shared_.is_paused;
}

void Schedule::run_until_end() {
  std::unique_lock lock(mutex_);
  while (!shared_.is_ending) {
    try {
      take_turn(lock);
    } catch (std::bad_alloc const&) {
      log_.error(log::event::harvest_failed, "there is no memory left to look for what is due");
      changed_.wait_for(lock, std::chrono::seconds(10));
    }
  }
}

/// \pre the lock is held, as it is afterwards
void Schedule::take_turn(std::unique_lock<std::mutex>& lock) {
  if (is_paused()) {
    changed_.wait_for(lock, std::chrono::seconds(10));
    return;
  }
  auto const source = shared_.timetable.take(model::Instant::now());
  if (!source) return wait(lock);
  lock.unlock();
  bool const has_fitted = harvest(*source);
  lock.lock();
  shared_.timetable.ended(*source);
  if (!has_fitted) {
    auto const now = model::Instant::now().milliseconds();
    shared_.timetable.again(*source, model::Instant(now + milliseconds_to_wait));
  }
  changed_.notify_all();
}

bool Schedule::harvest(Source const& source) {
  auto const tell = [&](std::exception const& error) {
    log_.error(log::event::harvest_failed, "a harvest could not be written",
               {{"source", source.name}, {"cause", error.what()}});
  };
  try {
    harvest_.run(source, {}, stop_.get_token(), [](Progress const&) {});
  } catch (store::StoreError const& error) {
    tell(error);
    return error.reason() != store::StoreError::Reason::full;
  } catch (std::exception const& error) {
    tell(error);
  }
  return true;
}

} // namespace terracat::run
