#pragma once

#include "api/http.hpp"

#include <terracat/problem.hpp>

#include <string_view>

namespace terracat::api {

/// What clients are told of a kind of problem. The code is stable; the title says the kind, the
/// detail the case.
struct ProblemRow {
  ProblemKind kind;
  int status;
  std::string_view code;
  std::string_view title;
};

[[nodiscard]] ProblemRow const& problem_row(ProblemKind kind) noexcept;

/// The answer to a problem: a problem document (RFC 9457) with the members `code` and `description`
/// that STAC API and OGC API clients read. 503 and 429 say when to come again.
[[nodiscard]] Reply problem_reply(Problem const& problem, std::string_view request_id);

/// The same for what `net/` refuses by itself. A status that it has no reason to answer with
/// becomes that of ProblemKind::internal.
[[nodiscard]] Reply refusal_reply(int status, std::string_view detail, std::string_view request_id);

} // namespace terracat::api
