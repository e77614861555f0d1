#pragma once

#include <terracat/kind.hpp>

namespace terracat::kinds::stac_static {

/// Harvests a static STAC catalogue: from the catalogue or collection at the address down along the
/// links `child`, `item` and `items`, of each list the items first, in the order of their
/// addresses. Collections become records, items are harvested if asked for. A collection that only
/// its items name is fetched by their link. A document is listed once, by however many links, so a
/// circle ends; lists lie in lists at most 30 deep, and there are no more than 200,000.
///
/// Links to other hosts are passed by, unless the options say otherwise.
///
/// Complete: everything that links lead to was had and could be read, and there was one collection
/// or item at least, and every collection that the options name. It speaks of items if they are
/// harvested.
///
/// What a document is called stands in it: it is fetched even if its id is all that is wanted.
/// With more than 500,000 lists and records, a run that breaks off begins again.
[[nodiscard]] std::unique_ptr<Harvester>
start(Source const& source, Means means, std::string_view checkpoint, What what = What::documents);

} // namespace terracat::kinds::stac_static
