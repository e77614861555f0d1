#include "kinds/files/sha256.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace terracat::kinds::files {
namespace {

/// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
constexpr std::array<std::uint32_t, 64> round_constants{
    0x428A2F98, 0x71374491, 0xB5C0FBCF, 0xE9B5DBA5, 0x3956C25B, 0x59F111F1, 0x923F82A4, 0xAB1C5ED5,
    0xD807AA98, 0x12835B01, 0x243185BE, 0x550C7DC3, 0x72BE5D74, 0x80DEB1FE, 0x9BDC06A7, 0xC19BF174,
    0xE49B69C1, 0xEFBE4786, 0x0FC19DC6, 0x240CA1CC, 0x2DE92C6F, 0x4A7484AA, 0x5CB0A9DC, 0x76F988DA,
    0x983E5152, 0xA831C66D, 0xB00327C8, 0xBF597FC7, 0xC6E00BF3, 0xD5A79147, 0x06CA6351, 0x14292967,
    0x27B70A85, 0x2E1B2138, 0x4D2C6DFC, 0x53380D13, 0x650A7354, 0x766A0ABB, 0x81C2C92E, 0x92722C85,
    0xA2BFE8A1, 0xA81A664B, 0xC24B8B70, 0xC76C51A3, 0xD192E819, 0xD6990624, 0xF40E3585, 0x106AA070,
    0x19A4C116, 0x1E376C08, 0x2748774C, 0x34B0BCB5, 0x391C0CB3, 0x4ED8AA4A, 0x5B9CCA4F, 0x682E6FF3,
    0x748F82EE, 0x78A5636F, 0x84C87814, 0x8CC70208, 0x90BEFFFA, 0xA4506CEB, 0xBEF9A3F7, 0xC67178F2};

std::uint32_t mixed(std::uint32_t x, int a, int b, int c) noexcept {
  return std::rotr(x, a) ^ std::rotr(x, b) ^ std::rotr(x, c);
}

std::array<std::uint32_t, 64> schedule_of(unsigned char const* block) noexcept {
  std::array<std::uint32_t, 64> w{};
  for (std::size_t i = 0; i < 16; ++i) {
    std::uint32_t word = 0;
    for (std::size_t byte = 0; byte < 4; ++byte) word = word << 8U | block[4 * i + byte]; // NOLINT
    w.at(i) = word;
  }
  for (std::size_t i = 16; i < w.size(); ++i) {
    auto const early = std::rotr(w[i - 15], 7) ^ std::rotr(w[i - 15], 18) ^ (w[i - 15] >> 3U);
    auto const late = std::rotr(w[i - 2], 17) ^ std::rotr(w[i - 2], 19) ^ (w[i - 2] >> 10U);
    w[i] = w[i - 16] + early + w[i - 7] + late;
  }
  return w;
}

} // namespace

/// \pre whole blocks
void Sha256::digest(std::span<unsigned char const> bytes) {
  for (; !bytes.empty(); bytes = bytes.subspan(block)) {
    auto const w = schedule_of(bytes.data());
    auto [a, b, c, d, e, f, g, h] = state_;
    for (std::size_t i = 0; i < w.size(); ++i) {
      auto const first = h + mixed(e, 6, 11, 25) + ((e & f) ^ (~e & g)) + round_constants[i] + w[i];
      auto const second = mixed(a, 2, 13, 22) + ((a & b) ^ (a & c) ^ (b & c));
      h = g;
      g = f;
      f = e;
      e = d + first;
      d = c;
      c = b;
      b = a;
      a = first + second;
    }
    std::array<std::uint32_t, 8> const added{a, b, c, d, e, f, g, h};
    for (std::size_t i = 0; i < added.size(); ++i) state_[i] += added[i];
  }
}

void Sha256::add(std::span<char const> bytes) {
  length_ += bytes.size();
  auto const* at = reinterpret_cast<unsigned char const*>(bytes.data()); // NOLINT: bytes are bytes
  std::span<unsigned char const> rest(at, bytes.size());
  if (kept_ > 0) {
    auto const taken = std::min(block - kept_, rest.size());
    std::memcpy(rest_.data() + kept_, rest.data(), taken);
    kept_ += taken;
    rest = rest.subspan(taken);
    if (kept_ < block) return;
    digest(rest_);
    kept_ = 0;
  }
  auto const whole = rest.size() / block * block;
  digest(rest.first(whole));
  rest = rest.subspan(whole);
  if (!rest.empty()) std::memcpy(rest_.data(), rest.data(), rest.size());
  kept_ = rest.size();
}

std::string Sha256::multihash() {
  auto const bits = length_ * 8;
  std::array<char, block + 8> end{};
  end[0] = '\x80';
  auto const zeros = (2 * block - 9 - kept_) % block;
  for (std::size_t i = 0; i < 8; ++i) {
    end.at(1 + zeros + i) = static_cast<char>(bits >> (56 - 8 * i) & 0xFFU);
  }
  add(std::span(end).first(1 + zeros + 8));
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out = "1220";
  for (auto const word : state_) {
    for (int shift = 28; shift >= 0; shift -= 4) out += digits[word >> shift & 0xFU];
  }
  return out;
}

} // namespace terracat::kinds::files
