#include "formats/readers.hpp"

#include "formats/graph/geometry_text.hpp"
#include "formats/json/json_document.hpp"
#include "formats/json/json_node.hpp"
#include "formats/json/json_outline.hpp"
#include "formats/products/product.hpp"
#include "formats/words/extents.hpp"
#include "formats/words/links.hpp"
#include "formats/words/media_types.hpp"
#include "formats/words/text.hpp"

#include <cmath>
#include <map>

namespace terracat::formats {
namespace odata {
namespace {

/// `S2A_….SAFE` and `….zip` without the ending.
std::string_view stem_of(std::string_view name) {
  for (auto const ending : {std::string_view(".SAFE"), std::string_view(".zip")}) {
    if (name.ends_with(ending)) name.remove_suffix(ending.size());
  }
  return name;
}

/// The well-known text in `geography'SRID=4326;POLYGON (…)'`, or alone.
std::string_view wkt_in(std::string_view text) {
  auto const semicolon = text.find(';');
  if (semicolon != std::string_view::npos) text.remove_prefix(semicolon + 1);
  while (text.ends_with('\'')) text.remove_suffix(1);
  return text;
}

/// Reads a product of the Copernicus Data Space: some members of all products, and attributes, a
/// list of names with values, that differ from mission to mission.
class ProductReader {
 public:
  ProductReader(JsonNode root, ReadContext const& context)
      : root_(std::move(root)), context_(context) {}

  ReadResult read() {
    auto const id = root_.member("Id");
    product_.id = id.line();
    if (!is_name(product_.id)) return refusal(FindingCode::no_identifier, id, product_.id);
    // What a harvest writes there is the collection that was asked for.
    product_.collection = root_.member("collection").line();
    product_.came_from("/id", id.pointer());
    gather_attributes();
    read_footprint();
    read_times();
    read_image();
    read_files();
    product_.via = is_web_address(context_.address) ? context_.address : std::string();
    return product_.read(context_);
  }

 private:
  void gather_attributes() {
    for (auto const& node : root_.member("Attributes").each()) {
      attributes_.emplace(node.member("Name").line(), node.member("Value"));
    }
  }

  [[nodiscard]] JsonNode attribute(std::string_view name) const {
    auto const found = attributes_.find(name);
    return found == attributes_.end() ? JsonNode(std::nullopt) : found->second;
  }

  [[nodiscard]] std::string word(std::string_view name) const { return attribute(name).line(); }

  [[nodiscard]] std::optional<double> number(std::string_view name) const {
    return read_number(word(name)).value;
  }

  [[nodiscard]] std::optional<std::int64_t> integer(std::string_view name) const {
    return attribute(name) ? attribute(name).value()->integer() : std::nullopt;
  }

  void read_footprint() {
    auto const geometry = root_.member("GeoFootprint");
    auto const text = root_.member("Footprint");
    product_.came_from("/geometry", (geometry ? geometry : text).pointer());
    if (geometry) {
      product_.geometry = geometry.value()->text();
    } else if (auto const raw = graph::read_wkt(wkt_in(text.text()))) {
      json::Writer out;
      json::write_geometry(out, *raw);
      product_.geometry = out.take();
    }
  }

  void read_times() {
    auto const date = root_.member("ContentDate");
    auto const start = date.member("Start");
    auto const end = date.member("End");
    product_.taken(start.line(), end.line());
    product_.came_from("/properties/datetime", start.pointer());
    product_.came_from("/properties/start_datetime", start.pointer());
    product_.came_from("/properties/end_datetime", end.pointer());
    product_.moment("created", root_.member("PublicationDate").line());
    product_.moment("updated", root_.member("ModificationDate").line());
  }

  /// "SENTINEL-1" and "A"
  void read_image() {
    product_.text("title", stem_of(root_.member("Name").line()));
    auto const series = word("platformShortName");
    product_.platform(is_name(series) ? series + word("platformSerialIdentifier") : series);
    product_.instruments(word("instrumentShortName"));
    product_.producer(word("authority"));
    product_.type(word("productType"));
    auto const level = word("processingLevel");
    product_.level(level.empty() ? word("processing:level") : level);
    product_.clouds(number("cloudCover"));
    product_.snow(number("snowCover"));
    product_.absolute_orbit(integer("orbitNumber"));
    product_.relative_orbit(integer("relativeOrbitNumber"));
    product_.direction(word("orbitDirection"));
    product_.radar(word("operationalMode"), word("polarisationChannels"));
    product_.tile(word("tileId"));
  }

  void read_files() {
    auto const type = root_.member("@odata.mediaContentType").line();
    products::File file{.key = "product",
                        .href = {},
                        .where = "/Id",
                        .title = root_.member("Name").line(),
                        .media_type = media_type_in(type),
                        .role = "data",
                        .size = {},
                        .md5 = md5(),
                        .elsewhere = {}};
    if (auto const size = root_.member("ContentLength")) file.size = size.value()->integer();
    auto const path = root_.member("S3Path").text();
    auto const object = path.starts_with('/') ? "s3:/" + std::string(path) : std::string();
    if (is_web_address(context_.address)) {
      file.href = context_.address + "/$value";
      if (!object.empty()) file.elsewhere.push_back(object);
    } else {
      file.href = object;
    }
    product_.add(std::move(file));
    for (auto const& node : root_.member("Assets").each()) {
      if (node.member("Type").text() != "QUICKLOOK") continue;
      auto const address = node.member("DownloadLink");
      product_.add({.key = "quicklook",
                    .href = address.line(),
                    .where = address.pointer(),
                    .title = {},
                    .media_type = {},
                    .role = "overview",
                    .size = {},
                    .md5 = {},
                    .elsewhere = {}});
    }
  }

  [[nodiscard]] std::string md5() const {
    for (auto const& node : root_.member("Checksum").each()) {
      if (node.member("Algorithm").text() == "MD5") return node.member("Value").line();
    }
    return {};
  }

  JsonNode root_;
  ReadContext const& context_;
  std::map<std::string, JsonNode, std::less<>> attributes_;
  products::Product product_;
};

} // namespace
} // namespace odata

bool is_odata(std::string_view document) {
  auto const outline = outline_of(document);
  if (outline.has("value")) {
    return outline.string("@odata.context").find("#Products") != std::string_view::npos;
  }
  return outline.has("Id") && outline.has("Name") && outline.has("ContentDate");
}

ReadResult read_odata(std::string_view document, ReadContext const& context) {
  auto const root = parse_document(document, context);
  if (!root) return root.error();
  JsonNode const product(*root);
  if (!product.member("ContentDate") && !product.member("Name")) {
    return Finding{FindingCode::unexpected_root, "/Name", {}};
  }
  if (auto overlong = find_overlong(*root, {})) return std::move(*overlong);
  return odata::ProductReader(product, context).read();
}

/// Of an answer each product; a product is itself.
SplitResult split_odata(std::string_view document, ReadContext const& context) {
  return split_list(document, "value", context);
}

} // namespace terracat::formats
