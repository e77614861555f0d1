#pragma once

#include "pages/concept_page.hpp"
#include "pages/guide.hpp"

#include <span>
#include <string>
#include <vector>

/// Tutorials and tools for people.
namespace terracat::pages {

/// Below the language.
[[nodiscard]] std::string path_of(Guide const& guide);

[[nodiscard]] std::string guides_page(SiteFacts const& site, Language language, GuideKind kind,
                                      std::span<Guide const* const> guides);

/// \param concepts  that it is about, as far as the site has them
[[nodiscard]] std::string guide_page(SiteFacts const& site, Language language, Guide const& guide,
                                     std::span<ConceptLink const> concepts);

/// A list of ways to guides. Nothing is written if there are none.
void write_guides(Sheet& sheet, std::span<Guide const* const> guides);

} // namespace terracat::pages
