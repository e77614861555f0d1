#include "kinds/resto/results.hpp"

#include "formats/products/atom_entry.hpp"
#include "kinds/counted_list.hpp"
#include "kinds/xml_answer.hpp"

#include <terracat/json.hpp>
#include <terracat/text.hpp>

#include <charconv>

namespace terracat::kinds::resto {
namespace {

namespace xml = formats::xml;

std::optional<std::size_t> count_in(std::string_view text) {
  auto const digits = trimmed(text);
  std::size_t out = 0;
  auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return out;
}

/// Some servers write numbers as text.
std::optional<std::size_t> count_at(std::optional<json::Value> const& value) {
  auto const text = value ? value->string() : std::nullopt;
  return text ? count_in(*text) : count_of(value);
}

std::optional<json::Value> links_of(json::Value const& of) {
  auto const links = of.member("links");
  return links && links->is_array() ? links : std::nullopt;
}

Results said_in(json::Value const& root) {
  Results out;
  auto const properties = root.member("properties");
  auto const& said = properties && properties->is_object() ? *properties : root;
  auto const exact = said.member("exactCount");
  bool const is_estimate = exact && exact->boolean() == false;
  if (!is_estimate) out.total = count_at(said.member("totalResults"));
  auto links = links_of(said);
  if (!links) links = links_of(root);
  if (!links) return out;
  for (auto const link : links->elements()) {
    if (link.string("rel") != "next") continue;
    out.next = link.string("href").value_or("");
    break;
  }
  return out;
}

std::string id_of(json::Value const& feature) {
  auto const id = feature.member("id");
  if (!id) return {};
  if (auto const number = id->integer()) return std::to_string(*number);
  return std::string(trimmed(id->string().value_or("")));
}

/// The collections that a server puts products in need not be those that it lets search.
std::string in_collection(json::Value const& feature, std::string_view collection) {
  json::Writer out;
  out.begin_object().name("type").string("Feature").name("collection").string(collection);
  for (auto const& [name, value] : feature.members()) {
    if (name != "type" && name != "collection") out.name(name).value(value);
  }
  return out.end_object().take();
}

void read_geojson(std::string_view body, std::string_view collection,
                  std::function<void(Results const&)> const& begin,
                  std::function<void(Result)> const& take) {
  auto const document = json::Document::parse(body);
  auto const features = document ? document->root().member("features") : std::nullopt;
  if (!features || !features->is_array()) refuse_page(body, "list of products in GeoJSON");
  auto results = said_in(document->root());
  results.count = features->size();
  begin(results);
  for (auto const feature : features->elements()) {
    take({.id = id_of(feature),
          .document = feature.is_object() ? in_collection(feature, collection) : std::string()});
  }
}

void read_atom(std::string_view body, std::function<void(Results const&)> const& begin,
               std::function<void(Result)> const& take) {
  if (starts_like_html(body)) throw ProtocolError("the answer is no Atom but an HTML page");
  auto const document = xml::Document::parse(body);
  auto const feed = document ? document->root() : xml::Node();
  bool const is_feed =
      feed.name() == "feed" && feed.namespace_uri() == formats::products::atom_namespace;
  if (!is_feed) throw ProtocolError("the answer is no feed of Atom");
  Results results{.total = count_in(feed.child("totalResults").text()), .count = 0, .next = {}};
  for (auto const link : feed.children("link")) {
    if (link.attribute("rel") == "next" && results.next.empty()) {
      results.next = link.attribute("href");
    }
  }
  for (auto const entry : feed.children("entry")) {
    if (entry) ++results.count;
  }
  begin(results);
  for (auto const entry : feed.children("entry")) {
    take({.id = formats::products::native_id_of(entry), .document = xml::standalone(entry)});
  }
}

} // namespace

void read_results(std::string_view body, Form form, std::string_view collection,
                  std::function<void(Results const&)> const& begin,
                  std::function<void(Result)> const& take) {
  if (form == Form::atom) return read_atom(body, begin, take);
  read_geojson(body, collection, begin, take);
}

} // namespace terracat::kinds::resto
