#pragma once

#include "vocabulary/tables.hpp"

#include <optional>
#include <vector>

namespace terracat::vocabulary {

/// `self skos:exactMatch uri`
struct ExactMatch {
  ConceptNumber self;
  std::optional<ConceptNumber> other; ///< if it is one of the concepts
  TextSpan uri;
};

/// As many concepts as may be the same: more of them are a mistake somewhere in a chain.
inline constexpr std::size_t most_equals = 64;

/// Gathers what is exactly the same, over any number of steps and over addresses that no vocabulary
/// describes, into Tables::equals. A match that would make a group too large is left out and told.
void equate(Tables& tables, std::vector<ExactMatch> const& matches);

} // namespace terracat::vocabulary
