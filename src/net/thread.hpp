#pragma once

#include <cstddef>
#include <string_view>

namespace terracat::net {

/// What tools such as top show: `heavy-1`.
void name_this_thread(std::string_view role, std::size_t index) noexcept;

/// Lets the threads of ordinary priority go first (nice 10, which Linux keeps per thread).
void lower_this_thread() noexcept;

} // namespace terracat::net
