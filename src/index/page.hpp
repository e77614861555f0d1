#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace terracat::index {

/// Which way a search goes through an order.
struct Way {
  bool is_backwards = false;

  /// `a` comes first on the way. \tparam Place  with `a.precedes(b)`, which is the order
  template<class Place>
  bool operator()(Place const& a, Place const& b) const noexcept {
    return is_backwards ? b.precedes(a) : a.precedes(b);
  }
};

/// The first on the way among those that are offered, a bounded number of them.
/// \tparam Place  no two are the same
template<class Place>
class Page {
 public:
  Page(std::size_t most, Way way) : most_(most), way_(way) {}

  /// Whoever comes at this place or later has come too late, for good.
  [[nodiscard]] bool is_closed_to(Place const& place) const noexcept {
    return most_ == 0 || (is_full() && !way_(place, heap_.front()));
  }

  [[nodiscard]] bool is_full() const noexcept { return heap_.size() == most_; }

  /// The last one that is on it. \pre it is full, and not of nothing
  [[nodiscard]] Place const& last() const noexcept { return heap_.front(); }

  /// \pre not closed to it
  void add(Place const& place) {
    if (is_full()) {
      std::ranges::pop_heap(heap_, way_);
      heap_.pop_back();
    }
    heap_.push_back(place);
    std::ranges::push_heap(heap_, way_);
  }

  /// Along the way.
  [[nodiscard]] std::vector<Place> take() {
    std::ranges::sort_heap(heap_, way_);
    return std::move(heap_);
  }

 private:
  std::size_t most_;
  Way way_;
  std::vector<Place> heap_; ///< the last one in front
};

} // namespace terracat::index
