#include "formats/json/box_text.hpp"

#include "formats/json/json_text.hpp"

#include <algorithm>
#include <cmath>

namespace terracat::formats {
namespace {

using model::Bbox;
using model::HeightRange;

/// Degrees beyond a pole that the edge of a grid cell may lie.
constexpr double overshoot = 5;

/// Degrees between the last and the first column of a coarse model grid around the whole circle.
constexpr double coarsest_cell = 4;

bool may_be_degrees(WrittenBox const& box) noexcept {
  auto const is_latitude = [](double value) { return std::abs(value) <= 90 + overshoot; };
  auto const is_longitude = [](double value) { return value >= -360 && value <= 540; };
  return is_latitude(box.south) && is_latitude(box.north) && is_longitude(box.west) &&
         is_longitude(box.east);
}

bool is_whole_circle(double west, double east) noexcept {
  return (west == 180 && east == -180) || east - west > 360 - coarsest_cell;
}

/// Puts exchanged corners right, and says whether it did.
bool exchange(WrittenBox& box) noexcept {
  bool exchanged = false;
  if (box.south > box.north) {
    std::swap(box.south, box.north);
    exchanged = true;
  }
  auto const width_if_swapped = box.west - box.east;
  auto const width_if_crossing = 360 - width_if_swapped;
  if (box.west > box.east && width_if_swapped < width_if_crossing) {
    std::swap(box.west, box.east);
    exchanged = true;
  }
  return exchanged;
}

} // namespace

std::optional<WrittenBox> read_box_numbers(json::Value const& box) {
  std::vector<double> numbers;
  for (auto const element : box.elements()) {
    auto const number = element.number();
    if (!number || !std::isfinite(*number)) return std::nullopt;
    numbers.push_back(*number);
  }
  if (numbers.size() == 4) {
    return WrittenBox{numbers[0], numbers[1], numbers[2], numbers[3], std::nullopt};
  }
  if (numbers.size() != 6) return std::nullopt;
  auto const [lowest, highest] = std::minmax(numbers[2], numbers[5]);
  return WrittenBox{numbers[0], numbers[1], numbers[3], numbers[4], HeightRange{lowest, highest}};
}

std::optional<BoxReading> interpret(WrittenBox const& box) {
  if (!may_be_degrees(box)) return std::nullopt;
  auto meant = box;
  bool const whole_circle = is_whole_circle(box.west, box.east);
  if (whole_circle) {
    meant.west = -180;
    meant.east = 180;
  }
  bool const swapped = exchange(meant);
  bool const wrapped = std::max(box.west, box.east) > 180 || std::min(box.west, box.east) < -180;
  bool const clamped = std::max(meant.north, -meant.south) > 90;
  auto const plane = Bbox::make(meant.west, std::clamp(meant.south, -90.0, 90.0), meant.east,
                                std::clamp(meant.north, -90.0, 90.0));
  if (!plane) return std::nullopt;
  return BoxReading{*plane, swapped, wrapped, clamped};
}

void report(BoxReading const& reading, json::Value const& box, std::string const& where,
            FindingList& findings) {
  if (reading.swapped) findings.add(FindingCode::bbox_swapped, where, box.text());
  if (reading.wrapped) findings.add(FindingCode::bbox_wrapped, where, box.text());
  if (reading.clamped) findings.add(FindingCode::bbox_clamped, where, box.text());
}

std::optional<ReadBox> read_box(json::Value const& box, std::string const& where,
                                FindingList& findings) {
  auto const numbers = read_box_numbers(box);
  auto const reading = numbers ? interpret(*numbers) : std::nullopt;
  if (!reading) {
    findings.add(FindingCode::bbox_unreadable, where, box.text());
    return std::nullopt;
  }
  report(*reading, box, where, findings);
  return ReadBox{reading->plane, numbers->heights};
}

std::string box_text(model::Bbox const& box, std::optional<model::HeightRange> const& heights) {
  std::vector<double> numbers{box.west(), box.south(), box.east(), box.north()};
  if (heights) {
    numbers.insert(numbers.begin() + 2, heights->lowest);
    numbers.push_back(heights->highest);
  }
  std::string out = "[";
  for (auto const number : numbers) {
    begin_element(out);
    append_number(out, number);
  }
  return out + "]";
}

} // namespace terracat::formats
