#pragma once

#include "api/exchange.hpp"
#include "pages/similar.hpp"

#include <string>
#include <vector>

namespace terracat::api {

/// The resources that are most like a record, with what they share in the language of the page.
[[nodiscard]] std::vector<pages::SimilarResource>
similar_to(Exchange const& exchange, catalogue::View& view, RecordNumber record, std::size_t limit,
           std::vector<std::string> const& languages);

} // namespace terracat::api
