#pragma once

#include "pages/concept_page.hpp"
#include "pages/strata.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// From a compartment of the Earth system down to its variables, and to the data about them.
namespace terracat::pages {

/// A compartment, as lists of them show it.
struct Theme {
  std::string_view name; ///< as in addresses: "atmosphere"
  Term label;
  Term definition;                  ///< empty: it has none
  std::optional<std::size_t> count; ///< of data sets; nothing: it is not known yet
  Stratum const* stratum = nullptr; ///< null: it has no drawing
};

/// The page of a compartment, below the language.
[[nodiscard]] std::string path_of(Theme const& theme);

/// A part of a compartment.
struct SubDomain {
  ConceptLink data; ///< the way to its data sets, with their number
  Term definition;
  std::vector<ConceptLink> variables; ///< what is measured there, each with its data sets
};

struct ThemeFacts {
  Theme theme;
  std::string search_path;            ///< of all its data sets
  std::vector<SubDomain> parts;       ///< those with data sets, the most first; all while uncounted
  std::vector<ConceptLink> variables; ///< that lie below no part, with their data sets
  std::vector<ConceptLink> empty;     ///< those without, by name, with the way to their pages
  std::span<Resource const> examples;
};

/// The compartments as a list of ways to their pages.
void write_themes(Sheet& sheet, std::span<Theme const> themes);

[[nodiscard]] std::string themes_page(SiteFacts const& site, Language language,
                                      std::span<Theme const> themes);

[[nodiscard]] std::string theme_page(SiteFacts const& site, Language language,
                                     ThemeFacts const& facts);

} // namespace terracat::pages
