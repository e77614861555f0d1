#include "run/schedule.hpp"

#include "catalogue/kept_cursor.hpp"

#include <algorithm>

namespace terracat::run {
namespace {

/// From a run for which there was no room to the next: the source is asked for little in vain.
constexpr std::int64_t milliseconds_to_wait = 60'000;

} // namespace

Timetable timetable_of(std::vector<Source> const& sources, Manners const& manners,
                       catalogue::Catalogue& catalogue) {
  auto const now = model::Instant::now();
  Timetable out(sources, now, manners);
  auto const session = catalogue.session();
  auto& reader = session->reader();
  reader.begin();
  for (auto const& source : sources) {
    auto const state = reader.source(source.name);
    if (catalogue::is_interrupted(state)) out.resume(source.name, now);
  }
  out.set_rests(rests_of(sources, manners.failures, reader));
  reader.end();
  return out;
}

Schedule::Schedule(Timetable timetable, std::size_t parallel_runs, Harvest& harvest,
                   Pauses const& pauses, log::Logger& log, std::function<bool()> may_run)
    : harvest_(harvest),
      pauses_(pauses),
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

Schedule::Turn::Turn(Schedule& schedule, Source source, std::stop_source stop,
                     std::stop_token const& wanted)
    : schedule_(schedule),
      source_(std::move(source)),
      stop_(std::move(stop)),
      on_stop_(wanted, Stopping{stop_}) {}

Schedule::Turn::~Turn() {
  {
    std::scoped_lock const lock(schedule_.mutex_);
    schedule_.shared_.running.erase(source_.name);
    schedule_.shared_.timetable.ended(source_);
  }
  schedule_.changed_.notify_all();
}

void Schedule::Turn::note(Run const& run) {
  if (asks_source(run)) schedule_.note(source_, run);
}

std::unique_ptr<Schedule::Turn> Schedule::turn(Source const& source, std::stop_token const& stop) {
  std::unique_lock lock(mutex_);
  bool const is_ours = changed_.wait(lock, stop, [&] { return shared_.timetable.occupy(source); });
  if (!is_ours) return nullptr;
  try {
    auto const& ours = shared_.running.insert_or_assign(source.name, std::stop_source()).first;
    return std::make_unique<Turn>(*this, source, ours->second, stop);
  } catch (...) {
    shared_.running.erase(source.name);
    shared_.timetable.ended(source);
    throw;
  }
}

bool Schedule::stop(std::string_view source) {
  std::scoped_lock const lock(mutex_);
  auto const found = shared_.running.find(source);
  if (found == shared_.running.end()) return false;
  found->second.request_stop();
  return true;
}

void Schedule::resume(std::string_view source, bool is_under_way) {
  {
    std::scoped_lock const lock(mutex_);
    if (is_under_way) shared_.timetable.resume(source, model::Instant::now());
  }
  changed_.notify_all();
}

void Schedule::replace(Timetable timetable) {
  {
    std::scoped_lock const lock(mutex_);
    shared_.timetable.replace(std::move(timetable), model::Instant::now());
  }
  changed_.notify_all();
}

void Schedule::wait(std::unique_lock<std::mutex>& lock) {
  auto const next = shared_.timetable.next(model::Instant::now());
  if (!next) return changed_.wait(lock); // until a run ends
  // The wall clock decides when; waiting in pieces follows it should it be set.
  auto const left = next->milliseconds() - model::Instant::now().milliseconds();
  changed_.wait_for(lock, std::chrono::milliseconds(std::clamp<std::int64_t>(left, 0, 30'000)));
}

/// Says so in the log when it begins.
bool Schedule::lacks_room() {
  bool const lacked_room = std::exchange(shared_.lacks_room, !may_run_());
  if (shared_.lacks_room && !lacked_room) {
    log_.warn(
        log::event::harvest_paused,
        "no harvest begins as long as /health/ready says why: the disc is nearly full, or the "
        "catalogue file is damaged");
  }
  return shared_.lacks_room;
}

Timetable::Names Schedule::paused() const {
  Timetable::Names out;
  for (auto& pause : pauses_.all()) out.insert(std::move(pause.source));
  return out;
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
  if (lacks_room()) {
    changed_.wait_for(lock, std::chrono::seconds(10));
    return;
  }
  shared_.timetable.set_paused(paused()); // who pauses a source then stops the run, if there is one
  auto const source = shared_.timetable.take(model::Instant::now());
  if (!source) return wait(lock);
  auto const run = shared_.running.insert_or_assign(source->name, std::stop_source()).first;
  auto const stop = run->second;
  lock.unlock();
  auto const again = harvest(*source, stop);
  lock.lock();
  shared_.running.erase(source->name);
  shared_.timetable.ended(*source);
  if (again) shared_.timetable.again(*source, *again);
  changed_.notify_all();
}

void Schedule::note(Source const& source, Run const& run) {
  auto const rest = [&] {
    std::scoped_lock const lock(mutex_);
    auto const end = run.finished.value_or(model::Instant::now());
    return shared_.timetable.note(source, run.outcome, end);
  }();
  if (!rest.until || run.outcome != RunOutcome::failed) return;
  log_.warn(log::event::harvest_host_rests,
            "runs of a host fail one after the other; it is left alone for a while",
            {{"source", source.name},
             {"failures", static_cast<std::int64_t>(rest.failures)},
             {"until", model::to_iso8601(*rest.until)}});
}

std::optional<model::Instant> Schedule::quiet_until(std::string_view source) {
  std::scoped_lock const lock(mutex_);
  return shared_.timetable.quiet_until(source, model::Instant::now());
}

std::optional<model::Instant> Schedule::harvest(Source const& source,
                                                std::stop_source const& stop) {
  auto const tell = [&](std::exception const& error) {
    log_.error(log::event::harvest_failed, "a harvest could not be written",
               {{"source", source.name}, {"cause", error.what()}});
  };
  std::stop_callback const at_end(stop_.get_token(),
                                  [own = stop]() mutable { own.request_stop(); });
  std::optional<model::Instant> again;
  auto const keep_quiet = [&](Progress const&) {
    auto const end = again ? std::nullopt : quiet_until(source.name);
    if (!end) return;
    again = end;
    std::stop_source(stop).request_stop();
  };
  try {
    auto const run = harvest_.run(source, {}, stop.get_token(), keep_quiet);
    note(source, run);
    return run.outcome == RunOutcome::interrupted ? again : std::nullopt;
  } catch (store::StoreError const& error) {
    tell(error);
    if (error.reason() != store::StoreError::Reason::full) return std::nullopt;
    return model::Instant(model::Instant::now().milliseconds() + milliseconds_to_wait);
  } catch (std::exception const& error) {
    tell(error);
  }
  return std::nullopt;
}

} // namespace terracat::run
