#pragma once

#include <terracat/kind.hpp>

namespace terracat::kinds::cds {

/// Harvests the catalogue of a Copernicus data store of ECMWF (Climate, Atmosphere, Emergency:
/// `…/api/catalogue/v1`): a record for each collection, which is fetched by itself, for the list
/// says less.
///
/// Complete: as kinds::LinkedPages. It speaks of records only.
[[nodiscard]] std::unique_ptr<Harvester>
start(Source const& source, Means means, std::string_view checkpoint, What what = What::documents);

} // namespace terracat::kinds::cds
