#include "api/runs.hpp"

#include "api/search_input.hpp"

#include <terracat/problem.hpp>

#include <array>
#include <charconv>

namespace terracat::api {
namespace {

constexpr std::array outcomes{DocumentOutcome::created, DocumentOutcome::updated,
                              DocumentOutcome::skipped, DocumentOutcome::failed,
                              DocumentOutcome::warned,  DocumentOutcome::missing,
                              DocumentOutcome::deleted};

DocumentOutcome outcome_named(std::string_view text) {
  std::string names;
  for (auto const outcome : outcomes) {
    if (name(outcome) == text) return outcome;
    names += (names.empty() ? "'" : ", '") + std::string(name(outcome)) + "'";
  }
  throw ProblemError({.kind = ProblemKind::invalid_parameter,
                      .detail = "what becomes of a document is one of " + names,
                      .where = "outcome"});
}

} // namespace

Run existing_run(Exchange const& exchange, catalogue::View& view) {
  auto const text = exchange.captured("run");
  std::int64_t number = 0;
  auto const* const end = text.data() + text.size();
  bool const is_number = std::from_chars(text.data(), end, number).ptr == end;
  auto run = is_number ? view.reader().run(RunNumber{number}) : std::nullopt;
  if (!run) {
    throw ProblemError({.kind = ProblemKind::not_found,
                        .detail = "there is no run '" + text.substr(0, 100) + "'",
                        .where = {}});
  }
  return std::move(*run);
}

RunDocumentSearch document_search(Exchange const& exchange, Run const& run) {
  ParameterInput const input(exchange);
  RunDocumentSearch out{.run = run.number};
  if (auto const outcome = input.text("outcome")) out.outcome = outcome_named(*outcome);
  if (auto const code = input.text("code")) out.code = std::string(*code);
  out.after = input.integer("after").value_or(0);
  return out;
}

} // namespace terracat::api
