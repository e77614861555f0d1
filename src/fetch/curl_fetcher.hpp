#pragma once

#include "fetch/clock.hpp"
#include "fetch/connection.hpp"
#include "fetch/policy.hpp"

#include <terracat/fetch.hpp>

#include <map>
#include <random>

namespace terracat::fetch {

/// The fetcher of everything that terracat fetches over HTTP.
///
/// It follows redirects itself, to the ports that the policy allows and never from https to http;
/// once the scheme, the host or the port is another than in the request, credentials and the
/// request's own headers stay behind, also should a later redirect lead back. A 303 turns into a
/// GET; the other redirects repeat the request as it is. Connections are not shared with other
/// fetchers.
class CurlFetcher : public Fetcher {
 public:
  explicit CurlFetcher(Policy policy);

  /// \param clock  must outlive the fetcher
  CurlFetcher(Policy policy, Clock& clock);

  [[nodiscard]] Response fetch(Request const& request, std::stop_token stop) override;

 private:
  struct Outcome;
  struct Hop;

  [[nodiscard]] Outcome follow(Request const& request, Url const& start,
                               std::stop_token const& stop);
  [[nodiscard]] Outcome call_once(Request const& request, Hop const& hop,
                                  std::stop_token const& stop);
  [[nodiscard]] std::optional<Hop> next_hop(Hop const& hop, Answer const& answer) const;
  [[nodiscard]] std::string refusal_of(Url const& url) const;
  [[nodiscard]] std::chrono::milliseconds pause_after(Outcome const& outcome,
                                                      std::uint32_t failures);

  Policy policy_;
  SystemClock system_clock_;
  Clock& clock_;
  Connection connection_;
  std::optional<Url> own_site_;
  std::map<std::string, Clock::Point, std::less<>> next_turn_; ///< of each host
  std::minstd_rand random_{std::random_device{}()};
};

/// What anybody may be told about an error: that an address is not allowed, that there was no
/// connection, or the status. Its own message is for the operator.
[[nodiscard]] std::string public_sentence(FetchError const& error);

} // namespace terracat::fetch
