#include "api/collections.hpp"
#include "api/commit.hpp"
#include "api/handlers.hpp"
#include "api/item_writer.hpp"
#include "api/tags.hpp"
#include "api/written_item.hpp"
#include "api/written_reply.hpp"
#include "api/written_text.hpp"
#include "formats/stac_text.hpp"

/// Items that are written by HTTP (STAC API Transaction 1.0).
namespace terracat::api {
namespace {

bool is_list(json::Value const& body) {
  return body.string("type") == "FeatureCollection";
}

std::string item_url(Exchange const& exchange, std::string const& collection,
                     std::string const& id) {
  return collection_url(exchange, collection) + "/items/" + encode(id);
}

// ---- New items

catalogue::NewItems new_items(Exchange const& exchange, json::Value const& body) {
  auto view = exchange.view();
  auto const collection = existing_collection(view, exchange.captured("collection"));
  catalogue::NewItems out{.collection = collection.entry->number, .items = {}};
  ItemPlace place{.collection = collection.id, .id = {}, .native_id = {}, .where = {}};
  if (!is_list(body)) {
    out.items.push_back({.put = read_written_item(exchange, body, place), .where = "/id"});
    return out;
  }
  auto const features = body.member("features");
  if (!features || !features->is_array() || features->size() == 0) {
    throw ProblemError({.kind = ProblemKind::invalid_body,
                        .detail = "expected an array of items",
                        .where = "/features"});
  }
  for (auto const feature : features->elements()) {
    expect_time(exchange);
    place.where = "/features/" + std::to_string(out.items.size());
    out.items.push_back(
        {.put = read_written_item(exchange, feature, place), .where = place.where + "/id"});
  }
  return out;
}

struct AnsweredItem {
  std::string text;
  Sequence sequence = 0;
};

/// The item as it is answered from now on. \return  nothing if it has gone already
std::optional<AnsweredItem> answered(Exchange const& exchange, catalogue::View& view,
                                     std::string_view collection_id, std::string_view id) {
  auto const collection = view.collection(collection_id);
  auto const row = collection ? view.item(*collection, id) : std::nullopt;
  if (!row) return std::nullopt;
  AnsweredItem out{.text = {}, .sequence = row->sequence};
  query::Fields const everything;
  ItemWriter(exchange, view, everything).append(row->number, collection->id, out.text);
  return out;
}

Reply created_item(Exchange const& exchange, std::string const& id) {
  auto view = exchange.view();
  auto const collection = existing_collection(view, exchange.captured("collection"));
  auto const address = item_url(exchange, collection.id, id);
  auto const item = answered(exchange, view, collection.id, id);
  if (!item) return created_unseen(address);
  return created(item->text, geojson_type, address,
                 tag_at(exchange, address, view.revision(), item->sequence, geojson_type));
}

Reply created_items(Exchange const& exchange, json::Value const& body) {
  auto view = exchange.view();
  auto const collection = existing_collection(view, exchange.captured("collection"));
  std::string out = R"({"type":"FeatureCollection","features":[)";
  std::size_t count = 0;
  auto const features = body.member("features").value();
  for (auto const feature : features.elements()) {
    auto const item =
        answered(exchange, view, collection.id, feature.string("id").value_or(std::string_view()));
    if (!item) continue;
    if (count++ > 0) out += ',';
    out += item->text;
  }
  Links links;
  links.add("root", exchange.url(""), json_type);
  links.add("collection", collection_url(exchange, collection.id), json_type);
  out += R"(],"links":[)" + links.text() + R"(],"numberReturned":)" + std::to_string(count) + "}";
  return created(std::move(out), geojson_type, {}, {});
}

// ---- Items that are there

/// What a request names, as it is now.
struct Named {
  catalogue::ShownCollection collection;
  store::ItemRow row;
  catalogue::Expected expected;
};

Named named(Exchange const& exchange, catalogue::View& view) {
  auto collection = existing_collection(view, exchange.captured("collection"));
  auto row = existing_item(view, collection, exchange.captured("item"));
  auto expected = expected_versions(exchange, view.revision());
  catalogue::expect(expected, row.sequence); // else faults of the body would be told first
  return {std::move(collection), std::move(row), std::move(expected)};
}

ItemPlace place_of(Named const& named) {
  return {.collection = named.collection.id,
          .id = named.row.id,
          .native_id = named.row.native_id,
          .where = {}};
}

/// The item after a change of it, if it is wanted.
Reply changed_item(Exchange const& exchange) {
  auto view = exchange.view();
  auto const collection = existing_collection(view, exchange.captured("collection"));
  auto item = answered(exchange, view, collection.id, exchange.captured("item"));
  if (!item) return nothing_to_say();
  auto tag = resource_tag(exchange, view.revision(), item->sequence, geojson_type);
  return changed(exchange, tagged(std::move(item->text), geojson_type, std::move(tag)));
}

/// \return  valid until the parser of items has another text
json::Value kept_item(Exchange const& exchange, catalogue::View& view, Named const& named) {
  std::string body;
  view.reader().body(named.row.number, body);
  std::string document;
  formats::append_item(document, body, named.row.id, named.collection.id, {});
  auto const kept = exchange.worker().item_parser().parse(document);
  if (kept) return *kept;
  throw store::StoreError(store::StoreError::Reason::corrupt,
                          "item_body of " + named.row.id + " is no JSON");
}

catalogue::Transaction item_patch(Exchange const& exchange) {
  auto view = exchange.view();
  auto const item = named(exchange, view);
  auto place = place_of(item);
  place.is_ours = item.row.has_local_assets;
  place.kept = kept_item(exchange, view, item);
  // What was read may be out of date when its turn comes.
  catalogue::Expected expected{{item.row.sequence}};
  auto const document = patched(exchange, *place.kept);
  return transaction_of(
      exchange, catalogue::OtherItem{
                    .number = item.row.number,
                    .expected = std::move(expected),
                    .put = read_written_item(exchange, parsed_body(exchange, document), place)});
}

} // namespace

Reply post_items(Exchange& exchange) {
  auto const body = [&] { return parsed_body(exchange, exchange.request().body); };
  auto const list =
      exchange.url("/collections/" + encode(exchange.captured("collection"))) + "/items";
  return committed(
      exchange,
      {.transaction = [&] { return transaction_of(exchange, new_items(exchange, body())); },
       .may_retry = false,
       .address =
           [&] {
             auto const sent = body();
             return is_list(sent) ? list : list + "/" + encode(sent.string("id").value());
           },
       .answer =
           [&] {
             auto const sent = body();
             return is_list(sent) ? created_items(exchange, sent)
                                  : created_item(exchange, std::string(sent.string("id").value()));
           },
       .brief =
           [&](std::string const& address) {
             return created_unseen(address == list ? std::string() : address);
           }});
}

Reply put_item(Exchange& exchange) {
  auto const transaction = [&] {
    auto view = exchange.view();
    auto const item = named(exchange, view);
    auto const body = parsed_body(exchange, exchange.request().body);
    return transaction_of(
        exchange, catalogue::OtherItem{.number = item.row.number,
                                       .expected = item.expected,
                                       .put = read_written_item(exchange, body, place_of(item))});
  };
  return committed(exchange, {.transaction = transaction,
                              .may_retry = false,
                              .address = [&] { return exchange.self(); },
                              .answer = [&] { return changed_item(exchange); },
                              .brief = [](std::string const&) { return nothing_to_say(); }});
}

Reply patch_item(Exchange& exchange) {
  return committed(exchange, {.transaction = [&] { return item_patch(exchange); },
                              .may_retry = exchange.request().head.if_match.empty(),
                              .address = [&] { return exchange.self(); },
                              .answer = [&] { return changed_item(exchange); },
                              .brief = [](std::string const&) { return nothing_to_say(); }});
}

/// Of what is not there nothing is to be done, unless a version of it is expected.
Reply delete_item(Exchange& exchange) {
  if (!exchange.request().begun && exchange.request().head.if_match.empty()) {
    auto view = exchange.view();
    auto const collection = existing_collection(view, exchange.captured("collection"));
    if (!view.item(collection, exchange.captured("item"))) return nothing_to_say();
  }
  auto const transaction = [&] {
    auto view = exchange.view();
    auto const item = named(exchange, view);
    return transaction_of(exchange,
                          catalogue::NoItem{.number = item.row.number, .expected = item.expected});
  };
  return removed(exchange, transaction);
}

} // namespace terracat::api
