#pragma once

#include "index/order.hpp"

#include <terracat/query.hpp>

#include <optional>
#include <vector>

namespace terracat::index {

/// A span of time in milliseconds, ends included.
struct Moments {
  std::int64_t first = no_time + 1; ///< what has no time is in none
  std::int64_t last = std::numeric_limits<std::int64_t>::max();
};

/// A search as segments answer it. It refers to the search and the version that it was made of.
struct Plan {
  std::optional<std::vector<RecordNumber>> collections; ///< by number; nothing: all
  std::optional<Moments> during;                        ///< that periods meet
  model::Geometry const* meets = nullptr;               ///< the footprint; null: any, or none
  std::vector<query::Expression const*> conditions;     ///< besides these, of columns
  Properties const* properties = nullptr;               ///< that have columns
  std::size_t limit = 0;
  std::optional<Order> order;     ///< nothing: latest first, which is that of segments
  std::optional<Place> after;     ///< only items that come later in that order
  std::optional<Rank> after_rank; ///< likewise, in another order
  bool count = true;
};

/// The one place where is decided who answers a search.
/// \return  nothing if segments cannot: the store has to
[[nodiscard]] std::optional<Plan> plan_of(query::ItemSearch const& search, Version const& version);

} // namespace terracat::index
