#pragma once

#include "pages/lists.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace terracat::pages {

/// What a resource shares with the one that the page is of.
struct SharedWith {
  enum class What : std::uint8_t {
    concepts,
    variables,
    keywords,
    platform,
    instruments,
    producers,
    place,
    period,
  };

  What what = What::concepts;
  double share = 0;               ///< up to 1
  std::vector<std::string> names; ///< of what is shared; none for place and period
};

struct SimilarResource {
  Resource resource;
  std::vector<SharedWith> shared;
};

/// In words: "same subjects: sea ice, albedo". Empty if so little is shared that it says nothing.
[[nodiscard]] std::string words_of(SharedWith const& shared, Language language);

/// A list of links, each with what is shared. \pre there are some
void write_similar(Sheet& sheet, std::span<SimilarResource const> similar);

} // namespace terracat::pages
