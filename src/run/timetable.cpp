#include "run/timetable.hpp"

#include "fetch/url.hpp"
#include "query/digest.hpp"

#include <algorithm>
#include <utility>

namespace terracat::run {
namespace {

constexpr std::int64_t most_jitter = 120'000;          ///< milliseconds
constexpr std::int64_t never = 8LL * 366 * 86'400'000; ///< as long as a schedule is searched

/// What two sources must share to be taken for one host.
std::string host_of(std::string const& address) {
  auto const url = fetch::Url::parse(address);
  return url ? url->host() + ":" + std::to_string(url->port()) : address;
}

} // namespace

Timetable::Timetable(std::vector<Source> sources, model::Instant now) {
  for (auto& source : sources) {
    if (!source.enabled || source.schedule.empty()) continue;
    auto const cron = Cron::parse(source.schedule).value();
    auto host = host_of(source.address);
    Entry entry{.source = std::move(source), .cron = cron, .host = std::move(host), .due = now};
    entry.due = next_time(entry, now);
    entries_.push_back(std::move(entry));
  }
}

void Timetable::replace(Timetable next, model::Instant now) {
  auto const before = std::exchange(entries_, std::move(next.entries_));
  for (auto& entry : entries_) {
    if (busy_.contains(entry.source.name)) {
      entry.due = next_time(entry, now);
      continue;
    }
    auto const known = std::ranges::find(before, entry.source.name,
                                         [](Entry const& one) { return one.source.name; });
    // What is due and had no turn yet, or is in its jitter, is not put off.
    bool const stays = known != before.end() &&
                       (known->source.schedule == entry.source.schedule || known->due <= now);
    if (stays) entry.due = std::min(entry.due, known->due);
  }
}

void Timetable::resume(std::string_view source, model::Instant now) {
  for (auto& entry : entries_) {
    if (entry.source.name == source) entry.due = now;
  }
}

model::Instant Timetable::next_time(Entry const& entry, model::Instant after) {
  auto const next = entry.cron.after(after);
  if (!next) return model::Instant(after.milliseconds() + never);
  auto const jitter = static_cast<std::int64_t>(query::digest_of(entry.source.name) % most_jitter);
  return model::Instant(next->milliseconds() + jitter);
}

Timetable::Entry const* Timetable::first() const {
  Entry const* first = nullptr;
  for (auto const& entry : entries_) {
    if (busy_.contains(entry.host) || busy_.contains(entry.source.name)) continue;
    if (first == nullptr || entry.due < first->due) first = &entry;
  }
  return first;
}

std::optional<Source> Timetable::take(model::Instant now) {
  auto const* const found = first();
  if (found == nullptr || found->due > now) return std::nullopt;
  auto& entry = entries_[static_cast<std::size_t>(found - entries_.data())];
  busy_.insert({entry.host, entry.source.name});
  entry.due = next_time(entry, now);
  return entry.source;
}

bool Timetable::occupy(Source const& source) {
  auto host = host_of(source.address);
  if (busy_.contains(host) || busy_.contains(source.name)) return false;
  busy_.insert({std::move(host), source.name});
  return true;
}

void Timetable::ended(Source const& source) {
  busy_.erase(host_of(source.address));
  busy_.erase(source.name);
}

void Timetable::again(Source const& source, model::Instant at) {
  for (auto& entry : entries_) {
    if (entry.source.name == source.name) entry.due = std::min(entry.due, at);
  }
}

std::optional<model::Instant> Timetable::next() const {
  auto const* const found = first();
  return found == nullptr ? std::nullopt : std::optional(found->due);
}

} // namespace terracat::run
