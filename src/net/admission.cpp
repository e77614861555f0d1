#include "net/admission.hpp"

#include <algorithm>

namespace terracat::net {
namespace {

using boost::asio::ip::address;
using boost::asio::ip::address_v4;
using boost::asio::ip::address_v6;

/// IPv4 clients of a socket that takes both come as ::ffff:192.0.2.1.
std::optional<address_v4> as_v4(address const& client) {
  if (client.is_v4()) return client.to_v4();
  if (client.to_v6().is_v4_mapped()) {
    return boost::asio::ip::make_address_v4(boost::asio::ip::v4_mapped, client.to_v6());
  }
  return std::nullopt;
}

/// With everything behind the first `kept` bytes set to 0.
template<class Bytes>
Bytes cut(Bytes bytes, std::size_t kept) {
  std::fill(bytes.begin() + static_cast<std::ptrdiff_t>(kept), bytes.end(), 0);
  return bytes;
}

/// Whoever has an IPv6 address usually has 2^64 of them; they count as one.
std::array<unsigned char, 16> key_of(address const& client) {
  if (auto const v4 = as_v4(client)) {
    return boost::asio::ip::make_address_v6(boost::asio::ip::v4_mapped, *v4).to_bytes();
  }
  constexpr std::size_t kept = 8;
  return cut(client.to_v6().to_bytes(), kept);
}

} // namespace

std::string network_of(address const& client) {
  constexpr std::size_t kept_of_v4 = 3;
  constexpr std::size_t kept_of_v6 = 6;
  if (auto const v4 = as_v4(client)) return address_v4(cut(v4->to_bytes(), kept_of_v4)).to_string();
  return address_v6(cut(client.to_v6().to_bytes(), kept_of_v6)).to_string();
}

std::variant<Admission::Ticket, Refusal> Admission::admit(address const& client) {
  auto const key = key_of(client);
  std::scoped_lock const lock(mutex_);
  if (open_ >= limits_.connections) {
    return Refusal{.status = 503,
                   .reason = Reason::connections,
                   .detail = "the server has as many connections as it can serve"};
  }
  auto& of_address = open_by_address_[key];
  if (of_address >= limits_.connections_per_address) {
    return Refusal{.status = 429,
                   .reason = Reason::address,
                   .detail = "there are too many connections from this address"};
  }
  ++of_address;
  ++open_;
  return Ticket(*this, key);
}

void Admission::give_back(Ticket::Key const& key) noexcept {
  std::scoped_lock const lock(mutex_);
  --open_;
  auto const found = open_by_address_.find(key);
  if (--found->second == 0) open_by_address_.erase(found);
}

} // namespace terracat::net
