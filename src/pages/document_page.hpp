#pragma once

#include "pages/sheet.hpp"

#include <terracat/json.hpp>

#include <string>
#include <string_view>

namespace terracat::pages {

/// An answer of an API, for a person to read.
struct DocumentFacts {
  json::Value document;
  std::string_view api;           ///< title of the API that answers
  std::string_view text_language; ///< BCP 47, of all its texts; empty: they differ, or nobody knows
  std::string_view portal_path;   ///< of the page that tells the same for everybody; may be empty
};

/// All that the document says, and its links: a resource, or a list of some.
[[nodiscard]] std::string document_page(SiteFacts const& site, Language language,
                                        DocumentFacts const& facts);

} // namespace terracat::pages
