#pragma once

#include <terracat/kind.hpp>

namespace terracat::kinds::sensorthings {

/// Harvests a service of OGC SensorThings 1.0 or 1.1: a record for each Thing, with what its
/// Datastreams observe, or one for each Datastream.
///
/// Datastreams and Locations that a service tells in pages within a Thing are fetched and put
/// together; a Thing of which some cannot be had is lost. Complete: as kinds::LinkedPages. It
/// speaks of records only.
[[nodiscard]] std::unique_ptr<Harvester>
start(Source const& source, Means means, std::string_view checkpoint, What what = What::documents);

} // namespace terracat::kinds::sensorthings
