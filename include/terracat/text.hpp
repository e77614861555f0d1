#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

/// What many rooms do with text. Letters and digits are those of ASCII: nothing depends on a
/// locale, and bytes beyond ASCII stay as they are.
namespace terracat {

[[nodiscard]] constexpr bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}

[[nodiscard]] constexpr char lowered(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

[[nodiscard]] constexpr bool is_alphanumeric(char c) noexcept {
  return is_digit(c) || (lowered(c) >= 'a' && lowered(c) <= 'z');
}

[[nodiscard]] std::string lowered(std::string_view text);

[[nodiscard]] bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept;

/// Without the blanks around it.
[[nodiscard]] constexpr std::string_view trimmed(std::string_view text,
                                                 std::string_view blanks = " \t\r\n") noexcept {
  auto const first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/// The lowest digits of the number to base 16, the most significant one first, `0` to `f`.
[[nodiscard]] std::string hexadecimal(std::uint64_t number, unsigned digits = 16);

/// Two digits for each byte.
[[nodiscard]] std::string hexadecimal_bytes(std::string_view bytes);

/// `%C3`
void append_percent_encoded(std::string& out, char byte);

/// Percent-encodes every byte but letters, digits and these marks.
[[nodiscard]] std::string percent_encoded(std::string_view text, std::string_view marks = "-._~");

/// "a, b, c"
/// \param text_of  gives the text of an element
template<class Range, class TextOf = std::identity>
[[nodiscard]] std::string listed(Range const& range, TextOf text_of = {}) {
  std::string out;
  for (bool is_first = true; auto const& element : range) {
    if (!is_first) out += ", ";
    is_first = false;
    out += std::invoke(text_of, element);
  }
  return out;
}

} // namespace terracat
