#pragma once

#include "api/search_parameters.hpp"

namespace terracat::api {

/// The whole result of a search, item by item, in a form for streams: in the order of the search,
/// from its token on if it has one. The result is made in pieces, each of the newest state, and
/// each goes on behind the last item of the one before: an item that stays is told once. Searches
/// that look into every item are refused, for each piece would.
/// \param most  items; nothing: all
/// \throws ProblemError
[[nodiscard]] Reply stream_items(Exchange const& exchange, catalogue::View& view,
                                 SearchRequest search, std::optional<std::size_t> most);

} // namespace terracat::api
