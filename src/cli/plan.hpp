#pragma once

#include "backup/schedule.hpp"
#include "config/config.hpp"

namespace terracat::cli {

/// What the configuration says of backups.
[[nodiscard]] backup::Plan plan_of(config::Config const& config);

} // namespace terracat::cli
