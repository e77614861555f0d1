#include "api/collections.hpp"
#include "api/handlers.hpp"
#include "api/links.hpp"
#include "api/tags.hpp"

namespace terracat::api {
namespace {

using query::Queryable;
using query::Type;

/// EODAG enforces bounds and lists of values in the client: they stand here only where the
/// definition of the property fixes them, never because of what the items happen to hold.
void write_definition(json::Writer& out, query::Definition const& definition) {
  if (!definition.title.empty()) out.name("title").string(definition.title);
  if (definition.minimum) out.name("minimum").number(*definition.minimum);
  if (definition.maximum) out.name("maximum").number(*definition.maximum);
  if (definition.values.empty()) return;
  out.name("enum").begin_array();
  for (auto const value : definition.values) out.string(value);
  out.end_array();
}

void write_type(json::Writer& out, Type type, bool whole) {
  switch (type) {
  case Type::boolean:
    out.name("type").string("boolean");
    break;
  case Type::number:
    out.name("type").string(whole ? "integer" : "number");
    break;
  case Type::text:
    out.name("type").string("string");
    break;
  case Type::time:
    out.name("type").string("string").name("format").string("date-time");
    break;
  case Type::list:
    out.name("type").string("array").name("items").begin_object().end_object();
    break;
  }
}

void write_property(json::Writer& out, Queryable const& queryable) {
  out.name(queryable.name).begin_object();
  bool const whole = queryable.definition != nullptr && queryable.definition->whole;
  if (queryable.as.size() == 1) {
    write_type(out, queryable.as.front().type, whole);
  } else {
    out.name("anyOf").begin_array();
    for (auto const& property : queryable.as) {
      out.begin_object();
      write_type(out, property.type, false);
      out.end_object();
    }
    out.end_array();
  }
  if (queryable.definition != nullptr) write_definition(out, *queryable.definition);
  out.end_object();
}

enum class Purpose : std::uint8_t { filter, sort };

/// A JSON Schema of the properties (OGC API Features part 3, 6.2; STAC sort 1.1).
/// \param shown  the collection; empty: all of the scope
Reply schema_reply(Exchange const& exchange, catalogue::View& view,
                   std::vector<catalogue::ShownCollection> const& shown, std::string const& title,
                   Purpose purpose) {
  // What can be named follows from the items, also where the collection looks the same.
  auto tag = list_tag(exchange, view.revision(), view.last_item_change(shown));
  if (auto reply = not_modified(exchange, tag)) return std::move(*reply);
  auto const queryables =
      view.queryables(shown.empty() ? std::vector<std::string>() : std::vector{shown.front().id});
  json::Writer out;
  out.begin_object();
  out.name("$schema").string("https://json-schema.org/draft/2020-12/schema");
  out.name("$id").string(exchange.self());
  out.name("type").string("object").name("title").string(title);
  out.name("properties").begin_object();
  for (auto const& [name, queryable] : queryables->all()) {
    if (purpose == Purpose::filter || queryable.is_sortable) write_property(out, queryable);
  }
  if (purpose == Purpose::filter) {
    out.name("geometry").begin_object().name("title").string("Footprint");
    out.name("type").string("object").name("format").string("geometry-any").end_object();
  }
  out.end_object().name("additionalProperties").boolean(false).end_object();
  return tagged(out.take(), schema_type, std::move(tag));
}

} // namespace

Reply get_queryables(Exchange& exchange) {
  auto view = exchange.view();
  return schema_reply(exchange, view, {}, "Queryables of all items", Purpose::filter);
}

Reply get_collection_queryables(Exchange& exchange) {
  auto view = exchange.view();
  auto const one = existing_collection(view, exchange.captured("collection"));
  return schema_reply(exchange, view, {one}, "Queryables of " + one.id, Purpose::filter);
}

Reply get_sortables(Exchange& exchange) {
  auto view = exchange.view();
  return schema_reply(exchange, view, {}, "Sortables of all items", Purpose::sort);
}

Reply get_collection_sortables(Exchange& exchange) {
  auto view = exchange.view();
  auto const one = existing_collection(view, exchange.captured("collection"));
  return schema_reply(exchange, view, {one}, "Sortables of " + one.id, Purpose::sort);
}

} // namespace terracat::api
