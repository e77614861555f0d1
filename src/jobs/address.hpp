#pragma once

#include "store/files.hpp"

#include <optional>
#include <string>
#include <vector>

namespace terracat::jobs {

/// Where the server of a catalogue listens: beside its file.
[[nodiscard]] std::string socket_of(std::string const& catalogue);

/// Listens at the path; a socket that a dead server left there is replaced. Only the owner may
/// connect. Paths of any length are good: a long one is reached through its folder.
/// \pre this process is the only one that may listen there
/// \throws store::StoreError  with a sentence
[[nodiscard]] Descriptor listen_at(std::string const& path);

/// \return  nothing if nobody listens there
[[nodiscard]] std::optional<Descriptor> connect_to(std::string const& path);

/// True if the process at the other end is of this process's user, or root.
[[nodiscard]] bool is_trusted(Descriptor const& socket) noexcept;

} // namespace terracat::jobs
