#pragma once

#include "pages/sheet.hpp"

#include <string_view>

namespace terracat::pages {

/// Writes what somebody wrote in Markdown: headings from the second level on (`##`), paragraphs,
/// lists (`-`, `1.`), quotes (`>`), code (fenced or in a line), `*stress*`, `**strength**` and
/// links. A link to `/search?q=snow` leads to a page in the reader's language, one to `site:/stac`
/// to that address of the site; `{site}` stands for the site's address. Everything else is text,
/// markup of HTML above all.
void write_markdown(Sheet& sheet, std::string_view text);

} // namespace terracat::pages
