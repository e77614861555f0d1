#include "api/collection_parameters.hpp"

#include "api/collections.hpp"
#include "api/criteria_input.hpp"
#include "query/sort.hpp"

#include <algorithm>

namespace terracat::api {
namespace {

/// What both methods say in the same way. A collection that says nothing of its place or time is
/// answered as being everywhere or always, and so it is found.
void read_common(SearchInput const& input, Exchange const& exchange, catalogue::View& view,
                 Vocabulary& queryables, catalogue::RecordRequest& out) {
  read_criteria(input, exchange, queryables, out.criteria);
  read_words(input, exchange, out);
  out.criteria.ids = resolved(view, std::move(out.criteria.ids));
  out.silence = query::Silence::is_found;
  out.token = token_in(input);
}

} // namespace

CollectionSearch read_collection_parameters(Exchange const& exchange, catalogue::View& view) {
  ParameterInput const input(exchange);
  CollectionSearch out;
  auto queryables = record_vocabulary();
  read_common(input, exchange, view, queryables, out.records);
  if (auto const given = input.text("sortby")) {
    out.records.sort = or_throw(query::read_sortby(*given, *queryables));
  }
  if (exchange.parameters().has("fields")) {
    out.fields = or_throw(query::Fields::from_parameter(input.text("fields").value_or(""),
                                                        query::Fields::Of::collection));
  }
  out.records.limit = read_limit(exchange, most_collections, most_collections);
  return out;
}

CollectionSearch read_collection_body(Exchange const& exchange, catalogue::View& view,
                                      json::Value const& body) {
  check_object(body);
  BodyInput const input(body);
  CollectionSearch out;
  auto queryables = record_vocabulary();
  read_common(input, exchange, view, queryables, out.records);
  if (auto const given = input.member("sortby")) {
    out.records.sort = or_throw(query::read_sortby(*given, *queryables));
  }
  if (auto const given = body.member("fields")) {
    out.fields = or_throw(query::Fields::from_body(*given, query::Fields::Of::collection));
  }
  out.records.limit = std::min(limit_in(input).value_or(most_collections), most_collections);
  return out;
}

} // namespace terracat::api
