#include "api/collections.hpp"
#include "api/criteria_input.hpp"
#include "api/handlers.hpp"
#include "api/languages.hpp"
#include "api/links.hpp"
#include "api/tags.hpp"

/// What makes a STAC API browseable: catalogs from which every item is reached by links `child` and
/// `item` alone. They stand apart from the collections, which would else change with each item, and
/// are told in pages, each of which has the next one as a child.
namespace terracat::api {
namespace {

struct Page {
  std::string id;
  std::string title;
  std::string parent;  ///< its address
  std::string address; ///< without parameters
  std::optional<std::string> const& next;
};

Links first_links(Exchange const& exchange, Page const& page) {
  Links links;
  links.add("self", exchange.self(), json_type);
  links.add("root", exchange.url(""), json_type);
  links.add("parent", page.parent, json_type);
  return links;
}

std::string catalog(Exchange const& exchange, Page const& page, Links& links) {
  if (page.next) {
    links.add("child", page.address + "?" + exchange.parameters().with("token", *page.next),
              json_type, page.title + " (more)");
  }
  json::Writer out;
  out.begin_object().member("type", "Catalog").member("stac_version", "1.1.0");
  out.member("id", page.id).member("title", page.title).member("description", page.title);
  out.name("links").raw("[" + links.text() + "]");
  return out.end_object().take();
}

} // namespace

Reply get_collections_page(Exchange& exchange) {
  auto view = exchange.view();
  auto const languages = wanted_languages(exchange);
  auto tag = list_tag(exchange, view.revision(), view.last_record_change(), languages.front());
  if (auto reply = not_modified(exchange, tag)) return std::move(*reply);
  catalogue::RecordRequest request{.limit = read_limit(exchange, most_links, most_links)};
  request.token = token_in(ParameterInput(exchange));
  auto const answer = or_throw(view.search_collections(request));
  Page const page{.id = exchange.root().id + ".collections",
                  .title = "All collections",
                  .parent = exchange.url(""),
                  .address = exchange.url("/browse"),
                  .next = answer.next};
  auto links = first_links(exchange, page);
  for (auto const& one : answer.collections) {
    add_child(links, exchange, view, one, languages);
  }
  return tagged(catalog(exchange, page, links), json_type, std::move(tag));
}

Reply get_items_page(Exchange& exchange) {
  auto view = exchange.view();
  auto const collection = existing_collection(view, exchange.captured("collection"));
  auto tag = list_tag(exchange, view.revision(), view.last_item_change({collection}));
  if (auto reply = not_modified(exchange, tag)) return std::move(*reply);
  catalogue::ItemRequest request{.limit = read_limit(exchange, most_links, most_links),
                                 .count = false};
  request.criteria.collections = {collection.id};
  request.token = token_in(ParameterInput(exchange));
  auto const answer = or_throw(view.items(request));
  auto const parent = collection_url(exchange, collection.id);
  Page const page{.id = collection.id + ".items",
                  .title = "All items of " + collection.entry->title,
                  .parent = parent,
                  .address = parent + "/browse",
                  .next = answer.next};
  auto links = first_links(exchange, page);
  for (auto const& row : answer.rows) {
    auto const id = view.item_id(row.number);
    links.add("item", parent + "/items/" + encode(id), geojson_type, id);
  }
  return tagged(catalog(exchange, page, links), json_type, std::move(tag));
}

} // namespace terracat::api
