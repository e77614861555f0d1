#pragma once

#include "run/harvest.hpp"

#include <optional>
#include <string>

namespace terracat::run {

/// How a run is gone about, and from where.
struct Course {
  Mode mode = Mode::incremental;
  std::string checkpoint;  ///< empty: from the beginning
  model::Instant since{0}; ///< what has changed since then is asked for, in Mode::changes

  /// When the first page was fetched of those that the checkpoint goes on with, or sooner: what has
  /// changed since may not have been seen. Nothing: nobody knows.
  std::optional<model::Instant> began;
};

/// A run goes on where the last one was stopped, and one that read everything goes on to do so. An
/// incremental one asks only for changes if `Source::changes` and what is known of the source allow
/// it.
/// \param reader  it is left without a state
[[nodiscard]] Course course_of(Source const& source, Mode mode, model::Instant now,
                               store::Reader& reader);

/// A fingerprint of what is asked of a source. Whoever asks for something else has not seen what
/// had not changed.
[[nodiscard]] std::uint64_t query_of(Source const& source) noexcept;

} // namespace terracat::run
