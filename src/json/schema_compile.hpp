#pragma once

#include "json/schema_node.hpp"
#include "json/schema_texts.hpp"

namespace terracat::json {

struct CompiledNodes {
  std::vector<SchemaNode> nodes;
  std::vector<NodeIndex> tops; ///< of the texts, in their order
};

/// \throws ProblemError  for what no schema may say, or this one does not understand
[[nodiscard]] CompiledNodes compile(SchemaTexts const& texts, std::size_t count);

} // namespace terracat::json
