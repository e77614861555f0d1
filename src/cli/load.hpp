#pragma once

#include "cli/options.hpp"
#include "config/config.hpp"

namespace terracat::cli {

/// The configuration that the command line names. \throws config::ConfigError
[[nodiscard]] config::Config load(Common const& common);

} // namespace terracat::cli
