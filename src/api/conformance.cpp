#include "api/conformance.hpp"

#include <array>
#include <map>
#include <string>
#include <utility>

namespace terracat::api {
namespace {

struct Row {
  std::string_view uri;
  Families families;
  bool is_of_transactions = false; ///< of roots that can be written to alone
};

constexpr Families stac{Family::stac};
constexpr Families both{Family::stac, Family::features};
constexpr Families features{Family::features};
constexpr Families records{Family::records};
constexpr Families ogc{Family::features, Family::records};
constexpr Families all{Family::stac, Family::features, Family::records};

// THE table of conformance classes. Sort stands there twice, for clients know the one or the other;
// so do two classes of Records, which the standard itself calls by two names.
constexpr std::array rows{
    Row{"https://api.stacspec.org/v1.0.0/core", stac},
    Row{"https://api.stacspec.org/v1.0.0-rc.3/browseable", stac},
    Row{"https://api.stacspec.org/v1.0.0-rc.2/children", stac},
    Row{"https://api.stacspec.org/v1.0.0/collections", stac},
    Row{"https://api.stacspec.org/v1.0.0/ogcapi-features", stac},
    Row{"https://api.stacspec.org/v1.0.0/ogcapi-features#fields", stac},
    Row{"https://api.stacspec.org/v1.0.0/ogcapi-features#query", stac},
    Row{"https://api.stacspec.org/v1.0.0/ogcapi-features#sort", stac},
    Row{"https://api.stacspec.org/v1.1.0/ogcapi-features#sort", stac},
    Row{"https://api.stacspec.org/v1.0.0-rc.1/ogcapi-features#free-text", stac},
    Row{"https://api.stacspec.org/v1.0.0-rc.1/ogcapi-features#advanced-free-text", stac},
    Row{"https://api.stacspec.org/v1.0.0/ogcapi-features/extensions/transaction", stac, true},
    Row{"https://api.stacspec.org/v1.0.0/collections/extensions/transaction", stac, true},
    Row{"https://api.stacspec.org/v1.0.0/item-search", stac},
    Row{"https://api.stacspec.org/v1.0.0/item-search#fields", stac},
    Row{"https://api.stacspec.org/v1.0.0/item-search#query", stac},
    Row{"https://api.stacspec.org/v1.0.0/item-search#sort", stac},
    Row{"https://api.stacspec.org/v1.1.0/item-search#sort", stac},
    Row{"https://api.stacspec.org/v1.1.0/item-search#sortables", stac},
    Row{"https://api.stacspec.org/v1.0.0/item-search#filter", stac},
    Row{"https://api.stacspec.org/v1.0.0-rc.1/item-search#free-text", stac},
    Row{"https://api.stacspec.org/v1.0.0-rc.1/item-search#advanced-free-text", stac},
    Row{"https://api.stacspec.org/v1.0.0-rc.1/collection-search", stac},
    Row{"https://api.stacspec.org/v1.0.0-rc.1/collection-search#fields", stac},
    Row{"https://api.stacspec.org/v1.0.0-rc.1/collection-search#filter", stac},
    Row{"https://api.stacspec.org/v1.0.0-rc.1/collection-search#free-text", stac},
    Row{"https://api.stacspec.org/v1.0.0-rc.1/collection-search#advanced-free-text", stac},
    Row{"https://api.stacspec.org/v1.0.0-rc.1/collection-search#query", stac},
    Row{"https://api.stacspec.org/v1.0.0-rc.1/collection-search#sort", stac},
    Row{"https://api.stacspec.org/v1.0.0-rc.2/language", stac},
    Row{"https://api.stacspec.org/v0.3.0/aggregation", stac},
    Row{"https://api.stacspec.org/v0.3.0/aggregation#query", stac},
    Row{"https://api.stacspec.org/v0.3.0/aggregation#filter", stac},
    Row{"http://www.opengis.net/spec/ogcapi-common-2/1.0/conf/collections", both},
    Row{"http://www.opengis.net/spec/ogcapi-common-2/1.0/conf/simple-query", both},
    Row{"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core", all},
    Row{"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson", all},
    Row{"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/html", ogc},
    Row{"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30", all},
    Row{"http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs", features},
    Row{"http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables", all},
    Row{"http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables-query-parameters", ogc},
    Row{"http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/filter", all},
    Row{"http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/features-filter", all},
    Row{"http://www.opengis.net/spec/ogcapi-features-5/1.0/conf/sortables", all},
    Row{"http://www.opengis.net/spec/ogcapi-common-3/1.0/conf/schemas", features},
    Row{"http://www.opengis.net/spec/ogcapi-common-3/1.0/conf/advanced-property-roles", features},
    Row{"http://www.opengis.net/spec/ogcapi-common-3/1.0/conf/returnables-and-receivables",
        features},
    Row{"http://www.opengis.net/spec/ogcapi-common-3/1.0/conf/queryables", features},
    Row{"http://www.opengis.net/spec/ogcapi-common-3/1.0/conf/sortables", features},
    Row{"http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/record-core", ogc},
    Row{"http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/record-collection", ogc},
    Row{"http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/record-core-query-parameters",
        records},
    Row{"http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/records-api", records},
    Row{"http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/record-api", records},
    Row{"http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/sorting", ogc},
    Row{"http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/filtering", ogc},
    Row{"http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/cql-filter", ogc},
    Row{"http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/json", ogc},
    Row{"http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/html", ogc},
    Row{"http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/oas30", records},
    Row{"http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/autodiscovery", ogc},
    Row{"http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/query-param-profile", records},
    Row{"http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/crawlable-catalog", records},
    Row{"http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/local-resources-catalog", features},
    Row{"http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/"
        "local-resources-catalog-query-parameters",
        features},
    Row{"http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/local-resources-catalog-filtering",
        features},
    Row{"http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/local-resources-catalog-sorting",
        features},
    Row{"http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/searchable-catalog", records},
    Row{"http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/searchable-catalog-filtering",
        records},
    Row{"http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/searchable-catalog-sorting",
        records},
    Row{"http://www.opengis.net/spec/ogcapi-records-2/1.0/conf/simple", records},
    Row{"http://www.opengis.net/spec/ogcapi-records-2/1.0/conf/advanced", records},
    Row{"http://www.opengis.net/spec/cql2/1.0/conf/cql2-text", all},
    Row{"http://www.opengis.net/spec/cql2/1.0/conf/cql2-json", all},
    Row{"http://www.opengis.net/spec/cql2/1.0/conf/basic-cql2", all},
    Row{"http://www.opengis.net/spec/cql2/1.0/conf/advanced-comparison-operators", all},
    Row{"http://www.opengis.net/spec/cql2/1.0/conf/basic-spatial-functions", all},
    Row{"http://www.opengis.net/spec/cql2/1.0/conf/basic-spatial-functions-plus", all},
    Row{"http://www.opengis.net/spec/cql2/1.0/conf/case-insensitive-comparison", all},
    Row{"http://www.opengis.net/spec/cql2/1.0/conf/accent-insensitive-comparison", all},
    Row{"http://www.opengis.net/spec/cql2/1.0/conf/spatial-functions", all},
    Row{"http://www.opengis.net/spec/cql2/1.0/conf/temporal-functions", all},
    Row{"http://www.opengis.net/spec/cql2/1.0/conf/array-functions", all},
    Row{"http://www.opengis.net/spec/cql2/1.0/conf/property-property", all},
    Row{"http://www.opengis.net/spec/cql2/1.0/conf/functions", all},
    Row{"http://www.opengis.net/spec/cql2/1.0/conf/arithmetic", all},
};

/// The array of the classes of a family, with those of transactions or without.
std::string array_of(Family family, bool with_transactions) {
  json::Writer out;
  out.begin_array();
  for (auto const& row : rows) {
    bool const is_offered = !row.is_of_transactions || with_transactions;
    if (row.families.has(family) && is_offered) out.string(row.uri);
  }
  return out.end_array().take();
}

} // namespace

void write_conformance(json::Writer& out, Root const& root) {
  static auto const arrays = [] {
    std::map<std::pair<Family, bool>, std::string> made;
    for (auto const& row : families()) {
      for (bool const takes_some : {false, true}) {
        made[{row.family, takes_some}] = array_of(row.family, takes_some);
      }
    }
    return made;
  }();
  out.raw(arrays.at({root.family, root.takes_transactions}));
}

} // namespace terracat::api
