#pragma once

#include "query/queryables.hpp"

#include <terracat/json.hpp>

namespace terracat::query {

/// More keys than this are refused: each takes its place in the page token.
inline constexpr std::size_t most_sort_keys = 4;

/// Reads the parameter `sortby` of STAC API sort 1.0.0: `+datetime,-properties.eo:cloud_cover`. A
/// leading blank counts as `+`, which form decoding turns into a blank.
[[nodiscard]] Result<std::vector<SortKey>> read_sortby(std::string_view parameter,
                                                       Queryables const& queryables);

/// Reads the member `sortby` of a body: `[{"field": "datetime", "direction": "desc"}]`.
[[nodiscard]] Result<std::vector<SortKey>> read_sortby(json::Value const& member,
                                                       Queryables const& queryables);

} // namespace terracat::query
