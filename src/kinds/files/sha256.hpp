#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace terracat::kinds::files {

/// SHA-256 (FIPS 180-4) of bytes that come piece by piece.
class Sha256 {
 public:
  void add(std::span<char const> bytes);

  /// As a multihash in hexadecimal: `1220`, then the digest. Nothing is added afterwards.
  [[nodiscard]] std::string multihash();

 private:
  static constexpr std::size_t block = 64;

  void digest(std::span<unsigned char const> bytes);

  std::array<std::uint32_t, 8> state_{0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A,
                                      0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19};
  std::array<unsigned char, block> rest_{};
  std::size_t kept_ = 0; ///< of rest_
  std::uint64_t length_ = 0;
};

} // namespace terracat::kinds::files
