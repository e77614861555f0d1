#pragma once

#include <terracat/kind.hpp>

namespace terracat::kinds::sitemap {

/// Harvests a site by its site map: each page that the map names is looked at for data sets of
/// schema.org in JSON-LD, of which each becomes a document. The address is that of a map, of an
/// index of maps, or of the robots.txt that names them. Pages of other hosts are passed by, and
/// those that robots.txt does not want to be fetched.
///
/// Complete: every map came whole, every page that they name was had, and there was a data set. It
/// speaks of records only.
[[nodiscard]] std::unique_ptr<Harvester>
start(Source const& source, Means means, std::string_view checkpoint, What what = What::documents);

/// Pages that were changed then or later, as the map says, and those of which it does not say.
/// \throws ChangesUnknown  so does `next` if the first map says it of no page
[[nodiscard]] std::unique_ptr<Harvester>
start_changes(Source const& source, Means means, std::string_view checkpoint, model::Instant since);

} // namespace terracat::kinds::sitemap
