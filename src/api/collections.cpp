#include "api/collections.hpp"

#include "api/cluster_links.hpp"
#include "api/collection_parameters.hpp"
#include "api/criteria_input.hpp"
#include "api/crs.hpp"
#include "api/fit.hpp"
#include "api/handlers.hpp"
#include "api/languages.hpp"
#include "api/links.hpp"
#include "api/row_stream.hpp"
#include "api/tags.hpp"
#include "query/definitions.hpp"
#include "query/scan.hpp"

#include <terracat/finding.hpp>

#include <algorithm>

namespace terracat::api {
namespace {

/// \param title      of the collection
/// \param languages  the wanted one first
Links links_of(Exchange const& exchange, catalogue::ShownCollection const& collection,
               model::LocalText const& title, std::vector<std::string> const& languages) {
  auto const self = collection_url(exchange, collection.id);
  Links links;
  links.add_told_in(language_in(title, languages), "self", self, json_type);
  add_languages(links, title.others(languages), self, json_type);
  links.add("root", exchange.url(""), json_type);
  links.add("parent", exchange.url(""), json_type);
  if (collection.entry->derived.items > 0) links.add("items", self + "/items", geojson_type);
  links.add(queryables_rel, self + "/queryables", schema_type, "Queryables");
  links.add(sortables_rel, self + "/sortables", schema_type, "Sortables");
  if (exchange.root().family == Family::features) {
    links.add(schema_rel, self + "/schema", schema_type, "Schema of the items");
  } else {
    add_aggregation_links(links, self);
    if (collection.entry->derived.items > 0) {
      links.add("child", self + "/browse", json_type, "All items, page by page");
    }
  }
  return links;
}

/// As a catalog of local resources in the sense of OGC API Records. In a STAC API the list is none:
/// clients take what has a `type` for one collection.
bool is_catalog(Exchange const& exchange) {
  return exchange.root().family == Family::features;
}

std::string catalog_members(Root const& root) {
  json::Writer out;
  out.begin_object().member("id", root.id).member("type", "Collection");
  out.member("itemType", "record").member("recordsArrayName", "collections");
  out.member("title", root.title).member("description", root.description);
  out.name("defaultSortOrder").begin_array().begin_object();
  out.member("field", "title").member("direction", "asc").end_object().end_array();
  auto text = out.end_object().take();
  text.back() = ',';
  return text;
}

Links list_links(Exchange const& exchange, std::string const& self) {
  Links links;
  add_self(links, exchange, self, json_type);
  links.add("root", exchange.url(""), json_type);
  links.add("parent", exchange.url(""), json_type);
  links.add(queryables_rel, exchange.url("/collection-queryables"), schema_type, "Queryables");
  links.add(sortables_rel, exchange.url("/collection-sortables"), schema_type, "Sortables");
  if (is_catalog(exchange)) links.add("items", exchange.url("/collections"), json_type);
  return links;
}

/// Adds to the collection that was written last how many of its items match.
void add_matching_items(std::size_t count, std::string& out) {
  add_members(json::quoted(query::matching_items().name) + ":" + std::to_string(count), out);
}

/// Whether the list depends on what items there are.
bool names_items(catalogue::RecordRequest const& request) {
  auto const& name = query::matching_items().name;
  auto const is_in = [&](query::Expression const& filter) {
    auto const names = query::properties_in_bodies(filter);
    return std::ranges::find(names, name) != names.end();
  };
  // A token brings an order of its own.
  return request.items || request.token || std::ranges::any_of(request.criteria.filters, is_in) ||
         std::ranges::any_of(request.sort,
                             [&](auto const& key) { return key.property.name == name; });
}

std::string tag_of_list(Exchange const& exchange, catalogue::View& view,
                        catalogue::RecordRequest const& request, std::string_view language) {
  if (!names_items(request)) return record_list_tag(exchange, view, request, language);
  auto const changed = std::max(view.last_record_change(), view.last_item_change({}));
  return list_tag(exchange, view.revision(), changed,
                  std::string(language) + concept_mark(view) +
                      time_mark(request.question, model::Instant::now()));
}

/// Writes collections into one answer, or into one piece of it.
class CollectionWriter {
 public:
  /// \param languages  the wanted one first
  CollectionWriter(Exchange const& exchange, catalogue::View& view, query::Fields const& fields,
                   std::vector<std::string> const& languages)
      : exchange_(exchange), view_(view), fields_(fields), languages_(languages) {}

