#pragma once

#include "pages/lists.hpp"
#include "pages/status_page.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The data centres: whose the data are, and the way back to them.
namespace terracat::pages {

/// An organisation that made or publishes data of a centre.
struct Producer {
  std::string name;
  std::string language; ///< of the name, BCP 47; empty: nobody said
  std::size_t datasets = 0;
};

struct CentreFacts {
  std::string_view name; ///< as in addresses
  std::string_view title;
  std::string_view description; ///< may be empty
  std::string_view home;        ///< its own site; may be empty
  std::size_t datasets = 0;
  std::size_t items = 0;
};

struct CentrePageFacts {
  CentreFacts centre;
  std::span<Producer const> producers; ///< the most data sets first
  StatusFacts status;                  ///< of its sources alone
  std::span<Resource const> newest;
};

/// The page of a centre, below the language.
[[nodiscard]] std::string path_of_centre(std::string_view name);

[[nodiscard]] std::string centres_page(SiteFacts const& site, Language language,
                                       std::span<CentreFacts const> centres);

[[nodiscard]] std::string centre_page(SiteFacts const& site, Language language,
                                      CentrePageFacts const& facts);

} // namespace terracat::pages
