#pragma once

#include <terracat/kind.hpp>

namespace terracat::kinds::dataverse {

/// Harvests a Dataverse: which data sets there are is asked of its search, and each is fetched as
/// the JSON that it exports.
///
/// Complete: the list ended, with as many distinct data sets as announced, and each was had. An
/// empty list is no proof, for so is one whose index is built anew. It speaks of records only.
[[nodiscard]] std::unique_ptr<Harvester>
start(Source const& source, Means means, std::string_view checkpoint, What what = What::documents);

} // namespace terracat::kinds::dataverse
