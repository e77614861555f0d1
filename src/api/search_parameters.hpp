#pragma once

#include "api/aggregations.hpp"
#include "query/fields.hpp"

namespace terracat::api {

/// What a search asks, whichever method it came by.
struct SearchRequest {
  catalogue::ItemRequest items;
  query::Fields fields;
};

/// The parameters of a GET search or of `/collections/{id}/items`. \throws ProblemError
/// \param collections  the ids of the path; empty: those of the parameter
[[nodiscard]] SearchRequest read_search_parameters(Exchange const& exchange, catalogue::View& view,
                                                   std::vector<std::string> collections);

/// The body of a POST search; members that are not known are ignored. \throws ProblemError
[[nodiscard]] SearchRequest read_search_body(Exchange const& exchange, catalogue::View& view,
                                             json::Value const& body);

/// What is asked of all items together.
struct AggregateQuestion {
  std::vector<AggregationRow const*> rows; ///< by the aggregations of the request
  catalogue::AggregateRequest request;
};

/// As above, of an aggregation: pages, order and fields mean nothing there. \throws ProblemError
/// \param collections  the ids of the path; empty: those of the request
[[nodiscard]] AggregateQuestion read_aggregate_parameters(Exchange const& exchange,
                                                          catalogue::View& view,
                                                          std::vector<std::string> collections);
[[nodiscard]] AggregateQuestion read_aggregate_body(Exchange const& exchange, catalogue::View& view,
                                                    json::Value const& body,
                                                    std::vector<std::string> collections);

} // namespace terracat::api
