#pragma once

#include <terracat/kind.hpp>

namespace terracat::kinds::csw {

/// Harvests a Catalogue Service for the Web 2.0.2, page by page.
///
/// Pages are asked for in the order of the identifier, where the server can sort. A page that fails
/// is halved until the record that makes it fail is found; it is reported and passed over. A record
/// that the server lists again is reported and not handed out again.
///
/// Complete: the number of distinct ids equals the number announced, which stayed the same, and
/// nothing was passed over. It speaks of records only.
///
/// If ids are all that is wanted, records are asked for in their brief form.
[[nodiscard]] std::unique_ptr<Harvester>
start(Source const& source, Means means, std::string_view checkpoint, What what = What::documents);

/// The list is limited to records whose property `modified` (Options) is that time or later. A
/// server that answers the first request for it with an error cannot be asked.
[[nodiscard]] std::unique_ptr<Harvester>
start_changes(Source const& source, Means means, std::string_view checkpoint, model::Instant since);

} // namespace terracat::kinds::csw
