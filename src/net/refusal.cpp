#include "net/refusal.hpp"

#include <utility>

namespace terracat::net {
namespace {

/// In the order of Reason.
constexpr std::array<std::string_view, reason_count> names{
    "malformed",   "too_large", "unsupported", "slow",    "connections", "address",  "allowance",
    "descriptors", "scan",      "queue",       "waiting", "deadline",    "stopping", "failed"};
static_assert(!names.back().empty(), "each reason has a name");

template<std::size_t... Index>
std::array<metrics::Counter, reason_count> counters(metrics::Metrics& metrics,
                                                    std::index_sequence<Index...>) {
  return {metrics.http_rejected(names[Index])...};
}

} // namespace

Rejections::Rejections(metrics::Metrics& metrics)
    : counters_(counters(metrics, std::make_index_sequence<reason_count>())) {}

void Rejections::count(Reason reason) const noexcept {
  counters_[static_cast<std::size_t>(reason)].add();
}

} // namespace terracat::net
