#pragma once

#include "api/exchange.hpp"
#include "pages/lists.hpp"
#include "pages/related.hpp"

#include <vector>

namespace terracat::api {

/// What the record names, each with its page here if the catalogue has it: as its source calls it,
/// else by a name that it has everywhere. What has neither name nor address, and the record itself,
/// is left out.
/// \param shown  outlives the answer, which refers to its relations
[[nodiscard]] std::vector<pages::RelatedResource> related_to(Exchange const& exchange,
                                                             catalogue::View& view,
                                                             catalogue::ShownRecord const& record,
                                                             pages::Resource const& shown);

} // namespace terracat::api
