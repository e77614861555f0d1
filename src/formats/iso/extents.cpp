#include "formats/iso/parts.hpp"
#include "formats/iso/property.hpp"

#include "formats/words/extents.hpp"
#include "formats/words/text.hpp"
#include "formats/xml/gml.hpp"

#include <algorithm>
#include <cmath>

namespace terracat::formats::iso {
namespace {

using model::Bbox;
using model::Geometry;
using model::SpatialExtent;

/// More than any source has; each costs a geometry.
constexpr std::size_t most_extents = 5'000;

/// What an EX_Extent says of place.
struct Place {
  std::vector<Geometry> polygons;
  std::vector<Geometry> boxes;
  std::vector<model::LocalText> names;
};

/// `extentTypeCode` false: the area is excluded.
bool is_exclusion(xml::Node element) {
  auto const text = line(element.child("extentTypeCode"));
  return text == "false" || text == "0";
}

std::optional<Geometry> box_of(xml::Node element, Draft& draft) {
  auto const west = line(element.child("westBoundLongitude"));
  auto const south = line(element.child("southBoundLatitude"));
  auto const east = line(element.child("eastBoundLongitude"));
  auto const north = line(element.child("northBoundLatitude"));
  auto const reading = read_box({.west = west, .south = south, .east = east, .north = north});
  for (auto const code : reading.findings) {
    draft.note(code, element, west + " " + south + " " + east + " " + north);
  }
  if (!reading.box) return std::nullopt;
  return Geometry::box(*reading.box);
}

void add_name(Place& place, model::LocalText name) {
  if (says_nothing(name.first())) return;
  add_new(place.names, std::move(name));
}

/// All boxes of the resource in one, which tells the order of the axes of a polygon.
std::optional<Bbox> all_boxes(std::vector<xml::Node> const& extents) {
  std::optional<Bbox> all;
  for (auto const extent : extents) {
    for (auto const element : extent.all("geographicElement/EX_GeographicBoundingBox")) {
      auto const west = line(element.child("westBoundLongitude"));
      auto const south = line(element.child("southBoundLatitude"));
      auto const east = line(element.child("eastBoundLongitude"));
      auto const north = line(element.child("northBoundLatitude"));
      auto const box = read_box({.west = west, .south = south, .east = east, .north = north}).box;
      if (box) all = all ? all->joined(*box) : *box;
    }
  }
  return all;
}

/// A box beside a polygon is mostly the box around it, which the polygon says better.
bool is_box_around(Geometry const& box, std::vector<Geometry> const& polygons) {
  if (polygons.empty()) return false;
  auto around = polygons.front().bbox();
  for (auto const& polygon : polygons) around = around.joined(polygon.bbox());
  auto const& given = box.bbox();
  constexpr double rounding = 0.02; // degrees
  auto const same = [](double a, double b) { return std::abs(a - b) <= rounding; };
  return same(given.west(), around.west()) && same(given.south(), around.south()) &&
         same(given.east(), around.east()) && same(given.north(), around.north());
}

class SpatialReader {
 public:
  SpatialReader(std::vector<xml::Node> const& extents, Draft& draft)
      : draft_(draft), boxes_(all_boxes(extents)) {}

  void read(xml::Node extent, bool exclusions) {
    Place place;
    // Beside a period alone, the description is that of the period.
    bool const is_of_time = extent.child("temporalElement") && !extent.child("geographicElement");
    if (!exclusions && !is_of_time) {
      add_name(place, name_in_languages(extent.child("description"), draft_));
    }
    for (auto const element : extent.all("geographicElement/*")) {
      auto const type = type_of(element);
      bool const is_description = type == "EX_GeographicDescription";
      if (is_exclusion(element) != exclusions && !is_description) continue;
      if (type == "EX_GeographicBoundingBox") {
        if (auto box = box_of(element, draft_)) place.boxes.push_back(std::move(*box));
      } else if (type == "EX_BoundingPolygon") {
        for (auto const geometry : element.all("polygon/*")) read_polygon(geometry, place);
      } else if (is_description && !exclusions) {
        for (auto const code : element.all("geographicIdentifier/*/code")) {
          add_name(place, name_in_languages(code, draft_));
        }
      }
    }
    add(std::move(place));
  }

  [[nodiscard]] bool found_geometry() const noexcept { return found_geometry_; }

