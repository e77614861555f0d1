#pragma once

#include <terracat/query.hpp>

#include <string>
#include <vector>

namespace terracat::query {

/// The properties for which a search has to look at one item after the other: those that are only
/// in bodies, for no store keeps a column of them, and those that it computes with. Those of its
/// condition come first, then those of its order, each once.
[[nodiscard]] std::vector<std::string> properties_in_bodies(ItemSearch const& search);

/// Likewise of a condition.
[[nodiscard]] std::vector<std::string> properties_in_bodies(Expression const& where);

/// True if the condition depends on where things are.
[[nodiscard]] bool asks_of_places(Expression const& where);

} // namespace terracat::query
