#pragma once

#include "index/plan.hpp"
#include "index/version.hpp"

#include <limits>
#include <optional>

namespace terracat::index {

/// What a search may look at before it is given up.
struct Effort {
  std::size_t blocks = std::numeric_limits<std::size_t>::max();     ///< of rows
  std::size_t footprints = std::numeric_limits<std::size_t>::max(); ///< read and compared
};

/// Answers as `reader.items` would.
/// \param reader  has the state that the version is of: it is asked for the rows of the page, and
///                for the few footprints of which boxes do not say enough
/// \return  nothing if it would have taken more than the effort
[[nodiscard]] std::optional<store::ItemPage> search(Version const& version, Plan const& plan,
                                                    store::Reader& reader, Effort effort = {});

} // namespace terracat::index
