#include "api/conformance.hpp"

#include <array>

namespace terracat::api {
namespace {

struct Row {
  std::string_view uri;
  bool features; ///< the roots of OGC API Features have it, too
};

// THE table of conformance classes. Sort stands there twice, for clients know the one or the other.
constexpr std::array rows{
    Row{"https://api.stacspec.org/v1.0.0/core", false},
    Row{"https://api.stacspec.org/v1.0.0-rc.3/browseable", false},
    Row{"https://api.stacspec.org/v1.0.0/collections", false},
    Row{"https://api.stacspec.org/v1.0.0/ogcapi-features", false},
    Row{"https://api.stacspec.org/v1.0.0/ogcapi-features#fields", false},
    Row{"https://api.stacspec.org/v1.0.0/ogcapi-features#query", false},
    Row{"https://api.stacspec.org/v1.0.0/ogcapi-features#sort", false},
    Row{"https://api.stacspec.org/v1.1.0/ogcapi-features#sort", false},
    Row{"https://api.stacspec.org/v1.0.0/item-search", false},
    Row{"https://api.stacspec.org/v1.0.0/item-search#fields", false},
    Row{"https://api.stacspec.org/v1.0.0/item-search#query", false},
    Row{"https://api.stacspec.org/v1.0.0/item-search#sort", false},
    Row{"https://api.stacspec.org/v1.1.0/item-search#sort", false},
    Row{"https://api.stacspec.org/v1.1.0/item-search#sortables", false},
    Row{"https://api.stacspec.org/v1.0.0/item-search#filter", false},
    Row{"http://www.opengis.net/spec/ogcapi-common-2/1.0/conf/collections", true},
    Row{"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core", true},
    Row{"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson", true},
    Row{"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30", true},
    Row{"http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables", true},
    Row{"http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/filter", true},
    Row{"http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/features-filter", true},
    Row{"http://www.opengis.net/spec/ogcapi-features-5/1.0/conf/sortables", true},
    Row{"http://www.opengis.net/spec/cql2/1.0/conf/cql2-json", true},
    Row{"http://www.opengis.net/spec/cql2/1.0/conf/basic-cql2", true},
    Row{"http://www.opengis.net/spec/cql2/1.0/conf/advanced-comparison-operators", true},
    Row{"http://www.opengis.net/spec/cql2/1.0/conf/basic-spatial-functions", true},
    Row{"http://www.opengis.net/spec/cql2/1.0/conf/basic-spatial-functions-plus", true},
};

} // namespace

void write_conformance(json::Writer& out, Family family) {
  out.begin_array();
  for (auto const& row : rows) {
    if (family == Family::stac || row.features) out.string(row.uri);
  }
  out.end_array();
}

} // namespace terracat::api
