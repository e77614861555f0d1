#pragma once

#include <terracat/kind.hpp>

namespace terracat::kinds::datacite {

/// Harvests what DataCite knows of a client, a provider, a prefix or a query (its REST API), page
/// by page by its cursor. A record is called by its DOI.
///
/// Where the cursor is refused or leads nowhere, the list is begun again once; what was handed out
/// before is not handed out again.
///
/// Complete: the list ended, with as many distinct DOIs as announced, and nothing failed. It speaks
/// of records only.
[[nodiscard]] std::unique_ptr<Harvester>
start(Source const& source, Means means, std::string_view checkpoint, What what = What::documents);

/// The query is limited to what DataCite updated then or later.
[[nodiscard]] std::unique_ptr<Harvester>
start_changes(Source const& source, Means means, std::string_view checkpoint, model::Instant since);

} // namespace terracat::kinds::datacite
