#pragma once

#include <charconv>
#include <concepts>
#include <string>
#include <string_view>

/// The small grammar that several headers of HTTP share (RFC 9110 5.6).
namespace terracat::net {

[[nodiscard]] constexpr bool is_digit(char character) noexcept {
  return character >= '0' && character <= '9';
}

[[nodiscard]] constexpr char lowered(char character) noexcept {
  return character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a')
                                              : character;
}

[[nodiscard]] constexpr bool is_letter(char character) noexcept {
  return lowered(character) >= 'a' && lowered(character) <= 'z';
}

[[nodiscard]] constexpr bool is_control(char character) noexcept {
  return static_cast<unsigned char>(character) < ' ' || character == '\x7f';
}

[[nodiscard]] constexpr bool is_equal_ignoring_case(std::string_view left,
                                                    std::string_view right) noexcept {
  if (left.size() != right.size()) return false;
  for (std::size_t index = 0; index < left.size(); ++index) {
    if (lowered(left[index]) != lowered(right[index])) return false;
  }
  return true;
}

/// Without spaces and tabs at either end.
[[nodiscard]] constexpr std::string_view trimmed(std::string_view text) noexcept {
  auto const first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// Cuts `list` behind its first comma, if it has one.
/// \return  what stood before the comma, trimmed
[[nodiscard]] constexpr std::string_view take_element(std::string_view& list,
                                                      char separator = ',') noexcept {
  auto const end = list.find(separator);
  auto const element = trimmed(list.substr(0, end));
  list = end == std::string_view::npos ? std::string_view() : list.substr(end + 1);
  return element;
}

/// A host with or without port, as in `Host` (RFC 9110 7.2): no user, no path, no blanks.
[[nodiscard]] constexpr bool is_authority(std::string_view text) noexcept {
  for (char const character : text) {
    constexpr std::string_view marks = "-._~%!$&'()*+;=:[]";
    if (!is_letter(character) && !is_digit(character) &&
        marks.find(character) == std::string_view::npos) {
      return false;
    }
  }
  return true;
}

template<std::unsigned_integral Number>
void append_number(std::string& out, Number number) {
  char digits[20]; // enough for 64 bits
  auto const end = std::to_chars(digits, digits + sizeof digits, number).ptr;
  out.append(digits, end);
}

} // namespace terracat::net
