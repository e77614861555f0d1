#include "fetch/address.hpp"
#include "fetch/guard.hpp"

#include "support/catch.hpp"

#include <netinet/in.h>

using namespace terracat;
using fetch::Address;
using fetch::AddressGuard;
using fetch::Network;

namespace {

std::string refusal(AddressGuard const& guard, std::string_view address) {
  return std::string(guard.refusal(Address::parse(address).value()).value_or(""));
}

AddressGuard allowing(std::string_view network) {
  return AddressGuard({Network::parse(network).value()});
}

} // namespace

TEST_CASE("addresses are read in their standard forms only") {
  CHECK(Address::parse("10.2.0.1")->text() == "10.2.0.1");
  CHECK(Address::parse("2001:DB8::0:1")->text() == "2001:db8::1");
  CHECK(Address::parse("::ffff:7f00:1")->text() == "::ffff:127.0.0.1");
  for (auto const* const text : {"", "10.2.0", "127.1", "0x7f000001", "2130706433", "0177.0.0.1",
                                 "10.2.0.256", "fe80::1%eth0", "[::1]", "localhost"}) {
    CAPTURE(text);
    CHECK_FALSE(Address::parse(text));
  }
}

TEST_CASE("an address is taken from what a socket would use") {
  sockaddr_in v4{};
  v4.sin_family = AF_INET;
  v4.sin_addr.s_addr = htonl(0x7f000001);
  CHECK(Address::of(reinterpret_cast<sockaddr const&>(v4)) == Address::parse("127.0.0.1"));
  sockaddr_in6 v6{};
  v6.sin6_family = AF_INET6;
  v6.sin6_addr = in6addr_loopback;
  CHECK(Address::of(reinterpret_cast<sockaddr const&>(v6)) == Address::parse("::1"));
  sockaddr other{};
  other.sa_family = AF_UNIX;
  CHECK_FALSE(Address::of(other));
}

TEST_CASE("an address of version 4 is found within one of version 6") {
  auto const unwrapped = [](std::string_view text) {
    return Address::parse(text)->unwrapped().text();
  };
  CHECK(unwrapped("::ffff:10.0.0.1") == "10.0.0.1");
  CHECK(unwrapped("::10.0.0.1") == "10.0.0.1");
  CHECK(unwrapped("2002:0a00:0001::") == "10.0.0.1");
  CHECK(unwrapped("64:ff9b::a00:1") == "10.0.0.1");
  CHECK(unwrapped("::2") == "0.0.0.2");
  CHECK(unwrapped("::") == "::");
  CHECK(unwrapped("::1") == "::1");
  CHECK(unwrapped("64:ff9b:1::a00:1") == "64:ff9b:1::a00:1");
  CHECK(unwrapped("2606:4700::1") == "2606:4700::1");
}

TEST_CASE("a network is exact") {
  auto const network = Network::parse("10.2.0.0/15").value();
  CHECK(network.contains(*Address::parse("10.2.0.0")));
  CHECK(network.contains(*Address::parse("10.3.255.255")));
  CHECK_FALSE(network.contains(*Address::parse("10.4.0.0")));
  CHECK_FALSE(network.contains(*Address::parse("10.1.255.255")));
  CHECK_FALSE(network.contains(*Address::parse("a02::")));
  CHECK(Network::parse("0.0.0.0/0")->contains(*Address::parse("255.255.255.255")));
  CHECK(Network::parse("10.2.3.4/32")->contains(*Address::parse("10.2.3.4")));
  CHECK_FALSE(Network::parse("10.2.3.4/32")->contains(*Address::parse("10.2.3.5")));
  CHECK(Network::parse("fd12::/16")->lies_within(*Network::parse("fc00::/7")));
  CHECK_FALSE(Network::parse("fc00::/7")->lies_within(*Network::parse("fd12::/16")));
}

TEST_CASE("what is no network is refused with its reason") {
  CHECK(Network::parse("10.2.0.1/16").error().detail.find("bits beyond") != std::string::npos);
  CHECK(Network::parse("10.2.0.0").error().detail.find("no length") != std::string::npos);
  CHECK(Network::parse("example.org/16").error().detail.find("address") != std::string::npos);
  for (auto const* const text :
       {"10.2.0.0/33", "10.2.0.0/", "10.2.0.0/-1", "10.2.0.0/8x", "::/129", "/8", "10.2.0.0/ 8"}) {
    CAPTURE(text);
    CHECK_FALSE(Network::parse(text));
  }
}

