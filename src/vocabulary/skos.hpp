#pragma once

#include "vocabulary/draft.hpp"

#include <terracat/rdf.hpp>

namespace terracat::vocabulary {

/// What a graph says in SKOS, in SKOS-XL of labels, in ISO 25964 of kinds of broader concepts, and
/// by `owl:deprecated`, `adms:status` and `reg:status` of what is not to be used any more.
[[nodiscard]] Draft read_skos(rdf::Graph const& graph);

} // namespace terracat::vocabulary
