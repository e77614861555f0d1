#pragma once

#include <terracat/instant.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace terracat::fetch {

/// True for the statuses that say "not now" rather than "no": 408, 425, 429, 500, 502, 503, 504.
[[nodiscard]] bool may_succeed_later(int status) noexcept;

/// How long to wait before trying again: twice as long after each failure, up to a limit.
struct Backoff {
  std::chrono::milliseconds first{1'000};
  std::chrono::milliseconds limit{60'000};

  /// \param failures  so far, at least 1
  /// \param jitter    0 to 1: between half of the time and all of it, so that clients that failed
  ///                  together do not come back together
  [[nodiscard]] std::chrono::milliseconds after(std::uint32_t failures,
                                                double jitter) const noexcept;
};

/// Reads a date of HTTP (RFC 9110 5.6.7) in any of its three forms.
[[nodiscard]] std::optional<model::Instant> parse_http_date(std::string_view text,
                                                            model::Instant now) noexcept;

/// Reads `Retry-After` (RFC 9110 10.2.3): seconds, or a date. A date that has passed is zero.
[[nodiscard]] std::optional<std::chrono::seconds> parse_retry_after(std::string_view value,
                                                                    model::Instant now) noexcept;

} // namespace terracat::fetch
