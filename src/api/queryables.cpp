#include "api/collections.hpp"
#include "api/handlers.hpp"
#include "api/links.hpp"
#include "api/record_facets.hpp"
#include "api/tags.hpp"

#include <set>

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

std::string_view name_of(Type type, bool whole) noexcept {
  switch (type) {
  case Type::boolean:
    return "boolean";
  case Type::number:
    return whole ? "integer" : "number";
  case Type::text:
  case Type::time:
    return "string";
  case Type::list:
    return "array";
  }
  return "";
}

/// \param is_defined  by a specification, whose lists are all of texts
void write_type(json::Writer& out, Type type, bool whole, bool is_defined) {
  out.name("type").string(name_of(type, whole));
  if (type == Type::time) out.name("format").string("date-time");
  if (type != Type::list) return;
  out.name("items").begin_object();
  if (is_defined) out.member("type", "string");
  out.end_object();
}

/// Whose rules a schema follows: clients of STAC know `anyOf`, and give nothing without a `type` to
/// choose; OGC 23-058r2 wants a `type` of every property, but none of one that is a place.
enum class Style : std::uint8_t { stac, ogc };

void write_property(json::Writer& out, Queryable const& queryable, Style style) {
  bool const is_defined = queryable.definition != nullptr;
  bool const whole = is_defined && queryable.definition->whole;
  if (queryable.as.size() == 1) {
    write_type(out, queryable.as.front().type, whole, is_defined);
  } else if (style == Style::ogc) {
    std::set<std::string_view> types; // a text and a time are both strings
    for (auto const& property : queryable.as) types.insert(name_of(property.type, false));
    out.name("type").begin_array();
    for (auto const type : types) out.string(type);
    out.end_array();
  } else {
    out.name("anyOf").begin_array();
    for (auto const& property : queryable.as) {
      out.begin_object();
      write_type(out, property.type, false, is_defined);
      out.end_object();
    }
    out.end_array();
  }
  if (is_defined) write_definition(out, *queryable.definition);
}

enum class Purpose : std::uint8_t { filter, sort, answer };

/// What a property is to the feature, as schemas of what is answered have it.
std::string_view role_of(std::string_view name) noexcept {
  if (name == "id") return "id";
  if (name == "datetime") return "primary-instant";
  return name == "geometry" ? "primary-geometry" : "";
}

/// Writes the schemas of properties, one after the other.
class PropertyWriter {
 public:
  PropertyWriter(json::Writer& out, Purpose purpose, Family family)
      : out_(out),
        purpose_(purpose),
        style_(family == Family::features ? Style::ogc : Style::stac),
        has_facets_(family == Family::records && purpose == Purpose::filter) {}

  void write(Queryable const& queryable) {
    begin(queryable.name);
    write_property(out_, queryable, style_);
    if (has_facets_ && has_facet(queryable.name)) out_.name("facet").boolean(true);
    out_.end_object();
  }

  void write_geometry() {
    begin("geometry");
    out_.member("title", "Footprint");
    if (style_ == Style::stac) out_.member("type", "object");
    out_.member("format", "geometry-any").end_object();
  }

 private:
  void begin(std::string_view name) {
    out_.name(name).begin_object();
    if (purpose_ != Purpose::answer) return;
    out_.name("x-ogc-propertySeq").integer(++sequence_).name("readOnly").boolean(true);
    if (auto const role = role_of(name); !role.empty()) out_.member("x-ogc-role", role);
  }

  json::Writer& out_;
  Purpose purpose_;
  Style style_;
  bool has_facets_;
  std::int64_t sequence_ = 0;
};

/// A JSON Schema of the properties (OGC API Features part 3, 6.2, and part 5; STAC sort 1.1). What
/// is answered may have more of them: lists of lists and objects are no queryables.
std::string schema_of(Exchange const& exchange, query::Queryables const& queryables,
                      std::string_view title, Purpose purpose) {
  json::Writer out;
  out.begin_object();
  out.name("$schema").string("https://json-schema.org/draft/2020-12/schema");
  auto const self = exchange.self();
  out.name("$id").string(std::string_view(self).substr(0, self.find('?')));
  out.name("type").string("object").name("title").string(title);
  out.name("properties").begin_object();
  PropertyWriter writer(out, purpose, exchange.root().family);
  for (auto const& [name, queryable] : queryables.all()) {
    bool const is_of_item = queryable.as.front().place != query::Property::Place::collection;
    bool const is_shown = purpose == Purpose::sort     ? queryable.is_sortable
                          : purpose == Purpose::answer ? is_of_item
                                                       : true;
    if (is_shown) writer.write(queryable);
  }
  if (purpose != Purpose::sort) writer.write_geometry();
  out.end_object().name("additionalProperties").boolean(purpose == Purpose::answer);
  return out.end_object().take();
}

/// \param shown  the collection; empty: all of the scope
Reply schema_reply(Exchange& exchange, catalogue::View& view,
                   std::vector<catalogue::ShownCollection> const& shown, std::string const& title,
                   Purpose purpose) {
  // What can be named follows from the items, also where the collection looks the same.
  auto tag = list_tag(exchange, view.revision(), view.last_item_change(shown));
  if (auto reply = known_answer(exchange, tag)) return std::move(*reply);
  auto const queryables =
      view.queryables(shown.empty() ? std::vector<std::string>() : std::vector{shown.front().id});
  return tagged(schema_of(exchange, *queryables, title, purpose), schema_type, std::move(tag));
}

/// What can be named of records is the same for all, and so it is of collections.
Reply record_schema(Exchange const& exchange, std::string_view title, Purpose purpose) {
  auto const queryables = exchange.root().family == Family::records
                              ? query::Queryables::of_records()
                              : query::Queryables::of_collections();
  auto schema = schema_of(exchange, queryables, title, purpose);
  return lasting(exchange, std::move(schema), schema_type);
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

Reply get_collection_schema(Exchange& exchange) {
  auto view = exchange.view();
  auto const one = existing_collection(view, exchange.captured("collection"));
  return schema_reply(exchange, view, {one}, one.entry->title, Purpose::answer);
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

Reply get_record_queryables(Exchange& exchange) {
  return record_schema(exchange, "Queryables of records", Purpose::filter);
}

Reply get_record_sortables(Exchange& exchange) {
  return record_schema(exchange, "Sortables of records", Purpose::sort);
}

} // namespace terracat::api
