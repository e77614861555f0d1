#include "api/routes.hpp"

#include "api/handlers.hpp"

#include <array>

namespace terracat::api {
namespace {

constexpr std::string_view text = R"({"type":"string"})";
constexpr std::string_view texts = R"({"type":"array","items":{"type":"string"}})";

constexpr ParameterRow format{format_parameter, R"({"type":"string","enum":["json"]})",
                              "Representation; JSON is the only one here"};
constexpr ParameterRow limit{"limit", limit_of_site,
                             "Most items on a page; more than the maximum counts as the maximum"};
constexpr ParameterRow collections_limit{
    "limit", R"({"type":"integer","minimum":1,"maximum":10000,"default":10000})",
    "Most collections on a page; more than the maximum counts as the maximum"};
constexpr ParameterRow token{"token", text, "Where the page begins: taken from a link 'next'"};
constexpr ParameterRow bbox{
    "bbox", R"({"type":"array","items":{"type":"number"},"minItems":4,"maxItems":6})",
    "West, south, east, north in degrees, or six numbers with heights; west > east crosses the "
    "antimeridian"};
constexpr ParameterRow datetime{"datetime", text,
                                "A date-time of RFC 3339, or an interval start/end open with '..'"};
constexpr ParameterRow ids{"ids", texts, "Ids of items"};
constexpr ParameterRow collections{"collections", texts, "Ids of collections"};
constexpr ParameterRow intersects{"intersects", text,
                                  "A GeoJSON geometry that the items intersect"};
constexpr ParameterRow sortby{"sortby", text, "Properties to sort by: -datetime,+id"};
constexpr ParameterRow fields{"fields", text, "Members of the items: id,-geometry"};
constexpr ParameterRow query{"query", text, "Conditions on properties, as JSON (query extension)"};
constexpr ParameterRow filter{"filter", text, "A filter of CQL2 JSON"};
constexpr ParameterRow filter_lang{"filter-lang", R"({"type":"string","enum":["cql2-json"]})",
                                   "Language of the filter"};
constexpr ParameterRow filter_crs{"filter-crs", text, "CRS of the filter: CRS84 only"};

constexpr std::array none{format};
constexpr std::array of_collections{format, collections_limit, token};
// `collections` names the collection of the path once more: pystac-client says both.
constexpr std::array of_items{format, limit,  token, bbox,   datetime,    ids,       collections,
                              sortby, fields, query, filter, filter_lang, filter_crs};
constexpr std::array of_search{format, limit,       token,       bbox,      datetime,
                               ids,    collections, intersects,  sortby,    fields,
                               query,  filter,      filter_lang, filter_crs};

constexpr std::string_view json = "application/json";
constexpr std::string_view geojson = "application/geo+json";
constexpr std::string_view schema = "application/schema+json";
constexpr std::string_view openapi = "application/vnd.oai.openapi+json;version=3.0";

constexpr auto get = Method::get;
constexpr auto post = Method::post;
using enum Owner;

constexpr bool light = true;
constexpr bool with_body = true;

// THE table. method, owner, path, handler, operation, summary, answer, parameters, light, body
constexpr std::array table{
    Route{get, site, "/", get_site, "getSite", "The site and its APIs", json, none, light},
    Route{get, site, "/health/live", get_live, "getLive", "Whether the process lives", json, none,
          light},
    Route{get, site, "/health/ready", get_ready, "getReady", "Whether it can answer", json, none,
          light},
    Route{get, site, "/metrics", get_metrics, "getMetrics", "Figures for Prometheus", "text/plain",
          none},
    Route{get, site, "/assets/{source}/{path...}", get_asset, "getAsset", "A file of the site",
          "application/octet-stream"},

    Route{get, every_root, "", get_landing, "getLandingPage", "What this API offers", json, none},
    Route{get, every_root, "/conformance", get_conformance, "getConformance",
          "The classes that this API conforms to", json, none, light},
    Route{get, every_root, "/api", get_openapi, "getOpenApi", "This API as OpenAPI 3.0", openapi,
          none, light},
    Route{get, every_root, "/api.html", get_openapi_page, "getOpenApiPage",
          "This API for people to read", "text/html", none, light},
    Route{get, every_root, "/collections", get_collections, "getCollections", "All collections",
          json, of_collections},
    Route{get, every_root, "/collections/{collection}", get_collection, "getCollection",
          "One collection", json, none, light},
    Route{get, every_root, "/collections/{collection}/items", get_items, "getItems",
          "The items of a collection", geojson, of_items},
    Route{get, every_root, "/collections/{collection}/items/{item}", get_item, "getItem",
          "One item", geojson, none, light},
    Route{get, every_root, "/collections/{collection}/queryables", get_collection_queryables,
          "getCollectionQueryables", "What conditions on a collection's items may name", schema,
          none, light},
    Route{get, every_root, "/collections/{collection}/sortables", get_collection_sortables,
          "getCollectionSortables", "What a collection's items can be sorted by", schema, none,
          light},
    Route{get, every_root, "/queryables", get_queryables, "getQueryables",
          "What conditions on items may name", schema, none},
    Route{get, every_root, "/sortables", get_sortables, "getSortables",
          "What items can be sorted by", schema, none},
    Route{get, stac_roots, "/search", get_search, "getItemSearch", "Items of all collections",
          geojson, of_search},
    Route{post, stac_roots, "/search", post_search, "postItemSearch", "Items of all collections",
          geojson, none, false, with_body},
};

} // namespace

std::span<Route const> routes() noexcept {
  return table;
}

bool belongs(Route const& route, Root const* root) noexcept {
  switch (route.owner) {
  case site:
    return root == nullptr;
  case every_root:
    return root != nullptr;
  case stac_roots:
    return root != nullptr && root->family == Family::stac;
  }
  return false;
}

} // namespace terracat::api
