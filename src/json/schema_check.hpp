#pragma once

#include "json/schema_node.hpp"

namespace terracat::json {

/// Holds one value against one node. \return  as Schema::check()
[[nodiscard]] std::optional<Problem> checked(std::vector<SchemaNode> const& nodes, NodeIndex top,
                                             Value const& value);

} // namespace terracat::json
