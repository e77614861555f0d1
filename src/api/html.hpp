#pragma once

#include "api/http.hpp"
#include "api/site.hpp"

#include <string>
#include <string_view>

namespace terracat::api {

/// `text` as it may stand between tags and in attributes.
[[nodiscard]] std::string escaped_html(std::string_view text);

/// A whole page around `content`, which is HTML. The page asks nothing of any other host.
[[nodiscard]] Reply html_page(std::string_view title, std::string_view content);

/// The page at `/` for people.
[[nodiscard]] Reply site_page(Site const& site);

} // namespace terracat::api
