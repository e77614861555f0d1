#include "run/course.hpp"

#include "query/digest.hpp"

#include <algorithm>

namespace terracat::run {
namespace {

constexpr std::size_t runs_looked_at = 20; // imports and replays may have come between

/// Clocks differ, some servers write local time as UTC, and what is written in the morning may be
/// listed at night. What is asked for twice costs little: it is compared by its hash.
constexpr std::int64_t overlap = 86'400'000;

/// Since when changes are enough. \return  nothing if everything has to be asked for
std::optional<model::Instant> window_of(Source const& source, SourceState const& state,
                                        model::Instant now) {
  auto const* const kind = kinds::find(source.kind);
  if (kind == nullptr || kind->start_changes == nullptr) return std::nullopt;
  if (!state.last_complete || state.query != query_of(source)) return std::nullopt;
  auto const age = now.milliseconds() - state.last_complete->milliseconds();
  // A clock that was set back says nothing of what has changed.
  bool const is_due = age >= std::chrono::milliseconds(source.changes).count() || age < 0;
  if (is_due) return std::nullopt;
  return model::Instant(state.last_known()->milliseconds() - overlap);
}

/// How the last run went that walked through the source, and may go on.
std::string last_mode(std::vector<Run> const& runs) {
  auto const found = std::ranges::find_if(runs, [](Run const& run) {
    return run.mode == name(Mode::incremental) || run.mode == name(Mode::changes) ||
           run.mode == name(Mode::full);
  });
  return found == runs.end() ? std::string() : found->mode;
}

} // namespace

std::uint64_t query_of(Source const& source) noexcept {
  return query::digest_of(source.kind + '\n' + source.address + '\n' + source.options);
}

Course course_of(Source const& source, Mode mode, model::Instant now, store::Reader& reader) {
  Course out{.mode = mode, .checkpoint = {}};
  if (mode == Mode::full || mode == Mode::replay) return out;
  reader.begin();
  auto const state = reader.source(source.name);
  auto const last = last_mode(reader.runs(source.name, runs_looked_at));
  reader.end();
  out.checkpoint = state.checkpoint;
  if (mode != Mode::incremental) return out;
  bool const goes_on = !state.checkpoint.empty();
  if (goes_on && last == name(Mode::full)) out.mode = Mode::full;
  bool const may_ask_less = !goes_on || last == name(Mode::changes);
  if (auto const since = may_ask_less ? window_of(source, state, now) : std::nullopt) {
    out.mode = Mode::changes;
    out.since = *since;
  }
  return out;
}

} // namespace terracat::run
