#pragma once

#include "pages/sheet.hpp"

#include <string>
#include <string_view>

/// How an area is asked for: by a box, or by the corners of one or more rings.
namespace terracat::pages {

/// \param wrong  the field that cannot be read; empty: none
void write_zone_fields(Sheet& sheet, std::string_view bbox, std::string_view area,
                       std::string_view wrong);

/// "-2,42,3.5,43.5", or "contours, 5 coins"; empty if there is none.
[[nodiscard]] std::string zone_words(Sheet const& sheet, std::string_view bbox,
                                     std::string_view area);

} // namespace terracat::pages
