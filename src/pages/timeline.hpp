#pragma once

#include "pages/sheet.hpp"

#include <terracat/record.hpp>

namespace terracat::pages {

/// The periods that a record names, on a line of years. What it shows is said in words by its
/// label; nothing is written for a record without a period.
/// \param now  a period that goes on reaches beyond it
void write_timeline(Sheet& sheet, model::Record const& record, model::Instant now);

} // namespace terracat::pages
