#include "run/rest.hpp"

#include "fetch/url.hpp"
#include "run/harvest.hpp"

#include <algorithm>
#include <array>

namespace terracat::run {
namespace {

constexpr std::int64_t first_pause = std::int64_t{15} * 60'000; ///< milliseconds
constexpr std::int64_t longest_pause = std::int64_t{12} * 3'600'000;

/// More make no difference: the pause has its longest before.
constexpr std::size_t runs_counted = 30;

} // namespace

std::string host_of(std::string const& address) {
  auto const url = fetch::Url::parse(address);
  return url ? url->host() + ":" + std::to_string(url->port()) : address;
}

void Rests::note(std::string const& host, RunOutcome outcome, model::Instant at) {
  if (outcome == RunOutcome::complete || outcome == RunOutcome::incomplete) {
    hosts_.erase(host);
  } else if (outcome == RunOutcome::failed && most_ > 0) {
    auto& rest = hosts_[host];
    ++rest.failures;
    if (rest.failures < most_) return;
    auto const doublings = std::min(rest.failures - most_, 20U);
    auto const pause = std::min(first_pause << doublings, longest_pause);
    rest.until = model::Instant(at.milliseconds() + pause);
  }
}

Rests::Rest Rests::of(std::string const& host) const {
  auto const found = hosts_.find(host);
  return found == hosts_.end() ? Rest{} : found->second;
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
