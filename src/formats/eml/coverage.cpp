#include "formats/eml/parts.hpp"

#include "formats/words/collect.hpp"
#include "formats/words/extents.hpp"
#include "formats/words/text.hpp"
#include "formats/xml/gml.hpp"

#include <algorithm>
#include <array>

namespace terracat::formats::eml {
namespace {

using model::Geometry;
using xml::Node;
using xml::RecordDraft;

// ---- Places

std::optional<Geometry> box_of(Node coordinates, RecordDraft& draft) {
  if (!coordinates) return std::nullopt;
  auto const edge = [coordinates](std::string_view name) {
    return xml::line_of(coordinates.child(name));
  };
  auto const west = edge("westBoundingCoordinate");
  auto const south = edge("southBoundingCoordinate");
  auto const east = edge("eastBoundingCoordinate");
  auto const north = edge("northBoundingCoordinate");
  auto const reading = read_box({.west = west, .south = south, .east = east, .north = north});
  for (auto const code : reading.findings) {
    draft.note(code, coordinates, west + " " + south + " " + east + " " + north);
  }
  return reading.box ? std::optional(Geometry::box(*reading.box)) : std::nullopt;
}

/// A position as two texts. \return  false if they are no numbers
bool add_position(model::Path& ring, std::string_view longitude, std::string_view latitude) {
  auto const x = read_number(longitude).value;
  auto const y = read_number(latitude).value;
  if (!x || !y) return false;
  ring.push_back({.x = *x, .y = *y});
  return true;
}

/// A ring: `gRingPoint` elements, or pairs of a longitude and a latitude as one text.
std::optional<model::Path> ring_of(Node holder) {
  model::Path ring;
  for (auto const point : holder.children("gRingPoint")) {
    if (!add_position(ring, xml::line_of(point.child("gRingLongitude")),
                      xml::line_of(point.child("gRingLatitude")))) {
      return std::nullopt;
    }
  }
  auto const text = xml::line_of(holder.child("gRing"));
  auto const numbers = split(text, " ,");
  if (numbers.size() % 2 != 0) return std::nullopt;
  for (std::size_t i = 0; i < numbers.size(); i += 2) {
    if (!add_position(ring, numbers[i], numbers[i + 1])) return std::nullopt;
  }
  if (!ring.empty() && ring.front() != ring.back()) ring.push_back(ring.front());
  return ring;
}

std::optional<Geometry> polygon_of(Node polygon, gml::Allowance& allowance, RecordDraft& draft) {
  model::RawGeometry raw{.type = model::GeometryType::polygon, .parts = {{}}};
  for (auto const* const name : {"datasetGPolygonOuterGRing", "datasetGPolygonExclusionGRing"}) {
    for (auto const holder : polygon.children(name)) {
      auto ring = ring_of(holder);
      if (!ring || ring->empty()) {
        draft.note(FindingCode::geometry_unreadable, holder);
        return std::nullopt;
      }
      raw.parts.front().push_back(std::move(*ring));
    }
  }
  if (raw.parts.front().empty()) return std::nullopt;
  auto shape = gml::normalised(raw, allowance);
  if (!shape) draft.note(FindingCode::geometry_unreadable, polygon);
  return shape;
}

void read_heights(Node altitudes, RecordDraft& draft) {
  if (!altitudes) return;
  auto const lowest = read_number(xml::line_of(altitudes.child("altitudeMinimum"))).value;
  auto const highest = read_number(xml::line_of(altitudes.child("altitudeMaximum"))).value;
  if (!lowest || !highest) return;
  model::VerticalExtent extent{
      .range = {.lowest = std::min(*lowest, *highest), .highest = std::max(*lowest, *highest)},
      .unit = xml::line_of(altitudes.child("altitudeUnits")),
      .crs = {}};
  constexpr std::size_t most = 1'000;
  draft.add_new(draft.parts.vertical, std::move(extent), most);
}

/// The polygons of a place are narrower than its box.
void read_place(Node place, gml::Allowance& allowance, RecordDraft& draft) {
  auto const name = words_of({place.child("geographicDescription")}, draft);
  bool has_shape = false;
  for (auto const polygon : place.children("datasetGPolygon")) {
    auto shape = polygon_of(polygon, allowance, draft);
    if (!shape) continue;
    has_shape = true;
    xml::add_area({.geometry = std::move(shape), .place = name}, draft);
  }
  auto const coordinates = place.child("boundingCoordinates");
  if (!has_shape) xml::add_area({.geometry = box_of(coordinates, draft), .place = name}, draft);
  read_heights(coordinates.child("boundingAltitudes"), draft);
}

// ---- Times

/// The text of a date: that of the calendar, or how old something is on another scale.
std::string date_text(Node date) {
  if (auto const calendar = date.child("calendarDate")) {
    auto const day = xml::line_of(calendar);
    auto const time = xml::line_of(date.child("time"));
    return time.empty() || day.find('T') != std::string::npos ? day : day + "T" + time;
  }
  return xml::line_of(date.at("alternativeTimeScale/timeScaleAgeEstimate"));
}

void read_times(Node coverage, RecordDraft& draft) {
  for (auto const range : coverage.children("rangeOfDates")) {
    xml::add_period(
        read_period(date_text(range.child("beginDate")), date_text(range.child("endDate"))), range,
        draft);
  }
  for (auto const date : coverage.children("singleDateTime")) {
    auto const text = date_text(date);
    xml::add_period(read_period(text, text), date, draft);
  }
}

// ---- Taxa

/// Ranks stand within ranks; the names of all of them are looked for.
void read_taxa(Node coverage, RecordDraft& draft) {
  constexpr std::size_t most = 500; // some list every species of a country
  constexpr std::size_t most_ranks = 10'000;
  std::vector<Node> waiting = coverage.all("taxonomicClassification");
  std::ranges::reverse(waiting);
  std::size_t ranks = 0;
  std::size_t count = 0;
  std::size_t left = 0;
  while (!waiting.empty() && ranks++ < most_ranks) {
    auto const taxon = waiting.back();
    waiting.pop_back();
    auto const below = taxon.all("taxonomicClassification");
    waiting.insert(waiting.end(), below.rbegin(), below.rend());
    model::Keyword keyword{.label = words_of({taxon.child("taxonRankValue")}, draft), .uri = {}};
    if (keyword.label.empty()) continue;
    if (count == most) {
      ++left;
      continue;
    }
    auto id = xml::line_of(taxon.child("taxonId"));
    if (id.starts_with("http")) keyword.uri = std::move(id);
    draft.keywords.add({.kind = "taxon", .thesaurus = {}, .thesaurus_uri = {}, .keywords = {}},
                       std::move(keyword));
    ++count;
  }
  if (left > 0) draft.left_out("taxa", most, left);
  if (!waiting.empty()) draft.left_out("ranks of taxa", most_ranks, waiting.size());
}

} // namespace

void read_coverage(Node resource, RecordDraft& draft) {
  gml::Allowance allowance;
  for (auto const place : resource.all("coverage/geographicCoverage")) {
    read_place(place, allowance, draft);
  }
  for (auto const times : resource.all("coverage/temporalCoverage")) read_times(times, draft);
  for (auto const taxa : resource.all("coverage/taxonomicCoverage")) read_taxa(taxa, draft);
}

} // namespace terracat::formats::eml
