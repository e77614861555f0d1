#include "formats/readers.hpp"

#include "formats/json/json_text.hpp"
#include "formats/products/atom_entry.hpp"
#include "formats/products/product.hpp"
#include "formats/words/extents.hpp"
#include "formats/words/links.hpp"
#include "formats/words/markup.hpp"
#include "formats/words/media_types.hpp"
#include "formats/words/text.hpp"
#include "formats/xml/answers.hpp"
#include "formats/xml/gml.hpp"
#include "formats/xml/record_draft.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace terracat::formats {
namespace products {

std::string native_id_of(xml::Node entry) {
  for (auto const* const name : {"identifier", "id"}) {
    auto text = xml::line_of(entry.child(name));
    if (is_name(text)) return text;
  }
  return {};
}

} // namespace products

namespace atom {
namespace {

using xml::Node;

/// The first element of that name below, at any depth.
Node below(Node top, std::string_view name) {
  std::vector<Node> open{top};
  while (!open.empty()) {
    auto const node = open.back();
    open.pop_back();
    if (node.name() == name) return node;
    if (auto const next = node.next(); next && node != top) open.push_back(next);
    if (auto const child = node.child()) open.push_back(child);
  }
  return {};
}

std::optional<std::int64_t> integer_in(std::string_view text) {
  constexpr double most = 9e15;
  auto const number = read_number(text).value;
  if (!number || std::abs(*number) > most || std::floor(*number) != *number) return std::nullopt;
  return static_cast<std::int64_t>(*number);
}

std::string json_of(model::RawGeometry const& geometry) {
  json::Writer out;
  json::write_geometry(out, geometry);
  return out.take();
}

/// Positions of so many numbers each, latitude first, as a list of GeoJSON, without their heights;
/// empty if there are too few, or what stands there is none.
std::string positions_of(std::vector<std::string_view> const& words, std::size_t dimension,
                         std::size_t least) {
  std::string out = "[";
  if (words.size() % dimension != 0 || words.size() < dimension * least) return {};
  for (std::size_t i = 0; i < words.size(); i += dimension) {
    auto const latitude = read_number(words[i]).value;
    auto const longitude = read_number(words[i + 1]).value;
    if (!latitude || !longitude) return {};
    begin_element(out);
    out += '[';
    append_number(out, *longitude);
    out += ',';
    append_number(out, *latitude);
    out += ']';
  }
  return out + ']';
}

/// Of GeoRSS.
std::string positions_of(std::string_view text, std::size_t least) {
  return positions_of(split(text, " ,\t\r\n"), 2, least);
}

/// Of GML, where an odd number of numbers says that there are three for a position.
std::string positions_of(Node list, std::size_t least) {
  auto const text = list.text();
  auto const words = split(text, " ,\t\r\n");
  return positions_of(words, words.size() % 2 != 0 ? 3 : gml::dimension_of(list), least);
}

/// Reads an entry about a product: Atom with GeoRSS, Dublin Core and the metadata of Earth
/// observation (OGC 10-157) where an entry has it.
class EntryReader {
 public:
  EntryReader(Node entry, ReadContext const& context)
      : entry_(entry), metadata_(below(entry, "EarthObservation")), context_(context) {}

  ReadResult read() {
    product_.id = products::native_id_of(entry_);
    if (product_.id.empty()) {
      return xml::refusal(FindingCode::no_identifier, entry_.child("id"), {});
    }
    read_footprint();
    read_times();
    product_.text("title", xml::line_of(entry_.child("title")));
    product_.text("description", without_markup(entry_.child("summary").text()).text);
    product_.moment("created", xml::line_of(entry_.child("published")));
    product_.moment("updated", xml::line_of(entry_.child("updated")));
    read_image();
    for (auto const link : entry_.children("link")) read_link(link);
    read_pictures();
    auto result = product_.read(context_);
    if (result) std::ranges::copy(unreadable_, std::back_inserter(result->findings));
    return result;
  }

 private:
  [[nodiscard]] std::string said(std::string_view name) const {
    return metadata_ ? xml::line_of(below(metadata_, name)) : std::string();
  }

  /// "Sentinel-2" and "A"
  [[nodiscard]] std::string short_name(std::string_view element) const {
    if (!metadata_) return {};
    auto const node = below(metadata_, element);
    auto name = xml::line_of(node.child("shortName"));
    if (is_name(name)) name += xml::line_of(node.child("serialIdentifier"));
    return name;
  }

  void read_footprint() {
    for (auto const node : entry_.children()) {
      auto const name = node.name();
      std::string geometry;
      if (name == "where") {
        geometry = gml_of(node.child());
      } else if (name == "polygon") {
        auto const ring = positions_of(node.text(), 4);
        if (!ring.empty()) geometry = R"({"type":"Polygon","coordinates":[)" + ring + "]}";
      } else if (name == "point") {
        auto const point = positions_of(node.text(), 1);
        if (point.size() > 2) {
          geometry = R"({"type":"Point","coordinates":)" + point.substr(1, point.size() - 2) + "}";
        }
      } else if (name == "box") {
        geometry = box_of(node);
      } else {
        continue;
      }
      if (geometry.empty()) {
        if (!node.child() && trimmed(node.text()).empty()) continue;
        unreadable_.push_back(
            {FindingCode::geometry_unreadable, node.pointer(), excerpt(node.text())});
        continue;
      }
      product_.geometry = std::move(geometry);
      product_.came_from("/geometry", node.pointer());
      return;
    }
  }

