#pragma once

#include "catalogue/candidate.hpp"

#include <terracat/local_text.hpp>

#include <cstdint>
#include <vector>

/// Records that are nearly the same: sheets of one series, which differ by a year, a tile or a
/// number, and those that say what they are about by the same block of keywords. Where they answer
/// a question, the first ones stand for the others.
namespace terracat::catalogue {

class Roll; // roll.hpp

/// What a title says without its numbers and single letters: what is the same for all of a series.
/// \return  0: too little is left to tell a series by
[[nodiscard]] std::uint64_t print_of_title(model::LocalText const& title);

/// Lowers the score of each hit the more, the more of its series come before it, down to half, and
/// puts the hits in order again. Of one series are those whose producers are the same and whose
/// titles are so without their numbers. Those whose producers and keywords are the same lose less:
/// down to nineteen twentieths. Nothing is left out.
/// \param hits  the best first, then the newest
void damp_series(std::vector<Hit>& hits, Roll const& roll);

} // namespace terracat::catalogue
