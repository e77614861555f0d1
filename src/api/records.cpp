#include "api/cluster_links.hpp"
#include "api/collections.hpp"
#include "api/conformance.hpp"
#include "api/criteria_input.hpp"
#include "api/families.hpp"
#include "api/fit.hpp"
#include "api/handlers.hpp"
#include "api/languages.hpp"
#include "api/links.hpp"
#include "api/record_facets.hpp"
#include "api/record_parameters.hpp"
#include "api/row_stream.hpp"
#include "api/spoken_places.hpp"
#include "api/tags.hpp"

#include <algorithm>

/// OGC API Records 1.0: a root has catalogs, and these have the records of what they show.
namespace terracat::api {
namespace {

constexpr std::string_view profile_of_records =
    "http://www.opengis.net/def/profile/OGC/0/ogc-record";
constexpr std::string_view profile_of_catalogs =
    "http://www.opengis.net/def/profile/OGC/0/ogc-catalog";

/// All records of a root, or of one of the poles that the root shows.
struct Catalog {
  std::string id;
  Root const* root; ///< that shows exactly these
};

std::vector<Catalog> catalogs_of(Exchange const& exchange) {
  auto const& own = exchange.root();
  std::vector<Catalog> out{{"all", &own}};
  if (own.prefix != segment_of(Family::records)) return out;
  for (auto const& root : exchange.site().roots) {
    if (root.family == Family::records && &root != &own) out.push_back({root.id, &root});
  }
  return out;
}

Catalog existing_catalog(Exchange const& exchange) {
  auto const id = exchange.captured("collection");
  auto const catalogs = catalogs_of(exchange);
  auto const found = std::ranges::find(catalogs, id, &Catalog::id);
  if (found != catalogs.end()) return *found;
  auto detail = "there is no catalog '" + id.substr(0, 100) + "' here; there are ";
  for (auto const& one : catalogs) detail += (&one == &catalogs.front() ? "" : ", ") + one.id;
  throw ProblemError({.kind = ProblemKind::not_found, .detail = std::move(detail), .where = {}});
}

// ---- Catalogs

/// The answer says which profile it has, in a header as well.
Reply with_profile(Reply reply, std::string_view profile) {
  reply.headers.emplace_back("Link", "<" + std::string(profile) + ">; rel=\"profile\"");
  return reply;
}

void write_extent(json::Writer& out, catalogue::RecordExtent const& extent) {
  auto const write_time = [&](std::optional<model::Instant> const& time) {
    time ? out.string(model::to_iso8601(*time)) : out.null();
  };
  if (!extent.bbox && !extent.period) return;
  out.name("extent").begin_object();
  if (auto const& box = extent.bbox) {
    out.name("spatial").begin_object().name("bbox").begin_array().begin_array();
    out.number(box->west()).number(box->south()).number(box->east()).number(box->north());
    out.end_array().end_array().member("crs", crs84).end_object();
  }
  if (auto const& period = extent.period) {
    out.name("temporal").begin_object().name("interval").begin_array().begin_array();
    write_time(period->first);
    write_time(period->last);
    out.end_array().end_array().end_object();
  }
  out.end_object();
}

void begin_catalog(json::Writer& out, std::string_view id, std::string_view title,
                   std::string_view description) {
  out.begin_object().member("id", id).member("type", "Collection").member("itemType", "record");
  out.member("title", title).member("description", description);
  out.name("conformsTo").begin_array();
  for (auto const* const name : {"record-collection", "crawlable-catalog"}) {
    out.string("http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/" + std::string(name));
  }
  out.end_array();
}

/// \param others  links to other forms of the same
void write_catalog(json::Writer& out, Exchange const& exchange, Catalog const& catalog,
                   Links const& others = {}) {
  auto const self = collection_url(exchange, catalog.id);
  Links links;
  links.add("self", self, catalog_type);
  links.add(others);
  links.add("child", self + "/browse", catalog_type, "Links to all records");
  links.add("root", exchange.url(""), json_type);
  links.add("parent", exchange.url(""), json_type);
  links.add("items", self + "/items", geojson_type, "Records");
  links.add(queryables_rel, self + "/queryables", schema_type, "Queryables");
  links.add(sortables_rel, self + "/sortables", schema_type, "Sortables");
  links.add(facets_rel, self + "/facets", facets_type, "Facets");
  links.add("profile", profile_of_catalogs, {});
  begin_catalog(out, catalog.id, catalog.root->subject, catalog.root->description);
  write_extent(out, exchange.view(catalog.root->scope).record_extent());
  out.name("defaultSortOrder").begin_array().begin_object();
  out.member("field", "title").member("direction", "asc").end_object().end_array();
  out.name("links").raw("[" + links.text() + "]").end_object();
}

// ---- Records

/// \param title      of the record
/// \param languages  the wanted one first
Links links_of(Exchange const& exchange, Catalog const& catalog,
               catalogue::ShownRecord const& record, model::LocalText const& title,
               std::vector<std::string> const& languages) {
  auto const collection = collection_url(exchange, catalog.id);
  auto const self = collection + "/items/" + encode(record.id);
  Links links;
  links.add_told_in(language_in(title, languages), "self", self, geojson_type);
  links.add("root", exchange.url(""), json_type);
  links.add("collection", collection, catalog_type);
  links.add("profile", profile_of_records, {});
  if (record.entry != nullptr) {
    links.add("alternate", stac_url(exchange, record.id), json_type, "STAC Collection");
  }
  add_languages(links, title.others(languages), self, geojson_type);
  return links;
}

/// Writes records into one answer, or into one piece of it. All that it is made with outlives it.
class RecordWriter {
 public:
  /// \param languages  the wanted one first
  RecordWriter(Exchange const& exchange, catalogue::View& view, Catalog const& catalog,
               std::vector<std::string> const& languages)
      : exchange_(exchange), view_(view), catalog_(catalog), languages_(languages) {}

