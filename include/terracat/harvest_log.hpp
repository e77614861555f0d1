#pragma once

#include <terracat/instant.hpp>

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>

/// What the catalogue remembers of its harvests.
namespace terracat {

enum class RunNumber : std::int64_t {};

/// Where a source stands between two runs.
struct SourceState {
  std::string name;
  std::string checkpoint; ///< of the run that was interrupted; empty if none was
  std::optional<model::Instant> last_complete; ///< when the last complete walk began

  /// The sweep that is under way: the run in which the series of pages began that the checkpoint
  /// goes on with. 0: there is none, or what its first pages brought is not known any more.
  RunNumber sweep{};
  bool sweep_is_sound = true; ///< every document of it was told by its id so far
  std::int64_t held = 0;      ///< removals that the brake held back in the last complete sweep

  /// When the last walk began that brought all that had changed since a complete one, if there was
  /// any since the last complete one.
  std::optional<model::Instant> last_changes;
  std::uint64_t query = 0; ///< what the last complete run asked for (run::query_of); 0: unknown

  /// When the source was last known as it then was.
  [[nodiscard]] std::optional<model::Instant> last_known() const noexcept {
    return last_changes ? last_changes : last_complete;
  }
};

/// Files hold the numbers: they stay.
enum class RunOutcome : std::uint8_t {
  running = 0,     ///< or its process died
  complete = 1,    ///< everything the source has was seen
  incomplete = 2,  ///< it ended, but nothing proves that everything was seen
  interrupted = 3, ///< stopped by request; goes on from its checkpoint
  failed = 4,      ///< the source or the catalogue made it impossible to go on
};

struct RunCounts {
  std::int64_t created = 0;
  std::int64_t updated = 0;
  std::int64_t unchanged = 0;
  std::int64_t skipped = 0; ///< not ours to write: owned by another source, or not wanted
  std::int64_t failed = 0;
  std::int64_t warned = 0;  ///< documents with warnings, whatever else became of them
  std::int64_t missing = 0; ///< not seen by a complete run, and still kept
  std::int64_t deleted = 0; ///< missing for so long that they were removed

  friend bool operator==(RunCounts const&, RunCounts const&) = default;
};

struct CountRow {
  std::string_view name; ///< in metrics and logs
  std::int64_t RunCounts::*count;
  std::string_view words;      ///< in a line for people, behind the number
  bool is_told_if_none = true; ///< in that line
};

/// THE table of what is counted. Files and messages between processes hold the counts in this
/// order: a new one comes last.
inline constexpr std::array count_table{
    CountRow{"created", &RunCounts::created, "created"},
    CountRow{"updated", &RunCounts::updated, "updated"},
    CountRow{"unchanged", &RunCounts::unchanged, "unchanged"},
    CountRow{"skipped", &RunCounts::skipped, "skipped"},
    CountRow{"failed", &RunCounts::failed, "failed"},
    CountRow{"warned", &RunCounts::warned, "with warnings"},
    CountRow{"missing", &RunCounts::missing, "missing", false},
    CountRow{"deleted", &RunCounts::deleted, "deleted", false},
};

struct Run {
  RunNumber number{}; ///< 0: not stored yet
  std::string source;
  std::string mode; ///< a name of run::Mode, or "import", "remove"
  model::Instant started{0};
  std::optional<model::Instant> finished;
  RunOutcome outcome = RunOutcome::running;
  std::string message; ///< why it failed or is incomplete
  RunCounts counts;
};

/// What became of a document that was not simply unchanged. Files hold the numbers: they stay.
enum class DocumentOutcome : std::uint8_t {
  created = 0,
  updated = 1,
  skipped = 2,
  failed = 3,
  warned = 4,
  missing = 5, ///< a complete run did not see it, for the first time
  deleted = 6,
};

struct RunDocument {
  RunNumber run{};
  std::string native_id;
  DocumentOutcome outcome = DocumentOutcome::created;
  std::string code;        ///< of the finding, or the reason of a skip: "owned-by-source"
  std::string where;       ///< XPath or JSON pointer
  std::string excerpt;     ///< what stood there
  std::int64_t number = 0; ///< grows in the order in which they were told; 0: not stored yet
};

/// Which documents of a run are told.
struct RunDocumentSearch {
  RunNumber run{};
  std::optional<DocumentOutcome> outcome = {};
  std::optional<std::string> code = {};
  std::int64_t after = 0; ///< the number of the last one that is known
  std::int64_t limit = std::numeric_limits<std::int64_t>::max();
};

/// What was told of some documents of a run, and of how many.
struct RunFinding {
  DocumentOutcome outcome = DocumentOutcome::created;
  std::string code; ///< as RunDocument::code; may be empty
  std::int64_t documents = 0;

  friend bool operator==(RunFinding const&, RunFinding const&) = default;
};

[[nodiscard]] std::string_view name(RunOutcome outcome) noexcept;
[[nodiscard]] std::string_view name(DocumentOutcome outcome) noexcept;

/// A sentence for the code of a RunDocument; empty if there is none.
[[nodiscard]] std::string_view meaning_of(std::string_view code) noexcept;

} // namespace terracat
