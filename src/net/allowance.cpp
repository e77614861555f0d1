#include "net/allowance.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <random>

namespace terracat::net {
namespace {

std::uint64_t random_number() {
  std::random_device device;
  return (std::uint64_t{device()} << 32) | device();
}

std::uint64_t mixed(std::uint64_t value) noexcept {
  constexpr std::uint64_t odd = 0x9e3779b97f4a7c15; // 2^64 divided by the golden ratio
  value *= odd;
  return value ^ (value >> 32);
}

} // namespace

Allowances::Allowances(CostLimits limits)
    : limits_(limits),
      burst_(std::chrono::milliseconds(limits.burst)),
      seed_(random_number()),
      rows_(limits.rate == 0 ? 0 : row_count) {}

std::chrono::seconds Allowances::admit(ClientAddress const& client, TimePoint now) noexcept {
  if (!applies_to(client)) return std::chrono::seconds(0);
  auto const level = take(client.key, base_cost, now);
  if (level >= Cost(0)) return std::chrono::seconds(0);
  return std::chrono::ceil<std::chrono::seconds>(-level * (1000.0 / limits_.rate));
}

void Allowances::charge(ClientAddress const& client, Clock::duration cost, TimePoint now) noexcept {
  if (applies_to(client)) take(client.key, cost, now);
}

std::vector<std::pair<std::string, std::string>>
Allowances::headers(std::chrono::seconds wait) const {
  auto const burst = std::to_string(limits_.burst);
  auto const window = std::to_string((limits_.burst + limits_.rate - 1) / limits_.rate);
  return {{"Retry-After", std::to_string(wait.count())},
          {"RateLimit-Policy",
           "\"address\";q=" + burst + ";w=" + window + ";qu=\"processor-milliseconds\""},
          {"RateLimit", "\"address\";r=0;t=" + std::to_string(wait.count())}};
}

bool Allowances::applies_to(ClientAddress const& client) const noexcept {
  return !rows_.empty() && client.role == ClientAddress::Role::client;
}

Allowances::Row& Allowances::row_of(ClientAddress::Key const& key) noexcept {
  std::array<std::uint64_t, 2> words{};
  std::memcpy(words.data(), key.data(), key.size());
  return rows_[mixed(mixed(words[0] ^ seed_) ^ words[1]) % row_count];
}

Allowances::Cost Allowances::level_at(Bucket const& bucket, TimePoint now) const noexcept {
  if (bucket.filled_at == TimePoint::min()) return burst_;
  if (now <= bucket.filled_at) return bucket.level; // the clock of another thread was read later
  auto const income = Cost(now - bucket.filled_at) * (limits_.rate / 1000.0);
  return std::min(bucket.level + income, burst_);
}

Allowances::Bucket& Allowances::bucket_in(Row& row, ClientAddress::Key const& key,
                                          TimePoint now) noexcept {
  auto& buckets = row.buckets;
  auto* const own = std::ranges::find_if(buckets, [&](Bucket const& bucket) {
    return bucket.key == key && bucket.filled_at != TimePoint::min();
  });
  if (own != buckets.end()) return *own;
  auto* const fullest = std::ranges::max_element(
      buckets, {}, [&](Bucket const& bucket) { return level_at(bucket, now); });
  *fullest = {.key = key, .level = burst_, .filled_at = now};
  return *fullest;
}

Allowances::Cost Allowances::take(ClientAddress::Key const& key, Cost cost,
                                  TimePoint now) noexcept {
  auto& row = row_of(key);
  std::scoped_lock const lock(row.mutex);
  auto& bucket = bucket_in(row, key, now);
  bucket.level = std::max(level_at(bucket, now) - cost, -burst_);
  bucket.filled_at = std::max(bucket.filled_at, now);
  return bucket.level;
}

} // namespace terracat::net
