#pragma once

#include "api/search_input.hpp"
#include "query/aggregation.hpp"
#include "query/queryables.hpp"

#include <functional>
#include <span>
#include <string_view>
#include <vector>

namespace terracat::api {

/// An aggregation that may be asked for by its name.
struct AggregationRow {
  enum class Kind : std::uint8_t {
    count,
    earliest,
    latest,
    collections,
    times,
    values,
    ranges,
    geohashes,
    geotiles
  };

  std::string_view name;
  Kind kind;
  std::string_view property = {}; ///< that it goes by, as clients name it; empty: none
  query::Ranges ranges = {};
};

/// THE table of aggregations.
[[nodiscard]] std::span<AggregationRow const> aggregations() noexcept;

/// The items of these queryables have what it goes by.
[[nodiscard]] bool is_offered(AggregationRow const& row, query::Queryables const& queryables);

struct AskedAggregation {
  AggregationRow const* row;
  query::Aggregation what;
};

/// Those that `aggregations` names, each once, with the parameters of their own. \throws
/// ProblemError \param only_offered  others are refused
[[nodiscard]] std::vector<AskedAggregation>
read_aggregations(SearchInput const& input, query::Queryables const& queryables, bool only_offered);

/// What there is to know of one before it is asked for.
void write_offer(json::Writer& out, AggregationRow const& row);

/// The public name of a collection, by its number.
using CollectionNames = std::function<std::string(RecordNumber)>;

void write_answer(json::Writer& out, AggregationRow const& row, query::Summary const& summary,
                  CollectionNames const& names);

} // namespace terracat::api