  /// \param others  links to other forms of the same
  void append(catalogue::ShownRecord const& record, std::string& out, Links const& others = {}) {
    auto const title = view_.title_of(record);
    language_.note(language_in(title, languages_));
    auto links = links_of(exchange_, catalog_, record, title, languages_);
    add_cluster_of_record(links, view_, record.row.number, collection_url(exchange_, catalog_.id));
    links.add(others);
    auto const begin = out.size();
    view_.append(record, links.text(), out, languages_);
    tell_ways(record, begin, out);
  }

  /// The one at this place of what was found.
  void append(catalogue::RecordAnswer const& found, std::size_t place, std::string& out) {
    append(found.records[place], out);
    if (found.may_be_guessed) add_guess(view_, found.records[place].row.number, out);
    if (!found.fits.empty()) add_fit(found.fits[place], out);
  }

  std::string list(catalogue::RecordAnswer const& found, Links const& links,
                   std::string_view facets) {
    std::string body = R"({"type":"FeatureCollection","features":[)";
    for (std::size_t place = 0; place < found.records.size(); ++place) {
      if (place > 0) body += ',';
      append(found, place, body);
    }
    body += R"(],"links":[)" + links.text() + "]" + counts_of(found.matched, found.records.size());
    if (!facets.empty()) body.append(R"(,"facets":)").append(facets);
    body += '}';
    return body;
  }

  /// The reply says in which language all of it is told, and which profile it has.
  [[nodiscard]] Reply told(Reply reply, std::string_view profile) const {
    language_.append_to(reply);
    return with_profile(std::move(reply), profile);
  }

 private:
  /// By which the files can be had as well that the record names, which begins there.
  void tell_ways(catalogue::ShownRecord const& record, std::size_t begin, std::string& out) const {
    auto const& storage = exchange_.site().storage;
    if (!storage.may_concern(std::string_view(out).substr(begin))) return;
    auto const told = out.substr(begin);
    auto const value = exchange_.worker().item_parser().parse(told);
    if (!value) {
      throw store::StoreError(store::StoreError::Reason::corrupt,
                              "record_text of " + record.id + " is no JSON");
    }
    out.resize(begin);
    storage.append_record(*value, out);
  }

  Exchange const& exchange_;
  catalogue::View& view_;
  Catalog const& catalog_;
  std::vector<std::string> const& languages_;
  AnswerLanguage language_;
};

/// The rows of a stream.
struct RecordRows {
  Catalog catalog;
  catalogue::RecordRequest request; ///< with the token of the next piece
  std::vector<std::string> languages;

