#pragma once

#include "net/framing.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace terracat::net {

/// Whom a connection or a request is counted for.
struct ClientAddress {
  using Key = std::array<unsigned char, 16>;

  enum class Role : std::uint8_t {
    client,
    neighbour, ///< of this machine: perhaps a proxy that the settings do not name
    proxy,     ///< speaks for others
  };

  Key key{};           ///< of one IPv4 address or IPv6 /56
  std::string network; ///< for the log: /24 of IPv4, /48 of IPv6, which name no person
  Role role = Role::client;
};

/// The proxies that are believed when they say for whom they ask. Constant, so thread-safe.
class Proxies {
 public:
  /// \param networks  addresses and CIDR: `10.2.0.7`, `10.2.0.0/16`, `2001:db8::/32`
  /// \param header    the one that the proxies write: X-Forwarded-For or Forwarded (RFC 7239).
  ///                  Only that one is read, for the other may be what a client made up.
  /// \throws boost::system::system_error  if one is no network
  Proxies(std::vector<std::string> const& networks, std::string_view header);

  [[nodiscard]] ClientAddress classified(boost::asio::ip::address const& address) const;

  /// Whom a proxy speaks for: the last address of its header that is no proxy itself. What stands
  /// before it was written by who has that address, and proves nothing.
  /// \return  nothing if the header has no address
  [[nodiscard]] std::optional<ClientAddress> client_behind(RequestFields const& fields) const;

 private:
  [[nodiscard]] bool contains(boost::asio::ip::address const& address) const noexcept;

  std::vector<boost::asio::ip::network_v4> v4_;
  std::vector<boost::asio::ip::network_v6> v6_;
  bool reads_forwarded_;
};

} // namespace terracat::net
