#pragma once

#include "index/rows.hpp"

#include <cstdint>
#include <optional>
#include <span>

namespace terracat::index {

/// A span of time in milliseconds, ends included.
struct Moments {
  std::int64_t first = no_time + 1; ///< what has no time is in none
  std::int64_t last = std::numeric_limits<std::int64_t>::max();
};

/// A set of collections in a word: it may hold others than were put in, never fewer.
class CollectionBits {
 public:
  CollectionBits() = default;

  explicit CollectionBits(std::span<RecordNumber const> collections) noexcept {
    for (auto const collection : collections) add(collection);
  }

  void add(RecordNumber collection) noexcept {
    bits_ |= std::uint64_t{1} << (static_cast<std::uint64_t>(collection) % 64);
  }

  /// False: they certainly have none in common.
  [[nodiscard]] bool may_share_with(CollectionBits other) const noexcept {
    return (bits_ & other.bits_) != 0;
  }

 private:
  std::uint64_t bits_ = 0;
};

/// Within what a search looks for items, as far as whole segments can tell.
struct Bounds {
  std::optional<CollectionBits> collections{};       ///< nothing: all
  std::optional<std::span<CellQuery const>> boxes{}; ///< any of these; nothing: anywhere
  std::optional<Moments> during{};                   ///< that periods meet
  std::optional<Moments> at{};                       ///< in which times are
};

struct Segment;

/// What is known of a segment without a look into it. Those of a version lie side by side, so that
/// a search passes over most segments for the price of reading a few lines of memory.
struct Zone {
  /// False: no item of the segment is within the bounds.
  [[nodiscard]] bool meets(Bounds const& bounds) const noexcept;

  CollectionBits collections;
  CellBox extent;
  std::int64_t earliest = 0; ///< moment of any period
  std::int64_t latest = 0;
  std::int64_t first_time = 0; ///< of the first row, which is the greatest
  std::int64_t last_time = 0;
};

[[nodiscard]] Zone zone_of(Segment const& segment) noexcept;

} // namespace terracat::index
