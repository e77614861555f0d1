#pragma once

#include "api/exchange.hpp"
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

/// The parameter `limit`. \throws ProblemError
/// \param standard  if it is absent
/// \param greatest  more than this counts as this
[[nodiscard]] std::size_t read_limit(Exchange const& exchange, std::size_t standard,
                                     std::size_t greatest);

/// The parameter `token` of `/collections`: the number of collections before the page.
[[nodiscard]] std::size_t read_start(Exchange const& exchange);

} // namespace terracat::api
