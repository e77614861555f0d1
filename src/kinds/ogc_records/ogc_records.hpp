#pragma once

#include <terracat/kind.hpp>

namespace terracat::kinds::ogc_records {

/// Harvests an OGC API Records: all records of its catalogues, which are the collections that say
/// that they hold records, in the order of the catalogues' ids. The address is the landing page,
/// the list of collections, one collection, or the list of its records.
///
/// A record that stands in several catalogues under one id is brought once. A catalogue that fails
/// is reported, and the run goes on with the next, if there are several.
///
/// Complete: every list ended, with as many distinct records as it had announced; where it
/// announces nothing, without a link to a next page and without repetition. An empty list is no
/// proof, for so is one whose records were hidden, and a catalogue that the options name and that
/// is not there spoils it. It speaks of records only.
[[nodiscard]] std::unique_ptr<Harvester>
start(Source const& source, Means means, std::string_view checkpoint, What what = What::documents);

/// Records whose property `updated` is that time or later, by a filter in CQL2. Only a server that
/// declares such filters is asked, and only a catalogue of which every record says when it was
/// updated: of others all records are brought, or nothing if it is the first of them.
[[nodiscard]] std::unique_ptr<Harvester>
start_changes(Source const& source, Means means, std::string_view checkpoint, model::Instant since);

} // namespace terracat::kinds::ogc_records
