#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace terracat::json {

/// Not 0 if one of eight characters has to be escaped between quotes: a control character, a quote
/// or a backslash.
[[nodiscard]] inline std::uint64_t special_among(std::uint64_t characters) noexcept {
  constexpr std::uint64_t each = 0x0101'0101'0101'0101;
  constexpr std::uint64_t high = 0x80 * each;
  // The high bit of each that is below the bound. What was equal to a character is 0.
  auto const below = [](std::uint64_t bytes, std::uint64_t bound) {
    return (bytes - bound * each) & ~bytes & high;
  };
  return below(characters, 0x20) | below(characters ^ ('"' * each), 1) |
         below(characters ^ ('\\' * each), 1);
}

/// Hands all characters of a text to `take`, eight at once, blanks behind the last ones.
template<class Take>
void for_each_eight(std::string_view text, Take const& take) {
  std::uint64_t characters = 0;
  std::size_t at = 0;
  for (; at + sizeof characters <= text.size(); at += sizeof characters) {
    std::memcpy(&characters, text.data() + at, sizeof characters);
    take(characters);
  }
  if (at == text.size()) return;
  characters = 0x2020'2020'2020'2020;
  std::memcpy(&characters, text.data() + at, text.size() - at);
  take(characters);
}

/// True if the text needs no escapes between quotes.
[[nodiscard]] inline bool is_plain(std::string_view text) noexcept {
  std::uint64_t special = 0;
  for_each_eight(text, [&](std::uint64_t eight) { special |= special_among(eight); });
  return special == 0;
}

} // namespace terracat::json
