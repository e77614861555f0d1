#pragma once

#include <optional>
#include <string>
#include <string_view>

/// Base 64 with the alphabet for URLs and without padding (RFC 4648 5).
namespace terracat::query {

[[nodiscard]] std::string to_base64url(std::string_view bytes);

/// \return  nothing unless it is what `to_base64url` makes of some bytes
[[nodiscard]] std::optional<std::string> from_base64url(std::string_view text);

} // namespace terracat::query
