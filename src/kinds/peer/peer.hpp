#pragma once

#include <terracat/kind.hpp>

/// The kind `terracat`: another catalogue of this program, whose feed of changes is read.
namespace terracat::kinds::peer {

/// The feed from its beginning on has everything that the other catalogue has, in the order in
/// which it was changed last. What changes meanwhile comes once more, further on.
///
/// Complete: the feed came to its end in one history, always forward, and what is there of all that
/// it told is as much as it says that there is. Nothing at all proves nothing.
[[nodiscard]] std::unique_ptr<Harvester>
start(Source const& source, Means means, std::string_view checkpoint, What what = What::documents);

/// What has changed behind the cursor of the last complete run, and what has gone.
/// \throws ChangesUnknown  so does `next` before the first page: the other catalogue has begun a
///         new history, or has forgotten what went since then
[[nodiscard]] std::unique_ptr<Harvester>
start_changes(Source const& source, Means means, std::string_view checkpoint, model::Instant since);

} // namespace terracat::kinds::peer
