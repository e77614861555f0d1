#include "net/client_address.hpp"

#include "net/text.hpp"

#include <algorithm>

namespace terracat::net {
namespace {

namespace ip = boost::asio::ip;

/// IPv4 clients of a socket that takes both come as ::ffff:192.0.2.1.
std::optional<ip::address_v4> as_v4(ip::address const& address) {
  if (address.is_v4()) return address.to_v4();
  if (address.to_v6().is_v4_mapped()) return make_address_v4(ip::v4_mapped, address.to_v6());
  return std::nullopt;
}

/// With everything behind the first `kept` bytes set to 0.
template<class Bytes>
Bytes cut(Bytes bytes, std::size_t kept) {
  std::fill(bytes.begin() + static_cast<std::ptrdiff_t>(kept), bytes.end(), 0);
  return bytes;
}

/// Providers give a customer up to 2^72 addresses of IPv6; they count as one.
ClientAddress::Key key_of(ip::address const& address) {
  if (auto const v4 = as_v4(address)) return make_address_v6(ip::v4_mapped, *v4).to_bytes();
  constexpr std::size_t kept = 7;
  return cut(address.to_v6().to_bytes(), kept);
}

std::string network_of(ip::address const& address) {
  constexpr std::size_t kept_of_v4 = 3;
  constexpr std::size_t kept_of_v6 = 6;
  if (auto const v4 = as_v4(address)) {
    return ip::address_v4(cut(v4->to_bytes(), kept_of_v4)).to_string();
  }
  return ip::address_v6(cut(address.to_v6().to_bytes(), kept_of_v6)).to_string();
}

/// Without the port that may follow: `192.0.2.1:80`, `[2001:db8::1]:80`, `[2001:db8::1]`.
std::string_view without_port(std::string_view text) noexcept {
  if (text.starts_with('[')) return text.substr(1, text.find(']') - 1);
  auto const colon = text.find(':');
  bool const is_only_one = colon != std::string_view::npos && colon == text.rfind(':');
  return is_only_one ? text.substr(0, colon) : text;
}

/// The node of an element of `Forwarded`: `for="[2001:db8::1]:80";proto=https`.
std::string_view node_of(std::string_view element) noexcept {
  while (!element.empty()) {
    auto const pair = take_element(element, ';');
    auto const equals = pair.find('=');
    if (equals == std::string_view::npos || !is_equal_ignoring_case(pair.substr(0, equals), "for"))
      continue;
    auto const value = pair.substr(equals + 1);
    bool const is_quoted = value.size() >= 2 && value.front() == '"' && value.back() == '"';
    return is_quoted ? value.substr(1, value.size() - 2) : value;
  }
  return {};
}

std::optional<ip::address> address_in(std::string_view node) {
  boost::system::error_code error;
  auto const address = ip::make_address(std::string(without_port(node)), error);
  return error ? std::nullopt : std::optional(address);
}

/// Cuts the last element off the list.
std::string_view take_last(std::string_view& list) noexcept {
  auto const comma = list.rfind(',');
  auto const element = trimmed(comma == std::string_view::npos ? list : list.substr(comma + 1));
  list = comma == std::string_view::npos ? std::string_view() : list.substr(0, comma);
  return element;
}

} // namespace

Proxies::Proxies(std::vector<std::string> const& networks, std::string_view header)
    : reads_forwarded_(is_equal_ignoring_case(header, "Forwarded")) {
  for (auto const& text : networks) {
    bool const is_network = text.find('/') != std::string::npos;
    if (text.find(':') == std::string::npos) {
      v4_.push_back(ip::make_network_v4(is_network ? text : text + "/32"));
    } else {
      v6_.push_back(ip::make_network_v6(is_network ? text : text + "/128"));
    }
  }
}

bool Proxies::contains(ip::address const& address) const noexcept {
  if (auto const v4 = as_v4(address)) {
    return std::ranges::any_of(v4_, [&](ip::network_v4 const& network) {
      auto const mask = network.netmask().to_uint();
      return (v4->to_uint() & mask) == (network.address().to_uint() & mask);
    });
  }
  auto const bytes = address.to_v6().to_bytes();
  return std::ranges::any_of(v6_, [&](ip::network_v6 const& network) {
    auto const first = network.network().to_bytes();
    for (unsigned bit = 0; bit < network.prefix_length(); ++bit) {
      auto const mask = 0x80U >> (bit % 8);
      if (((bytes[bit / 8] ^ first[bit / 8]) & mask) != 0) return false;
    }
    return true;
  });
}

ClientAddress Proxies::classified(ip::address const& address) const {
  using Role = ClientAddress::Role;
  auto const v4 = as_v4(address);
  bool const is_loopback = v4 ? v4->is_loopback() : address.is_loopback();
  return {.key = key_of(address),
          .network = network_of(address),
          .role = contains(address) ? Role::proxy
                  : is_loopback     ? Role::neighbour
                                    : Role::client};
}

std::optional<ClientAddress> Proxies::client_behind(RequestFields const& fields) const {
  std::optional<ClientAddress> out;
  auto chain = reads_forwarded_ ? fields.forwarded : fields.x_forwarded_for;
  while (!chain.empty()) {
    auto const element = take_last(chain);
    auto const address = address_in(reads_forwarded_ ? node_of(element) : element);
    if (!address) break;
    out = classified(*address);
    if (out->role != ClientAddress::Role::proxy) break;
  }
  return out;
}

} // namespace terracat::net
