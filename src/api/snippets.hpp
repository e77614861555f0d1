#pragma once

#include "api/exchange.hpp"
#include "pages/lists.hpp"
#include "pages/snippets.hpp"

#include <vector>

namespace terracat::api {

/// How to begin with the items of a collection, by what its newest one is like. None if it has no
/// items.
[[nodiscard]] std::vector<pages::Snippet> snippets_of(Exchange const& exchange,
                                                      catalogue::View& view,
                                                      catalogue::ShownCollection const& collection,
                                                      pages::Resource const& resource);

} // namespace terracat::api
