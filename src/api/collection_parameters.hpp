#pragma once

#include "api/exchange.hpp"
#include "query/fields.hpp"

namespace terracat::api {

/// What a search among collections asks, whichever method it came by.
struct CollectionSearch {
  catalogue::RecordRequest records;
  query::Fields fields;
};

/// The parameters of `/collections` and of a GET to `/collections-search`. \throws ProblemError
[[nodiscard]] CollectionSearch read_collection_parameters(Exchange const& exchange,
                                                          catalogue::View& view);

/// The body of a POST to `/collections-search`; members that are not known are ignored.
/// \throws ProblemError
[[nodiscard]] CollectionSearch read_collection_body(Exchange const& exchange, catalogue::View& view,
                                                    json::Value const& body);

} // namespace terracat::api
