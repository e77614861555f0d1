#pragma once

#include "api/exchange.hpp"

/// The handlers that the route table names. Each makes one answer from one look at the catalogue;
/// problems are thrown as ProblemError where they end the work.
namespace terracat::api {

// landing.cpp
[[nodiscard]] Reply get_site(Exchange& exchange);
[[nodiscard]] Reply get_landing(Exchange& exchange);
[[nodiscard]] Reply get_conformance(Exchange& exchange);

// collections.cpp
[[nodiscard]] Reply get_collections(Exchange& exchange);
[[nodiscard]] Reply get_collection(Exchange& exchange);

// items.cpp
[[nodiscard]] Reply get_items(Exchange& exchange);
[[nodiscard]] Reply get_item(Exchange& exchange);
[[nodiscard]] Reply get_search(Exchange& exchange);
[[nodiscard]] Reply post_search(Exchange& exchange);

// queryables.cpp
[[nodiscard]] Reply get_queryables(Exchange& exchange);
[[nodiscard]] Reply get_collection_queryables(Exchange& exchange);
[[nodiscard]] Reply get_sortables(Exchange& exchange);
[[nodiscard]] Reply get_collection_sortables(Exchange& exchange);

// openapi.cpp
[[nodiscard]] Reply get_openapi(Exchange& exchange);
[[nodiscard]] Reply get_openapi_page(Exchange& exchange);

// assets.cpp
[[nodiscard]] Reply get_asset(Exchange& exchange);

// operation.cpp
[[nodiscard]] Reply get_health(Exchange& exchange);
[[nodiscard]] Reply get_live(Exchange& exchange);
[[nodiscard]] Reply get_ready(Exchange& exchange);
[[nodiscard]] Reply get_metrics(Exchange& exchange);

} // namespace terracat::api