 private:
  void read_polygon(xml::Node element, Place& place) {
    auto reading = gml::read_geometry(element, boxes_, allowance_);
    for (auto const code : reading.findings) draft_.note(code, element, element.text());
    if (reading.geometry) place.polygons.push_back(std::move(*reading.geometry));
  }

  void add(Place place) {
    std::erase_if(place.boxes, [&](auto const& box) { return is_box_around(box, place.polygons); });
    auto geometries = std::move(place.polygons);
    std::ranges::move(place.boxes, std::back_inserter(geometries));
    found_geometry_ = found_geometry_ || !geometries.empty();
    // The name of the extent is that of its geometry, if there is one only.
    if (geometries.size() == 1 && !place.names.empty()) {
      add({.geometry = std::move(geometries.front()), .place = std::move(place.names.front())});
      geometries.clear();
      place.names.erase(place.names.begin());
    }
    for (auto& geometry : geometries) add({.geometry = std::move(geometry), .place = {}});
    for (auto& name : place.names) add({.geometry = {}, .place = std::move(name)});
  }

  void add(SpatialExtent extent) {
    auto& known = draft_.parts.spatial;
    if (known.size() >= most_extents) return draft_.left_out("spatial", most_extents);
    known.push_back(std::move(extent));
  }

  Draft& draft_;
  std::optional<Bbox> boxes_;
  gml::Allowance allowance_;
  bool found_geometry_ = false;
};

void read_spatial(std::vector<xml::Node> const& extents, Draft& draft) {
  SpatialReader reader(extents, draft);
  for (auto const extent : extents) reader.read(extent, false);
  // If everything is marked as excluded, the mark is a mistake.
  if (reader.found_geometry()) return;
  for (auto const extent : extents) reader.read(extent, true);
}

// ---- Heights

/// `uom` of the value (19115-3) or of the extent's own element (19139).
std::string unit_of(xml::Node element) {
  for (auto const* const name : {"minimumValue", "maximumValue"}) {
    auto unit = one_line(element.child(name).child().attribute("uom"));
    if (!unit.empty()) return unit;
  }
  return line(element.child("unitOfMeasure"));
}

std::string vertical_crs(xml::Node element) {
  auto const property = element.child("verticalCRS");
  auto const href = property.attribute("href");
  if (!href.empty()) return one_line(href);
  auto const identifier = property.at("VerticalCRS/identifier");
  if (identifier) return one_line(identifier.text());
  auto const code = element.at("verticalCRSId/*/referenceSystemIdentifier/*/code");
  return line(code);
}

void read_vertical(xml::Node element, Draft& draft) {
  auto const low_text = line(element.child("minimumValue"));
  auto const high_text = line(element.child("maximumValue"));
  if (says_nothing(low_text) && says_nothing(high_text)) return;
  auto const low = read_number(says_nothing(low_text) ? high_text : low_text).value;
  auto const high = read_number(says_nothing(high_text) ? low_text : high_text).value;
  if (!low || !high) return;
  draft.parts.vertical.push_back(
      {.range = {.lowest = std::min(*low, *high), .highest = std::max(*low, *high)},
       .unit = unit_of(element),
       .crs = vertical_crs(element)});
}

// ---- Times

void read_temporal(xml::Node element, Draft& draft) {
  for (auto const time : element.all("extent/*")) {
    auto reading = gml::read_period(time);
    for (auto const code : reading.findings) {
      draft.note(code, time, reading.extent.start_text + " / " + reading.extent.end_text);
    }
    // "unknown" to "unknown" says nothing; what could not be read may say something to a person.
    auto& known = draft.parts.temporal;
    bool const says_something = reading.extent.interval || !reading.findings.empty();
    if (!says_something) continue;
    if (known.size() >= most_extents) {
      draft.left_out("temporal", most_extents);
      continue;
    }
    known.push_back(std::move(reading.extent));
  }
}

} // namespace

void read_extents(xml::Node identification, Draft& draft) {
  auto const extents = identification.all("extent/*");
  read_spatial(extents, draft);
  for (auto const extent : extents) {
    for (auto const element : extent.all("verticalElement/*")) read_vertical(element, draft);
    for (auto const element : extent.all("temporalElement/*")) read_temporal(element, draft);
  }
}

} // namespace terracat::formats::iso
