#include "fuzz/token_bytes.hpp"

#include "query/digest.hpp"

namespace terracat::fuzz {
namespace {

constexpr std::string_view digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::size_t checksum_size = 4;

} // namespace

std::optional<std::string> bytes_of_token(std::string_view text) {
  std::string bits;
  for (auto const c : text) {
    auto const value = digits.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    for (int bit = 5; bit >= 0; --bit) bits += (value >> bit & 1U) != 0 ? '1' : '0';
  }
  std::string out;
  for (std::size_t at = 0; at + 8 <= bits.size(); at += 8) {
    out += static_cast<char>(std::stoi(bits.substr(at, 8), nullptr, 2));
  }
  return out;
}

std::string token_of_bytes(std::string_view bytes) {
  std::string bits;
  for (auto const c : bytes) {
    for (int bit = 7; bit >= 0; --bit)
      bits += (static_cast<unsigned char>(c) >> bit & 1) ? '1' : '0';
  }
  bits.append((6 - bits.size() % 6) % 6, '0');
  std::string out;
  for (std::size_t at = 0; at < bits.size(); at += 6) {
    out += digits[static_cast<std::size_t>(std::stoi(bits.substr(at, 6), nullptr, 2))];
  }
  return out;
}

std::string with_checksum(std::string_view content) {
  std::string out(content);
  auto sum = query::digest_of(content);
  for (std::size_t i = 0; i < checksum_size; ++i, sum >>= 8U) out += static_cast<char>(sum & 255U);
  return out;
}

bool has_checksum(std::string_view bytes) {
  return bytes.size() > checksum_size &&
         with_checksum(bytes.substr(0, bytes.size() - checksum_size)) == bytes;
}

} // namespace terracat::fuzz
