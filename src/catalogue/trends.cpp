#include "catalogue/trends.hpp"

#include <algorithm>

namespace terracat::catalogue {
namespace {

constexpr std::size_t fewest_before = 3; ///< of fewer runs nobody knows what is usual
constexpr std::size_t looked_at = 1'000; ///< of the last runs of a source, whatever they were

std::int64_t documents_of(Run const& run) {
  auto const& counts = run.counts;
  return counts.created + counts.updated + counts.unchanged + counts.skipped + counts.failed;
}

std::int64_t seconds_of(Run const& run) {
  auto const finished = run.finished.value_or(run.started);
  return (finished.milliseconds() - run.started.milliseconds()) / 1'000;
}

template<std::int64_t RunCounts::*Count>
std::int64_t count_of(Run const& run) {
  return run.counts.*Count;
}

/// Those that bring all that a source has: the names of run::Mode.
bool asks_for_everything(Run const& run) {
  return run.mode == "incremental" || run.mode == "full";
}

/// Those that are complete and began at the beginning: who goes on where another was stopped or
/// failed counts only the rest. \param runs  of one source, the last one first
std::vector<Run> whole_runs(std::vector<Run> runs) {
  std::erase_if(runs, [](Run const& run) { return !asks_for_everything(run); });
  std::vector<Run> out;
  for (std::size_t place = 0; place < runs.size(); ++place) {
    auto const before = place + 1 < runs.size() ? runs[place + 1].outcome : RunOutcome::complete;
    bool const goes_on = before == RunOutcome::interrupted || before == RunOutcome::failed ||
                         before == RunOutcome::running;
    if (runs[place].outcome == RunOutcome::complete && !goes_on) out.push_back(runs[place]);
  }
  return out;
}

std::int64_t median(std::vector<std::int64_t> values) {
  auto const middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::ranges::nth_element(values, middle);
  return *middle;
}

} // namespace

std::array<Measure, 6> const measures{
    Measure{"documents", documents_of, 10},
    Measure{"failed", count_of<&RunCounts::failed>, 10},
    Measure{"warned", count_of<&RunCounts::warned>, 10},
    Measure{"missing", count_of<&RunCounts::missing>, 10},
    Measure{"deleted", count_of<&RunCounts::deleted>, 10},
    Measure{"seconds", seconds_of, 60},
};

std::vector<Departure> departures_of(std::vector<Run> const& runs) {
  std::vector<Departure> out;
  if (runs.size() <= fewest_before) return out;
  for (auto const& measure : measures) {
    auto const now = measure.value(runs.front());
    std::vector<std::int64_t> before;
    for (auto run = runs.begin() + 1; run != runs.end(); ++run) {
      before.push_back(measure.value(*run));
    }
    auto const usual = median(std::move(before));
    bool const is_far = now > 2 * usual || 2 * now < usual;
    bool const is_much = std::max(now, usual) - std::min(now, usual) >= measure.least;
    if (is_far && is_much) out.push_back({.measure = measure.name, .now = now, .usual = usual});
  }
  return out;
}

std::vector<Trend> read_trends(store::Reader& reader, std::string_view wanted, std::size_t most) {
  std::vector<Trend> out;
  for (auto const& source : reader.sources()) {
    if (!wanted.empty() && source != wanted) continue;
    auto runs = whole_runs(reader.runs(source, looked_at));
    if (runs.empty()) continue;
    auto departures = departures_of(runs);
    if (runs.size() > most) runs.resize(most);
    out.push_back({.source = source, .runs = std::move(runs), .departures = std::move(departures)});
  }
  std::ranges::sort(out, {}, &Trend::source);
  return out;
}

} // namespace terracat::catalogue
