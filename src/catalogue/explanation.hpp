#pragma once

#include "index/work.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace terracat::catalogue {

/// How a search among items was answered, for operators.
struct Explanation {
  /// Why the store went through its items.
  enum class Cause : std::uint8_t {
    none,        ///< it did not: the index answered
    no_index,    ///< there is none of this state
    ids,         ///< of ids the store has an index of its own
    order,       ///< what is sorted by has no column
    aggregation, ///< what is aggregated has none
  };

  Cause store_because = Cause::none;
  bool is_sorted = false;             ///< by something else than latest first
  std::vector<std::string> in_bodies; ///< properties that were looked for in bodies
  index::Work work;                   ///< of the index
  std::size_t segments = 0;           ///< that the index has
  std::optional<std::size_t> matched;
  double seconds = 0; ///< without what is made of the items that were found
};

/// In a word, and in a sentence; of `none` empty.
struct CauseName {
  Explanation::Cause cause;
  std::string_view name;
  std::string_view text;
};

inline constexpr auto cause_names = std::to_array<CauseName>({
    {Explanation::Cause::none, "", ""},
    {Explanation::Cause::no_index, "no-index", "there is no index of this state yet"},
    {Explanation::Cause::ids, "ids", "it has an index of ids"},
    {Explanation::Cause::order, "order", "segments have no column of what is sorted by"},
    {Explanation::Cause::aggregation, "aggregation", "segments have no column of what is counted"},
});

[[nodiscard]] constexpr CauseName const& name_of(Explanation::Cause cause) noexcept {
  return cause_names[static_cast<std::size_t>(cause)];
}

} // namespace terracat::catalogue
