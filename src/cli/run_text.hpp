#pragma once

#include "run/pauses.hpp"

#include <terracat/harvest_log.hpp>

#include <optional>
#include <string>

namespace terracat::cli {

/// "3 created, 1 updated, ...": what a run has come to.
[[nodiscard]] std::string text_of(RunCounts const& counts);

/// To the second, as ISO 8601 has it; "never" if there is none.
[[nodiscard]] std::string time_text(std::optional<model::Instant> instant);

/// "paused since 2024-05-01T00:00:00Z (the disc is being replaced)"
[[nodiscard]] std::string text_of(run::Pause const& pause);

/// A run in one line, as it is said at its end.
[[nodiscard]] std::string line_of(Run const& run);

/// The source has been read to its end, though perhaps not proven whole. What was interrupted or
/// has failed is not well: the exit code says so.
[[nodiscard]] bool is_well(Run const& run) noexcept;

} // namespace terracat::cli
