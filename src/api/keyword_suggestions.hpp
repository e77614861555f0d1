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
};

inline constexpr std::size_t standard_keywords = 50;
inline constexpr std::size_t most_keywords = 1'000;

/// The parameter `status`. \throws ProblemError
[[nodiscard]] pages::Standing wanted_standing(Exchange const& exchange);

/// The parameter `offset`. \throws ProblemError
[[nodiscard]] std::size_t wanted_offset(Exchange const& exchange);

/// Those that stand so, the most said first; decisions in the order of their keywords.
/// \param languages  of labels, the wanted one first
/// \throws ProblemError  if what records say is still being read  \throws geometry::Late
[[nodiscard]] KeywordSuggestions keyword_suggestions(Exchange const& exchange,
                                                     catalogue::View& view,
                                                     pages::Standing standing, std::size_t offset,
                                                     std::size_t limit,
                                                     std::vector<std::string> const& languages);

} // namespace terracat::api
