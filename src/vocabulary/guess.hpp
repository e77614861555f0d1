#pragma once

#include "vocabulary/thesaurus.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace terracat::vocabulary {

/// How near a label is to what was typed.
enum class Nearness : std::uint8_t { same, begins, mistyped };

struct Guess {
  ConceptNumber number;
  Label label; ///< that is near
  Nearness nearness;
};

/// Concepts that somebody may mean who has typed so much, each once, the nearest first: labels that
/// are it, or begin so, whatever its case, accents and number; and only if there are none, those
/// that do with one letter of a word of five or more missing, needless, wrong or in the place of
/// its neighbour. Deprecated concepts are left out.
[[nodiscard]] std::vector<Guess> guesses(Thesaurus const& thesaurus, std::string_view typed,
                                         std::size_t limit);

/// Most labels are singular: "incendies de forêt" is asked for as "incendie de forêt". Of each word
/// one `s` or `x` at its end is left out.
[[nodiscard]] std::string without_plurals(std::string_view text);

} // namespace terracat::vocabulary
