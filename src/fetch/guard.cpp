#include "fetch/guard.hpp"

#include <algorithm>

namespace terracat::fetch {
namespace {

/// Refused even to a source whose allowed networks hold them.
constexpr std::array never{
    SpecialBlock{"169.254.0.0/16", "link-local"},
    SpecialBlock{"fe80::/10", "link-local"},
    SpecialBlock{"168.63.129.16/32", "a cloud's metadata service"},
    SpecialBlock{"100.100.100.200/32", "a cloud's metadata service"},
    SpecialBlock{"fd00:ec2::254/128", "a cloud's metadata service"},
};

constexpr std::array special{
    SpecialBlock{"0.0.0.0/8", "this network"},
    SpecialBlock{"10.0.0.0/8", "private use"},
    SpecialBlock{"100.64.0.0/10", "shared by carriers"},
    SpecialBlock{"127.0.0.0/8", "loopback"},
    SpecialBlock{"169.254.0.0/16", "link-local"},
    SpecialBlock{"172.16.0.0/12", "private use"},
    SpecialBlock{"192.0.0.0/24", "protocol assignments"},
    SpecialBlock{"192.0.2.0/24", "documentation"},
    SpecialBlock{"192.88.99.0/24", "relays of 6to4"},
    SpecialBlock{"192.168.0.0/16", "private use"},
    SpecialBlock{"198.18.0.0/15", "benchmarks"},
    SpecialBlock{"198.51.100.0/24", "documentation"},
    SpecialBlock{"203.0.113.0/24", "documentation"},
    SpecialBlock{"224.0.0.0/3", "multicast or reserved"},
    SpecialBlock{"::/128", "unspecified"},
    SpecialBlock{"::1/128", "loopback"},
    SpecialBlock{"64:ff9b:1::/48", "local translation"},
    SpecialBlock{"100::/64", "discarded"},
    SpecialBlock{"2001::/32", "Teredo"},
    SpecialBlock{"2001::/23", "protocol assignments"},
    SpecialBlock{"2001:db8::/32", "documentation"},
    SpecialBlock{"3fff::/20", "documentation"},
    SpecialBlock{"fc00::/7", "private use"},
    SpecialBlock{"fe80::/10", "link-local"},
    SpecialBlock{"fec0::/10", "site-local"},
    SpecialBlock{"ff00::/8", "multicast"},
    // Unicast addresses of version 6 are given out of 2000::/3 only.
    SpecialBlock{"::/3", "reserved"},
    SpecialBlock{"4000::/2", "reserved"},
    SpecialBlock{"8000::/1", "reserved"},
};

} // namespace

std::span<SpecialBlock const> special_blocks() noexcept {
  return special;
}

std::vector<AddressGuard::Block> AddressGuard::parsed(std::span<SpecialBlock const> blocks) {
  std::vector<Block> out;
  out.reserve(blocks.size());
  for (auto const& [network, purpose] : blocks) {
    out.push_back({.network = Network::parse(network).value(), .purpose = purpose});
  }
  return out;
}

AddressGuard::AddressGuard(std::vector<Network> allowed)
    : allowed_(std::move(allowed)), never_(parsed(never)), special_(parsed(special)) {}

std::optional<std::string_view> AddressGuard::refusal(Address const& address) const noexcept {
  auto const target = address.unwrapped();
  auto const holds = [&target](Block const& block) { return block.network.contains(target); };
  if (auto const found = std::ranges::find_if(never_, holds); found != never_.end()) {
    return found->purpose;
  }
  auto const allows = [&target](Network const& network) { return network.contains(target); };
  if (std::ranges::any_of(allowed_, allows)) return std::nullopt;
  auto const found = std::ranges::find_if(special_, holds);
  if (found == special_.end()) return std::nullopt;
  return found->purpose;
}

bool AddressGuard::is_never_allowed(Network const& network) {
  return std::ranges::any_of(
      parsed(never), [&network](Block const& block) { return network.lies_within(block.network); });
}

} // namespace terracat::fetch
