#pragma once

#include "fetch/address.hpp"
#include "fetch/retry.hpp"

#include <terracat/source.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace terracat::fetch {

/// What one request may cost.
struct Limits {
  std::size_t body_bytes = std::size_t{64} << 20; ///< on the wire, and again after decoding
  std::size_t header_bytes = std::size_t{256} << 10;
  unsigned redirects = 5;

  std::chrono::milliseconds connect{10'000};    ///< name, connection and TLS
  std::chrono::milliseconds first_byte{60'000}; ///< from the request to the beginning of its answer
  std::chrono::milliseconds total{120'000};

  /// An answer that brings fewer bytes per second than this, over the whole of the period, is cut.
  std::size_t slowest_rate = 1'024;
  std::chrono::milliseconds slow_period{60'000};
};

/// What a fetcher may reach and how it behaves there. It holds for all requests of one Fetcher.
struct Policy {
  std::vector<Network> allow_networks; ///< besides the public addresses

  /// The port of the source's address. Links and redirects may lead there, to 80 and to 443.
  std::optional<std::uint16_t> own_port;

  /// This site's own address, which is never fetched; may be empty.
  std::string public_url;

  std::chrono::milliseconds delay{100}; ///< between two requests to one host
  std::uint32_t retries = 5;
  Backoff backoff;

  /// The longest wait that a source may ask for; one that asks for more is left alone for this run.
  std::chrono::seconds longest_retry_after{600};

  std::string user_agent = "terracat";

  /// Empty: none, whatever the environment says. The address guard then sees the proxy only, which
  /// must be in `allow_networks` if its address is private, and which must filter by itself.
  std::string proxy;

  std::string ca_file; ///< certificates to trust instead of the system's; empty: the system's

  Limits limits;
};

/// What all requests of a site have in common.
struct Site {
  std::string user_agent; ///< names the site and a contact
  std::string public_url;

  friend bool operator==(Site const&, Site const&) = default;
};

/// \throws ProblemError  if a network of `allow_networks` cannot be read or is never allowed
[[nodiscard]] Policy policy_of(Source const& source, Site const& site);

} // namespace terracat::fetch
