#pragma once

#include <terracat/kind.hpp>

namespace terracat::kinds::opendatasoft {

/// Harvests the catalogue of an Opendatasoft portal (Explore API 2.1), in the order of the ids of
/// its data sets.
///
/// Complete: the list ended, with as many distinct data sets as announced. An empty list is no
/// proof, for so is one whose data sets were hidden. The API shows the first 10,000 of a list; what
/// is longer has to be cut by `where`. It speaks of records only.
[[nodiscard]] std::unique_ptr<Harvester>
start(Source const& source, Means means, std::string_view checkpoint, What what = What::documents);

/// Data sets that were changed then or later, by the date that the option `modified` names.
[[nodiscard]] std::unique_ptr<Harvester>
start_changes(Source const& source, Means means, std::string_view checkpoint, model::Instant since);

} // namespace terracat::kinds::opendatasoft
