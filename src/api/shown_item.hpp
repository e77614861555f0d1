#pragma once

#include "api/exchange.hpp"
#include "pages/items_page.hpp"

#include <string>

namespace terracat::api {

/// An item as pages show it: what its document says, as far as it can be read.
/// \param items  path of the items of its collection, below the site
[[nodiscard]] pages::ShownItem shown_item(Exchange const& exchange, catalogue::View& view,
                                          std::string const& items, ItemNumber number);

} // namespace terracat::api
