#pragma once

#include "api/search_parameters.hpp"

namespace terracat::api {

/// The whole result of a search, item by item, in a form for streams (row_stream.hpp).
/// \param most  items; nothing: all
/// \throws ProblemError
[[nodiscard]] Reply stream_items(Exchange const& exchange, catalogue::View& view,
                                 SearchRequest search, std::optional<std::size_t> most);

} // namespace terracat::api
