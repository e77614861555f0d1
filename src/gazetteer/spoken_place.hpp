#pragma once

#include "gazetteer/gazetteer.hpp"

#include <cstddef>
#include <functional>
#include <string_view>
#include <vector>

namespace terracat::gazetteer {

/// A place in a text: the bytes from `begin` to `end` are its name, and may be taken out.
struct SpokenPlace {
  std::size_t begin = 0;
  std::size_t end = 0;
  Place const* place = nullptr; ///< of the gazetteer that was asked
};

/// Tells whether some words are a label of a vocabulary.
using IsLabel = std::function<bool(std::string_view words)>;

/// The places that a text speaks of, in its order, each once, three at most. A run of up to six
/// words is taken for the longest name that it is, unless more words from there on are a label.
///
/// Some names are words as well: those of one word of up to four letters (Mali), of departments,
/// islands, coasts and rivers (Somme), and those that the gazetteer says so of (atlas). Such a name
/// counts
/// - if the text is nothing else; or
/// - if it is written with a capital, while some longer word of the text is not; of the first word
///   that tells something of short names of countries, seas and the like alone; or
/// - behind a word that leads to places (en, au, aux, dans, vers, in, near, over ..., with or
///   without an article), unless it is a word of every day or a label.
/// \param is_label  may be empty
[[nodiscard]] std::vector<SpokenPlace>
find_places(std::string_view text, Gazetteer const& gazetteer, IsLabel const& is_label);

} // namespace terracat::gazetteer
