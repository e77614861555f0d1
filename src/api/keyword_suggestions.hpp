#pragma once

#include "api/exchange.hpp"
#include "pages/suggestions_page.hpp"

#include <cstddef>
#include <string>
#include <vector>

/// What operators decide of keywords.
namespace terracat::api {

struct KeywordSuggestions {
  std::vector<pages::KeywordSuggestion> rows; ///< of the part that is asked for
  std::size_t matched = 0;                    ///< there are in all
  std::string after;                          ///< the last row (`KeywordPart`); empty: the end
};

/// Which part of the list is wanted.
struct KeywordPart {
  std::string after;      ///< behind the row that this was told of; empty: from the beginning
  std::size_t offset = 0; ///< so many rows further
  std::size_t limit = 0;
};

inline constexpr std::size_t standard_keywords = 50;
inline constexpr std::size_t most_keywords = 1'000;

/// The parameter `status`. \throws ProblemError
[[nodiscard]] pages::Standing wanted_standing(Exchange const& exchange);

/// The parameter `offset`. \throws ProblemError
[[nodiscard]] std::size_t wanted_offset(Exchange const& exchange);

/// Those that stand so, the most said first; decisions in the order of their keywords. Going on
/// behind a row leaves none out and tells none twice, whatever is decided meanwhile.
/// \param languages  of labels, the wanted one first
/// \throws ProblemError  if `after` is none, or if what records say is still being read
/// \throws geometry::Late
[[nodiscard]] KeywordSuggestions
keyword_suggestions(Exchange const& exchange, catalogue::View& view, pages::Standing standing,
                    KeywordPart const& part, std::vector<std::string> const& languages);

} // namespace terracat::api
