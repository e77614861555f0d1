#include "index/examiner.hpp"

namespace terracat::index {

Examiner::Examiner(Plan const& plan, store::Reader& reader, Effort effort)
    : reader_(reader), left_(effort) {
  if (plan.rest && plan.is_rest_computed) computing_.emplace(*plan.rest, *plan.properties);
  if (plan.rest && !plan.is_rest_computed) rest_ = reader.item_test(*plan.rest);
  if (plan.meets == nullptr) return;
  geometry_.emplace(*plan.meets);
  rough_.emplace(*plan.meets);
  for (auto const& half : plan.meets->bbox().halves()) boxes_.emplace_back(half);
}

bool Examiner::compare(ItemNumber number) const {
  auto const footprint = footprint_of(number);
  return footprint && geometry_->intersects(*footprint);
}

std::optional<model::Bbox> Examiner::box(ItemNumber number) {
  if (!takes_footprint()) return std::nullopt;
  auto const footprint = footprint_of(number);
  return footprint ? std::optional(footprint->bbox()) : std::nullopt;
}

/// One that is damaged meets nothing, and spoils no search among others.
std::optional<model::Geometry> Examiner::footprint_of(ItemNumber number) const {
  try {
    return reader_.footprint(number);
  } catch (store::StoreError const& error) {
    if (error.reason() != store::StoreError::Reason::corrupt) throw;
    return std::nullopt;
  }
}

bool Examiner::spend(std::size_t& left, std::size_t count) noexcept {
  if (left < count) is_given_up_ = true;
  if (is_given_up_) return false;
  left -= count;
  return true;
}

} // namespace terracat::index