  bool operator()(Exchange const& exchange, catalogue::View& view, std::size_t most,
                  RowWriter& out) {
    request.limit = most;
    auto found = or_throw(view.search_records(request));
    refuse_cut(found.matched);
    RecordWriter writer(exchange, view, catalog, languages);
    std::string record;
    for (std::size_t place = 0; place < found.records.size(); ++place) {
      record.clear();
      writer.append(found, place, record);
      out.append(record);
    }
    request.offset = 0;
    request.token = std::move(found.next);
    return request.token.has_value();
  }
};

/// The whole result. \param most  records; nothing: all
Reply stream_records(Exchange const& exchange, catalogue::View& view, RecordRows rows,
                     std::optional<std::size_t> most) {
  auto const page = page_in(rows.request);
  auto reply = stream_rows(exchange, view,
                           {.next = std::move(rows),
                            .piece = piece_of_records,
                            .page = page,
                            .most = most,
                            .table = table_of_records(),
                            .depends_on_language = true});
  return with_profile(std::move(reply), profile_of_catalogs);
}

/// Catalogs say where and when their records are.
std::string catalog_tag(Exchange const& exchange) {
  auto const view = exchange.view();
  return list_tag(exchange, view.revision(), view.last_record_change());
}

} // namespace

Reply get_catalog_queryables(Exchange& exchange) {
  static_cast<void>(existing_catalog(exchange));
  return get_record_queryables(exchange);
}

Reply get_catalog_sortables(Exchange& exchange) {
  static_cast<void>(existing_catalog(exchange));
  return get_record_sortables(exchange);
}

Reply get_catalog_facets(Exchange& exchange) {
  auto const catalog = existing_catalog(exchange);
  auto const self = collection_url(exchange, catalog.id);
  Links links;
  add_self(links, exchange, exchange.self(), facets_type);
  links.add("root", exchange.url(""), json_type);
  links.add("collection", self, catalog_type);
  links.add("items", self + "/items", geojson_type, "Records");
  json::Writer out;
  out.begin_object().member("id", catalog.id).member("title", catalog.root->subject);
  write_facet_definitions(out);
  out.name("links").raw("[" + links.text() + "]").end_object();
  return lasting(exchange, out.take(), facets_type);
}

Reply get_records_landing(Exchange& exchange) {
  auto const& root = exchange.root();
  auto links = landing_links(exchange, "Catalogs");
  for (auto const& catalog : catalogs_of(exchange)) {
    auto const& title = catalog.root->subject;
    auto const address = collection_url(exchange, catalog.id);
    links.add(catalog_rel, address + "/items", geojson_type, title);
    links.add(catalog_rel, address, catalog_type, title);
  }
  json::Writer out;
  out.begin_object().member("id", root.id).member("title", root.title);
  out.member("description", root.description).name("conformsTo");
  write_conformance(out, root);
  out.name("links").raw("[" + links.text() + "]").end_object();
  return lasting(exchange, out.take(), json_type);
}

Reply get_catalogs(Exchange& exchange) {
  auto tag = catalog_tag(exchange);
  if (auto reply = not_modified(exchange, tag)) return std::move(*reply);
  auto const catalogs = catalogs_of(exchange);
  Links links;
  add_self(links, exchange, exchange.self(), json_type);
  links.add("root", exchange.url(""), json_type);
  links.add("parent", exchange.url(""), json_type);
  json::Writer out;
  out.begin_object().name("collections").begin_array();
  for (auto const& catalog : catalogs) write_catalog(out, exchange, catalog);
  out.end_array().name("links").raw("[" + links.text() + "]");
  auto const count = static_cast<std::int64_t>(catalogs.size());
  out.name("numberMatched").integer(count).name("numberReturned").integer(count).end_object();
  return tagged(out.take(), json_type, std::move(tag));
}

Reply get_catalog(Exchange& exchange) {
  auto const catalog = existing_catalog(exchange);
  auto tag = catalog_tag(exchange);
  if (auto reply = not_modified(exchange, tag)) return std::move(*reply);
  Links others;
  add_other_forms(others, exchange, collection_url(exchange, catalog.id), catalog_type);
  json::Writer out;
  write_catalog(out, exchange, catalog, others);
  return with_profile(tagged(out.take(), catalog_type, std::move(tag)), profile_of_catalogs);
}

Reply get_catalog_page(Exchange& exchange) {
  auto const catalog = existing_catalog(exchange);
  auto view = exchange.view(catalog.root->scope);
  auto tag = list_tag(exchange, view.revision(), view.last_record_change());
  if (auto reply = not_modified(exchange, tag)) return std::move(*reply);
  catalogue::RecordRequest request{.limit = read_limit(exchange, most_links, most_links)};
  request.token = token_in(ParameterInput(exchange));
  auto const answer = or_throw(view.search_records(request));
  auto const self = collection_url(exchange, catalog.id);
  Links links;
  add_self(links, exchange, exchange.self(), catalog_type);
  links.add("root", exchange.url(""), json_type);
  links.add("parent", self, catalog_type);
  links.add("profile", profile_of_catalogs, {});
  links.add("items", self + "/items", geojson_type, "Records");
  for (auto const& record : answer.records) {
    links.add("item", self + "/items/" + encode(record.id), geojson_type, record.row.title);
  }
  add_pages(links, exchange, self + "/browse", catalog_type, {answer.previous, answer.next});
  json::Writer out;
  begin_catalog(out, catalog.id + ".browse", catalog.root->subject, "Links to all records");
  out.name("links").raw("[" + links.text() + "]").end_object();
  return with_profile(tagged(out.take(), catalog_type, std::move(tag)), profile_of_catalogs);
}

Reply get_records(Exchange& exchange) {
  auto const catalog = existing_catalog(exchange);
  auto view = exchange.view(catalog.root->scope);
  auto const languages = accepted_languages(exchange); // `language` is a property of records
  auto const request = read_record_parameters(exchange, view);
  auto const wanted =
      read_facets(ParameterInput(exchange), exchange.parameters().has("facets"), request);
  if (streams.has(exchange.form())) {
    return stream_records(exchange, view, {catalog, request, languages}, limit_of_stream(exchange));
  }
  auto tag = record_list_tag(exchange, view, request, languages.front());
  if (auto reply = not_modified(exchange, tag)) return std::move(*reply);
  auto const answer = or_throw(view.search_records(request));
  auto const self = collection_url(exchange, catalog.id);
  Links links;
  add_self(links, exchange, exchange.self(), geojson_type);
  links.add("root", exchange.url(""), json_type);
  links.add("collection", self, catalog_type);
  links.add("profile", profile_of_catalogs, {});
  add_pages(links, exchange, self + "/items", geojson_type, {answer.previous, answer.next});
  auto const facets =
      exchange.form() == Form::atom ? std::string() : facets_text(view, request, wanted);
  RecordWriter writer(exchange, view, catalog, languages);
  auto text = writer.list(answer, links, facets);
  return writer.told(tagged(std::move(text), geojson_type, std::move(tag)), profile_of_catalogs);
}

Reply post_records(Exchange& exchange) {
  auto const catalog = existing_catalog(exchange);
  auto const body = exchange.worker().parser().parse(exchange.request().body);
  if (!body) throw ProblemError(body.error());
  auto view = exchange.view(catalog.root->scope);
  auto const languages = accepted_languages(exchange);
  auto const request = read_record_body(exchange, view, *body);
  BodyInput const input(*body);
  auto const wanted = read_facets(input, input.member("facets").has_value(), request);
  if (streams.has(exchange.form())) {
    return stream_records(exchange, view, {catalog, request, languages}, limit_in(input));
  }
  auto const self = collection_url(exchange, catalog.id);
  auto const answer = or_throw(view.search_records(request));
  Links links;
  links.add("root", exchange.url(""), json_type);
  links.add("collection", self, catalog_type);
  links.add("profile", profile_of_catalogs, {});
  add_pages(links, exchange, self + "/items", geojson_type, *body, {answer.previous, answer.next});
  auto const facets = facets_text(view, request, wanted);
  RecordWriter writer(exchange, view, catalog, languages);
  return writer.told({.status = 200,
                      .content_type = std::string(geojson_type),
                      .headers = {{"Cache-Control", "no-store"}},
                      .content = Text{writer.list(answer, links, facets)}},
                     profile_of_catalogs);
}

Reply get_record(Exchange& exchange) {
  auto const catalog = existing_catalog(exchange);
  auto view = exchange.view(catalog.root->scope);
  auto const id = exchange.captured("item");
  auto const record = view.record(id);
  if (!record) {
    if (auto const other = view.record_by_identifier(id)) {
      auto const address = collection_url(exchange, catalog.id) + "/items/" + encode(other->id);
      return {.status = 308,
              .content_type = std::string(json_type),
              .headers = {{"Location", address}},
              .content = Text{"{}"}};
    }
    throw ProblemError(no_such_record(view, id));
  }
  auto const languages = wanted_languages(exchange);
  auto tag = resource_tag(exchange, view.revision(), record->last_change(), geojson_type,
                          languages.front());
  if (auto reply = not_modified(exchange, tag)) return std::move(*reply);
  Links others;
  add_other_forms(others, exchange, exchange.self(), geojson_type);
  std::string body;
  RecordWriter writer(exchange, view, catalog, languages);
  writer.append(*record, body, others);
  return writer.told(tagged(std::move(body), geojson_type, std::move(tag)), profile_of_records);
}

} // namespace terracat::api
