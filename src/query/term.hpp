#pragma once

#include "query/datum.hpp"
#include "query/evaluate.hpp"

namespace terracat::query {

/// What the term is for the item.
/// \param prepared  has each geometry of the term
[[nodiscard]] Datum value_of(Term const& term, Facts const& item,
                             PreparedGeometries const& prepared);

/// The same for a term that asks nothing of items.
[[nodiscard]] Datum value_of(Term const& term);

/// Calls `visit(Term const&)` for each part of the term that is no call.
template<class Visit>
void for_each_leaf(Term const& term, Visit const& visit) {
  auto const* const call = std::get_if<Term::Call>(&term.node);
  if (call == nullptr) return visit(term);
  for (auto const& argument : call->arguments) for_each_leaf(argument, visit);
}

/// True if the term is the same for every item.
[[nodiscard]] bool is_constant(Term const& term);

/// Adds the geometries that the term compares with.
void prepare(Term const& term, PreparedGeometries& prepared);

/// What a term reads, as far as it matters where that is found.
struct Reads {
  bool footprint = false;
  bool body = false;
};

[[nodiscard]] Reads reads_of(Term const& term);

} // namespace terracat::query
