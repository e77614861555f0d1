#include "index/examiner.hpp"

namespace terracat::index {

Examiner::Examiner(Plan const& plan, store::Reader& reader, Effort effort)
    : reader_(reader), left_(effort) {
  if (plan.meets == nullptr) return;
  geometry_.emplace(*plan.meets);
  for (auto const& half : plan.meets->bbox().halves()) boxes_.emplace_back(half);
}

bool Examiner::meets(Segment const& segment, std::size_t row) {
  if (!geometry_) return true;
  auto const guess = this->guess(segment, row);
  return guess ? *guess : spend(left_.footprints) && compare(segment.number[row]);
}

/// What is known without the footprint. \return  nothing if that does not say it
std::optional<bool> Examiner::guess(Segment const& segment, std::size_t row) const {
  auto const flags = segment.flags[row];
  if ((flags & Row::has_footprint) == 0) return false;
  if (!geometry_->geometry().is_box()) return std::nullopt;
  bool const is_box = (flags & Row::is_box) != 0;
  bool const is_half = (flags & Row::is_half) != 0;
  auto const cells = segment.cells(row);
  for (auto const& box : boxes_) {
    if (is_box && box.meets(cells)) return true;
    if (!is_half && box.holds(cells)) return true; // nobody knows what a half holds
  }
  return std::nullopt;
}

bool Examiner::compare(ItemNumber number) const {
  auto const footprint = footprint_of(number);
  return footprint && geometry_->intersects(*footprint);
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

bool Examiner::spend(std::size_t& left) noexcept {
  if (left == 0) is_given_up_ = true;
  if (is_given_up_) return false;
  --left;
  return true;
}

} // namespace terracat::index
