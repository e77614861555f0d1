#include "api/routes.hpp"

#include "api/handlers.hpp"
#include "api/media_types.hpp"
#include "api/pattern.hpp"

#include <algorithm>
#include <array>

namespace terracat::api {
namespace {

constexpr std::string_view text = R"({"type":"string"})";
constexpr std::string_view texts = R"({"type":"array","items":{"type":"string"}})";

constexpr ParameterRow format{format_parameter, R"({"type":"string","enum":["json"]})",
                              "Representation; JSON is the only one here"};
constexpr ParameterRow limit{"limit", limit_of_items,
                             "Most items on a page; more than the maximum counts as the maximum"};
constexpr ParameterRow collections_limit{
    "limit", limit_of_collections,
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

constexpr auto get = Method::get;
constexpr auto post = Method::post;

constexpr Families site{};
constexpr Families every_root{Family::stac, Family::features};
constexpr Families stac_roots{Family::stac};

constexpr auto light = Work::light;
constexpr auto vital = Work::vital;
constexpr bool takes_json = true;

// THE table. method, roots, path, handler, operation, summary, answer and its schema, parameters,
// work, body
constexpr std::array table{
    Route{get, site, "/", get_site, "getSite", "The site and its APIs", json_type, "object", none,
          light},
    Route{get, site, "/api", get_openapi, "getOpenApi", "What the site has beside its APIs",
          openapi_type, "object", none, light},
    Route{get, site, "/api.html", get_openapi_page, "getOpenApiPage", "The same for people to read",
          html_type, "text", none, light},
    Route{get, site, "/health", get_health, "getHealth", "How the site and its sources are",
          json_type, "object", none},
    Route{get, site, "/health/live", get_live, "getLive", "Whether the process lives", json_type,
          "object", none, vital},
    Route{get, site, "/health/ready", get_ready, "getReady", "Whether it can answer", json_type,
          "object", none, vital},
    Route{get, site, "/metrics", get_metrics, "getMetrics", "Figures for Prometheus", text_type,
          "text", none},
    Route{get, site, "/assets/{source}/{path...}", get_asset, "getAsset", "A file of the site",
          bytes_type, "file"},

    Route{get, every_root, "", get_landing, "getLandingPage", "What this API offers", json_type,
          "object", none},
    Route{get, every_root, "/conformance", get_conformance, "getConformance",
          "The classes that this API conforms to", json_type, "object", none, light},
    Route{get, every_root, "/api", get_openapi, "getOpenApi", "This API as OpenAPI 3.0",
          openapi_type, "object", none, light},
    Route{get, every_root, "/api.html", get_openapi_page, "getOpenApiPage",
          "This API for people to read", html_type, "text", none, light},
    Route{get, every_root, "/collections", get_collections, "getCollections", "All collections",
          json_type, "object", of_collections},
    Route{get, every_root, "/collections/{collection}", get_collection, "getCollection",
          "One collection", json_type, "object", none, light},
    Route{get, every_root, "/collections/{collection}/items", get_items, "getItems",
          "The items of a collection", geojson_type, "itemCollection", of_items, light},
    Route{get, every_root, "/collections/{collection}/items/{item}", get_item, "getItem",
          "One item", geojson_type, "item", none, light},
    Route{get, every_root, "/collections/{collection}/queryables", get_collection_queryables,
          "getCollectionQueryables", "What conditions on a collection's items may name",
          schema_type, "object", none, light},
    Route{get, every_root, "/collections/{collection}/sortables", get_collection_sortables,
          "getCollectionSortables", "What a collection's items can be sorted by", schema_type,
          "object", none, light},
    Route{get, every_root, "/queryables", get_queryables, "getQueryables",
          "What conditions on items may name", schema_type, "object", none},
    Route{get, every_root, "/sortables", get_sortables, "getSortables",
          "What items can be sorted by", schema_type, "object", none},
    Route{get, stac_roots, "/search", get_search, "getItemSearch", "Items of all collections",
          geojson_type, "itemCollection", of_search, light},
    Route{post, stac_roots, "/search", post_search, "postItemSearch", "Items of all collections",
          geojson_type, "itemCollection", none, light, takes_json},
};

static_assert(
    std::ranges::all_of(table, [](Route const& row) { return places_in(row.path) <= most_places; }),
    "most_places holds for every path");

/// True if some root, or the site itself, has both.
constexpr bool stand_together(Route const& a, Route const& b) {
  return a.roots.meets(b.roots) || (a.roots.is_empty() && b.roots.is_empty());
}

constexpr bool all_can_answer() {
  for (std::size_t later = 0; later < table.size(); ++later) {
    for (std::size_t first = 0; first < later; ++first) {
      auto const& a = table.at(first);
      auto const& b = table.at(later);
      bool const is_same = a.path == b.path;
      bool const is_in_the_way = is_same ? a.method == b.method : hides(a.path, b.path);
      if (stand_together(a, b) && is_in_the_way) return false;
    }
  }
  return true;
}

static_assert(all_can_answer(),
              "a row stands behind one that every path of its own fits: put it first");

} // namespace

std::span<Route const> routes() noexcept {
  return table;
}

bool belongs(Route const& route, Root const* root) noexcept {
  return root == nullptr ? route.roots.is_empty() : route.roots.has(root->family);
}

std::string_view method_name(Method method) noexcept {
  switch (method) {
  case Method::get:
    return "GET";
  case Method::head:
    return "HEAD";
  case Method::post:
    return "POST";
  case Method::put:
    return "PUT";
  case Method::patch:
    return "PATCH";
  case Method::remove:
    return "DELETE";
  case Method::options:
    return "OPTIONS";
  }
  return "";
}

} // namespace terracat::api
