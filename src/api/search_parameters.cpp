#include "api/search_parameters.hpp"

#include "api/search_input.hpp"
#include "geometry/normalise.hpp"
#include "query/filter.hpp"
#include "query/sort.hpp"

#include <algorithm>
#include <charconv>

namespace terracat::api {
namespace {

constexpr std::size_t most_ids = 10'000;       ///< of items, and of collections
constexpr std::size_t most_positions = 10'000; ///< of a geometry to search with

constexpr std::string_view geometry_example = R"({"type":"Point","coordinates":[2.35,48.85]})";
constexpr std::string_view query_example = R"({"eo:cloud_cover":{"lt":10}})";
constexpr std::string_view filter_example =
    R"({"op":"<","args":[{"property":"eo:cloud_cover"},10]})";

template<class Value>
Value or_throw(Result<Value> result) {
  if (!result) throw ProblemError(result.error());
  return std::move(*result);
}

[[noreturn]] void refuse_parameter(std::string detail, std::string where) {
  throw ProblemError({.kind = ProblemKind::invalid_parameter,
                      .detail = std::move(detail),
                      .where = std::move(where)});
}

model::DatetimeReading reading_for(Exchange const& exchange) {
  bool const is_qgis = exchange.request().head.user_agent.find("QGIS") != std::string_view::npos;
  return is_qgis || exchange.site().lenient_datetime ? model::DatetimeReading::lenient
                                                     : model::DatetimeReading::strict;
}

/// Collections under the ids that the scope shows them by: clients may name them by others, such
/// as a DOI. Ids that lead nowhere stay, and find nothing.
std::vector<std::string> resolved(catalogue::View& view, std::vector<std::string> ids) {
  for (auto& id : ids) {
    if (view.collection(id)) continue;
    if (auto const other = view.collection_by_identifier(id)) id = other->id;
  }
  return ids;
}

/// The queryables of a search, made only if something in it names a property.
class Vocabulary {
 public:
  Vocabulary(catalogue::View& view, std::vector<std::string> const& collections)
      : view_(view), collections_(collections) {}

  query::Queryables const& operator*() {
    if (!queryables_) queryables_ = view_.queryables(collections_);
    return *queryables_;
  }

