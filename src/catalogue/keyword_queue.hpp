#pragma once

#include "catalogue/concept_uses.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

/// What records say of their subject and no concept is sure to be: what waits for an operator.
namespace terracat::catalogue {

struct QueuedKeyword {
  std::string keyword; ///< folded (folded_keyword)
  std::string label;   ///< as the first record says it
  std::size_t records = 0;
  std::vector<RecordNumber> examples; ///< the first of them, by number

  /// What it may stand for, the surest first, none of it sure enough to be taken.
  std::vector<vocabulary::Resolution> candidates;
};

/// Where a keyword stands in a list of the queue, whatever others there are: whoever goes through
/// the list while it changes finds each that stays as it is once.
struct QueuePlace {
  std::size_t records = 0;
  double score = 0; ///< of what it may stand for; 0: of nothing
  std::string keyword;

  /// The most said first, then the surest, then by their words.
  friend bool operator<(QueuePlace const& a, QueuePlace const& b) noexcept;
};

[[nodiscard]] QueuePlace place_of(QueuedKeyword const& queued);

/// Of one version of the concepts, which has to outlive it.
struct KeywordQueue {
  static constexpr std::size_t most_listed = 10'000; ///< of each list

  std::vector<QueuedKeyword> near;    ///< those with candidates, the most said first
  std::vector<QueuedKeyword> unknown; ///< those without, likewise
  std::size_t all_near = 0;           ///< there are, listed or not
  std::size_t all_unknown = 0;
  std::unordered_map<std::string, std::size_t> decided; ///< records, by keyword
};

/// Looks at what every record says once. \throws geometry::Late
[[nodiscard]] KeywordQueue keyword_queue(ConceptUses const& uses);

} // namespace terracat::catalogue
