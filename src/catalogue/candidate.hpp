#pragma once

#include "catalogue/record_request.hpp"
#include "query/token.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// Records on their way into an answer.
namespace terracat::catalogue {

/// A record that a search may find.
struct Hit {
  std::uint32_t row = 0;            ///< of the roll
  double score = 0;                 ///< of the question, if there is one
  std::optional<std::size_t> items; ///< of a collection, that match what is asked of them; nothing:
                                    ///< all that it has
  double damping = 1;               ///< by which the score was lowered (damp_series)
  std::uint32_t alike_before = 0;   ///< of its series, in the order of the full scores
};

/// All that a search found.
struct FoundRows {
  std::uint64_t search = 0; ///< a digest of it, whichever order and page
  std::vector<std::uint32_t> rows;
};

/// Which of the hits are on the page.
struct HitPage {
  std::vector<Hit> hits;
  std::size_t matched = 0;
  std::optional<std::string> next;
  std::optional<std::string> previous;
};

/// A hit with its place in the order.
struct Found {
  query::Anchor anchor;
  Hit hit;
};

} // namespace terracat::catalogue
