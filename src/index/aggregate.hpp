#pragma once

#include "index/examiner.hpp"
#include "query/aggregation.hpp"

namespace terracat::index {

/// Segments have all that these aggregations go by.
[[nodiscard]] bool can_aggregate(std::span<query::Aggregation const> aggregations,
                                 Version const& version);

/// Answers as `store::aggregate` would. \pre can_aggregate
/// \param reader  has the state that the version is of: it is asked for the footprints of which
///                boxes do not say enough
/// \param work  told what was looked at; may be null
/// \return  nothing if it would have taken more than the effort
/// \throws query::TooManyBuckets
[[nodiscard]] std::optional<std::vector<query::Summary>>
aggregate(Version const& version, Plan const& plan,
          std::span<query::Aggregation const> aggregations, store::Reader& reader,
          Effort effort = {}, Work* work = nullptr);

} // namespace terracat::index
