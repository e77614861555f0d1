#pragma once

#include "pages/sheet.hpp"

#include <terracat/bbox.hpp>
#include <terracat/interval.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// How to begin with the data in the tools of their users: code that runs as it stands.
/// `test/client/test_snippets.py` runs it.
namespace terracat::pages {

/// What the code asks for.
struct SnippetFacts {
  std::string_view site_url;   ///< public, without a slash at the end
  std::string_view collection; ///< id
  std::optional<model::Bbox> area;
  std::optional<model::Interval> period;
  std::string_view raster; ///< key of an asset that is a GeoTIFF; empty: none is known
};

struct Snippet {
  std::string_view id;       ///< "eodag"
  std::string_view name;     ///< "EODAG"
  std::string_view language; ///< "python"
  std::string_view wanted;   ///< what installs it; may be empty
  std::string code;
};

/// The same question in each tool. Code that loads rasters is there only if there are some.
[[nodiscard]] std::vector<Snippet> snippets_of(SnippetFacts const& facts);

void write_snippets(Sheet& sheet, std::span<Snippet const> snippets);

} // namespace terracat::pages
