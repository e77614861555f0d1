#pragma once

#include "api/http.hpp"

#include <string>
#include <string_view>

/// The text of a body, as far as it has come.
/// \throws std::runtime_error  if the bytes are not of that coding
[[nodiscard]] std::string decoded(terracat::api::Coding coding, std::string_view bytes);
