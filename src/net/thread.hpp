#pragma once

#include <cstddef>
#include <string_view>

namespace terracat::net {

/// What tools such as top show: `heavy-1`.
void name_this_thread(std::string_view role, std::size_t index) noexcept;

/// Lets the other threads of the process go first: nicer by 3, which Linux keeps per thread, is
/// half of their share. With much less, what is begun takes long as soon as they are busy.
void lower_this_thread() noexcept;

/// How often this thread has waited for something to do, or for somebody. That others have taken
/// the processor from it does not count.
[[nodiscard]] long waits_of_this_thread() noexcept;

} // namespace terracat::net
