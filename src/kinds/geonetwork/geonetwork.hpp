#pragma once

#include <terracat/kind.hpp>

namespace terracat::kinds::geonetwork {

/// Harvests a GeoNetwork 4: which records there are is asked of its index, in the order of their
/// identifiers, each page from the last identifier of the one before; then each of them is fetched
/// as XML, of whatever schema it is.
///
/// Complete: the index ended, with as many distinct identifiers as announced, and each record was
/// had. An empty index is no proof, for so is one that is being built. It speaks of records only.
[[nodiscard]] std::unique_ptr<Harvester>
start(Source const& source, Means means, std::string_view checkpoint, What what = What::documents);

/// Records that were changed then or later, by the date that the option `modified` names.
[[nodiscard]] std::unique_ptr<Harvester>
start_changes(Source const& source, Means means, std::string_view checkpoint, model::Instant since);

} // namespace terracat::kinds::geonetwork
