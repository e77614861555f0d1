#include <terracat/text.hpp>

#include <algorithm>

namespace terracat {
namespace {

constexpr std::string_view small_digits = "0123456789abcdef";

} // namespace

std::string lowered(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) { return lowered(c); });
  return out;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept {
  return std::ranges::equal(a, b, [](char x, char y) { return lowered(x) == lowered(y); });
}

std::string hexadecimal(std::uint64_t number, unsigned digits) {
  std::string out(digits, '0');
  for (auto at = out.rbegin(); at != out.rend(); ++at) {
    *at = small_digits[number & 15U];
    number >>= 4U;
  }
  return out;
}

std::string hexadecimal_bytes(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() * 2);
  for (auto const c : bytes) {
    auto const byte = static_cast<unsigned char>(c);
    out += small_digits[byte >> 4U];
    out += small_digits[byte & 15U];
  }
  return out;
}

void append_percent_encoded(std::string& out, char byte) {
  constexpr std::string_view digits = "0123456789ABCDEF"; // RFC 3986 2.1
  auto const number = static_cast<unsigned char>(byte);
  out += '%';
  out += digits[number >> 4U];
  out += digits[number & 15U];
}

std::string percent_encoded(std::string_view text, std::string_view marks) {
  auto const stays = [&](char c) {
    return is_alphanumeric(c) || marks.find(c) != std::string_view::npos;
  };
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    auto const size =
        static_cast<std::size_t>(std::ranges::find_if_not(text, stays) - text.begin());
    out += text.substr(0, size);
    if (size < text.size()) append_percent_encoded(out, text[size]);
    text.remove_prefix(std::min(size + 1, text.size()));
  }
  return out;
}

} // namespace terracat
