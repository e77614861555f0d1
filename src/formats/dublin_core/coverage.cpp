#include "formats/dublin_core/parts.hpp"

#include "formats/words/extents.hpp"
#include "formats/words/text.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace terracat::formats::dublin_core {
namespace {

using model::Geometry;
using xml::Node;
using xml::RecordDraft;

void add_geometry(Geometry geometry, model::LocalText place, RecordDraft& draft) {
  xml::add_area({.geometry = std::move(geometry), .place = std::move(place)}, draft);
}

void add_box(BoxText const& edges, Node where, model::LocalText place, RecordDraft& draft) {
  auto reading = read_box(edges);
  for (auto const code : reading.findings) draft.note(code, where, xml::line_of(where));
  if (reading.box) add_geometry(Geometry::box(*reading.box), std::move(place), draft);
}

void add_point(double longitude, double latitude, Node where, model::LocalText place,
               RecordDraft& draft) {
  auto const reading = read_box(longitude, latitude, longitude, latitude);
  for (auto const code : reading.findings) draft.note(code, where, xml::line_of(where));
  if (reading.box) add_geometry(Geometry::box(*reading.box), std::move(place), draft);
}

/// `90.0` of "North 90.0, South …", in any order and with or without colons; empty if the edge is
/// not named.
std::string_view edge_in(std::vector<std::string_view> const& words, std::string_view name) {
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    if (equal_ignoring_case(words[i], name)) return words[i + 1];
  }
  return {};
}

/// The box of "North 46.3, South 42.51, East 3.88, West -1.84", as GeoNetwork and SEANOE write it.
std::optional<BoxText> box_in_words(std::string_view text) {
  auto const words = split(text, " ,;:=()");
  BoxText const edges{.west = edge_in(words, "West"),
                      .south = edge_in(words, "South"),
                      .east = edge_in(words, "East"),
                      .north = edge_in(words, "North")};
  for (auto const edge : {edges.west, edges.south, edges.east, edges.north}) {
    if (!read_number(edge).value) return std::nullopt;
  }
  return edges;
}

/// The numbers that a text consists of, if it consists of numbers alone.
std::vector<double> numbers_in(std::string_view text, std::string_view separators) {
  std::vector<double> numbers;
  for (auto const part : split(text, separators)) {
    auto const number = read_number(part);
    if (!number.value) return {};
    numbers.push_back(*number.value);
  }
  return numbers;
}

/// DCMI Box and Point, or the name of a place.
bool read_dcmi_place(std::string_view text, Node where, RecordDraft& draft) {
  auto const part = [text](std::string_view name) { return dcmi_part(text, name); };
  auto const name = std::string(part("name"));
  model::LocalText place(xml::language_of(where, draft), name);
  BoxText const edges{.west = part("westlimit"),
                      .south = part("southlimit"),
                      .east = part("eastlimit"),
                      .north = part("northlimit")};
  if (!edges.west.empty() && !edges.south.empty() && !edges.east.empty() && !edges.north.empty()) {
    add_box(edges, where, std::move(place), draft);
    return true;
  }
  auto const east = read_number(part("east")).value;
  auto const north = read_number(part("north")).value;
  if (east && north) {
    add_point(*east, *north, where, std::move(place), draft);
    return true;
  }
  if (name.empty()) return false;
  xml::add_area({.geometry = {}, .place = std::move(place)}, draft);
  return true;
}

/// Numbers alone, of which the scheme says what they are: south, west, north, east of a box, as
/// SEANOE writes it; longitude and latitude of a point, unless only the other order can be meant.
bool read_bare_numbers(std::string_view text, std::string_view scheme, Node where,
                       RecordDraft& draft) {
  constexpr double furthest_latitude = 90;
  auto const numbers = numbers_in(text, " ,;");
  if (scheme == "box" && numbers.size() == 4) {
    auto const reading = read_box(numbers[1], numbers[0], numbers[3], numbers[2]);
    for (auto const code : reading.findings) draft.note(code, where, text);
    if (reading.box) add_geometry(Geometry::box(*reading.box), {}, draft);
    return true;
  }
  if (scheme != "point" || numbers.size() != 2) return false;
  bool const is_turned = std::abs(numbers[1]) > furthest_latitude;
  add_point(numbers[is_turned ? 1 : 0], numbers[is_turned ? 0 : 1], where, {}, draft);
  return true;
}

