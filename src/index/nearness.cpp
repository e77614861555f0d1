#include "index/nearness.hpp"

#include "geometry/box_area.hpp"

#include <algorithm>
#include <cmath>

namespace terracat::index {
namespace {

/// Halves the weight of a record of which a sixth lies in the place (doc/discovery.md).
constexpr double exponent = 0.4;

} // namespace

double nearness(model::Bbox const& place, model::Bbox const& record) {
  if (!place.intersects(record)) return 0;
  return std::pow(std::min(geometry::common_area(place, record) / geometry::area_of(record), 1.0),
                  exponent);
}

double nearness(model::Bbox const& place, RecordPlace const& record) {
  constexpr double guessed = 0.5; // so that what is stated comes first
  auto const near = nearness(place, record.box);
  return record.guessed_from.empty() ? near : guessed * near;
}

double common_time(AskedTime const& asked, model::Interval const& record) {
  auto const number = [](model::Instant at) { return static_cast<double>(at.milliseconds()); };
  auto const asked_first = number(asked.first);
  auto const asked_last = number(asked.last);
  auto const first = record.first() ? number(*record.first()) : asked_first;
  auto const last = record.last() ? number(*record.last()) : std::max(asked_last, first);
  auto const common = std::min(last, asked_last) - std::max(first, asked_first) + 1;
  if (common <= 0) return 0;
  return common / (std::min(last - first, asked_last - asked_first) + 1);
}

} // namespace terracat::index
