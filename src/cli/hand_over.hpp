#pragma once

#include "cli/console.hpp"
#include "cli/handed_command.hpp"
#include "cli/options.hpp"
#include "cli/work.hpp"
#include "jobs/caller.hpp"

#include <terracat/store.hpp>

#include <optional>
#include <stop_token>

/// Work that goes from a command to the server that has the catalogue, and what comes back. Both
/// sides of the conversation that jobs/channel.hpp describes stand here.
namespace terracat::cli {

// ---- The command's side

/// Lets the server of the catalogue do it.
/// \return  the exit code; nothing if no server listens
[[nodiscard]] std::optional<int>
hand_over(std::string const& catalogue, HandedCommand const& command, std::stop_token const& stop);

// ---- The server's side

/// Does what the JSON of a command asks for.
[[nodiscard]] int do_job(Workplace const& place, std::string const& command, jobs::Caller& caller,
                         log::Logger& log);

} // namespace terracat::cli
