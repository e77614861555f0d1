#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace terracat::formats {

/// Stands for a byte that is no part of UTF-8 (RFC 3629).
inline constexpr char32_t no_character = 0xFFFF'FFFF;

/// The character at `at`, which moves behind it, or behind a single byte if none begins there.
/// \pre at < text.size()
[[nodiscard]] char32_t next_character(std::string_view text, std::size_t& at) noexcept;

/// \pre a character, not a surrogate
void append_character(std::string& out, char32_t character);

/// True if all of the bytes are UTF-8: no surrogates, nothing overlong, nothing cut off.
[[nodiscard]] bool is_utf8(std::string_view bytes) noexcept;

} // namespace terracat::formats
