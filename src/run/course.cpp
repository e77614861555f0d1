#include "run/course.hpp"

#include "catalogue/kept_cursor.hpp"
#include "query/digest.hpp"

#include <algorithm>

namespace terracat::run {
namespace {

constexpr std::size_t runs_looked_at = 100; // imports and replays may have come between

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

bool brings_documents(Run const& run) {
  return run.mode == name(Mode::incremental) || run.mode == name(Mode::changes) ||
         run.mode == name(Mode::full);
}

/// How the last run went that walked through the source, and may go on.
std::string last_mode(std::vector<Run> const& runs) {
  auto const found = std::ranges::find_if(runs, brings_documents);
  return found == runs.end() ? std::string() : found->mode;
}

/// When the first run began of those that went on with one another up to now.
/// \return  nothing if it is not among them
std::optional<model::Instant> began(std::vector<Run> const& runs, Mode mode) {
  std::optional<model::Instant> out;
  for (auto const& run : runs) {
    bool const moves_on = brings_documents(run) || run.mode == name(Mode::sweep);
    if (!moves_on) continue;
    bool const is_over =
        run.outcome == RunOutcome::complete || run.outcome == RunOutcome::incomplete;
    if (is_over || run.mode != name(mode)) return out;
    out = run.started;
  }
  return runs.size() < runs_looked_at ? out : std::nullopt;
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
  auto const runs = reader.runs(source.name, runs_looked_at);
  reader.end();
  auto const last = last_mode(runs);
  bool const goes_on = catalogue::is_interrupted(state);
  if (goes_on) out.checkpoint = state.checkpoint;
  out.began = state.last_known();
  if (mode != Mode::incremental) return out;
  if (goes_on && last == name(Mode::full)) out.mode = Mode::full;
  bool const may_ask_less = !goes_on || last == name(Mode::changes);
  if (auto const since = may_ask_less ? window_of(source, state, now) : std::nullopt) {
    out.mode = Mode::changes;
    out.since = *since;
    if (auto cursor = catalogue::cursor_of(state); !cursor.empty()) {
      out.checkpoint = std::move(cursor);
      out.began = now;
    }
  }
  if (auto const first = began(runs, out.mode)) out.began = first;
  return out;
}

} // namespace terracat::run
