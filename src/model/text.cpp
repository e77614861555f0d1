#include <terracat/text.hpp>

#include <algorithm>
#include <array>

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
  static constexpr auto alphanumeric = [] {
    std::array<bool, 256> out{};
    for (unsigned byte = 0; byte < 128; ++byte)
      out[byte] = is_alphanumeric(static_cast<char>(byte));
    return out;
  }();
  auto stays = alphanumeric;
  for (auto const mark : marks) stays[static_cast<unsigned char>(mark)] = true;
  std::string out;
  out.reserve(text.size() + text.size() / 2);
  for (auto const* at = text.begin(); at != text.end();) {
    auto const* const end =
        std::find_if(at, text.end(), [&](char c) { return !stays[static_cast<unsigned char>(c)]; });
    out.append(at, end);
    at = end;
    if (at != text.end()) append_percent_encoded(out, *at++);
  }
  return out;
}

} // namespace terracat
