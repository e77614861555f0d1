#pragma once

#include <terracat/query.hpp>

#include <string>
#include <vector>

namespace terracat::query {

/// The properties that a search can only find in the bodies of items, for no store keeps a column
/// of them: those of its condition, then those of its order, each once.
[[nodiscard]] std::vector<std::string> properties_in_bodies(ItemSearch const& search);

} // namespace terracat::query
