#pragma once

#include "pages/sheet.hpp"

#include <string>

/// Pages of what the reader's browser keeps: the script fills them, and without it they say so.
namespace terracat::pages {

[[nodiscard]] std::string basket_page(SiteFacts const& site, Language language);

[[nodiscard]] std::string history_page(SiteFacts const& site, Language language);

} // namespace terracat::pages
