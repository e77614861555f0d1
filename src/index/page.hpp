#pragma once

#include <terracat/store_rows.hpp>

#include <algorithm>
#include <cstddef>
#include <vector>

namespace terracat::index {

/// Which way a search goes through an order.
struct Way {
  bool is_backwards = false;

  /// `a` comes first on the way. Both have `precedes` of the other, which is the order.
  template<class A, class B>
  bool operator()(A const& a, B const& b) const noexcept {
    return is_backwards ? b.precedes(a) : a.precedes(b);
  }
};

/// An item at its place. \tparam Place  in the order of the search
template<class Place>
struct Placed : Place {
  RecordNumber collection{};
};

/// The first on the way among those that are offered, a bounded number of them.
/// \tparam Item  with a place; no two have the same
template<class Item>
class Page {
 public:
  Page(std::size_t most, Way way) : most_(most), way_(way) {}

  /// Whoever comes at this place or later has come too late, for good.
  template<class Place>
  [[nodiscard]] bool is_closed_to(Place const& place) const noexcept {
    return most_ == 0 || (is_full() && !way_(place, heap_.front()));
  }

  [[nodiscard]] bool is_full() const noexcept { return heap_.size() == most_; }

  /// The last one that is on it. \pre it is full, and not of nothing
  [[nodiscard]] Item const& last() const noexcept { return heap_.front(); }

  /// \pre not closed to it
  void add(Item const& item) {
    if (is_full()) {
      std::ranges::pop_heap(heap_, way_);
      heap_.pop_back();
    }
    heap_.push_back(item);
    std::ranges::push_heap(heap_, way_);
  }

  /// Along the way.
  [[nodiscard]] std::vector<Item> take() {
    std::ranges::sort_heap(heap_, way_);
    return std::move(heap_);
  }

 private:
  std::size_t most_;
  Way way_;
  std::vector<Item> heap_; ///< the last one in front
};

} // namespace terracat::index
