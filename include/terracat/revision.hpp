#pragma once

#include <compare>
#include <cstdint>

namespace terracat {

/// A record's number in this catalogue: never used twice, kept when the record is replaced.
enum class RecordNumber : std::int64_t {};

/// An item's number in this catalogue: never used twice, kept when the item is replaced.
enum class ItemNumber : std::int64_t {};

/// The place of a change in commit order, from 1. Who has seen a sequence has every change up to
/// it, for ever.
using Sequence = std::int64_t;

/// A state of the catalogue. The epoch is random and changes when history may have been cut, so
/// that what was handed out before (page tokens, cursors, entity tags) is known to be of another
/// past.
struct Revision {
  std::uint64_t epoch = 0;
  Sequence sequence = 0;

  friend auto operator<=>(Revision const&, Revision const&) = default;
};

} // namespace terracat