  void append(catalogue::ShownCollection const& collection, std::string& out) {
    auto const title = view_.title_of(collection);
    language_.note(language_in(title, languages_));
    if (!fields_.is_active()) return append_whole(collection, title, out);
    std::string whole;
    append_whole(collection, title, whole);
    out += fields_.apply(parsed(collection, whole));
  }

  /// The one that is the whole answer.
  std::string only(catalogue::ShownCollection const& collection) {
    add_other_forms(others_, exchange_, collection_url(exchange_, collection.id), json_type);
    std::string out;
    append(collection, out);
    return out;
  }

  /// The one at this place of what was found.
  /// \param tells_items  how many of the items of each match
  void append(catalogue::CollectionAnswer const& found, std::size_t place, bool tells_items,
              std::string& out) {
    append(found.collections[place], out);
    if (!found.fits.empty()) add_fit(found.fits[place], out);
    if (tells_items) add_matching_items(found.items[place], out);
  }

  /// \param name  of the member that holds them
  std::string list(std::string_view name, catalogue::CollectionAnswer const& answer,
                   Links const& links, bool tells_items = false) {
    auto body = is_catalog(exchange_) ? catalog_members(exchange_.root()) : "{";
    body += json::quoted(name) + ":[";
    for (std::size_t place = 0; place < answer.collections.size(); ++place) {
      if (place > 0) body += ',';
      append(answer, place, tells_items, body);
    }
    body += R"(],"links":[)" + links.text() + "]" +
            counts_of(answer.matched, answer.collections.size()) + "}";
    return body;
  }

  /// The reply says in which language all of it is told.
  [[nodiscard]] Reply told(Reply reply) const {
    language_.append_to(reply);
    return reply;
  }

 private:
  void append_whole(catalogue::ShownCollection const& collection, model::LocalText const& title,
                    std::string& out) {
    auto links = links_of(exchange_, collection, title, languages_);
    add_cluster_of_collection(links, exchange_, view_, collection.entry->number);
    links.add(others_);
    auto const begin = out.size();
    view_.append(collection, links.text(), out, languages_);
    tell_ways(collection, begin, out);
    // In which CRS its items can be asked for: a matter of the API, not of the collection.
    if (exchange_.root().family == Family::features) out.insert(begin + 1, crs_members());
  }

  /// Of the collection that begins there.
  void tell_ways(catalogue::ShownCollection const& collection, std::size_t begin,
                 std::string& out) const {
    auto const& storage = exchange_.site().storage;
    if (!storage.may_concern(std::string_view(out).substr(begin))) return;
    auto const told = out.substr(begin);
    out.resize(begin);
    storage.append_stac(parsed(collection, told), out);
  }

  [[nodiscard]] json::Value parsed(catalogue::ShownCollection const& collection,
                                   std::string const& text) const {
    auto const value = exchange_.worker().item_parser().parse(text);
    if (value) return *value;
    throw store::StoreError(store::StoreError::Reason::corrupt,
                            "record_text of " + collection.id + " is no JSON");
  }

  Exchange const& exchange_;
  catalogue::View& view_;
  query::Fields const& fields_;
  std::vector<std::string> const& languages_;
  AnswerLanguage language_;
  Links others_; ///< of each
};

/// The rows of a stream.
struct CollectionRows {
  CollectionSearch search; ///< with the token of the next piece
  std::vector<std::string> languages;

