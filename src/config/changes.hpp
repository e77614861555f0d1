#pragma once

#include "config/config.hpp"

#include <string>
#include <vector>

namespace terracat::config {

/// The settings in which two configurations differ: "site.title"; "pole" and "source" as wholes.
[[nodiscard]] std::vector<std::string> changes(Config const& one, Config const& other);

} // namespace terracat::config
