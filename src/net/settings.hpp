#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

/// What has no default here is a key of the configuration (config/describe.hpp), which has the only
/// one. It has that key's name; the groups below leave out what says their group: `header_timeout`
/// is times.header, `max_queue` sizes.queue, `address_rate` costs.rate.
namespace terracat::net {

/// How long each phase of a connection may last. All of them are looked at a few times a second, so
/// the shortest decides how exact they are.
struct TimeLimits {
  std::chrono::milliseconds idle;   ///< between two requests
  std::chrono::milliseconds header; ///< from the first byte of a request to its empty line

  /// From there to the end of the body, for a body of no length; each `body_rate` bytes give one
  /// second more.
  std::chrono::milliseconds body;
  std::chrono::milliseconds write;    ///< until the client takes some of an answer
  std::chrono::milliseconds shutdown; ///< from stop() to the end of what was under way

  std::size_t body_rate = 16'384;
  std::chrono::milliseconds delivery{3'600'000}; ///< until the client has taken all of an answer
  std::chrono::milliseconds linger{500};         ///< how long a closed connection is still read
  std::chrono::milliseconds accept_pause{50};    ///< after the system refused a descriptor
  std::chrono::milliseconds worker_idle{1'000};  ///< without requests, until Worker::idle()
};

/// How much of everything there may be.
struct SizeLimits {
  std::size_t connections;
  std::size_t connections_per_address; ///< of one IPv4 address or IPv6 /56
  std::size_t queue;                   ///< requests that wait for a heavy thread

  std::size_t request_line = 65'536; ///< bytes
  std::size_t fields = 65'536;       ///< bytes of all header fields together
  std::size_t field_count = 256;
  std::size_t chunk_overhead = 16'384;    ///< bytes of a chunked body that are not data
  std::size_t descriptors_kept_free = 20; ///< for the store and the log
  std::size_t waiting = 1'024;            ///< requests parked until the next commit
};

/// How much of the processor one client address may use, in milliseconds: the unit of cost.
struct CostLimits {
  std::uint32_t rate;  ///< each second; 0: no limit
  std::uint32_t burst; ///< saved up at most
};

struct Settings {
  std::string address; ///< "::" for everything, IPv4 included
  std::uint16_t port;  ///< 0: any that is free

  std::size_t io_threads;     ///< 0: twice the cores, one on a single core (design.md 17.3)
  std::size_t worker_threads; ///< the heavy ones; 0: one per core

  /// Who may read answers from a page of another site: `*` for everybody, else origins such as
  /// `https://portal.example.org`; empty for nobody.
  std::vector<std::string> cors_origins;

  /// Addresses and networks of proxies, and the header in which they say for whom they ask.
  std::vector<std::string> trusted_proxies;
  std::string forwarded_header;

  TimeLimits times;
  SizeLimits sizes;
  CostLimits costs;
};

} // namespace terracat::net
