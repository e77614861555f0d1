#pragma once

#include "pages/lists.hpp"
#include "pages/map.hpp"
#include "pages/text_pages.hpp"
#include "pages/theme_page.hpp"

#include <optional>
#include <span>
#include <string>

namespace terracat::pages {

/// What the first page shows of the catalogue.
struct HomeFacts {
  std::size_t datasets = 0;
  std::size_t items = 0;
  std::size_t sources = 0;
  std::size_t sources_up_to_date = 0; ///< whose last run saw everything
  std::optional<model::Instant> last_harvest;
  model::Instant now{0};
  std::span<Theme const> themes;
  std::span<PoleFacts const> poles;
  std::span<Resource const> newest;
  CellCounts const* cells = nullptr; ///< where data sets are; null: no map
};

[[nodiscard]] std::string home_page(SiteFacts const& site, Language language,
                                    HomeFacts const& facts);

} // namespace terracat::pages
