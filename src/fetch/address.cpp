#include "fetch/address.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <span>

namespace terracat::fetch {
namespace {

using Prefix = std::span<std::uint8_t const>;

constexpr std::array<std::uint8_t, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
constexpr std::array<std::uint8_t, 12> compatible{};
constexpr std::array<std::uint8_t, 12> nat64{0, 0x64, 0xff, 0x9b};
constexpr std::array<std::uint8_t, 2> six_to_four{0x20, 0x02};

bool same_bits(std::span<std::uint8_t const> a, std::span<std::uint8_t const> b,
               unsigned count) noexcept {
  auto const whole = count / 8;
  if (!std::ranges::equal(a.first(whole), b.first(whole))) return false;
  auto const rest = count % 8;
  if (rest == 0) return true;
  auto const mask = static_cast<std::uint8_t>(0xff00U >> rest);
  return (a[whole] & mask) == (b[whole] & mask);
}

Problem not_a_network(std::string_view text, std::string_view why) {
  return {.kind = ProblemKind::invalid_parameter,
          .detail = "'" + std::string(text.substr(0, 80)) +
                    "' is not a network such as 10.2.0.0/16" + std::string(why),
          .where = {}};
}

} // namespace

Address::Address(std::uint8_t const* bytes, unsigned bits) noexcept : bits_(bits) {
  std::copy_n(bytes, bits / 8, bytes_.begin());
}

std::optional<Address> Address::parse(std::string_view text) {
  std::string const terminated(text);
  std::array<std::uint8_t, 16> bytes{};
  if (inet_pton(AF_INET, terminated.c_str(), bytes.data()) == 1) return Address(bytes.data(), 32);
  if (inet_pton(AF_INET6, terminated.c_str(), bytes.data()) == 1) return Address(bytes.data(), 128);
  return std::nullopt;
}

std::optional<Address> Address::of(sockaddr const& socket_address) noexcept {
  std::array<std::uint8_t, 16> bytes{};
  if (socket_address.sa_family == AF_INET) {
    auto const* const raw = reinterpret_cast<char const*>(&socket_address);
    std::memcpy(bytes.data(), raw + offsetof(sockaddr_in, sin_addr), 4);
    return Address(bytes.data(), 32);
  }
  if (socket_address.sa_family == AF_INET6) {
    auto const* const raw = reinterpret_cast<char const*>(&socket_address);
    std::memcpy(bytes.data(), raw + offsetof(sockaddr_in6, sin6_addr), 16);
    return Address(bytes.data(), 128);
  }
  return std::nullopt;
}

Address Address::unwrapped() const noexcept {
  if (is_v4()) return *this;
  auto const starts_with = [this](Prefix prefix) {
    return std::ranges::equal(prefix, Prefix(bytes_).first(prefix.size()));
  };
  if (starts_with(six_to_four)) return {&bytes_[2], 32};
  // `::` and `::1` are addresses in their own right within the block of the compatible ones.
  bool const is_small = starts_with(compatible) && bytes_[12] == 0 && bytes_[13] == 0 &&
                        bytes_[14] == 0 && bytes_[15] <= 1;
  if (starts_with(mapped) || starts_with(nat64) || (starts_with(compatible) && !is_small)) {
    return {&bytes_[12], 32};
  }
  return *this;
}

std::string Address::text() const {
  std::array<char, INET6_ADDRSTRLEN> buffer{};
  inet_ntop(is_v4() ? AF_INET : AF_INET6, bytes_.data(), buffer.data(), buffer.size());
  return buffer.data();
}

Result<Network> Network::parse(std::string_view text) {
  auto const slash = text.find('/');
  if (slash == std::string_view::npos) return not_a_network(text, ": it has no length");
  auto const first = Address::parse(text.substr(0, slash));
  if (!first) return not_a_network(text, ": it does not start with an address");
  unsigned length = 0;
  auto const* const end = text.data() + text.size();
  auto const [stop, error] = std::from_chars(text.data() + slash + 1, end, length);
  if (error != std::errc{} || stop != end || length > first->bits()) {
    return not_a_network(text, ": its length is not 0 to " + std::to_string(first->bits()));
  }
  for (auto bit = length; bit < first->bits(); ++bit) {
    if ((first->bytes_[bit / 8] & (0x80U >> (bit % 8))) != 0) {
      return not_a_network(text, ": the address has bits beyond its length");
    }
  }
  return Network(*first, length);
}

bool Network::contains(Address const& address) const noexcept {
  return address.bits() == first_.bits() && same_bits(address.bytes_, first_.bytes_, length_);
}

} // namespace terracat::fetch
