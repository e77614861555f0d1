#include "run/timetable.hpp"

#include "fetch/url.hpp"
#include "query/digest.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <utility>

namespace terracat::run {
namespace {

constexpr std::int64_t most_jitter = 120'000;          ///< milliseconds
constexpr std::int64_t never = 8LL * 366 * 86'400'000; ///< as long as a schedule is searched

/// As rules name it: without a port. \return  empty for an address that is none of the web
std::string quiet_host_of(Source const& source) {
  auto const url = fetch::Url::parse(source.address);
  return url ? url->host() : std::string();
}

/// The hours of all rules that are about the source.
QuietHours quiet_of(Source const& source, Manners const& manners) {
  auto const host = quiet_host_of(source);
  QuietHours out;
  for (auto const& rule : manners.quiet) {
    bool const is_of_all = rule.sources.empty() && rule.hosts.empty();
    bool const names_source = std::ranges::find(rule.sources, source.name) != rule.sources.end();
    bool const names_host = std::ranges::any_of(
        rule.hosts, [&](std::string const& one) { return lowered(one) == host; });
    if (is_of_all || names_source || (names_host && !host.empty())) out.add(rule.hours);
  }
  return out;
}

} // namespace

std::vector<std::string> faults_of(Manners const& manners, std::vector<Source> const& sources) {
  std::set<std::string> hosts;
  for (auto const& source : sources) hosts.insert(quiet_host_of(source));
  hosts.erase("");
  std::vector<std::string> out;
  for (auto const& rule : manners.quiet) {
    for (auto const& host : rule.hosts) {
      if (hosts.contains(lowered(host))) continue;
      out.push_back("quiet.hosts: there is no source at '" + host +
                    "'; expected the name of a host, without a scheme or a port");
    }
  }
  for (auto const& source : sources) {
    if (!quiet_of(source, manners).is_always()) continue;
    out.push_back("quiet.hours: all rules together leave the source '" + source.name +
                  "' no time of the week");
  }
  return out;
}

Timetable::Timetable(std::vector<Source> sources, model::Instant now, Manners const& manners)
    : rests_(manners.failures) {
  for (auto& source : sources) {
    if (!source.enabled || source.schedule.empty()) continue;
    auto const cron = Cron::parse(source.schedule).value();
    auto host = host_of(source.address);
    auto quiet = quiet_of(source, manners);
    Entry entry{.source = std::move(source),
                .cron = cron,
                .host = std::move(host),
                .quiet = std::move(quiet),
                .due = now};
    entry.due = next_time(entry, now);
    entries_.push_back(std::move(entry));
  }
}

void Timetable::replace(Timetable next, model::Instant now) {
  auto const before = std::exchange(entries_, std::move(next.entries_));
  rests_.join(std::move(next.rests_));
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

Rests::Rest Timetable::note(Source const& source, RunOutcome outcome, model::Instant now) {
  auto const host = host_of(source.address);
  rests_.note(host, outcome, now);
  return rests_.of(host);
}

std::optional<model::Instant> Timetable::quiet_until(std::string_view source,
                                                     model::Instant now) const {
  for (auto const& entry : entries_) {
    if (entry.source.name != source) continue;
    auto const end = entry.quiet.end(now);
    if (end != now) return end;
  }
  return std::nullopt;
}

bool Timetable::is_free(Entry const& entry) const {
  return !busy_.contains(entry.host) && !busy_.contains(entry.source.name) &&
         !paused_.contains(entry.source.name);
}

model::Instant Timetable::beginning(Entry const& entry, model::Instant now) const {
  auto const rested = rests_.of(entry.host).until.value_or(now);
  return entry.quiet.end(std::max({now, entry.due, rested}));
}

std::optional<Source> Timetable::take(model::Instant now) {
  Entry* first = nullptr;
  for (auto& entry : entries_) {
    if (!is_free(entry) || beginning(entry, now) > now) continue;
    if (first == nullptr || entry.due < first->due) first = &entry;
  }
  if (first == nullptr) return std::nullopt;
  busy_.insert({first->host, first->source.name});
  first->due = next_time(*first, now);
  return first->source;
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

std::optional<model::Instant> Timetable::next(model::Instant now) const {
  std::optional<model::Instant> out;
  for (auto const& entry : entries_) {
    if (!is_free(entry)) continue;
    auto const at = beginning(entry, now);
    out = out ? std::min(*out, at) : at;
  }
  return out;
}

} // namespace terracat::run