TEST_CASE("only public addresses are admitted") {
  AddressGuard const guard;

  struct Row {
    char const* address;
    char const* refusal; ///< empty: admitted
  };

  auto const [address, expected] = GENERATE(values<Row>({
      {"0.0.0.0", "this network"},
      {"10.0.0.1", "private use"},
      {"100.64.0.1", "shared by carriers"},
      {"100.63.255.255", ""},
      {"100.128.0.0", ""},
      {"127.0.0.1", "loopback"},
      {"127.255.255.254", "loopback"},
      {"128.0.0.1", ""},
      {"169.254.169.254", "link-local"},
      {"172.15.255.255", ""},
      {"172.16.0.1", "private use"},
      {"172.31.255.255", "private use"},
      {"172.32.0.0", ""},
      {"192.0.0.8", "protocol assignments"},
      {"192.0.2.1", "documentation"},
      {"192.88.99.1", "relays of 6to4"},
      {"192.168.1.1", "private use"},
      {"198.18.0.1", "benchmarks"},
      {"198.19.255.255", "benchmarks"},
      {"198.20.0.0", ""},
      {"198.51.100.7", "documentation"},
      {"203.0.113.7", "documentation"},
      {"223.255.255.255", ""},
      {"224.0.0.1", "multicast or reserved"},
      {"240.0.0.1", "multicast or reserved"},
      {"255.255.255.255", "multicast or reserved"},
      {"168.63.129.16", "a cloud's metadata service"},
      {"168.63.129.17", ""},
      {"93.184.216.34", ""},
      {"::", "unspecified"},
      {"::1", "loopback"},
      {"::ffff:7f00:1", "loopback"},
      {"::ffff:127.0.0.1", "loopback"},
      {"::127.0.0.1", "loopback"},
      {"::ffff:93.184.216.34", ""},
      {"64:ff9b::7f00:1", "loopback"},
      {"64:ff9b::a9fe:a9fe", "link-local"},
      {"64:ff9b::5db8:d822", ""},
      {"64:ff9b:1::1", "local translation"},
      {"2002:7f00:0001::1", "loopback"},
      {"2002:c0a8:0101::1", "private use"},
      {"2002:5db8:d822::1", ""},
      {"2001:0:4136:e378:8000:63bf:3fff:fdd2", "Teredo"},
      {"2001:2::1", "protocol assignments"},
      {"2001:db8::1", "documentation"},
      {"2001:200::1", ""},
      {"100::1", "discarded"},
      {"3fff::1", "documentation"},
      {"fc00::1", "private use"},
      {"fd00:1::1", "private use"},
      {"fd00:ec2::254", "a cloud's metadata service"},
      {"fe80::1", "link-local"},
      {"fec0::1", "site-local"},
      {"ff02::1", "multicast"},
      {"5f00::1", "reserved"},
      {"1::1", "reserved"},
      {"a000::1", "reserved"},
      {"2a01:e0a::1", ""},
      {"2606:4700:4700::1111", ""},
  }));
  CAPTURE(address);
  CHECK(refusal(guard, address) == expected);
}

TEST_CASE("an allowed network opens itself and nothing else") {
  auto const guard = allowing("10.2.0.0/16");
  CHECK(refusal(guard, "10.2.200.1").empty());
  CHECK(refusal(guard, "::ffff:10.2.200.1").empty());
  CHECK(refusal(guard, "10.3.0.1") == "private use");
  CHECK(refusal(guard, "127.0.0.1") == "loopback");
  CHECK(refusal(guard, "93.184.216.34").empty());
  CHECK(refusal(allowing("::1/128"), "::1").empty());
  CHECK(refusal(allowing("fd00::/8"), "fd00:1::1").empty());
}

TEST_CASE("link-local addresses and metadata services are never admitted") {
  CHECK(refusal(allowing("0.0.0.0/0"), "169.254.169.254") == "link-local");
  CHECK(refusal(allowing("0.0.0.0/0"), "::ffff:169.254.169.254") == "link-local");
  CHECK(refusal(allowing("0.0.0.0/0"), "2002:a9fe:a9fe::") == "link-local");
  CHECK(refusal(allowing("::/0"), "fe80::1") == "link-local");
  CHECK(refusal(allowing("fd00::/8"), "fd00:ec2::254") == "a cloud's metadata service");
  CHECK(AddressGuard::is_never_allowed(*Network::parse("169.254.0.0/16")));
  CHECK(AddressGuard::is_never_allowed(*Network::parse("169.254.169.0/24")));
  CHECK(AddressGuard::is_never_allowed(*Network::parse("fe80::/64")));
  CHECK_FALSE(AddressGuard::is_never_allowed(*Network::parse("10.0.0.0/8")));
}

TEST_CASE("every block of the table is refused from its first address on") {
  AddressGuard const guard;
  for (auto const& [network, purpose] : fetch::special_blocks()) {
    CAPTURE(network, purpose);
    REQUIRE(Network::parse(network));
    CHECK(guard.refusal(*Address::parse(network.substr(0, network.find('/')))));
  }
}
