#pragma once

#include "config/config.hpp"

#include <string>
#include <vector>

namespace terracat::config {

/// The settings in which two configurations differ: "site.title"; "pole" and "source" as wholes.
[[nodiscard]] std::vector<std::string> changes(Config const& one, Config const& other);

/// Those of changes() that a server does not go by before its next start.
/// \param started  what the server was started with
[[nodiscard]] std::vector<std::string> waiting_changes(Config const& started, Config const& other);

} // namespace terracat::config
