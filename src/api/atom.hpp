#pragma once

#include "api/exchange.hpp"

namespace terracat::api {

/// A list of features in JSON as a feed (Atom, RFC 4287, with what OpenSearch and GeoRSS add),
/// under the same tag. Anything else stays what it is. \throws std::logic_error  if it is no JSON
[[nodiscard]] Reply feed_of(Exchange const& exchange, Reply reply);

} // namespace terracat::api
