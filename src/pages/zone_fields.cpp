#include "pages/zone_fields.hpp"

#include "pages/filter_fields.hpp"

#include <algorithm>

namespace terracat::pages {
namespace {

constexpr Message box{"Rectangle", "Box"};
constexpr Message box_hint{"Ouest, sud, est, nord en degrés : -2,42,3.5,43.5",
                           "West, south, east, north in degrees: -2,42,3.5,43.5"};
constexpr Message contours{"Contours", "Outline"};
constexpr Message contours_hint{
    "Longitude et latitude de chaque coin : 5 43, 8 43, 8 46. Les contours remplacent le "
    "rectangle.",
    "Longitude and latitude of each corner: 5 43, 8 43, 8 46. An outline takes the place of the "
    "box."};
constexpr Counted corners{{"contours, {0} coin", "outline, {0} corner"},
                          {"contours, {0} coins", "outline, {0} corners"}};

struct Field {
  std::string_view name;
  std::string_view most; ///< characters
  Message label;
  Message hint;
};

constexpr Field box_field{"bbox", "100", box, box_hint};
constexpr Field contours_field{"area", "16000", contours, contours_hint};

void write_field(Sheet& sheet, Field const& field, std::string_view value, bool is_wrong) {
  auto& html = sheet.html;
  auto const hint_id = std::string(field.name) + "-hint";
  html.element("div", {}, [&] {
    write_text_field(sheet, {.name = field.name,
                             .value = value,
                             .label = field.label,
                             .hint_id = hint_id,
                             .is_wrong = is_wrong,
                             .most = field.most});
    html.element("p", {{"class", "hint"}, {"id", hint_id}}, sheet.in(field.hint));
  });
}

/// Each has two numbers, whatever stands between them.
std::size_t corners_in(std::string_view area) noexcept {
  std::size_t numbers = 0;
  bool is_within = false;
  for (auto const c : area) {
    bool const is_number = (c >= '0' && c <= '9') || c == '-' || c == '.';
    numbers += is_number && !is_within ? 1U : 0U;
    is_within = is_number;
  }
  return numbers / 2;
}

} // namespace

void write_zone_fields(Sheet& sheet, std::string_view bbox, std::string_view area,
                       std::string_view wrong) {
  write_field(sheet, box_field, bbox, wrong == box_field.name);
  sheet.html.element("details", {{"id", "contours"}, {"open", !area.empty()}}, [&] {
    sheet.html.element("summary", {{"class", "small"}}, sheet.in(contours));
    write_field(sheet, contours_field, area, wrong == contours_field.name);
  });
}

std::string zone_words(Sheet const& sheet, std::string_view bbox, std::string_view area) {
  return area.empty() ? std::string(bbox) : sheet.counted(corners, corners_in(area));
}

} // namespace terracat::pages
