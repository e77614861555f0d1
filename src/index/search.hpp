#pragma once

#include "index/plan.hpp"
#include "index/version.hpp"

namespace terracat::index {

/// Answers as `reader.items` would.
/// \param reader  has the state that the version is of: it is asked for the rows of the page, and
///                for the few footprints of which boxes do not say enough
[[nodiscard]] store::ItemPage search(Version const& version, Plan const& plan,
                                     store::Reader& reader);

} // namespace terracat::index
