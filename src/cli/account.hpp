#pragma once

#include <string>

namespace terracat::cli {

/// The account that runs the command: that of the person behind sudo, if there is one. \pre there
/// is no other thread
[[nodiscard]] std::string account();

} // namespace terracat::cli
