#include "api/search_parameters.hpp"

#include "api/collections.hpp"
#include "api/criteria_input.hpp"
#include "query/sort.hpp"

#include <algorithm>

namespace terracat::api {
namespace {

/// One collection may be named without brackets: stac-api-validator and others do.
std::vector<std::string> collections_in(BodyInput const& input) {
  auto const one = input.member("collections");
  if (one && one->string()) return {std::string(*one->string())};
  return input.texts("collections");
}

/// Those that are searched. \param of_path  the one of the path: the request may name it once more
std::vector<std::string> searched(SearchInput const& input, catalogue::View& view,
                                  std::vector<std::string> named,
                                  std::vector<std::string> of_path) {
  if (named.empty()) return of_path;
  named = resolved(view, bounded(input, std::move(named), "collections"));
  if (of_path.empty() || named == of_path) return named;
  input.refuse("these are the items of '" + of_path.front() +
                   "'; other collections are asked for without one in the path",
               "collections");
}

/// Parameters that are called like properties (OGC API Features part 3, 6.5), where the route takes
/// any.
void read_properties(ParameterInput const& input, Exchange const& exchange, Vocabulary& queryables,
                     query::Criteria& out) {
  auto const known = exchange.route().parameters;
  for (auto const& [name, value, encoded, is_joined] : exchange.parameters().all()) {
    if (std::ranges::find(known, name, &ParameterRow::name) != known.end()) continue;
    bool const is_property = (*queryables).find(name) != nullptr;
    if (!is_property) throw ProblemError(unknown_parameter(name, known));
    if (is_joined) input.refuse("the parameter stands there twice", name);
    if (!value.empty()) out.filters.push_back(property_condition(input, *queryables, name, value));
  }
}

AggregateQuestion read_aggregate(SearchInput const& input, Exchange const& exchange,
                                 catalogue::View& view, std::vector<std::string> named,
                                 std::vector<std::string> of_path) {
  AggregateQuestion out;
  auto& criteria = out.request.criteria;
  bool const is_of_one = !of_path.empty();
  criteria.collections = searched(input, view, std::move(named), std::move(of_path));
  Vocabulary queryables([&] { return view.queryables(criteria.collections); });
  read_criteria(input, exchange, queryables, criteria);
  read_free_text(input, criteria);
  for (auto& [row, what] : read_aggregations(input, *queryables, is_of_one)) {
    out.rows.push_back(row);
    out.request.aggregations.push_back(std::move(what));
  }
  if (!exchange.request().may_scan) out.request.most_scanned = exchange.site().scan_items;
  return out;
}

} // namespace

SearchRequest read_search_parameters(Exchange const& exchange, catalogue::View& view,
                                     std::vector<std::string> collections) {
  ParameterInput const input(exchange);
  SearchRequest out;
  auto& criteria = out.items.criteria;
  criteria.collections = searched(input, view, input.texts("collections"), std::move(collections));
  Vocabulary queryables([&] { return view.queryables(criteria.collections); });
  read_criteria(input, exchange, queryables, criteria);
  read_free_text(input, criteria);
  read_properties(input, exchange, queryables, criteria);
  if (auto const given = input.text("sortby")) {
    out.items.sort = or_throw(query::read_sortby(*given, *queryables));
  }
  if (exchange.parameters().has("fields")) {
    out.fields = or_throw(query::Fields::from_parameter(input.text("fields").value_or("")));
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
  check_object(body);
  BodyInput const input(body);
  SearchRequest out;
  auto& criteria = out.items.criteria;
  criteria.collections = searched(input, view, collections_in(input), {});
  Vocabulary queryables([&] { return view.queryables(criteria.collections); });
  read_criteria(input, exchange, queryables, criteria);
  read_free_text(input, criteria);
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

AggregateQuestion read_aggregate_parameters(Exchange const& exchange, catalogue::View& view,
                                            std::vector<std::string> collections) {
  ParameterInput const input(exchange);
  return read_aggregate(input, exchange, view, input.texts("collections"), std::move(collections));
}

AggregateQuestion read_aggregate_body(Exchange const& exchange, catalogue::View& view,
                                      json::Value const& body,
                                      std::vector<std::string> collections) {
  check_object(body);
  BodyInput const input(body);
  return read_aggregate(input, exchange, view, collections_in(input), std::move(collections));
}

} // namespace terracat::api
