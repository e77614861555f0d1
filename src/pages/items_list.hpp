#pragma once

#include "pages/items_page.hpp"

#include <span>
#include <string>

/// Items in lists. Each tells the map where it is.
namespace terracat::pages {

void write_pictures(Sheet& sheet, std::span<ShownItem const> items);

void write_table(Sheet& sheet, std::span<ShownItem const> items, bool has_clouds);

/// Addresses of all their files that a program can fetch, one a line.
[[nodiscard]] std::string file_list(Sheet const& sheet, std::span<ShownItem const> items);

} // namespace terracat::pages
