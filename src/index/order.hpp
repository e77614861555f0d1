#pragma once

#include "index/version.hpp"

#include <terracat/query.hpp>

#include <array>
#include <compare>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

namespace terracat::index {

/// What an item sorts by as one number, so that the smaller comes first, whatever the type and the
/// direction.
using SortNumber = std::uint64_t;

/// What is missing comes last.
inline constexpr auto missing_last = std::numeric_limits<SortNumber>::max();

inline constexpr std::size_t most_sort_keys = 4;

/// The place of an item in an order.
struct Rank {
  std::array<SortNumber, most_sort_keys> keys{}; ///< 0 for those that the order has not
  ItemNumber number{};

  /// Ties newest first.
  [[nodiscard]] bool precedes(Rank const& other) const noexcept {
    return keys != other.keys ? keys < other.keys : number > other.number;
  }
};

/// An order as segments follow it. Refers to the sort keys that it was made of.
class Order {
 public:
  struct Key {
    std::optional<std::size_t> property; ///< nothing: the time
    query::SortKey const* sort = nullptr;

    [[nodiscard]] SortNumber of_number(double value) const noexcept;
    [[nodiscard]] SortNumber of_time(std::int64_t milliseconds) const noexcept;

    /// Of a property's value as columns have it.
    [[nodiscard]] SortNumber of_value(double value) const noexcept;
    [[nodiscard]] query::SortValue value_of(SortNumber number) const noexcept;
  };

  /// \return  nothing if segments cannot follow it
  [[nodiscard]] static std::optional<Order> make(std::vector<query::SortKey> const& sort,
                                                 Version const& version);

  [[nodiscard]] std::vector<Key> const& keys() const noexcept { return keys_; }

  [[nodiscard]] Rank rank_of(query::Anchor const& anchor) const noexcept;
  [[nodiscard]] query::Anchor anchor_of(Rank const& rank) const;

 private:
  std::vector<Key> keys_;
};

/// The same in one segment, to which it refers.
class SegmentOrder {
 public:
  SegmentOrder(Segment const& segment, Order const& order);

  [[nodiscard]] Rank rank(std::size_t row) const noexcept;

  /// No row has a smaller first key.
  [[nodiscard]] SortNumber best() const noexcept;

  /// No row of the block has a smaller first key.
  [[nodiscard]] SortNumber best(std::size_t block) const noexcept;

  /// From now on only rows with such a first key or a smaller one are wanted.
  void want_up_to(SortNumber first_key) noexcept;

  /// The rows of a block that may be wanted.
  [[nodiscard]] std::uint64_t wanted(std::size_t block) const noexcept;

  /// The best rows are rather found from the end.
  [[nodiscard]] bool is_backwards() const noexcept;

 private:
  struct Key {
    Order::Key const* key;
    Column const* column;              ///< null: the time
    std::vector<std::uint8_t> only_in; ///< by the segment's list of collections; empty: all
  };

  [[nodiscard]] SortNumber number(Key const& key, std::size_t row) const noexcept;

  Segment const* segment_;
  std::vector<Key> keys_;
  bool wants_all_ = true;
  SortNumber limit_ = missing_last;
  Column::Code first_code_ = 0; ///< of what is wanted
  Column::Code end_code_ = 0;
};

} // namespace terracat::index