 private:
  catalogue::View& view_;
  std::vector<std::string> const& collections_;
  std::shared_ptr<query::Queryables const> queryables_;
};

query::Expression read_filter(SearchInput const& input, Vocabulary& queryables) {
  auto const language = input.text("filter-lang");
  bool const is_text = input.form("filter") == SearchInput::Form::text;
  if (language ? *language != "cql2-json" : is_text) {
    input.refuse("the filter language here is 'cql2-json', an object", "filter-lang");
  }
  auto const crs = input.text("filter-crs");
  if (crs && crs->find("CRS84") == std::string_view::npos) {
    input.refuse("the CRS of filters here is http://www.opengis.net/def/crs/OGC/1.3/CRS84",
                 "filter-crs");
  }
  return or_throw(query::read_cql2_json(input.json("filter", filter_example).value(), *queryables,
                                        input.where("filter")));
}

/// The ids, if there are not too many.
std::vector<std::string> bounded(SearchInput const& input, std::vector<std::string> ids,
                                 std::string_view name) {
  if (ids.size() <= most_ids) return ids;
  input.refuse("at most " + std::to_string(most_ids) + " ids can be asked for", name);
}

/// What a search asks of items, but for the collections.
void read_criteria(SearchInput const& input, Exchange const& exchange, Vocabulary& queryables,
                   query::Criteria& out) {
  out.ids = bounded(input, input.texts("ids"), "ids");
  if (auto const numbers = input.numbers("bbox")) {
    out.bbox = input.or_throw(model::Bbox3::from_numbers(*numbers), "bbox");
  }
  if (auto const text = input.text("datetime")) {
    out.datetime =
        input.or_throw(model::parse_datetime_parameter(*text, reading_for(exchange)), "datetime");
  }
  if (auto const value = input.json("intersects", geometry_example)) {
    auto const raw = input.or_throw(json::read_geometry(*value, most_positions), "intersects");
    out.intersects = input.or_throw(geometry::normalise(raw), "intersects");
  }
  if (out.bbox && out.intersects) {
    input.refuse("'bbox' and 'intersects' cannot stand together", "bbox");
  }
  if (auto const value = input.json("query", query_example)) {
    out.filters.push_back(
        or_throw(query::read_query_extension(*value, *queryables, input.where("query"))));
  }
  if (input.form("filter") != SearchInput::Form::absent) {
    out.filters.push_back(read_filter(input, queryables));
  }
}

/// One collection may be named without brackets: stac-api-validator and others do.
std::vector<std::string> collections_in(BodyInput const& input) {
  auto const one = input.member("collections");
  if (one && one->string()) return {std::string(*one->string())};
  return input.texts("collections");
}

/// \return  nothing if it is absent
std::optional<std::size_t> limit_in(BodyInput const& input) {
  auto const given = input.member("limit");
  if (!given) return std::nullopt;
  auto const number = given->integer();
  if (!number || *number < 1) input.refuse("expected a whole number from 1", "limit");
  return static_cast<std::size_t>(*number);
}

std::optional<std::string> token_in(SearchInput const& input) {
  auto const given = input.text("token");
  return given ? std::optional(std::string(*given)) : std::nullopt;
}

} // namespace

SearchRequest read_search_parameters(Exchange const& exchange, catalogue::View& view,
                                     std::vector<std::string> collections) {
  ParameterInput const input(exchange);
  SearchRequest out;
  auto& criteria = out.items.criteria;
  criteria.collections = std::move(collections);
  if (input.text("collections")) {
    auto named = resolved(view, bounded(input, input.texts("collections"), "collections"));
    if (!criteria.collections.empty() && named != criteria.collections) {
      input.refuse("these are the items of '" + criteria.collections.front() +
                       "'; 'search' looks into other collections",
                   "collections");
    }
    criteria.collections = std::move(named);
  }
  Vocabulary queryables(view, criteria.collections);
  read_criteria(input, exchange, queryables, criteria);
  if (auto const given = input.text("sortby")) {
    out.items.sort = or_throw(query::read_sortby(*given, *queryables));
  }
  if (exchange.parameters().has("fields")) {
    out.fields = query::Fields::from_parameter(input.text("fields").value_or(""));
  }
  auto const& site = exchange.site();
  if (!exchange.request().may_scan) out.items.most_scanned = site.scan_items;
  out.items.must_be_light = exchange.request().must_be_light;
  out.items.limit = read_limit(exchange, site.default_limit, site.max_limit);
  out.items.token = token_in(input);
  return out;
}

SearchRequest read_search_body(Exchange const& exchange, catalogue::View& view,
                               json::Value const& body) {
  if (!body.is_object()) {
    throw ProblemError(
        {.kind = ProblemKind::invalid_body, .detail = "expected a JSON object", .where = {}});
  }
  BodyInput const input(body);
  SearchRequest out;
  auto& criteria = out.items.criteria;
  criteria.collections = resolved(view, bounded(input, collections_in(input), "collections"));
  Vocabulary queryables(view, criteria.collections);
  read_criteria(input, exchange, queryables, criteria);
  if (auto const given = input.member("sortby")) {
    out.items.sort = or_throw(query::read_sortby(*given, *queryables));
  }
  if (auto const given = body.member("fields")) { // stac-api-validator wants a null refused
    out.fields = or_throw(query::Fields::from_body(*given));
  }
  auto const& site = exchange.site();
  if (!exchange.request().may_scan) out.items.most_scanned = site.scan_items;
  out.items.must_be_light = exchange.request().must_be_light;
  out.items.limit = std::min(limit_in(input).value_or(site.default_limit), site.max_limit);
  out.items.token = token_in(input);
  return out;
}

std::size_t read_limit(Exchange const& exchange, std::size_t standard, std::size_t greatest) {
  auto const given = exchange.parameters().get("limit");
  if (!given) return standard;
  std::size_t value = 0;
  auto const* const end = given->data() + given->size();
  auto const [stop, error] = std::from_chars(given->data(), end, value);
  if (error == std::errc::result_out_of_range && stop == end) return greatest;
  if (error != std::errc{} || stop != end || value == 0) {
    refuse_parameter("expected a whole number from 1", "limit");
  }
  return std::min(value, greatest);
}

std::size_t read_start(Exchange const& exchange) {
  auto const given = exchange.parameters().get("token");
  if (!given) return 0;
  std::size_t value = 0;
  auto const* const end = given->data() + given->size();
  auto const [stop, error] = std::from_chars(given->data(), end, value);
  if (error != std::errc{} || stop != end) {
    refuse_parameter("this is no page token; follow the link 'next' as it is given", "token");
  }
  return value;
}

} // namespace terracat::api
