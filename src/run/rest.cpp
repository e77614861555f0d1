#include "run/rest.hpp"

#include "fetch/url.hpp"
#include "run/harvest.hpp"

#include <algorithm>
#include <array>

namespace terracat::run {
namespace {

constexpr std::int64_t first_pause = std::int64_t{15} * 60'000; ///< milliseconds
constexpr std::int64_t longest_pause = std::int64_t{12} * 3'600'000;

/// Of each source. More than `harvest.rest_after` may be; beyond, the pause soon has its longest.
constexpr std::size_t runs_counted = 30;

} // namespace

std::string host_of(std::string const& address) {
  auto const url = fetch::Url::parse(address);
  return url ? url->host() + ":" + std::to_string(url->port()) : address;
}

void Rests::note(std::string const& host, RunOutcome outcome, model::Instant at) {
  bool const is_failed = outcome == RunOutcome::failed;
  bool const is_over = outcome == RunOutcome::complete || outcome == RunOutcome::incomplete;
  if (!is_failed && !is_over) return;
  auto const [known, is_new] = hosts_.try_emplace(host);
  auto& course = known->second;
  if (!is_new && course.last == at) return;
  course = {.failures = is_failed ? course.failures + 1 : 0, .last = at};
}

Rests::Rest Rests::of(std::string const& host) const {
  auto const found = hosts_.find(host);
  if (found == hosts_.end()) return {};
  auto const& [failures, last] = found->second;
  if (most_ == 0 || failures < most_) return {.failures = failures, .until = {}};
  auto const doublings = std::min(failures - most_, 20U);
  auto const pause = std::min(first_pause << doublings, longest_pause);
  return {.failures = failures, .until = model::Instant(last.milliseconds() + pause)};
}

void Rests::join(Rests others) {
  most_ = others.most_;
  hosts_.swap(others.hosts_);
  for (auto const& [host, course] : others.hosts_) { // which were these
    auto const [known, is_new] = hosts_.try_emplace(host, course);
    bool const was_later = known->second.last.milliseconds() < course.last.milliseconds();
    if (!is_new && was_later) known->second = course;
  }
}

bool asks_source(Run const& run) noexcept {
  constexpr std::array modes{Mode::incremental, Mode::changes, Mode::full, Mode::sweep};
  return std::ranges::any_of(modes, [&](Mode mode) { return run.mode == name(mode); });
}

Rests rests_of(std::vector<Source> const& sources, std::uint32_t failures, store::Reader& reader) {
  struct Ended {
    model::Instant at;
    std::string host;
    RunOutcome outcome;
  };

  std::vector<Ended> all;
  for (auto const& source : sources) {
    for (auto const& run : reader.runs(source.name, runs_counted)) {
      if (!run.finished || !asks_source(run)) continue;
      all.push_back({*run.finished, host_of(source.address), run.outcome});
    }
  }
  std::ranges::stable_sort(all, {}, [](Ended const& one) { return one.at.milliseconds(); });
  Rests out(failures);
  for (auto const& one : all) out.note(one.host, one.outcome, one.at);
  return out;
}

} // namespace terracat::run
