#pragma once

#include "index/examiner.hpp"
#include "index/plan.hpp"
#include "index/version.hpp"

#include <optional>

namespace terracat::index {

/// Answers as `reader.items` would.
/// \param reader  has the state that the version is of: it is asked for the few footprints of which
///                boxes do not say enough, and what segments do not know
/// \param work  told what was looked at; may be null
/// \return  nothing if it would have taken more than the effort
[[nodiscard]] std::optional<store::ItemPage> search(Version const& version, Plan const& plan,
                                                    store::Reader& reader, Effort effort = {},
                                                    Work* work = nullptr);

} // namespace terracat::index
