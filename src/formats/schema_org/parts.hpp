#pragma once

#include "formats/dcat/draft.hpp"
#include "formats/graph/node.hpp"

/// The parts of the mapping of schema.org, one .cpp each.
namespace terracat::formats::schema_org {

using dcat::Draft;

/// Adds a place that a property has, with what is wrong with it.
void read_places(graph::Node dataset, Draft& draft);

void read_times(graph::Node dataset, Draft& draft);

void read_agents(graph::Node dataset, Draft& draft);

/// Keywords, variables, instruments.
void read_concepts(graph::Node dataset, Draft& draft);

/// Links to the data and about them.
void read_links(graph::Node dataset, Draft& draft);

} // namespace terracat::formats::schema_org