bool read_place(Node where, RecordDraft& draft) {
  auto const text = xml::line_of(where);
  if (auto const edges = box_in_words(text)) {
    add_box(*edges, where, {}, draft);
    return true;
  }
  return read_dcmi_place(text, where, draft) ||
         read_bare_numbers(text, scheme_of(where), where, draft);
}

void read_place_or_name(Node where, RecordDraft& draft) {
  if (read_place(where, draft)) return;
  auto place = xml::name_of({where}, draft);
  xml::add_area({.geometry = {}, .place = std::move(place)}, draft);
}

/// `-250000,-1701`: two years, which are no date with a decimal comma.
bool is_pair_of_years(std::string_view text) {
  auto const comma = text.find(',');
  if (comma == std::string_view::npos) return false;
  auto const is_year = [](std::string_view part) {
    part = stripped(part);
    if (part.starts_with('-')) part.remove_prefix(1);
    return !part.empty() && std::ranges::all_of(part, [](char c) { return is_digit(c); });
  };
  return is_year(text.substr(0, comma)) && is_year(text.substr(comma + 1));
}

PeriodReading period_of(std::string_view text) {
  if (!is_pair_of_years(text)) return read_period(text);
  auto const comma = text.find(',');
  return read_period(std::string(stripped(text.substr(0, comma))),
                     std::string(stripped(text.substr(comma + 1))));
}

/// A coverage that says nothing of what it is: a period if it reads as one without doubt, else a
/// place.
void read_any_coverage(Node where, RecordDraft& draft) {
  if (scheme_of(where) == "period") {
    xml::add_period(period_of(xml::line_of(where)), where, draft);
    return;
  }
  auto const text = xml::line_of(where);
  if (read_place(where, draft) || text.empty()) return;
  auto reading = period_of(text);
  bool const is_period = reading.extent.interval && reading.findings.empty();
  if (is_period) {
    xml::add_period(std::move(reading), where, draft);
  } else {
    read_place_or_name(where, draft);
  }
}

// ---- The boxes of catalogue services

struct Corner {
  double first = 0;
  double second = 0;
};

std::optional<Corner> corner_of(Node node) {
  auto const numbers = numbers_in(xml::line_of(node), " ,");
  if (numbers.size() != 2) return std::nullopt;
  return Corner{.first = numbers[0], .second = numbers[1]};
}

/// True if the box says itself that longitudes come first.
bool has_longitude_first(Node box) {
  return box.name() == "WGS84BoundingBox" ||
         lowered(box.attribute("crs")).find("crs84") != std::string::npos;
}

/// Three orders are in use. GeoNetwork 3 writes `east south` and `west north`; GeoNetwork 4 and
/// others the latitude first, by the axes of EPSG; some the longitude first, which shows only where
/// it is beyond 90. The name of the reference system means nothing more: it is often that of the
/// data, while the numbers are degrees.
void read_corners(Node box, RecordDraft& draft) {
  constexpr double furthest_latitude = 90;
  auto const lower = corner_of(box.child("LowerCorner"));
  auto const upper = corner_of(box.child("UpperCorner"));
  if (!lower || !upper) {
    draft.note(FindingCode::bbox_unreadable, box, xml::line_of(box.child("LowerCorner")));
    return;
  }
  bool const is_clear = has_longitude_first(box);
  auto const furthest = std::max(std::abs(lower->first), std::abs(upper->first));
  BoxOutcome reading;
  if (!is_clear && lower->first > upper->first && lower->second <= upper->second) {
    reading = read_box(upper->first, lower->second, lower->first, upper->second);
  } else if (is_clear || furthest > furthest_latitude) {
    reading = read_box(lower->first, lower->second, upper->first, upper->second);
  } else {
    reading = read_box(lower->second, lower->first, upper->second, upper->first);
  }
  for (auto const code : reading.findings) draft.note(code, box, {});
  if (reading.box) add_geometry(Geometry::box(*reading.box), {}, draft);
}

} // namespace

void read_coverage(Node record, RecordDraft& draft) {
  for (auto const box : all_of(record, {"BoundingBox", "WGS84BoundingBox"})) {
    read_corners(box, draft);
  }
  for (auto const value : record.children("spatial")) read_place_or_name(value, draft);
  for (auto const value : record.children("temporal")) {
    xml::add_period(period_of(xml::line_of(value)), value, draft);
  }
  for (auto const value : record.children("coverage")) read_any_coverage(value, draft);
}

} // namespace terracat::formats::dublin_core
