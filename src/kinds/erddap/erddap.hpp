#pragma once

#include <terracat/kind.hpp>

namespace terracat::kinds::erddap {

/// Harvests the data sets of an ERDDAP (`…/erddap`): what the server lists of all of them
/// (`tabledap/allDatasets`, or `info` where that is refused), and the attributes of each
/// (`info/ID`).
///
/// Complete: as kinds::ListedDocuments. A server that was started a moment ago lists what it has
/// loaded so far, which nothing tells: that is what the grace of deletions is for.
[[nodiscard]] std::unique_ptr<Harvester>
start(Source const& source, Means means, std::string_view checkpoint, What what = What::documents);

} // namespace terracat::kinds::erddap
