#pragma once

#include "api/exchange.hpp"

#include <terracat/harvest_log.hpp>

/// What operators ask of runs.
namespace terracat::api {

inline constexpr std::size_t standard_runs = 50;
inline constexpr std::size_t most_listed_runs = 1'000;

/// The run whose number stands in the path. \throws ProblemError  if there is none
[[nodiscard]] Run existing_run(Exchange const& exchange, catalogue::View& view);

/// Which of its documents the parameters `outcome`, `code` and `after` ask for.
/// \throws ProblemError
[[nodiscard]] RunDocumentSearch document_search(Exchange const& exchange, Run const& run);

} // namespace terracat::api
