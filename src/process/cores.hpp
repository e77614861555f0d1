#pragma once

#include <cstddef>

namespace terracat::process {

/// Cores that this process may use, which may be fewer than there are; one at least.
[[nodiscard]] std::size_t usable_cores() noexcept;

} // namespace terracat::process
