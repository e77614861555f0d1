#pragma once

#include <terracat/kind.hpp>

namespace terracat::kinds::stac_api {

/// Harvests a STAC API: its collections, and if asked for the items of each collection, in the
/// order of the collections' ids. The address is the landing page, the list of collections, or one
/// collection.
///
/// A list of items that fails is reported, and the run goes on with the next collection.
///
/// Complete: every list ended without a link to a next page, no shorter than it had announced, and
/// nothing failed, nor was a collection missing that the options name. What is listed again counts
/// once; if no number was announced, it spoils the proof. It speaks of items if they are harvested.
///
/// If ids are all that is wanted, items are asked for without their other members where the server
/// says that it can leave them out.
[[nodiscard]] std::unique_ptr<Harvester>
start(Source const& source, Means means, std::string_view checkpoint, What what = What::documents);

/// Lists all collections, and of each the items whose property `updated` is that time or later; all
/// of them if the first of its items has no such property. A server that declares neither the query
/// extension nor filters in CQL2 JSON for its searches cannot be asked, nor is it for collections
/// alone.
[[nodiscard]] std::unique_ptr<Harvester>
start_changes(Source const& source, Means means, std::string_view checkpoint, model::Instant since);

} // namespace terracat::kinds::stac_api
