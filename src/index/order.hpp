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

/// First keys from one to another, ends included.
struct KeySpan {
  SortNumber least = 0;
  SortNumber greatest = missing_last;

  [[nodiscard]] bool has_missing() const noexcept { return greatest == missing_last; }

  friend bool operator==(KeySpan const&, KeySpan const&) = default;
};

/// The same in one segment, to which it refers.
class SegmentOrder {
 public:
  SegmentOrder(Segment const& segment, Order const& order);

  [[nodiscard]] Rank rank(std::size_t row) const noexcept;

  /// All first keys of rows that are among these lie in what is returned; nothing: there are none.
  [[nodiscard]] std::optional<KeySpan> keys_within(KeySpan span) const noexcept;

  /// False if it is known without a look at them that no row of the block has such a first key.
  [[nodiscard]] bool may_have(KeySpan span, std::size_t block) const noexcept;

  /// From now on only rows whose first key is one of these are wanted.
  void want(KeySpan span) noexcept;

  /// The rows of a block that may be wanted.
  [[nodiscard]] std::uint64_t wanted(std::size_t block) const noexcept;

  /// The first rows of the order are rather found from the end.
  [[nodiscard]] bool is_backwards() const noexcept;

 private:
  struct Key {
    Order::Key const* key;
    Column const* column;              ///< null: the time
    std::vector<std::uint8_t> only_in; ///< by the segment's list of collections; empty: all
  };

  [[nodiscard]] SortNumber number(Key const& key, std::size_t row) const noexcept;

  /// All first keys that are not missing. \return  nothing if there are none
  [[nodiscard]] std::optional<KeySpan> values() const noexcept;

  Segment const* segment_;
  std::vector<Key> keys_;
  std::size_t timed_;           ///< rows with a time: the first ones
  KeySpan span_;                ///< that is wanted
  Column::Code first_code_ = 0; ///< of that, if it is not all
  Column::Code end_code_ = 0;
};

} // namespace terracat::index
