#pragma once

#include "pages/search_page.hpp"
#include "pages/sheet.hpp"

/// What was asked on the search page, part by part, so that each can be taken away.
namespace terracat::pages {

inline constexpr Message centre{"Centre de données", "Data centre"};
inline constexpr Message period_label{"Période", "Period"};
inline constexpr Message from_label{"De", "From"};
inline constexpr Message to_label{"À", "To"};
inline constexpr Message zone{"Zone", "Area"};

/// The question without one of its parts, from its first page on.
[[nodiscard]] Question without_part(Question question, Relaxation::Without part);

/// Nothing of an empty question.
void write_asked(Sheet& sheet, SearchFacts const& facts);

} // namespace terracat::pages