  bool operator()(Exchange const& exchange, catalogue::View& view, std::size_t most,
                  RowWriter& out) {
    auto& request = search.records;
    request.limit = most;
    auto found = or_throw(view.search_collections(request));
    refuse_cut(found.matched);
    CollectionWriter writer(exchange, view, search.fields, languages);
    std::string collection;
    for (std::size_t place = 0; place < found.collections.size(); ++place) {
      collection.clear();
      writer.append(found, place, request.items.has_value(), collection);
      out.append(collection);
    }
    request.token = std::move(found.next);
    return request.token.has_value();
  }
};

/// The whole result. \param most  collections; nothing: all
Reply stream_collections(Exchange const& exchange, catalogue::View& view, CollectionRows rows,
                         std::optional<std::size_t> most) {
  if (auto& items = rows.search.records.items) items->most_scanned = exchange.site().scan_items;
  auto const page = page_in(rows.search.records);
  return stream_rows(exchange, view,
                     {.next = std::move(rows),
                      .piece = piece_of_records,
                      .page = page,
                      .most = most,
                      .table = table_of_collections(),
                      .depends_on_language = true});
}

/// \param path  of the list below the root
/// \param name  of the member that holds it
Reply answer_get(Exchange& exchange, std::string const& path,
                 std::string_view name = "collections") {
  auto view = exchange.view();
  auto const languages = wanted_languages(exchange);
  auto const search = read_collection_parameters(exchange, view);
  if (streams.has(exchange.form())) {
    return stream_collections(exchange, view, {search, languages}, limit_of_stream(exchange));
  }
  bool const is_plain = search.records.criteria.filters.empty() && !names_items(search.records);
  if (exchange.request().must_be_light && !is_plain) throw catalogue::TooHeavy();
  auto tag = tag_of_list(exchange, view, search.records, languages.front());
  if (auto reply = known_answer(exchange, tag)) return std::move(*reply);
  auto const answer = or_throw(view.search_collections(search.records));
  auto links = list_links(exchange, exchange.self());
  add_pages(links, exchange, exchange.url(path), json_type, {answer.previous, answer.next});
  CollectionWriter writer(exchange, view, search.fields, languages);
  auto text = writer.list(name, answer, links, search.records.items.has_value());
  return writer.told(tagged(std::move(text), json_type, std::move(tag)));
}

/// \param languages  the wanted one first
std::string tag_of(Exchange const& exchange, catalogue::View const& view,
                   catalogue::ShownCollection const& collection,
                   std::vector<std::string> const& languages) {
  return resource_tag(exchange, view.revision(), collection.entry->last_change(), json_type,
                      languages.front());
}

Reply answer_one(Exchange const& exchange, catalogue::View& view,
                 catalogue::ShownCollection const& collection,
                 std::vector<std::string> const& languages, std::string tag) {
  query::Fields const everything;
  CollectionWriter writer(exchange, view, everything, languages);
  return writer.told(tagged(writer.only(collection), json_type, std::move(tag)));
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

std::vector<std::string> resolved(catalogue::View& view, std::vector<std::string> ids) {
  for (auto& id : ids) {
    if (view.collection(id)) continue;
    if (auto const other = view.collection_by_identifier(id)) id = other->id;
  }
  return ids;
}

std::vector<std::string> standing(catalogue::View& view, std::vector<std::string> ids) {
  ids = resolved(view, std::move(ids));
  for (auto& id : ids) {
    auto const one = view.collection(id);
    if (!one) continue;
    auto shown = view.shown_id(view.standing().standing_for(one->entry->number));
    if (!shown.empty()) id = std::move(shown);
  }
  return ids;
}

void add_child(Links& links, Exchange const& exchange, catalogue::View& view,
               catalogue::ShownCollection const& collection,
               std::vector<std::string> const& languages) {
  auto const address = collection_url(exchange, collection.id);
  if (languages == exchange.site().languages) {
    links.add("child", address, json_type, collection.entry->title);
    return;
  }
  auto const title = view.title_of(collection);
  links.add_told_in(language_in(title, languages), "child", address, json_type,
                    title.best(languages));
}

Reply get_collections(Exchange& exchange) {
  return answer_get(exchange, "/collections");
}

Reply get_children(Exchange& exchange) {
  return answer_get(exchange, "/children", "children");
}

Reply get_collections_search(Exchange& exchange) {
  return answer_get(exchange, "/collections-search");
}

Reply post_collections_search(Exchange& exchange) {
  auto const body = exchange.worker().parser().parse(exchange.request().body);
  if (!body) throw ProblemError(body.error());
  auto view = exchange.view();
  auto const search = read_collection_body(exchange, view, *body);
  auto const languages = accepted_languages(exchange);
  if (streams.has(exchange.form())) {
    return stream_collections(exchange, view, {search, languages}, limit_in(BodyInput(*body)));
  }
  auto const answer = or_throw(view.search_collections(search.records));
  auto const address = exchange.url("/collections-search");
  auto links = list_links(exchange, address);
  add_pages(links, exchange, address, json_type, *body, {answer.previous, answer.next});
  CollectionWriter writer(exchange, view, search.fields, languages);
  auto text = writer.list("collections", answer, links, search.records.items.has_value());
  return writer.told({.status = 200,
                      .content_type = std::string(json_type),
                      .headers = {{"Cache-Control", "no-store"}},
                      .content = Text{std::move(text)}});
}

Reply collection_reply(Exchange const& exchange, catalogue::View& view,
                       catalogue::ShownCollection const& collection) {
  auto const languages = wanted_languages(exchange);
  return answer_one(exchange, view, collection, languages,
                    tag_of(exchange, view, collection, languages));
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
  auto const languages = wanted_languages(exchange);
  auto tag = tag_of(exchange, view, *collection, languages);
  if (auto reply = known_answer(exchange, tag)) return std::move(*reply);
  return answer_one(exchange, view, *collection, languages, std::move(tag));
}

} // namespace terracat::api
