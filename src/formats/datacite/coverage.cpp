#include "formats/datacite/parts.hpp"

#include "formats/words/extents.hpp"
#include "formats/words/text.hpp"
#include "formats/xml/gml.hpp"

#include <algorithm>
#include <array>

namespace terracat::formats::datacite {
namespace {

using model::Geometry;
using xml::Node;
using xml::RecordDraft;

/// Edges as texts: elements of kernel 4, or the four numbers of kernel 3, south first.
std::array<std::string, 4> edges_of(Node box) {
  std::array<std::string, 4> edges;
  if (box.child()) {
    constexpr std::array<std::string_view, 4> names{"westBoundLongitude", "southBoundLatitude",
                                                    "eastBoundLongitude", "northBoundLatitude"};
    for (std::size_t i = 0; i < edges.size(); ++i) {
      edges.at(i) = xml::line_of(box.child(names.at(i)));
    }
    return edges;
  }
  auto const text = xml::line_of(box);
  auto const numbers = split(text, " ,;");
  if (numbers.size() != edges.size()) return {text, text, text, text};
  return {std::string(numbers[1]), std::string(numbers[0]), std::string(numbers[3]),
          std::string(numbers[2])};
}

std::optional<Geometry> noted(BoxOutcome const& reading, Node where, std::string_view text,
                              RecordDraft& draft) {
  for (auto const code : reading.findings) draft.note(code, where, text);
  return reading.box ? std::optional(Geometry::box(*reading.box)) : std::nullopt;
}

std::optional<Geometry> box_of(Node box, RecordDraft& draft) {
  auto const edges = edges_of(box);
  auto const reading =
      read_box({.west = edges[0], .south = edges[1], .east = edges[2], .north = edges[3]});
  return noted(reading, box, edges[0] + " " + edges[1] + " " + edges[2] + " " + edges[3], draft);
}

/// Longitude and latitude: elements of kernel 4, or the two numbers of kernel 3, latitude first.
std::array<std::string, 2> position_of(Node point) {
  if (point.child()) {
    return {xml::line_of(point.child("pointLongitude")),
            xml::line_of(point.child("pointLatitude"))};
  }
  auto const text = xml::line_of(point);
  auto const numbers = split(text, " ,;");
  if (numbers.size() != 2) return {text, text};
  return {std::string(numbers[1]), std::string(numbers[0])};
}

std::optional<Geometry> point_of(Node point, RecordDraft& draft) {
  auto const [longitude, latitude] = position_of(point);
  auto const reading =
      read_box({.west = longitude, .south = latitude, .east = longitude, .north = latitude});
  return noted(reading, point, longitude + " " + latitude, draft);
}

std::optional<Geometry> polygon_of(Node polygon, gml::Allowance& allowance, RecordDraft& draft) {
  model::Path ring;
  for (auto const point : polygon.children("polygonPoint")) {
    auto const [longitude, latitude] = position_of(point);
    auto const x = read_number(longitude).value;
    auto const y = read_number(latitude).value;
    if (!x || !y) {
      draft.note(FindingCode::geometry_unreadable, polygon, longitude + " " + latitude);
      return std::nullopt;
    }
    ring.push_back({.x = *x, .y = *y});
  }
  if (!ring.empty() && ring.front() != ring.back()) ring.push_back(ring.front());
  auto shape =
      gml::normalised({.type = model::GeometryType::polygon, .parts = {{ring}}}, allowance);
  if (!shape) draft.note(FindingCode::geometry_unreadable, polygon);
  return shape;
}

/// The shapes of one location share its name; an empty one is none.
void read_location(Node location, gml::Allowance& allowance, RecordDraft& draft) {
  std::vector<Geometry> shapes;
  auto const add = [&shapes](std::optional<Geometry> shape) {
    if (shape) shapes.push_back(std::move(*shape));
  };
  for (auto const polygon : location.children("geoLocationPolygon")) {
    add(polygon_of(polygon, allowance, draft));
  }
  for (auto const box : location.children("geoLocationBox")) add(box_of(box, draft));
  for (auto const point : location.children("geoLocationPoint")) add(point_of(point, draft));
  auto const names = location.all("geoLocationPlace");
  auto place = xml::name_of(names, draft);
  if (shapes.empty()) {
    xml::add_area({.geometry = {}, .place = std::move(place)}, draft);
    return;
  }
  for (auto& shape : shapes) {
    xml::add_area({.geometry = std::move(shape), .place = place}, draft);
  }
}

/// A range of RKMS-ISO8601, whose open ends may be written as points.
PeriodReading period_of(std::string_view text) {
  auto const slash = text.find('/');
  auto const end = [](std::string_view part) {
    part = stripped(part);
    return std::string(part == ".." ? std::string_view() : part);
  };
  if (slash == std::string_view::npos) return read_period(end(text), end(text));
  return read_period(end(text.substr(0, slash)), end(text.substr(slash + 1)));
}

/// A date that says when the data are from.
bool is_of_data(Node date, std::string_view text) {
  auto const type = stripped(date.attribute("dateType"));
  if (type == "Collected" || type == "Coverage") return true;
  bool const is_range = text.find('/') != std::string_view::npos;
  if (type == "Valid") return is_range;
  // As Dataverse has the period that the data cover.
  return type == "Other" && is_range &&
         folded(date.attribute("dateInformation")).find("cover") != std::string::npos;
}

struct DateKind {
  std::string_view type; ///< dateType
  std::string_view kind; ///< ISO 19115 CI_DateTypeCode
};

constexpr std::array date_kinds{
    DateKind{"Created", "creation"},     DateKind{"Updated", "revision"},
    DateKind{"Issued", "publication"},   DateKind{"Accepted", "adopted"},
    DateKind{"Submitted", "released"},   DateKind{"Available", "released"},
    DateKind{"Valid", "validityBegins"}, DateKind{"Withdrawn", "expiry"},
    DateKind{"Copyrighted", "creation"}};

void read_dates(Node resource, RecordDraft& draft) {
  bool has_publication = false;
  for (auto const date : resource.all("dates/date")) {
    auto const text = xml::line_of(date);
    if (is_of_data(date, text)) {
      xml::add_period(period_of(text), date, draft);
      continue;
    }
    auto const type = stripped(date.attribute("dateType"));
    auto const* const known = std::ranges::find(date_kinds, type, &DateKind::type);
    xml::add_date(date, known == date_kinds.end() ? "" : known->kind, draft);
    has_publication = has_publication || type == "Issued";
    if (type == "Updated" && !draft.parts.updated.earliest()) {
      draft.parts.updated = xml::date_at(date, draft);
    }
  }
  if (has_publication) return;
  for (auto const year : resource.children("publicationYear")) {
    xml::add_date(year, "publication", draft);
  }
}

} // namespace

void read_coverage(Node resource, RecordDraft& draft) {
  gml::Allowance allowance;
  for (auto const location : resource.all("geoLocations/geoLocation")) {
    read_location(location, allowance, draft);
  }
  read_dates(resource, draft);
}

} // namespace terracat::formats::datacite
