#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace terracat::index {

/// The first in order among those that are offered, a bounded number of them.
/// \tparam Place  with `a.precedes(b)`; no two are the same
template<class Place>
class Page {
 public:
  explicit Page(std::size_t most) : most_(most) {}

  /// Whoever comes at this place or later has come too late, for good.
  [[nodiscard]] bool is_closed_to(Place const& place) const noexcept {
    return most_ == 0 || (is_full() && !place.precedes(heap_.front()));
  }

  [[nodiscard]] bool is_full() const noexcept { return heap_.size() == most_; }

  /// The last one that is on it. \pre it is full, and not of nothing
  [[nodiscard]] Place const& last() const noexcept { return heap_.front(); }

  /// \pre not closed to it
  void add(Place const& place) {
    if (is_full()) {
      std::ranges::pop_heap(heap_, precedes);
      heap_.pop_back();
    }
    heap_.push_back(place);
    std::ranges::push_heap(heap_, precedes);
  }

  [[nodiscard]] std::vector<Place> take() {
    std::ranges::sort_heap(heap_, precedes);
    return std::move(heap_);
  }

 private:
  static bool precedes(Place const& a, Place const& b) noexcept { return a.precedes(b); }

  std::size_t most_;
  std::vector<Place> heap_; ///< the last one in front
};

} // namespace terracat::index
