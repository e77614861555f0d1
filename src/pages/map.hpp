#pragma once

#include "pages/sheet.hpp"

#include <terracat/record.hpp>

namespace terracat::pages {

/// A map of the areas that a record names, framed as on charts. What it shows is said in words by
/// its label; nothing is written for a record without an area.
void write_map(Sheet& sheet, model::Record const& record);

} // namespace terracat::pages
