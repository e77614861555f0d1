#pragma once

#include <terracat/kind.hpp>

namespace terracat::kinds::esgf {

/// Harvests what a search of an index node of the Earth System Grid Federation finds
/// (`…/esg-search/search`): data sets, not their files. By default the latest versions, at the
/// nodes that published them.
///
/// Complete: the list ended, with as many distinct data sets as announced, and the index did not
/// say that it answered in part. An empty list is no proof, for so is one of an index that is being
/// built. A federated search proves nothing: a node that does not answer is left out in silence.
/// It speaks of records only.
///
/// A version that is superseded or retracted is not the latest any more: it is missing then. With
/// all versions it stays, and says so.
[[nodiscard]] std::unique_ptr<Harvester>
start(Source const& source, Means means, std::string_view checkpoint, What what = What::documents);

/// Data sets that were written to the index then or later.
[[nodiscard]] std::unique_ptr<Harvester>
start_changes(Source const& source, Means means, std::string_view checkpoint, model::Instant since);

} // namespace terracat::kinds::esgf
