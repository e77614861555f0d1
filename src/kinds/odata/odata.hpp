#pragma once

#include <terracat/kind.hpp>

namespace terracat::kinds::odata {

/// Harvests products of a catalogue of the Copernicus Data Space, by OData
/// (`…/odata/v1/Products`): one collection, which the source's options describe, for the catalogue
/// itself has no description of it.
///
/// Complete: as kinds::LinkedPages, with as many products as the catalogue counts; one that counts
/// none proves nothing, for it may have cut the list at `$top`. It speaks of records and items.
[[nodiscard]] std::unique_ptr<Harvester>
start(Source const& source, Means means, std::string_view checkpoint, What what = What::documents);

/// Products whose description was changed then or later.
[[nodiscard]] std::unique_ptr<Harvester>
start_changes(Source const& source, Means means, std::string_view checkpoint, model::Instant since);

} // namespace terracat::kinds::odata
