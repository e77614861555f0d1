#pragma once

#include "metrics/metrics.hpp"

#include <array>
#include <cstdint>
#include <string_view>

namespace terracat::net {

/// Why net/ does not let a request through. The names are labels of `http_rejected_total`.
enum class Reason : std::uint8_t {
  malformed,   ///< not HTTP, or HTTP that two readers could read in two ways
  too_large,   ///< line, fields or body beyond a limit
  unsupported, ///< an HTTP feature that is not offered
  slow,        ///< a phase took too long
  connections, ///< too many connections
  address,     ///< too many connections of one address
  allowance,   ///< an address has used up what it may cost
  descriptors, ///< the system is out of file descriptors
  scan,        ///< as many scans as may are under way, in all or of one address
  queue,       ///< there is more to do than can be done
  waiting,     ///< too many requests are parked
  deadline,    ///< the time of the request was over before its turn came
  stopping,    ///< the server is shutting down
  failed,      ///< our own mistake
};

inline constexpr auto reason_count = static_cast<std::size_t>(Reason::failed) + 1;

/// An answer that net/ gives by itself.
struct Refusal {
  int status = 400;
  Reason reason = Reason::malformed;
  std::string_view detail; ///< one sentence for the client; a constant

  /// After most refusals nobody knows where the next request would begin, or should care.
  [[nodiscard]] bool closes() const noexcept {
    return reason != Reason::allowance && reason != Reason::queue && reason != Reason::waiting &&
           reason != Reason::deadline && reason != Reason::failed;
  }

  friend bool operator==(Refusal const&, Refusal const&) = default;
};

inline constexpr Refusal server_has_failed{
    .status = 500, .reason = Reason::failed, .detail = "the server has made a mistake"};

inline constexpr Refusal no_memory_left{
    .status = 503, .reason = Reason::failed, .detail = "there is no memory left"};

inline constexpr Refusal server_is_stopping{
    .status = 503, .reason = Reason::stopping, .detail = "the server is shutting down"};

/// Counts refusals by reason.
class Rejections {
 public:
  explicit Rejections(metrics::Metrics& metrics);

  void count(Reason reason) const noexcept;

 private:
  std::array<metrics::Counter, reason_count> counters_;
};

} // namespace terracat::net
