#pragma once

#include "index/keeper.hpp"

#include <functional>
#include <stop_token>
#include <string_view>
#include <variant>

namespace terracat::index {

using Readers = std::vector<std::unique_ptr<store::Reader>>;

/// A version made of what a Keeper wrote, and of what has changed since.
struct Loaded {
  std::shared_ptr<Version const> version;
  Sequence read = 0;             ///< the last state of which something was read
  std::size_t changes = 0;       ///< items that came, changed or went since it was written, and
                                 ///< collections that went
  std::vector<KeptSegment> kept; ///< what is in the store
};

/// Why the items have to be read instead; a few words for a log.
using Refusal = std::string_view;

/// Reads segments by as many threads as there are readers. What changed up to `read` may be in the
/// version or not.
/// \throws StoreError  but not because of segments that are damaged
[[nodiscard]] std::variant<Loaded, Refusal> load(std::stop_token const& stop,
                                                 Readers const& readers, Layout const& layout);

} // namespace terracat::index
