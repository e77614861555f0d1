#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>

/// What a helper process gives up before it reads a byte that a stranger wrote.
namespace terracat::helper {

/// What a helper is handed to read.
enum class Reach : std::uint8_t {
  bytes, ///< requests alone
  files, ///< files as well, which its parent has opened and it may map: what is mapped is not
         ///< counted as memory, for the system takes it back as it likes
};

/// Ends the process when its parent ends, and bounds its memory, its descriptors (16) and the files
/// that it writes (none, and no core). New privileges are ruled out.
/// \param parent  who has to be alive
/// \throws std::system_error  if one of these is refused, or the parent is gone
void limit_process(pid_t parent, std::size_t memory_bytes, Reach reach = Reach::bytes);

/// From now on the process may read and write what it has open, have memory and end. To ask for a
/// socket, for another program or for another process ends it with SIGSYS; all else, files among
/// it, is refused with EPERM. There is no way back. With Reach::files it may receive descriptors
/// too. \throws std::system_error
void filter_calls(Reach reach = Reach::bytes);

/// False under the sanitizers, which take more memory than any limit leaves.
[[nodiscard]] bool can_limit_memory() noexcept;

} // namespace terracat::helper
