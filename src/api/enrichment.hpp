#pragma once

#include "api/exchange.hpp"
#include "enrich/enrichment.hpp"
#include "pages/lists.hpp"

#include <string>

namespace terracat::api {

/// What answers about one record say by themselves begins with.
struct AboutRecord {
  catalogue::ShownRecord record;
  pages::Language language = pages::Language::en; ///< that is wanted, else that of the site
  std::string tag;                                ///< of the answer, in JSON
};

/// The record that is called as the path says, here or elsewhere (native id, DOI), whatever its
/// type. \throws ProblemError  if there is none
[[nodiscard]] AboutRecord asked_record(Exchange const& exchange, catalogue::View& view);

/// What is known of a record beside what it says. \param items  that it has
[[nodiscard]] enrich::Known known_of(catalogue::View& view, RecordNumber record,
                                     std::int64_t items);

/// What the catalogue finds out about a record. Valid as long as the site.
/// \param resource  the same record
[[nodiscard]] enrich::Enrichment enrichment_of(Exchange const& exchange, catalogue::View& view,
                                               RecordNumber record,
                                               pages::Resource const& resource);

} // namespace terracat::api
