#pragma once

#include <optional>
#include <string>
#include <string_view>

/// The envelope of a page token, worked out apart from query/token.cpp: base64url without padding
/// of bytes that end in four bytes of checksum.
namespace terracat::fuzz {

[[nodiscard]] std::optional<std::string> bytes_of_token(std::string_view text);

[[nodiscard]] std::string token_of_bytes(std::string_view bytes);

/// The last four bytes are the checksum of those before.
[[nodiscard]] bool has_checksum(std::string_view bytes);

/// \param content  without checksum
[[nodiscard]] std::string with_checksum(std::string_view content);

} // namespace terracat::fuzz
