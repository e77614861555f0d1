#pragma once

#include "pages/lists.hpp"

#include <span>
#include <string>

namespace terracat::pages {

/// As many data sets as can be compared side by side.
inline constexpr std::size_t most_compared = 4;

struct CompareFacts {
  std::span<Resource const> resources;  ///< at most most_compared
  std::span<std::string const> unknown; ///< what was asked for and is not in the catalogue
};

/// What tells data sets apart: their key facts, side by side.
[[nodiscard]] std::string compare_page(SiteFacts const& site, Language language,
                                       CompareFacts const& facts);

} // namespace terracat::pages
