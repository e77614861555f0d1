#include "api/conformance.hpp"

#include <array>

namespace terracat::api {
namespace {

struct Row {
  std::string_view uri;
  Families families;
};

constexpr Families stac{Family::stac};
constexpr Families both{Family::stac, Family::features};

// THE table of conformance classes. Sort stands there twice, for clients know the one or the other.
constexpr std::array rows{
    Row{"https://api.stacspec.org/v1.0.0/core", stac},
    Row{"https://api.stacspec.org/v1.0.0-rc.3/browseable", stac},
    Row{"https://api.stacspec.org/v1.0.0/collections", stac},
    Row{"https://api.stacspec.org/v1.0.0/ogcapi-features", stac},
    Row{"https://api.stacspec.org/v1.0.0/ogcapi-features#fields", stac},
    Row{"https://api.stacspec.org/v1.0.0/ogcapi-features#query", stac},
    Row{"https://api.stacspec.org/v1.0.0/ogcapi-features#sort", stac},
    Row{"https://api.stacspec.org/v1.1.0/ogcapi-features#sort", stac},
    Row{"https://api.stacspec.org/v1.0.0/item-search", stac},
    Row{"https://api.stacspec.org/v1.0.0/item-search#fields", stac},
    Row{"https://api.stacspec.org/v1.0.0/item-search#query", stac},
    Row{"https://api.stacspec.org/v1.0.0/item-search#sort", stac},
    Row{"https://api.stacspec.org/v1.1.0/item-search#sort", stac},
    Row{"https://api.stacspec.org/v1.1.0/item-search#sortables", stac},
    Row{"https://api.stacspec.org/v1.0.0/item-search#filter", stac},
    Row{"http://www.opengis.net/spec/ogcapi-common-2/1.0/conf/collections", both},
    Row{"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core", both},
    Row{"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson", both},
    Row{"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30", both},
    Row{"http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables", both},
    Row{"http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/filter", both},
    Row{"http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/features-filter", both},
    Row{"http://www.opengis.net/spec/ogcapi-features-5/1.0/conf/sortables", both},
    Row{"http://www.opengis.net/spec/cql2/1.0/conf/cql2-json", both},
    Row{"http://www.opengis.net/spec/cql2/1.0/conf/basic-cql2", both},
    Row{"http://www.opengis.net/spec/cql2/1.0/conf/advanced-comparison-operators", both},
    Row{"http://www.opengis.net/spec/cql2/1.0/conf/basic-spatial-functions", both},
    Row{"http://www.opengis.net/spec/cql2/1.0/conf/basic-spatial-functions-plus", both},
};

} // namespace

void write_conformance(json::Writer& out, Family family) {
  out.begin_array();
  for (auto const& row : rows) {
    if (row.families.has(family)) out.string(row.uri);
  }
  out.end_array();
}

} // namespace terracat::api
