#include "api/collection_parameters.hpp"

#include "api/collections.hpp"
#include "api/criteria_input.hpp"
#include "query/sort.hpp"

#include <algorithm>
#include <array>

namespace terracat::api {
namespace {

/// Conditions on items, whose parameters begin with `items_prefix`.
constexpr std::array<std::string_view, 7> item_conditions{"bbox", "datetime", "ids",   "intersects",
                                                          "q",    "query",    "filter"};

/// What both methods say in the same way. A collection that says nothing of its place or time is
/// answered as being everywhere or always, and so it is found.
void read_common(SearchInput const& input, Exchange const& exchange, catalogue::View& view,
                 Vocabulary& queryables, catalogue::RecordRequest& out) {
  read_criteria(input, exchange, queryables, out.criteria);
  read_words(input, exchange, out);
  out.criteria.ids = standing(view, std::move(out.criteria.ids));
  out.silence = query::Silence::is_found;
  out.token = token_in(input);
}

Vocabulary collection_vocabulary() {
  return Vocabulary([] {
    return std::make_shared<query::Queryables const>(query::Queryables::of_collections());
  });
}

/// What the items of the collections that are wanted match.
catalogue::AggregateRequest read_items(SearchInput const& input, Exchange const& exchange,
                                       catalogue::View& view) {
  catalogue::AggregateRequest out;
  Vocabulary queryables([&] { return view.queryables({}); });
  read_criteria(input, exchange, queryables, out.criteria);
  read_free_text(input, out.criteria);
  if (!exchange.request().may_scan) out.most_scanned = exchange.site().scan_items;
  return out;
}

} // namespace

CollectionSearch read_collection_parameters(Exchange const& exchange, catalogue::View& view) {
  ParameterInput const input(exchange);
  CollectionSearch out;
  auto queryables = collection_vocabulary();
  read_common(input, exchange, view, queryables, out.records);
  if (auto const given = input.text("sortby")) {
    out.records.sort = or_throw(query::read_sortby(*given, *queryables));
  }
  if (exchange.parameters().has("fields")) {
    out.fields = or_throw(query::Fields::from_parameter(input.text("fields").value_or(""),
                                                        query::Fields::Of::collection));
  }
  ParameterInput const of_items(exchange, items_prefix);
  bool const asks_items = std::ranges::any_of(item_conditions, [&](std::string_view name) {
    return of_items.form(name) != SearchInput::Form::absent;
  });
  auto items = read_items(of_items, exchange, view); // what is wrong is told in any case
  if (asks_items) out.records.items = std::move(items);
  out.records.limit = read_limit(exchange, most_collections, most_collections);
  return out;
}

CollectionSearch read_collection_body(Exchange const& exchange, catalogue::View& view,
                                      json::Value const& body) {
  check_object(body);
  BodyInput const input(body);
  CollectionSearch out;
  auto queryables = collection_vocabulary();
  read_common(input, exchange, view, queryables, out.records);
  if (auto const given = input.member("sortby")) {
    out.records.sort = or_throw(query::read_sortby(*given, *queryables));
  }
  if (auto const given = body.member("fields")) {
    out.fields = or_throw(query::Fields::from_body(*given, query::Fields::Of::collection));
  }
  if (auto const items = input.member("items")) {
    if (!items->is_object()) input.refuse("expected an object", "items");
    out.records.items = read_items(BodyInput(*items, "/items/"), exchange, view);
  }
  out.records.limit = std::min(limit_in(input).value_or(most_collections), most_collections);
  return out;
}

} // namespace terracat::api
