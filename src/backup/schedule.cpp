#include "backup/schedule.hpp"

#include "backup/backup.hpp"

namespace terracat::backup {
namespace {

constexpr std::chrono::minutes second_try{10}; ///< after a failure

struct Ended {};

model::Instant later(model::Instant time, std::chrono::milliseconds wait) {
  return model::Instant(time.milliseconds() + wait.count());
}

} // namespace

Folder folder_of(Plan const& plan) {
  return {plan.folder, std::filesystem::path(plan.catalogue).stem().string()};
}

Schedule::Schedule(Plan plan, log::Logger& log) : plan_(std::move(plan)), log_(log) {
  thread_ = std::jthread([this](std::stop_token const& stop) { run_until_end(stop); });
}

Schedule::~Schedule() {
  thread_.request_stop();
  thread_.join();
}

/// By what is there. \return  a little later if there is no memory to look
model::Instant Schedule::next_due(model::Instant now) const noexcept {
  try {
    auto const last = folder_of(plan_).last_made(now);
    return last ? later(*last, plan_.interval) : now;
  } catch (std::bad_alloc const&) {
    return later(now, second_try);
  }
}

void Schedule::run_until_end(std::stop_token const& stop) {
  auto not_before = model::Instant(0);
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested()) {
    auto const now = model::Instant::now();
    auto const due = std::max(next_due(now), not_before);
    if (due <= now) {
      not_before = later(now, std::min<std::chrono::minutes>(second_try, plan_.interval));
      make(stop);
      continue;
    }
    // The wall clock decides when; waiting in pieces follows it should it be set.
    auto const left = std::min<std::int64_t>(due.milliseconds() - now.milliseconds(), 30'000);
    changed_.wait_for(lock, stop, std::chrono::milliseconds(left), [] { return false; });
  }
}

void Schedule::make(std::stop_token const& stop) {
  try {
    auto const folder = folder_of(plan_);
    std::filesystem::create_directories(plan_.folder);
    folder.clear_abandoned();
    auto const target = folder.free_name(model::Instant::now());
    auto const made = backup::make(plan_.catalogue, target, plan_.version, [&](double) {
      if (stop.stop_requested()) throw Ended{};
    });
    if (!made.faults.empty()) {
      log_.error(log::event::backup_faulty,
                 "the catalogue is damaged, and the backup with it: no sound one is removed",
                 {{"file", target.string()},
                  {"faults", made.faults.size()},
                  {"cause", made.faults.front()}});
    }
    auto const removed = folder.prune(plan_.retention, model::Instant::now());
    if (!made.faults.empty()) return;
    log_.info(log::event::backup_made, "a backup was made and proven",
              {{"file", target.string()},
               {"bytes", made.manifest.bytes},
               {"sequence", made.manifest.revision.sequence},
               {"removed", removed.size()}});
  } catch (Ended const&) { // NOLINT: the process ends; the next one makes it
  } catch (std::exception const& error) {
    log_.error(log::event::backup_failed, "a backup could not be made; it is tried again",
               {{"cause", error.what()}});
  }
}

} // namespace terracat::backup
