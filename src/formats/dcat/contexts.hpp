#pragma once

#include "formats/graph/json_ld.hpp"

namespace terracat::formats::dcat {

/// The contexts that catalogues in JSON-LD name, and the usual names of DCAT for all others.
[[nodiscard]] graph::ContextsElsewhere contexts_elsewhere() noexcept;

} // namespace terracat::formats::dcat
