#pragma once

#include "pages/sheet.hpp"

#include <span>
#include <string>
#include <string_view>

/// Pages that speak of the site itself.
namespace terracat::pages {

/// A data centre whose data the site shows.
struct PoleFacts {
  std::string_view name; ///< as in addresses
  std::string_view title;
  std::string_view description;
  std::size_t datasets = 0;
};

/// An API of the site.
struct ApiFacts {
  std::string_view title;
  std::string_view path; ///< below the site: "/stac"
};

[[nodiscard]] std::string about_page(SiteFacts const& site, Language language,
                                     std::span<PoleFacts const> poles);

[[nodiscard]] std::string api_page(SiteFacts const& site, Language language,
                                   std::span<ApiFacts const> apis);

[[nodiscard]] std::string accessibility_page(SiteFacts const& site, Language language);

[[nodiscard]] std::string legal_page(SiteFacts const& site, Language language);

/// What a person is told instead of an answer.
struct Trouble {
  int status = 500;
  std::string_view parameter;  ///< that was not understood; may be empty
  std::string_view detail;     ///< in English, for who writes programs; may be empty
  std::string_view request_id; ///< for who asks the operator
};

/// Under any address: it is no page of its own.
[[nodiscard]] std::string trouble_page(SiteFacts const& site, Language language,
                                       Trouble const& trouble);

} // namespace terracat::pages
