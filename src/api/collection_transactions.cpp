#include "api/collections.hpp"
#include "api/commit.hpp"
#include "api/handlers.hpp"
#include "api/languages.hpp"
#include "api/tags.hpp"
#include "api/written_collection.hpp"
#include "api/written_reply.hpp"
#include "api/written_text.hpp"
#include "formats/record_json.hpp"

/// Collections that are written by HTTP (STAC API Collection Transaction 1.0).
namespace terracat::api {
namespace {

constexpr std::string_view list_member = "collections";

bool is_list(json::Value const& body) {
  return body.member(list_member).has_value();
}

// ---- New collections

catalogue::NewCollections new_collections(Exchange const& exchange, json::Value const& body) {
  catalogue::NewCollections out;
  CollectionPlace place{.source = exchange.site().transactions.value().sources.front(),
                        .id = {},
                        .native_id = {},
                        .where = {}};
  if (!is_list(body)) {
    out.collections.push_back(
        {.put = read_written_collection(exchange, body, place), .where = "/id"});
    return out;
  }
  auto const list = body.member(list_member).value();
  if (!list.is_array() || list.size() == 0) {
    refuse_written("/" + std::string(list_member), "", "expected an array of collections");
  }
  for (auto const collection : list.elements()) {
    expect_time(exchange);
    place.where = "/" + std::string(list_member) + "/" + std::to_string(out.collections.size());
    out.collections.push_back({.put = read_written_collection(exchange, collection, place),
                               .where = place.where + "/id"});
  }
  return out;
}

/// As it is called here: its source may have a prefix for ids. \return  nothing if it has gone
std::optional<catalogue::ShownCollection> created_as(Exchange const& exchange,
                                                     catalogue::View& view, std::string_view id) {
  auto const& source = exchange.site().transactions.value().sources.front();
  auto const number = view.reader().record_by_native(source, id);
  auto const row = number ? view.reader().record(*number) : std::nullopt;
  return row ? view.collection(row->id) : std::nullopt;
}

std::string text_of(Reply const& reply) {
  return std::get<Text>(reply.content).bytes;
}

Reply created_collections(Exchange& exchange, json::Value const& body) {
  auto view = exchange.view();
  if (!is_list(body)) {
    auto const collection = created_as(exchange, view, body.string("id").value());
    if (!collection) return created("{}", json_type, {}, {});
    auto const address = collection_url(exchange, collection->id);
    auto tag = tag_at(exchange, address, view.revision(), collection->entry->last_change(),
                      json_type, wanted_languages(exchange).front());
    return created(text_of(collection_reply(exchange, view, *collection)), json_type, address,
                   std::move(tag));
  }
  std::string out = "{" + json::quoted(list_member) + ":[";
  auto const list = body.member(list_member).value();
  for (auto const one : list.elements()) {
    auto const collection = created_as(exchange, view, one.string("id").value());
    if (!collection) continue;
    if (out.back() != '[') out += ',';
    out += text_of(collection_reply(exchange, view, *collection));
  }
  Links links;
  links.add("root", exchange.url(""), json_type);
  out += R"(],"links":[)" + links.text() + "]}";
  return created(std::move(out), json_type, {}, {});
}

// ---- Collections that are there

/// What a request names, as it is now.
struct Named {
  catalogue::ShownCollection collection;
  store::RecordRow row;
  catalogue::Expected expected;
};

Named named(Exchange const& exchange, catalogue::View& view) {
  auto collection = existing_collection(view, exchange.captured("collection"));
  auto row = view.reader().record(collection.entry->number).value();
  auto expected = expected_versions(exchange, view.revision());
  catalogue::expect(expected, collection.entry->own_change(), collection.entry->last_change());
  return {std::move(collection), std::move(row), std::move(expected)};
}

/// \param before  see there
CollectionPlace place_of(Named const& named, json::Value const& before) {
  return {.source = named.row.source,
          .id = named.row.id,
          .native_id = named.row.native_id,
          .where = {},
          .before = before};
}

/// What somebody said of it last, without what its items say and what was corrected here.
std::string document_of(Exchange const& exchange, catalogue::View& view, Named const& named) {
  auto& reader = view.reader();
  auto document = reader.document(named.row.source, named.row.native_id);
  if (document && document->format == "stac-collection") return std::move(document->bytes);
  auto const texts = reader.record_texts(named.row.number).value();
  auto const record =
      formats::from_record_json(texts.record, exchange.worker().document_parser()).value();
  return formats::find("stac-collection")->write(record, named.row.native_id);
}

/// \return  valid until the parser of items has another text. \param what  for the log
json::Value parsed_own(Exchange const& exchange, std::string_view text, Named const& named,
                       std::string const& what) {
  auto const value = exchange.worker().item_parser().parse(text);
  if (value) return *value;
  throw store::StoreError(store::StoreError::Reason::corrupt,
                          what + " of " + named.row.id + " is no JSON");
}

catalogue::Transaction collection_patch(Exchange const& exchange) {
  auto view = exchange.view();
  auto const collection = named(exchange, view);
  auto const document = document_of(exchange, view, collection);
  auto const said = without_conclusions(parsed_own(exchange, document, collection, "the document"));
  auto const kept = parsed_own(exchange, said, collection, "the document");
  auto const changed = patched(exchange, kept);
  return transaction_of(exchange,
                        catalogue::OtherCollection{
                            .number = collection.row.number,
                            .expected = {{collection.collection.entry->last_change()}},
                            .put = read_written_collection(exchange, parsed_body(exchange, changed),
                                                           place_of(collection, kept))});
}

Reply changed_collection(Exchange& exchange) {
  auto view = exchange.view();
  auto const collection = view.collection(exchange.captured("collection"));
  if (!collection) return nothing_to_say();
  return changed(exchange, collection_reply(exchange, view, *collection));
}

} // namespace

Reply post_collections(Exchange& exchange) {
  auto const body = [&] { return parsed_body(exchange, exchange.request().body); };
  auto const list = exchange.url("/collections");
  return committed(
      exchange,
      {.transaction = [&] { return transaction_of(exchange, new_collections(exchange, body())); },
       .may_retry = false,
       .address =
           [&] {
             auto const sent = body();
             return is_list(sent) ? list : list + "/" + encode(sent.string("id").value());
           },
       .answer = [&] { return created_collections(exchange, body()); },
       .brief =
           [&](std::string const& address) {
             return created_unseen(address == list ? std::string() : address);
           }});
}

Reply put_collection(Exchange& exchange) {
  auto const transaction = [&] {
    auto view = exchange.view();
    auto const collection = named(exchange, view);
    auto const text = text_of(collection_reply(exchange, view, collection.collection));
    auto const place = place_of(collection, parsed_own(exchange, text, collection, "the answer"));
    auto const body = parsed_body(exchange, exchange.request().body);
    return transaction_of(exchange, catalogue::OtherCollection{
                                        .number = collection.row.number,
                                        .expected = collection.expected,
                                        .put = read_written_collection(exchange, body, place)});
  };
  return committed(exchange, {.transaction = transaction,
                              .may_retry = false,
                              .address = [&] { return exchange.self(); },
                              .answer = [&] { return changed_collection(exchange); },
                              .brief = [](std::string const&) { return nothing_to_say(); }});
}

Reply patch_collection(Exchange& exchange) {
  return committed(exchange, {.transaction = [&] { return collection_patch(exchange); },
                              .may_retry = exchange.request().head.if_match.empty(),
                              .address = [&] { return exchange.self(); },
                              .answer = [&] { return changed_collection(exchange); },
                              .brief = [](std::string const&) { return nothing_to_say(); }});
}

/// With all its items. Of what is not there nothing is to be done, unless a version of it is
/// expected.
Reply delete_collection(Exchange& exchange) {
  if (!exchange.request().begun && exchange.request().head.if_match.empty()) {
    auto view = exchange.view();
    if (!view.collection(exchange.captured("collection"))) return nothing_to_say();
  }
  auto const transaction = [&] {
    auto view = exchange.view();
    auto const collection = named(exchange, view);
    return transaction_of(exchange, catalogue::NoCollection{.number = collection.row.number,
                                                            .expected = collection.expected});
  };
  return removed(exchange, transaction);
}

} // namespace terracat::api
