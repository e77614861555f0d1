#include "api/snippets.hpp"

#include "api/collections.hpp"
#include "api/handlers.hpp"
#include "api/media_types.hpp"
#include "api/pages.hpp"
#include "api/shown_item.hpp"
#include "api/tags.hpp"

#include <algorithm>

/// `/api/v1/datasets/{id}/snippets`: code to begin with.
namespace terracat::api {
namespace {

/// The key of an asset that is a GeoTIFF; empty if the newest item has none.
std::string raster_of(Exchange const& exchange, catalogue::View& view, std::string const& id) {
  catalogue::ItemRequest request;
  request.criteria.collections = {id};
  request.limit = 1;
  request.count = false;
  auto const answer = view.items(request);
  if (!answer || answer->rows.empty()) return {};
  auto const item = shown_item(exchange, view, {}, answer->rows.front().number);
  auto const raster = std::ranges::find_if(
      item.files, [](auto const& file) { return file.type.starts_with("image/tiff"); });
  return raster == item.files.end() ? std::string() : raster->key;
}

} // namespace

std::vector<pages::Snippet> snippets_of(Exchange const& exchange, catalogue::View& view,
                                        catalogue::ShownCollection const& collection,
                                        pages::Resource const& resource) {
  if (resource.items == 0) return {};
  auto const raster = raster_of(exchange, view, collection.id);
  return pages::snippets_of({.site_url = exchange.site().public_url,
                             .collection = collection.id,
                             .area = resource.record.bbox(),
                             .period = resource.record.period(),
                             .raster = raster});
}

Reply get_snippets(Exchange& exchange) {
  auto view = view_of_pages(exchange);
  auto const collection = existing_collection(view, exchange.captured("id"));
  auto const changed = std::max(collection.entry->last_change(), collection.entry->item_change);
  auto tag = resource_tag(exchange, view.revision(), changed, json_type);
  if (auto reply = not_modified(exchange, tag)) return std::move(*reply);
  auto const resource = resource_of(exchange, view, collection);
  json::Writer out;
  out.begin_object().name("snippets").begin_array();
  for (auto const& snippet : snippets_of(exchange, view, collection, resource)) {
    out.begin_object().member("id", snippet.id).member("title", snippet.name);
    out.member("language", snippet.language).member("requires", snippet.wanted);
    out.member("code", snippet.code).end_object();
  }
  return tagged(out.end_array().end_object().take(), json_type, std::move(tag));
}

} // namespace terracat::api
