#pragma once

#include "query/collation.hpp"
#include "query/evaluate.hpp"

namespace terracat::query {

/// What the item sorts by.
[[nodiscard]] SortValue sort_value(Property const& property, Facts const& item,
                                   Collation const& collation);

/// True if `a` comes before `b`: missing values last in both directions, ties by number, newest
/// first (design.md 5).
[[nodiscard]] bool precedes(Anchor const& a, Anchor const& b, std::vector<SortKey> const& sort);

} // namespace terracat::query
