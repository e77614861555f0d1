#pragma once

#include "api/exchange.hpp"

namespace terracat::api {

/// An answer in JSON as a page, under the same tag. Anything else stays what it is.
/// \throws std::logic_error  if it is no JSON
[[nodiscard]] Reply page_of(Exchange const& exchange, Reply reply);

} // namespace terracat::api
