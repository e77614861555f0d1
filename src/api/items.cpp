#include "api/collections.hpp"
#include "api/handlers.hpp"
#include "api/links.hpp"
#include "api/search_parameters.hpp"
#include "api/tags.hpp"
#include "formats/stac_text.hpp"

namespace terracat::api {
namespace {

/// Of items on a page: to read and unpack more takes longer than is light.
constexpr std::size_t most_light_bytes = std::size_t{256} << 10;

/// The body of an item with public addresses in the place of the stand-in for the site's own files.
std::string with_local_assets(Exchange const& exchange, std::string_view body) {
  auto const address = exchange.site().public_url + "/assets/";
  std::string out;
  for (auto at = body.find(model::local_asset_scheme); at != std::string_view::npos;
       at = body.find(model::local_asset_scheme)) {
    out += body.substr(0, at);
    out += address;
    body.remove_prefix(at + model::local_asset_scheme.size());
  }
  return out.append(body);
}

/// Writes items into answers; keeps what it needs from one to the next.
class ItemWriter {
 public:
  ItemWriter(Exchange const& exchange, catalogue::View& view, query::Fields const& fields)
      : exchange_(exchange), view_(view), fields_(fields) {}

  void append(store::ItemRow const& row, std::string const& collection, std::string& out) {
    body_.clear();
    view_.append_body(row.number, body_);
    if (row.has_local_assets) body_ = with_local_assets(exchange_, body_);
    write_links(collection, row.id);
    if (!fields_.is_active()) {
      formats::append_item(out, body_, row.id, collection, links_.text());
      return;
    }
    whole_.clear();
    formats::append_item(whole_, body_, row.id, collection, links_.text());
    auto const item = exchange_.worker().item_parser().parse(whole_);
    if (!item) {
      throw store::StoreError(store::StoreError::Reason::corrupt,
                              "item_body of " + row.id + " is no JSON");
    }
    out += fields_.apply(*item);
  }

 private:
  /// The link to the item itself is its own; the others are those of the item before, as long as
  /// the collection is the same.
  void write_links(std::string const& collection, std::string const& item) {
    if (collection != collection_ || shared_links_.text().empty()) {
      collection_ = collection;
      collection_url_ = collection_url(exchange_, collection);
      shared_links_.clear();
      shared_links_.add("root", exchange_.url(""), json_type);
      shared_links_.add("parent", collection_url_, json_type);
      shared_links_.add("collection", collection_url_, json_type);
    }
    links_.clear();
    links_.add("self", collection_url_ + "/items/" + encode(item), geojson_type);
    links_.add(shared_links_);
  }

  Exchange const& exchange_;
  catalogue::View& view_;
  query::Fields const& fields_;
  std::string collection_; ///< of the last item
  std::string collection_url_;
  Links shared_links_;
  Links links_;
  std::string body_;
  std::string whole_;
};

std::string feature_collection(Exchange const& exchange, catalogue::View& view,
                               catalogue::ItemAnswer const& answer, query::Fields const& fields,
                               Links const& links) {
  bool const must_be_light = exchange.request().must_be_light;
  std::string body = R"({"type":"FeatureCollection","features":[)";
  ItemWriter writer(exchange, view, fields);
  for (std::size_t i = 0; i < answer.rows.size(); ++i) {
    if (i > 0) body += ',';
    writer.append(answer.rows[i], answer.collections[i], body);
    if (must_be_light && body.size() > most_light_bytes) throw catalogue::TooHeavy();
  }
  body += R"(],"links":[)" + links.text() + "]";
  if (answer.matched) body += R"(,"numberMatched":)" + std::to_string(*answer.matched);
  body += R"(,"numberReturned":)" + std::to_string(answer.rows.size()) + "}";
  return body;
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
  auto const answer = answer_of(view, search);
  if (answer.next) {
    auto const query = exchange.parameters().with("token", *answer.next);
    links.add("next", exchange.url(path) + "?" + query, geojson_type);
  }
  return tagged(feature_collection(exchange, view, answer, search.fields, links), geojson_type,
                std::move(tag));
}

/// The whole body of the request with this token: some clients send it as it is, others only look
/// for the token (design.md 17.5).
std::string next_body(json::Value const& body, std::string const& token) {
  json::Writer out;
  out.begin_object();
  for (auto const [name, value] : body.members()) {
    if (name != "token") out.name(name).value(value);
  }
  return out.name("token").string(token).end_object().take();
}

} // namespace

Reply get_items(Exchange& exchange) {
  auto view = exchange.view();
  auto const collection = existing_collection(view, exchange.captured("collection"));
  auto tag = list_tag(exchange, view.revision(), view.last_item_change({collection}));
  auto const search = read_search_parameters(exchange, view, {collection.id});
  if (auto reply = not_modified(exchange, tag)) return std::move(*reply);
  auto const self = collection_url(exchange, collection.id);
  Links links;
  links.add("self", exchange.self(), geojson_type);
  links.add("root", exchange.url(""), json_type);
  links.add("parent", self, json_type);
  links.add("collection", self, json_type);
  return answer_get(exchange, view, search, "/collections/" + encode(collection.id) + "/items",
                    std::move(links), std::move(tag));
}

Reply get_item(Exchange& exchange) {
  auto view = exchange.view();
  auto const collection = existing_collection(view, exchange.captured("collection"));
  auto const id = exchange.captured("item");
  auto const row = view.item(collection, id);
  if (!row) {
    if (auto const removal = view.removed_item(collection, id)) {
      throw ProblemError(gone("item", *removal));
    }
    throw ProblemError(
        {.kind = ProblemKind::not_found,
         .detail = "there is no item '" + id.substr(0, 100) + "' in '" + collection.id + "'",
         .where = {}});
  }
  auto tag = resource_tag(exchange, view.revision(), row->sequence, geojson_type);
  if (auto reply = not_modified(exchange, tag)) return std::move(*reply);
  std::string body;
  query::Fields const everything;
  ItemWriter(exchange, view, everything).append(*row, collection.id, body);
  return tagged(std::move(body), geojson_type, std::move(tag));
}

Reply get_search(Exchange& exchange) {
  auto view = exchange.view();
  auto tag = list_tag(exchange, view.revision(), view.last_item_change({}));
  auto const search = read_search_parameters(exchange, view, {});
  if (auto reply = not_modified(exchange, tag)) return std::move(*reply);
  Links links;
  links.add("self", exchange.self(), geojson_type);
  links.add("root", exchange.url(""), json_type);
  return answer_get(exchange, view, search, "/search", std::move(links), std::move(tag));
}

Reply post_search(Exchange& exchange) {
  auto const body = exchange.worker().parser().parse(exchange.request().body);
  if (!body) throw ProblemError(body.error());
  auto view = exchange.view();
  auto const search = read_search_body(exchange, view, *body);
  auto const answer = answer_of(view, search);
  Links links;
  links.add("self", exchange.url("/search"), geojson_type);
  links.add("root", exchange.url(""), json_type);
  if (answer.next) {
    links.add_with_method("next", "POST", exchange.url("/search"), geojson_type,
                          next_body(*body, *answer.next));
  }
  return {.status = 200,
          .content_type = std::string(geojson_type),
          .headers = {{"Cache-Control", "no-store"}},
          .content = Text{feature_collection(exchange, view, answer, search.fields, links)}};
}

} // namespace terracat::api
