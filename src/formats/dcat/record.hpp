#pragma once

#include "formats/dcat/resources.hpp"

#include <terracat/format.hpp>

namespace terracat::formats::dcat {

/// The address of the resource, else its identifier, else that of the catalogue's entry; empty if
/// it has no name.
[[nodiscard]] std::string native_id_of(graph::Graph const& graph, graph::Node resource);

/// Reads what a graph says of a resource.
[[nodiscard]] ReadResult read_record(graph::Graph const& graph, Resource const& resource,
                                     ReadContext const& context);

} // namespace terracat::formats::dcat
