#pragma once

#include "pages/sheet.hpp"

#include <cstddef>
#include <string_view>

/// What tests of several pages ask them with.
namespace terracat::pages {

inline constexpr SiteFacts site{.title = "Data Terra",
                                .description = "A catalogue.",
                                .language = "en",
                                .url = "https://data.example/cat",
                                .publisher = "CNRS",
                                .contact = "mailto:contact@data.example"};
inline constexpr std::string_view attack = "\"><script>alert(1)</script><a href='javascript:x'>";

/// How often it stands there.
inline std::size_t times(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) {
    ++count;
  }
  return count;
}

} // namespace terracat::pages