  /// GeoRSS has the latitude first, unless a reference system says otherwise by its full name.
  [[nodiscard]] std::string gml_of(Node node) {
    if (is_web_address(node.attribute("srsName")) ||
        node.attribute("srsName").starts_with("urn:")) {
      auto const reading = gml::read_geometry(node, std::nullopt, allowance_);
      return reading.geometry ? json_of(model::from_wkb(reading.geometry->wkb())) : std::string();
    }
    if (node.name() == "Point") {
      auto const point = positions_of(node.child("pos"), 1);
      if (point.size() <= 2) return {};
      return R"({"type":"Point","coordinates":)" + point.substr(1, point.size() - 2) + "}";
    }
    auto polygons = node.all("*/Polygon");
    if (node.name() == "Polygon") polygons = {node};
    std::string out;
    for (auto const polygon : polygons) {
      auto const rings = rings_of(polygon);
      if (rings.empty()) return {};
      out += (out.empty() ? "" : ",") + rings;
    }
    if (out.empty()) return {};
    return R"({"type":"MultiPolygon","coordinates":[)" + out + "]}";
  }

  [[nodiscard]] static std::string rings_of(Node polygon) {
    std::string out = "[";
    for (auto const* const side : {"exterior", "interior"}) {
      for (auto const list : polygon.all(std::string(side) + "/LinearRing/posList")) {
        auto const ring = positions_of(list, 4);
        if (ring.empty()) return {};
        begin_element(out);
        out += ring;
      }
    }
    return out.size() == 1 ? std::string() : out + ']';
  }

  /// Two corners, of which the first is in the south-west.
  [[nodiscard]] static std::string box_of(Node node) {
    auto const text = node.text();
    auto const words = split(text, " ,\t\r\n");
    if (words.size() != 4) return {};
    auto const outcome =
        read_box({.west = words[1], .south = words[0], .east = words[3], .north = words[2]});
    if (!outcome.box) return {};
    return json_of(model::from_wkb(model::Geometry::box(*outcome.box).wkb()));
  }

  /// `2024-01-01T10:00:00Z/2024-01-01T10:00:30Z`; when the entry was written is no time of it.
  void read_times() {
    auto const date = entry_.child("date");
    auto const text = xml::line_of(date);
    auto const slash = text.find('/');
    auto start = text.substr(0, slash);
    auto end = slash == std::string::npos ? std::string() : text.substr(slash + 1);
    auto where = date;
    if (text.empty() && metadata_) {
      where = below(metadata_, "phenomenonTime");
      start = xml::line_of(below(where, "beginPosition"));
      end = xml::line_of(below(where, "endPosition"));
    }
    product_.taken(start, end);
    for (auto const* const member : {"datetime", "start_datetime", "end_datetime"}) {
      product_.came_from("/properties/" + std::string(member), where.pointer());
    }
  }

  void read_image() {
    product_.platform(short_name("Platform"));
    product_.instruments(short_name("Instrument"));
    product_.producer(xml::line_of(entry_.child("publisher")));
    product_.type(said("productType"));
    product_.level(said("processingLevel"));
    product_.resolution(read_number(said("resolution")).value);
    product_.clouds(read_number(said("cloudCoverPercentage")).value);
    product_.snow(read_number(said("snowCoverPercentage")).value);
    product_.absolute_orbit(integer_in(said("orbitNumber")));
    product_.direction(said("orbitDirection"));
    product_.radar(said("operationalMode"), said("polarisationChannels"));
  }

  void read_link(Node link) {
    auto const relation = link.attribute("rel");
    auto const href = one_line(link.attribute("href"));
    bool const is_page = link.attribute("type") == "text/html";
    if (relation == "enclosure") {
      product_.add({.key = "product",
                    .href = href,
                    .where = link.pointer(),
                    .title = one_line(link.attribute("title")),
                    .media_type = media_type_in(link.attribute("type")),
                    .role = "data",
                    .size = integer_in(link.attribute("length")),
                    .md5 = {},
                    .elsewhere = {}});
    } else if (relation == "icon") {
      add_picture(link, href, "thumbnail");
    } else if ((relation == "alternate" || relation == "self") && !is_page) {
      if (!product_.via.empty() && relation != "self") return;
      product_.via = href;
      product_.came_from("/links/0/href", link.pointer());
    }
  }

  /// Of Media RSS: their category says what they are.
  void read_pictures() {
    for (auto const content : entry_.all("group/content")) {
      auto const category = lowered(xml::line_of(content.child("category")));
      bool const is_picture = category == "quicklook" || category == "thumbnail";
      if (is_picture) add_picture(content, one_line(content.attribute("url")), category);
    }
  }

  void add_picture(Node where, std::string href, std::string_view key) {
    product_.add({.key = std::string(key),
                  .href = std::move(href),
                  .where = where.pointer(),
                  .title = {},
                  .media_type = media_type_in(where.attribute("type")),
                  .role = key == "quicklook" ? "overview" : "thumbnail",
                  .size = {},
                  .md5 = {},
                  .elsewhere = {}});
  }

  Node entry_;
  Node metadata_;
  ReadContext const& context_;
  gml::Allowance allowance_;
  std::vector<Finding> unreadable_; ///< footprints
  products::Product product_;
};

} // namespace
} // namespace atom

bool recognises_atom(std::string_view document) {
  for (auto const& tag : xml::first_start_tags(document, 1)) {
    return tag.name == "entry" && tag.namespace_uri == products::atom_namespace;
  }
  return false;
}

ReadResult read_atom(std::string_view document, ReadContext const& context) {
  auto const parsed = xml::Document::parse(document);
  if (!parsed) return parsed.error();
  auto const entry = parsed->root();
  if (entry.name() != "entry" || entry.namespace_uri() != products::atom_namespace) {
    return xml::refusal(FindingCode::unexpected_root, entry, entry.name());
  }
  return atom::EntryReader(entry, context).read();
}

} // namespace terracat::formats
