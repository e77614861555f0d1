#pragma once

#include "catalogue/roll.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace terracat::catalogue {

/// What the values of one property are called, and how many records of a roll have each: of what
/// several records of a cluster say, once. Valid as long as the roll.
class ValueNames {
 public:
  struct Value {
    std::string_view text;  ///< by which records are asked for it
    std::string_view label; ///< as its first record wrote it
    std::size_t count = 0;
  };

  ValueNames(Roll const& roll, std::size_t column);

  /// Those of which one word, or what follows from it, begins so; the most frequent first, then by
  /// name.
  [[nodiscard]] std::vector<Value> beginning(std::string_view typed, std::size_t limit) const;

 private:
  std::vector<Value> values_;
  std::vector<std::pair<std::string, std::uint32_t>> ways_; ///< folded, from each word on; in order
};

} // namespace terracat::catalogue
