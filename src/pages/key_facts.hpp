#pragma once

#include "pages/lists.hpp"
#include "pages/ways.hpp"

#include <array>
#include <string>
#include <vector>

namespace terracat::pages {

inline constexpr Message not_stated{"non renseigné par le producteur",
                                    "not stated by the producer"};

/// What one looks for first, in words.
struct KeyFact {
  Message label;
  std::string value; ///< empty: the producer does not say
};

using KeyFacts = std::array<KeyFact, 8>;

/// What is measured, where, when, how fine, how often, who, licence, how to get it: always in this
/// order. \param ways  those of the resource
[[nodiscard]] KeyFacts key_facts_of(Sheet const& sheet, Resource const& resource,
                                    std::vector<Way> const& ways);

} // namespace terracat::pages
