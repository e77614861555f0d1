#include "run/schedule.hpp"

#include "query/digest.hpp"

#include <algorithm>

namespace terracat::run {
namespace {

constexpr std::int64_t most_jitter = 120'000; ///< milliseconds

/// What two sources must share to be taken for one host: the part between scheme and path.
std::string host_of(std::string_view address) {
  auto const scheme = address.find("://");
  if (scheme == std::string_view::npos) return std::string(address);
  auto const start = scheme + 3;
  return std::string(address.substr(start, address.find('/', start) - start));
}

} // namespace

Schedule::Schedule(std::vector<Source> sources, std::size_t parallel_runs, Harvest& harvest,
                   log::Logger& log)
    : harvest_(harvest), log_(log) {
  auto const now = model::Instant::now();
  for (auto& source : sources) {
    if (!source.enabled || source.schedule.empty()) continue;
    auto const cron = Cron::parse(source.schedule).value();
    Entry entry{.source = std::move(source), .cron = cron, .host = {}, .due = now};
    entry.host = host_of(entry.source.address);
    entry.due = next_time(entry, now);
    shared_.entries.push_back(std::move(entry));
  }
  if (shared_.entries.empty()) return;
  for (std::size_t i = 0; i < parallel_runs; ++i) {
    threads_.emplace_back([this] { run_until_end(); });
  }
}

Schedule::~Schedule() {
  {
    std::scoped_lock const lock(mutex_);
    shared_.is_ending = true;
  }
  stop_.request_stop();
  changed_.notify_all();
  for (auto& thread : threads_) thread.join();
}

model::Instant Schedule::next_time(Entry const& entry, model::Instant after) {
  constexpr std::int64_t far = 8LL * 366 * 86'400'000;
  auto const next = entry.cron.after(after);
  if (!next) return model::Instant(after.milliseconds() + far);
  // The same source always waits the same: an operator can tell when it will run.
  auto const jitter = static_cast<std::int64_t>(query::digest_of(entry.source.name) % most_jitter);
  return model::Instant(next->milliseconds() + jitter);
}

Schedule::Entry* Schedule::first_due() {
  Entry* first = nullptr;
  for (auto& entry : shared_.entries) {
    if (shared_.busy_hosts.contains(entry.host)) continue;
    if (first == nullptr || entry.due < first->due) first = &entry;
  }
  return first;
}

void Schedule::run_until_end() {
  std::unique_lock lock(mutex_);
  while (!shared_.is_ending) {
    auto* const entry = first_due();
    if (entry == nullptr) {
      changed_.wait(lock);
      continue;
    }
    auto const now = model::Instant::now();
    if (entry->due > now) {
      // The wall clock decides when; waiting in pieces follows it should it be set.
      auto const wait =
          std::min<std::int64_t>(entry->due.milliseconds() - now.milliseconds(), 30'000);
      changed_.wait_for(lock, std::chrono::milliseconds(wait));
      continue;
    }
    shared_.busy_hosts.insert(entry->host);
    auto const source = entry->source;
    auto const host = entry->host;
    entry->due = next_time(*entry, now);
    lock.unlock();
    try {
      harvest_.run(source, Mode::incremental, stop_.get_token(), [](Progress const&) {});
    } catch (std::exception const& error) {
      log_.error(log::event::harvest_failed, "a harvest could not be written",
                 {{"source", source.name}, {"cause", error.what()}});
    }
    lock.lock();
    shared_.busy_hosts.erase(host);
    changed_.notify_all();
  }
}

} // namespace terracat::run
