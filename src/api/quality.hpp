#pragma once

#include "api/exchange.hpp"
#include "enrich/quality.hpp"
#include "pages/lists.hpp"

#include <string>
#include <string_view>

namespace terracat::api {

/// How complete the description of a record is. \param resource  the same record
[[nodiscard]] enrich::Quality quality_of(catalogue::View& view, RecordNumber record,
                                         pages::Resource const& resource);

/// Of the same for machines, below the site.
[[nodiscard]] std::string quality_path(std::string_view id);

} // namespace terracat::api
