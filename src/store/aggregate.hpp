#pragma once

#include "query/aggregation.hpp"

#include <terracat/store_reader.hpp>

namespace terracat::store {

/// The answers to aggregations over the items that match, in their order: what an index is compared
/// with, and what answers when there is none. It looks at every item that matches.
/// \throws query::TooManyBuckets
[[nodiscard]] std::vector<query::Summary>
aggregate(Reader& reader, query::Expression const& where,
          std::span<query::Aggregation const> aggregations);

} // namespace terracat::store
