#pragma once

#include <terracat/instant.hpp>

#include <string>

namespace terracat::store {

/// What an operator decided of a keyword, in whichever record it stands.
struct KeywordDecision {
  std::string keyword;     ///< folded; its key
  std::string label;       ///< as it was written when that was decided
  std::string concept_uri; ///< that it stands for; empty: it is not to be offered again
  std::string author;      ///< may be empty
  model::Instant at{0};

  friend bool operator==(KeywordDecision const&, KeywordDecision const&) = default;
};

} // namespace terracat::store
