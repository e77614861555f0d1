#include "formats/words/utf8.hpp"

namespace terracat::formats {
namespace {

constexpr unsigned continuation_bits = 6;

/// How many bytes follow this first one, and the least character that needs as many.
struct Form {
  std::size_t following;
  char32_t bits;  ///< of the first byte
  char32_t least; ///< a smaller one is overlong
};

constexpr Form form_of(unsigned char first) noexcept {
  if (first < 0x80) return {.following = 0, .bits = first, .least = 0};
  if (first >= 0xC2 && first < 0xE0) {
    return {.following = 1, .bits = first & 0x1FU, .least = 0x80};
  }
  if (first >= 0xE0 && first < 0xF0) {
    return {.following = 2, .bits = first & 0x0FU, .least = 0x800};
  }
  if (first >= 0xF0 && first < 0xF5) {
    return {.following = 3, .bits = first & 0x07U, .least = 0x10000};
  }
  return {.following = 0, .bits = no_character, .least = 0};
}

constexpr bool is_character(char32_t value) noexcept {
  return value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
}

} // namespace

char32_t next_character(std::string_view text, std::size_t& at) noexcept {
  auto const [following, bits, least] = form_of(static_cast<unsigned char>(text[at]));
  auto const first = at++;
  if (bits == no_character || first + following >= text.size()) return no_character;
  auto value = bits;
  for (std::size_t i = 1; i <= following; ++i) {
    auto const byte = static_cast<unsigned char>(text[first + i]);
    if ((byte & 0xC0U) != 0x80U) return no_character;
    value = (value << continuation_bits) | (byte & 0x3FU);
  }
  if (value < least || !is_character(value)) return no_character;
  at = first + following + 1;
  return value;
}

void append_character(std::string& out, char32_t character) {
  auto const byte = [&](char32_t bits) {
    out += static_cast<char>(static_cast<unsigned char>(bits));
  };
  auto const continuation = [&](unsigned shift) { byte(0x80U | ((character >> shift) & 0x3FU)); };
  if (character < 0x80) {
    byte(character);
  } else if (character < 0x800) {
    byte(0xC0U | (character >> 6U));
    continuation(0);
  } else if (character < 0x10000) {
    byte(0xE0U | (character >> 12U));
    continuation(6);
    continuation(0);
  } else {
    byte(0xF0U | (character >> 18U));
    continuation(12);
    continuation(6);
    continuation(0);
  }
}

bool is_utf8(std::string_view bytes) noexcept {
  for (std::size_t at = 0; at < bytes.size();) {
    if (next_character(bytes, at) == no_character) return false;
  }
  return true;
}

} // namespace terracat::formats
