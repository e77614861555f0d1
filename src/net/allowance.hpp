#pragma once

#include "net/asio.hpp"
#include "net/client_address.hpp"
#include "net/settings.hpp"

#include <array>
#include <cstdint>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace terracat::net {

/// What each client address may cost: a token bucket of processor time for each. It fills at the
/// rate of the limits and holds a burst; who has used more than there is waits until it is paid
/// back. Debts are bounded, too: nobody waits longer than an empty bucket takes to fill.
///
/// The table has a fixed size. An address that finds no room takes the place of the one that has
/// used least, so that nobody gets rid of a debt by asking from many addresses. Thread-safe.
class Allowances {
 public:
  explicit Allowances(CostLimits limits);

  /// What a request costs before anything is made for it: reading and writing (design.md 17.3).
  static constexpr std::chrono::microseconds base_cost{20};

  /// Takes the base cost of a request.
  /// \return  zero if it may be answered, else the time after which one may
  [[nodiscard]] std::chrono::seconds admit(ClientAddress const& client, TimePoint now) noexcept;

  /// Takes what making the answer, or a part of it, has cost.
  void charge(ClientAddress const& client, Clock::duration cost, TimePoint now) noexcept;

  /// The headers of a refusal: RateLimit and RateLimit-Policy of
  /// draft-ietf-httpapi-ratelimit-headers-09.
  [[nodiscard]] std::vector<std::pair<std::string, std::string>>
  headers(std::chrono::seconds wait) const;

 private:
  using Cost = std::chrono::duration<double, std::micro>;

  struct Bucket {
    ClientAddress::Key key{};
    Cost level{0};
    TimePoint filled_at = TimePoint::min(); ///< min(): nobody's
  };

  /// All the places that an address may have.
  struct Row {
    std::mutex mutex;
    std::array<Bucket, 8> buckets;
  };

  static constexpr std::size_t row_count = 4096;

  [[nodiscard]] bool applies_to(ClientAddress const& client) const noexcept;
  [[nodiscard]] Row& row_of(ClientAddress::Key const& key) noexcept;
  [[nodiscard]] Bucket& bucket_in(Row& row, ClientAddress::Key const& key, TimePoint now) noexcept;
  [[nodiscard]] Cost level_at(Bucket const& bucket, TimePoint now) const noexcept;
  Cost take(ClientAddress::Key const& key, Cost cost, TimePoint now) noexcept;

  CostLimits const limits_;
  Cost const burst_;
  std::uint64_t const seed_; ///< so that nobody can choose addresses of one row
  std::vector<Row> rows_;    ///< none without limits
};

} // namespace terracat::net
