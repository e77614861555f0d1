#include "api/collections.hpp"

#include "api/handlers.hpp"
#include "api/links.hpp"
#include "api/search_parameters.hpp"
#include "api/tags.hpp"

#include <terracat/finding.hpp>

#include <algorithm>

namespace terracat::api {
namespace {

Links links_of(Exchange const& exchange, catalogue::ShownCollection const& collection) {
  auto const self = collection_url(exchange, collection.id);
  Links links;
  links.add("self", self, json_type);
  links.add("root", exchange.url(""), json_type);
  links.add("parent", exchange.url(""), json_type);
  if (collection.entry->derived.items > 0) links.add("items", self + "/items", geojson_type);
  links.add(queryables_rel, self + "/queryables", schema_type, "Queryables");
  links.add(sortables_rel, self + "/sortables", schema_type, "Sortables");
  return links;
}

} // namespace

Problem gone(std::string_view what, store::Change const& removal) {
  auto detail = "the " + std::string(what) + " '" + removal.id.substr(0, 100) + "'";
  if (!removal.title.empty()) detail += " (" + excerpt(removal.title) + ")";
  auto const day = model::to_iso8601(removal.at);
  detail += " was removed on " + day.substr(0, day.find('T'));
  return {.kind = ProblemKind::gone, .detail = std::move(detail), .where = {}};
}

Problem no_such_collection(catalogue::View& view, std::string_view id) {
  if (auto const removal = view.removed_collection(id)) return gone("collection", *removal);
  auto const ids = view.some_ids();
  auto const close = query::nearest(id, {ids.begin(), ids.end()});
  auto detail = "there is no collection '" + std::string(id.substr(0, 100)) + "' here";
  if (!close.empty()) detail += "; did you mean '" + close.front() + "'?";
  return {.kind = ProblemKind::not_found, .detail = std::move(detail), .where = {}};
}

catalogue::ShownCollection existing_collection(catalogue::View& view, std::string_view id) {
  auto collection = view.collection(id);
  if (!collection) collection = view.collection_by_identifier(id);
  if (!collection) throw ProblemError(no_such_collection(view, id));
  return std::move(*collection);
}

Reply get_collections(Exchange& exchange) {
  auto view = exchange.view();
  auto tag = list_tag(exchange, view.revision(), view.last_record_change());
  auto const limit = read_limit(exchange, most_collections, most_collections);
  auto const start = read_start(exchange);
  if (auto reply = not_modified(exchange, tag)) return std::move(*reply);

  auto const collections = view.collections();
  auto const begin = std::min(collections.size(), start);
  auto const end = begin + std::min(collections.size() - begin, limit);
  std::string body = R"({"collections":[)";
  for (auto i = begin; i < end; ++i) {
    if (i > begin) body += ',';
    view.append(collections[i], links_of(exchange, collections[i]).text(), body);
  }
  Links links;
  links.add("self", exchange.self(), json_type);
  links.add("root", exchange.url(""), json_type);
  links.add("parent", exchange.url(""), json_type);
  links.add(queryables_rel, exchange.url("/queryables"), schema_type, "Queryables");
  links.add(sortables_rel, exchange.url("/sortables"), schema_type, "Sortables");
  if (end < collections.size()) {
    auto const query = exchange.parameters().with("token", std::to_string(end));
    links.add("next", exchange.url("/collections") + "?" + query, json_type);
  }
  body += R"(],"links":[)" + links.text() + R"(],"numberMatched":)" +
          std::to_string(collections.size()) + R"(,"numberReturned":)" +
          std::to_string(end - begin) + "}";
  return tagged(std::move(body), json_type, std::move(tag));
}

Reply get_collection(Exchange& exchange) {
  auto view = exchange.view();
  auto const id = exchange.captured("collection");
  auto const collection = view.collection(id);
  if (!collection) {
    if (auto const other = view.collection_by_identifier(id)) {
      return {.status = 308,
              .content_type = std::string(json_type),
              .headers = {{"Location", collection_url(exchange, other->id)}},
              .content = Text{"{}"}};
    }
    throw ProblemError(no_such_collection(view, id));
  }
  auto tag = resource_tag(exchange, view.revision(), collection->entry->last_change(), json_type);
  if (auto reply = not_modified(exchange, tag)) return std::move(*reply);
  std::string body;
  view.append(*collection, links_of(exchange, *collection).text(), body);
  return tagged(std::move(body), json_type, std::move(tag));
}

} // namespace terracat::api
