#include "formats/readers.hpp"

#include "formats/json/json_document.hpp"
#include "formats/json/json_node.hpp"
#include "formats/json/json_outline.hpp"
#include "formats/products/product.hpp"
#include "formats/words/extents.hpp"
#include "formats/words/media_types.hpp"
#include "formats/words/text.hpp"

#include <array>
#include <cmath>

namespace terracat::formats {
namespace resto {
namespace {

std::optional<double> number_at(JsonNode const& node) {
  return read_number(node.line()).value;
}

std::optional<std::int64_t> integer_at(JsonNode const& node) {
  constexpr double most = 9e15;
  auto const number = number_at(node);
  if (!number || std::abs(*number) > most || std::floor(*number) != *number) return std::nullopt;
  return static_cast<std::int64_t>(*number);
}

/// `md5=64FF…` or the digits alone.
std::string md5_in(std::string_view text) {
  constexpr std::string_view word = "md5=";
  if (lowered(text.substr(0, word.size())) == word) text.remove_prefix(word.size());
  return std::string(text);
}

/// Reads a product as RESTO answers it, of version 2: the words are those of OpenSearch for Earth
/// observation, some of which have other names at some sites.
class FeatureReader {
 public:
  FeatureReader(JsonNode feature, ReadContext const& context)
      : feature_(std::move(feature)), said_(feature_.member("properties")), context_(context) {}

  ReadResult read() {
    product_.id = feature_.member("id").line();
    if (!is_name(product_.id)) {
      return refusal(FindingCode::no_identifier, feature_.member("id"), product_.id);
    }
    // What a harvest writes there is the collection that was asked for.
    product_.collection = first(feature_, {"collection"}).line();
    if (product_.collection.empty()) product_.collection = first(said_, {"collection"}).line();
    auto const geometry = feature_.member("geometry");
    if (geometry) product_.geometry = geometry.value()->text();
    read_times();
    read_names();
    read_image();
    read_files();
    read_source();
    return product_.read(context_);
  }

 private:
  using Names = std::initializer_list<std::string_view>;

  /// The first of these members that says anything.
  [[nodiscard]] static JsonNode first(JsonNode const& of, Names names) {
    for (auto const name : names) {
      auto node = of.member(name);
      if (is_name(node.line())) return node;
    }
    return JsonNode(std::nullopt);
  }

  [[nodiscard]] JsonNode first(Names names) const { return first(said_, names); }

  void read_times() {
    auto const start = first({"startDate", "datetime"});
    auto const end = first({"completionDate"});
    product_.taken(start.line(), end.line());
    product_.came_from("/properties/datetime", (start ? start : end).pointer());
    product_.came_from("/properties/start_datetime", start.pointer());
    product_.came_from("/properties/end_datetime", end.pointer());
    product_.moment("created", first({"published", "dhusIngestDate"}).line());
    product_.moment("updated", first({"updated"}).line());
  }

  void read_names() {
    auto title = first({"title", "productIdentifier"}).line();
    // Some sites give the path of a folder.
    if (title.starts_with('/')) title = title.substr(title.find_last_of('/') + 1);
    product_.text("title", title);
    product_.text("description", first({"description", "abstract"}).line());
  }

  void read_image() {
    product_.platform(first({"platform", "platformName"}).line());
    auto const instrument = first({"instrument", "instrumentName"}).line();
    product_.instruments(instrument);
    product_.producer(first({"organisationName", "authority"}).line());
    product_.type(first({"productType"}).line());
    product_.level(first({"processingLevel"}).line());
    product_.resolution(number_at(first({"resolution"})));
    product_.clouds(number_at(first({"cloudCover"})));
    product_.snow(number_at(first({"snowCover"})));
    product_.absolute_orbit(integer_at(first({"orbitNumber"})));
    product_.relative_orbit(integer_at(first({"relativeOrbitNumber"})));
    product_.direction(first({"orbitDirection"}).line());
    product_.radar(first({"sensorMode"}).line(), first({"polarisation", "polarization"}).line());
    product_.tile(first({"mgrs", "tileId", "location"}).line());
  }

  void read_files() {
    auto const download = said_.member("services").member("download");
    auto const url = download.member("url");
    auto const size = download.member("size");
    auto const checksum = download.member("checksum");
    product_.add({.key = "product",
                  .href = address_of(url),
                  .where = url.pointer(),
                  .title = {},
                  .media_type = media_type_in(download.member("mimeType").line()),
                  .role = "data",
                  .size = integer_at(size ? size : said_.member("resourceSize")),
                  .md5 = md5_in((checksum ? checksum : said_.member("resourceChecksum")).line()),
                  .elsewhere = {}});
    add_picture("quicklook", "overview");
    add_picture("thumbnail", "thumbnail");
  }

  /// \return  empty for words for nothing
  [[nodiscard]] static std::string address_of(JsonNode const& node) {
    auto text = node.line();
    return is_name(text) ? text : std::string();
  }

  void add_picture(std::string_view name, std::string_view role) {
    auto const node = said_.member(name);
    product_.add({.key = std::string(name),
                  .href = address_of(node),
                  .where = node.pointer(),
                  .title = {},
                  .media_type = {},
                  .role = std::string(role),
                  .size = {},
                  .md5 = {},
                  .elsewhere = {}});
  }

  /// The description of this product alone, in JSON if there is one.
  void read_source() {
    for (auto const* const relation : {"self", "alternate"}) {
      for (auto const& link : said_.member("links").each()) {
        bool const is_json = link.member("type").line().find("json") != std::string::npos;
        if (link.member("rel").line() != relation || !is_json) continue;
        product_.via = link.member("href").line();
        product_.came_from("/links/0/href", link.member("href").pointer());
        if (!product_.via.empty()) return;
      }
    }
  }

  JsonNode feature_;
  JsonNode said_;
  ReadContext const& context_;
  products::Product product_;
};

} // namespace
} // namespace resto

bool is_resto(std::string_view document) {
  auto const outline = outline_of(document);
  if (outline.string("type") != "Feature" || outline.has("stac_version")) return false;
  auto const properties = outline.value("properties");
  if (!properties.starts_with('{')) return false;
  json::Outline const said(properties);
  return said.has("productIdentifier") || (said.has("startDate") && said.has("completionDate"));
}

ReadResult read_resto(std::string_view document, ReadContext const& context) {
  auto const root = parse_document(document, context);
  if (!root) return root.error();
  JsonNode const feature(*root);
  auto const type = feature.member("type");
  if (type.text() != "Feature") {
    return refusal(FindingCode::unexpected_root, type, type.text());
  }
  auto const properties = feature.member("properties");
  if (!properties || !properties.value()->is_object()) {
    return refusal(FindingCode::unexpected_root, properties, {});
  }
  if (properties.value()->size() > longest_list) {
    return Finding{FindingCode::too_large, "/properties", {}};
  }
  return resto::FeatureReader(feature, context).read();
}

} // namespace terracat::formats
