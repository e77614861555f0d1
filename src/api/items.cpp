#include "api/collections.hpp"
#include "api/criteria_input.hpp"
#include "api/crs.hpp"
#include "api/handlers.hpp"
#include "api/item_stream.hpp"
#include "api/item_writer.hpp"
#include "api/links.hpp"
#include "api/row_stream.hpp"
#include "api/search_parameters.hpp"
#include "api/tags.hpp"

#include <algorithm>

namespace terracat::api {
namespace {

/// Of items on a page: to read and unpack more takes longer than is light.
constexpr std::size_t most_light_bytes = std::size_t{256} << 10;

/// A first item that is the largest by far says nothing of the others.
constexpr std::size_t most_reserved_bytes = std::size_t{8} << 20;

std::string feature_collection(Exchange const& exchange, catalogue::View& view,
                               catalogue::ItemAnswer const& answer, query::Fields const& fields,
                               Links const& links,
                               geometry::Projection const* projection = nullptr) {
  bool const must_be_light = exchange.request().must_be_light;
  std::string body = R"({"type":"FeatureCollection","features":[)";
  ItemWriter writer(exchange, view, fields, projection);
  for (std::size_t i = 0; i < answer.rows.size(); ++i) {
    if (i > 0) body += ',';
    writer.append(answer.rows[i].number, answer.collections[i], body);
    if (must_be_light && body.size() > most_light_bytes) throw catalogue::TooHeavy();
    if (i > 0) continue;
    auto const like_the_first = answer.rows.size() * (body.size() + body.size() / 4);
    body.reserve(std::min(like_the_first, most_reserved_bytes));
  }
  body += R"(],"links":[)" + links.text() + "]";
  if (answer.matched) body += R"(,"numberMatched":)" + std::to_string(*answer.matched);
  body += R"(,"numberReturned":)" + std::to_string(answer.rows.size()) + "}";
  return body;
}

/// The way to the CRS in which footprints are wanted; null: they stay as they are.
geometry::Projection const* wanted_projection(Exchange const& exchange) {
  auto const* const out = named_projection(exchange, ParameterInput(exchange), crs_parameter);
  if (out != nullptr && exchange.request().must_be_light) throw catalogue::TooHeavy();
  return out;
}

/// In OGC API Features each answer says in which CRS it is.
Reply with_crs(Exchange const& exchange, Reply reply) {
  if (exchange.root().family == Family::features) {
    add_content_crs(reply, exchange.parameters().get(crs_parameter).value_or(std::string_view()));
  }
  return reply;
}

catalogue::ItemAnswer answer_of(catalogue::View& view, SearchRequest const& search) {
  if (search.items.must_be_light && search.fields.is_active()) throw catalogue::TooHeavy();
  auto answer = view.items(search.items);
  if (!answer) throw ProblemError(answer.error());
  return std::move(*answer);
}

/// The answer to a GET search. \param path  of the resource below the root
Reply answer_get(Exchange const& exchange, catalogue::View& view, SearchRequest const& search,
                 std::string const& path, Links links, std::string tag) {
  if (auto reply = not_modified(exchange, tag)) return std::move(*reply);
  auto const* const projection = wanted_projection(exchange);
  auto const answer = answer_of(view, search);
  auto const address = exchange.url(path);
  add_pages(links, exchange, address, geojson_type, {answer.previous, answer.next});
  auto text = feature_collection(exchange, view, answer, search.fields, links, projection);
  return with_crs(exchange, tagged(std::move(text), geojson_type, std::move(tag)));
}

} // namespace

store::ItemRow existing_item(catalogue::View& view, catalogue::ShownCollection const& collection,
                             std::string_view id) {
  auto row = view.item(collection, id);
  if (row) return std::move(*row);
  if (auto const removal = view.removed_item(collection, id)) {
    throw ProblemError(gone("item", *removal));
  }
  throw ProblemError({.kind = ProblemKind::not_found,
                      .detail = "there is no item '" + std::string(id.substr(0, 100)) + "' in '" +
                                collection.id + "'",
                      .where = {}});
}

Reply get_items(Exchange& exchange) {
  auto view = exchange.view();
  auto const collection = existing_collection(view, exchange.captured("collection"));
  auto tag = list_tag(exchange, view.revision(), view.last_item_change({collection}));
  auto search = read_search_parameters(exchange, view, {collection.id});
  if (streams.has(exchange.form())) {
    return with_crs(exchange,
                    stream_items(exchange, view, std::move(search), limit_of_stream(exchange)));
  }
  auto const self = collection_url(exchange, collection.id);
  Links links;
  add_self(links, exchange, exchange.self(), geojson_type);
  links.add("root", exchange.url(""), json_type);
  links.add("parent", self, json_type);
  links.add("collection", self, json_type);
  return answer_get(exchange, view, search, "/collections/" + encode(collection.id) + "/items",
                    std::move(links), std::move(tag));
}

Reply get_item(Exchange& exchange) {
  auto view = exchange.view();
  auto const collection = existing_collection(view, exchange.captured("collection"));
  auto const row = existing_item(view, collection, exchange.captured("item"));
  auto tag = resource_tag(exchange, view.revision(), row.sequence, geojson_type);
  if (auto reply = not_modified(exchange, tag)) return std::move(*reply);
  std::string body;
  query::Fields const everything;
  ItemWriter writer(exchange, view, everything, wanted_projection(exchange));
  Links others;
  add_other_forms(others, exchange, exchange.self(), geojson_type);
  writer.append(row.number, collection.id, body, others);
  return with_crs(exchange, tagged(std::move(body), geojson_type, std::move(tag)));
}

Reply get_search(Exchange& exchange) {
  auto view = exchange.view();
  auto tag = list_tag(exchange, view.revision(), view.last_item_change({}));
  auto search = read_search_parameters(exchange, view, {});
  if (streams.has(exchange.form())) {
    return stream_items(exchange, view, std::move(search), limit_of_stream(exchange));
  }
  Links links;
  add_self(links, exchange, exchange.self(), geojson_type);
  links.add("root", exchange.url(""), json_type);
  return answer_get(exchange, view, search, "/search", std::move(links), std::move(tag));
}

Reply post_search(Exchange& exchange) {
  auto const body = exchange.worker().parser().parse(exchange.request().body);
  if (!body) throw ProblemError(body.error());
  auto view = exchange.view();
  auto search = read_search_body(exchange, view, *body);
  if (streams.has(exchange.form())) {
    return stream_items(exchange, view, std::move(search), limit_in(BodyInput(*body)));
  }
  auto const answer = answer_of(view, search);
  Links links;
  links.add("self", exchange.url("/search"), geojson_type);
  links.add("root", exchange.url(""), json_type);
  add_pages(links, exchange, exchange.url("/search"), geojson_type, *body,
            {answer.previous, answer.next});
  return {.status = 200,
          .content_type = std::string(geojson_type),
          .headers = {{"Cache-Control", "no-store"}},
          .content = Text{feature_collection(exchange, view, answer, search.fields, links)}};
}

} // namespace terracat::api
