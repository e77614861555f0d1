#pragma once

#include <terracat/kind.hpp>

namespace terracat::kinds::resto {

/// Harvests the products that an OpenSearch service finds, RESTO among them: what its description
/// document (the source's address) says of itself is a collection, and what the search finds are
/// its items, in GeoJSON or Atom.
///
/// Pages are those of the links `next`, else of the parameter `startIndex` or `startPage` of the
/// template. A link to another host is not followed.
///
/// Complete: the list ended, with as many distinct products as announced. A number that the server
/// calls an estimate is none. An empty list is no proof. It speaks of records and items.
[[nodiscard]] std::unique_ptr<Harvester>
start(Source const& source, Means means, std::string_view checkpoint, What what = What::documents);

} // namespace terracat::kinds::resto
