#include "formats/words/extents.hpp"

#include "formats/words/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string>

namespace terracat::formats {
namespace {

using model::Bbox;

/// Half a cell of a coarse grid whose centres reach the pole.
constexpr double overshoot_of_latitude = 2.0;
/// What rounding and half pixels do at the antimeridian.
constexpr double overshoot_of_longitude = 0.1;
/// A longitude grid of 96 cells, the coarsest in use, leaves 3.75 degrees from its last to its
/// first.
constexpr double widest_gap_of_grid = 4.0;
constexpr double nearly_whole_circle = 359.9;

/// The edges while they are put in order.
struct Edges {
  double west;
  double south;
  double east;
  double north;
  std::vector<FindingCode> findings;

  void note(FindingCode code) {
    if (std::ranges::find(findings, code) == findings.end()) findings.push_back(code);
  }
};

void clamp(Edges& edges, double& edge, double limit, double overshoot) {
  auto const beyond = std::abs(edge) - limit;
  if (beyond <= 0 || beyond > overshoot) return;
  edge = std::copysign(limit, edge);
  edges.note(FindingCode::bbox_clamped);
}

void order_latitudes(Edges& edges) {
  clamp(edges, edges.south, 90, overshoot_of_latitude);
  clamp(edges, edges.north, 90, overshoot_of_latitude);
  if (edges.south <= edges.north) return;
  std::swap(edges.south, edges.north);
  edges.note(FindingCode::bbox_flipped);
}

void become_circle(Edges& edges) noexcept {
  edges.west = -180;
  edges.east = 180;
}

/// Longitudes of a source that counts from 0 to 360.
void wrap(Edges& edges) {
  auto const width = edges.east - edges.west;
  if (width > 360 - widest_gap_of_grid) {
    become_circle(edges);
  } else {
    for (auto* edge : {&edges.west, &edges.east}) {
      if (*edge > 180) *edge -= 360;
      if (*edge < -180) *edge += 360;
    }
  }
  edges.note(FindingCode::bbox_wrapped);
}

void order_longitudes(Edges& edges) {
  clamp(edges, edges.west, 180, overshoot_of_longitude);
  clamp(edges, edges.east, 180, overshoot_of_longitude);
  if (edges.west - edges.east >= nearly_whole_circle) {
    become_circle(edges);
    edges.note(FindingCode::bbox_swapped);
    return;
  }
  if (std::max(std::abs(edges.west), std::abs(edges.east)) > 180) {
    bool const was_ordered = edges.west <= edges.east;
    wrap(edges);
    // What wrapping made of an ordered box crosses the antimeridian, and rightly so.
    if (was_ordered) return;
  }
  auto const width_if_exchanged = edges.west - edges.east;
  auto const width_if_crossing = 360 - width_if_exchanged;
  if (width_if_exchanged > 0 && width_if_exchanged < width_if_crossing) {
    std::swap(edges.west, edges.east);
    edges.note(FindingCode::bbox_swapped);
  }
}

BoxOutcome unreadable_box() {
  return {.box = {}, .findings = {FindingCode::bbox_unreadable}};
}

BoxOutcome read_edges(Edges edges) {
  for (auto const number : {edges.west, edges.south, edges.east, edges.north}) {
    if (!std::isfinite(number)) return unreadable_box();
  }
  constexpr double furthest = 540;
  if (std::max(std::abs(edges.west), std::abs(edges.east)) > furthest) return unreadable_box();
  order_latitudes(edges);
  order_longitudes(edges);
  auto const box = Bbox::make(edges.west, edges.south, edges.east, edges.north);
  if (!box) return unreadable_box();
  return {.box = *box, .findings = std::move(edges.findings)};
}

} // namespace

NumberReading read_number(std::string_view text) {
  auto written = std::string(stripped(text));
  NumberReading reading;
  constexpr std::string_view degree = "°";
  if (written.ends_with(degree)) {
    written.resize(written.size() - degree.size());
    reading.repaired = true;
  }
  bool const has_comma = std::ranges::count(written, ',') == 1;
  if (has_comma && written.find('.') == std::string::npos) {
    written[written.find(',')] = '.';
    reading.repaired = true;
  }
  std::string_view digits = written;
  if (digits.starts_with('+')) digits.remove_prefix(1);
  double value = 0;
  auto const* const end = digits.data() + digits.size();
  auto const [stop, error] = std::from_chars(digits.data(), end, value);
  if (error != std::errc{} || stop != end || !std::isfinite(value)) return {};
  reading.value = value;
  return reading;
}

BoxOutcome read_box(BoxText const& text) {
  std::array const edges{text.west, text.south, text.east, text.north};
  if (std::ranges::all_of(edges, [](auto edge) { return stripped(edge).empty(); })) return {};
  std::array<double, 4> numbers{};
  bool repaired = false;
  for (std::size_t i = 0; i < edges.size(); ++i) {
    auto const number = read_number(edges.at(i));
    if (!number.value) return unreadable_box();
    numbers.at(i) = *number.value;
    repaired = repaired || number.repaired;
  }
  auto reading = read_box(numbers[0], numbers[1], numbers[2], numbers[3]);
  if (repaired && reading.box) {
    reading.findings.insert(reading.findings.begin(), FindingCode::number_repaired);
  }
  return reading;
}

BoxOutcome read_box(double west, double south, double east, double north) {
  return read_edges({.west = west, .south = south, .east = east, .north = north, .findings = {}});
}

} // namespace terracat::formats
