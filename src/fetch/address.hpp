#pragma once

#include <terracat/problem.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

struct sockaddr;

namespace terracat::fetch {

/// An IP address, of version 4 or 6.
class Address {
 public:
  /// Dotted decimal or the text form of RFC 4291 2.2; no port, no zone, no other notation.
  [[nodiscard]] static std::optional<Address> parse(std::string_view text);

  /// \return  nothing for address families other than the two of the Internet
  [[nodiscard]] static std::optional<Address> of(sockaddr const& socket_address) noexcept;

  [[nodiscard]] bool is_v4() const noexcept { return bits_ == 32; }

  /// 32 or 128
  [[nodiscard]] unsigned bits() const noexcept { return bits_; }

  /// The version 4 address that a packet to this one ends at: mapped (`::ffff:0:0/96`), compatible
  /// (`::/96`), 6to4 (`2002::/16`) and NAT64 (`64:ff9b::/96`) addresses hold one. Else the address
  /// itself.
  [[nodiscard]] Address unwrapped() const noexcept;

  [[nodiscard]] std::string text() const;

  friend bool operator==(Address const&, Address const&) = default;

 private:
  friend class Network;

  Address(std::uint8_t const* bytes, unsigned bits) noexcept;

  std::array<std::uint8_t, 16> bytes_{}; ///< network order; a version 4 address has the first four
  unsigned bits_;
};

/// A block of addresses, as CIDR writes it.
class Network {
 public:
  /// \return  invalid_parameter unless the text is an address, `/`, and a length that leaves no bit
  /// of
  ///          the address behind it: `10.2.0.0/16`, not `10.2.0.1/16`
  [[nodiscard]] static Result<Network> parse(std::string_view text);

  [[nodiscard]] bool contains(Address const& address) const noexcept;

  [[nodiscard]] bool lies_within(Network const& other) const noexcept {
    return length_ >= other.length_ && other.contains(first_);
  }

  friend bool operator==(Network const&, Network const&) = default;

 private:
  Network(Address const& first, unsigned length) noexcept : first_(first), length_(length) {}

  Address first_;
  unsigned length_;
};

} // namespace terracat::fetch
