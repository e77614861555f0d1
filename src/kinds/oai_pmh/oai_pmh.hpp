#pragma once

#include <terracat/kind.hpp>

namespace terracat::kinds::oai_pmh {

/// Harvests a repository of OAI-PMH 2.0, list by list: one for everything, or one for each set that
/// is named.
///
/// Where a list breaks off (a token that is no longer known, a page that cannot be read), it is
/// begun again, and if that does not help, cut in two by the dates of its records, down to the
/// granularity of the repository; a part that then still fails is reported and passed over. What
/// was handed out before is not handed out again.
///
/// Records that are marked as deleted are not handed out.
///
/// Complete: every list came to its end as the protocol has it (an empty token, or none after a
/// list of one page), as long as announced if a length was announced, and nothing was passed over.
/// It speaks of records only.
///
/// If ids are all that is wanted, headers are asked for instead of records.
[[nodiscard]] std::unique_ptr<Harvester>
start(Source const& source, Means means, std::string_view checkpoint, What what = What::documents);

/// The lists are limited to records of that date and later, in the granularity of the repository.
[[nodiscard]] std::unique_ptr<Harvester>
start_changes(Source const& source, Means means, std::string_view checkpoint, model::Instant since);

} // namespace terracat::kinds::oai_pmh
