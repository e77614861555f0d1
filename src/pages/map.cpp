#include "pages/map.hpp"

#include "pages/record_words.hpp"
#include "pages/static_files.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace terracat::pages {
namespace {

using model::Bbox;
using model::Position;
using model::RawGeometry;

constexpr Message map_of{"Carte de l’emprise : {0}", "Map of the extent: {0}"};
constexpr Message unnamed_place{"voir le texte", "see the text"};
constexpr Message in_cell{"{0} : {1}", "{0}: {1}"};
constexpr Message east{"E", "E"};
constexpr Message west{"O", "W"};
constexpr Message north{"N", "N"};
constexpr Message south{"S", "S"};

// Pixels of the drawing: the map, and the frame with its figures around it.
constexpr double width = 716;
constexpr double height = 358;
constexpr double left = 46;
constexpr double top = 12;
constexpr double bottom = 24;
constexpr double right = 12;

/// More corners than this are drawn as the box around them.
constexpr std::size_t most_positions = 3'000;
constexpr double narrowest = 4;     ///< degrees that a map shows at least
constexpr double room_around = 1.8; ///< how much more than the data
constexpr double finer_below = 60;  ///< degrees: coasts in detail
constexpr double km_per_degree = 111.32;

/// What a map shows, in degrees.
struct Window {
  double west;
  double south;
  double east;
  double north;

  [[nodiscard]] double x(double longitude) const {
    return (longitude - west) / (east - west) * width;
  }

  [[nodiscard]] double y(double latitude) const {
    return (north - latitude) / (north - south) * height;
  }
};

constexpr Window world{-180, -90, 180, 90};

double shrinking(double latitude) {
  return std::max(0.05, std::cos(latitude * std::numbers::pi / 180));
}

/// Equirectangular, true to scale at the middle of the box.
Window window_around(Bbox const& box) {
  if (box.crosses_antimeridian() || is_global(box)) return world;
  auto const middle_x = (box.west() + box.east()) / 2;
  auto const middle_y = (box.south() + box.north()) / 2;
  auto const k = shrinking(middle_y);
  auto const across =
      std::max({box.width() * k * room_around,
                (box.north() - box.south()) * room_around * width / height, narrowest});
  auto const half_x = across / k / 2;
  auto const half_y = across * height / width / 2;
  if (half_x >= 180 || half_y >= 90) return world;
  auto const shift = std::clamp(middle_y, -90 + half_y, 90 - half_y);
  auto const aside = std::clamp(middle_x, -180 + half_x, 180 - half_x);
  return {aside - half_x, shift - half_y, aside + half_x, shift + half_y};
}

std::string pixels(double value) {
  return decimal(value, 1, Language::en);
}

void append_point(std::string& out, Window const& window, Position const& position) {
  out += pixels(window.x(position.x)) + " " + pixels(window.y(position.y));
}

/// The steps of the grid: at most eight across.
double step_of(Window const& window) {
  constexpr std::array steps{0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0};
  for (auto const step : steps) {
    if ((window.east - window.west) / step <= 8) return step;
  }
  return steps.back();
}

/// How many whole steps there are up to the value, counted from zero.
int steps_in(double value, double step) {
  return static_cast<int>(std::floor(value / step));
}

std::string degrees(double value, Message positive, Message negative, Language language) {
  auto out = decimal(std::abs(value), 1, language) + "°";
  if (std::abs(value) > 1e-9) {
    out += "\u00a0" + std::string((value > 0 ? positive : negative).in(language));
  }
  return out;
}

class Drawing {
 public:
  Drawing(Sheet& sheet, Window const& window) : html_(sheet.html), sheet_(sheet), window_(window) {}

  void write_land() {
    auto const& [w, s, e, n] = window_;
    auto const view = decimal(w, 4, Language::en) + " " + decimal(-n, 4, Language::en) + " " +
                      decimal(e - w, 4, Language::en) + " " + decimal(n - s, 4, Language::en);
    html_.element("rect", {{"class", "sea"}, {"width", pixels(width)}, {"height", pixels(height)}},
                  "");
    auto const* const file = e - w < finer_below ? "land-50m.svg" : "land-110m.svg";
    html_.element("svg",
                  {{"width", pixels(width)},
                   {"height", pixels(height)},
                   {"viewBox", view},
                   {"preserveAspectRatio", "none"}},
                  [&] {
                    html_.element(
                        "use",
                        {{"class", "land"}, {"href", sheet_.own(static_path(file) + "#land")}}, "");
                  });
  }

  void write_grid() {
    std::string path;
    auto const step = step_of(window_);
    for (auto i = steps_in(window_.west, step) + 1; i * step < window_.east; ++i) {
      path += "M" + pixels(window_.x(i * step)) + " 0v" + pixels(height);
    }
    for (auto i = steps_in(window_.south, step) + 1; i * step < window_.north; ++i) {
      path += "M0 " + pixels(window_.y(i * step)) + "h" + pixels(width);
    }
    html_.element("path", {{"class", "grid"}, {"d", path}}, "");
  }

  void write_geometry(RawGeometry const& geometry) {
    for (auto const& member : geometry.members) write_geometry(member);
    using enum model::GeometryType;
    bool const is_area = geometry.type == polygon || geometry.type == multi_polygon;
    std::string path;
    for (auto const& part : geometry.parts) {
      if (geometry.type == point || geometry.type == multi_point) {
        for (auto const& one : part) write_points(one);
      } else {
        for (auto const& ring : part) append_path(path, ring, is_area);
      }
    }
    if (!path.empty()) {
      html_.element("path", {{"class", is_area ? "area" : "line"}, {"d", path}}, "");
    }
  }

  void write_frame() {
    html_.element("rect", {{"class", "neat"}, {"width", pixels(width)}, {"height", pixels(height)}},
                  "");
    auto const step = step_of(window_);
    std::string checks;
    for (auto i = steps_in(window_.west, step); i * step < window_.east; ++i) {
      if (i % 2 == 0) {
        auto const from = std::max(0.0, window_.x(i * step));
        auto const to = std::min(width, window_.x((i + 1) * step));
        for (auto const y : {-3.0, height + 3}) {
          checks += "M" + pixels(from) + " " + pixels(y) + "H" + pixels(to);
        }
      }
      write_longitude(i * step);
    }
    for (auto i = steps_in(window_.south, step); i * step < window_.north; ++i) {
      if (i % 2 == 0) {
        auto const from = std::min(height, window_.y(i * step));
        auto const to = std::max(0.0, window_.y((i + 1) * step));
        for (auto const x : {-3.0, width + 3}) {
          checks += "M" + pixels(x) + " " + pixels(from) + "V" + pixels(to);
        }
      }
      write_latitude(i * step);
    }
    html_.element("path", {{"class", "checks"}, {"d", checks}}, "");
    if (window_.east - window_.west < 180) write_scale();
  }

 private:
  void write_points(model::Path const& points) {
    for (auto const& position : points) {
      html_.element("circle",
                    {{"class", "dot"},
                     {"cx", pixels(window_.x(position.x))},
                     {"cy", pixels(window_.y(position.y))},
                     {"r", "5"}},
                    "");
    }
  }

  void append_path(std::string& out, model::Path const& path, bool is_closed) const {
    for (std::size_t i = 0; i < path.size(); ++i) {
      out += i == 0 ? "M" : "L";
      append_point(out, window_, path[i]);
    }
    if (is_closed) out += "z";
  }

  void write_figure(double x, double y, std::string_view anchor, std::string const& text) {
    html_.element("text", {{"x", pixels(x)}, {"y", pixels(y)}, {"text-anchor", anchor}}, text);
  }

  void write_longitude(double longitude) {
    auto const x = window_.x(longitude);
    if (x < 10 || x > width - 10) return;
    write_figure(x, height + 19, "middle", degrees(longitude, east, west, sheet_.language()));
  }

  void write_latitude(double latitude) {
    auto const y = window_.y(latitude);
    if (y < 10 || y > height - 10) return;
    write_figure(-8, y + 3.5, "end", degrees(latitude, north, south, sheet_.language()));
  }

  /// A bar of a round length, a quarter of the width at most.
  void write_scale() {
    auto const middle = (window_.south + window_.north) / 2;
    auto const km = (window_.east - window_.west) * shrinking(middle) * km_per_degree;
    auto const power = std::pow(10, std::floor(std::log10(km / 4)));
    auto const times = km / 4 / power;
    auto const length = power * (times >= 5 ? 5 : times >= 2 ? 2 : 1);
    auto const long_as = length / km * width;
    html_.element(
        "path",
        {{"class", "scale"}, {"d", "M12 " + pixels(height - 18) + "v6h" + pixels(long_as) + "v-6"}},
        "");
    html_.element("text",
                  {{"class", "km"}, {"x", pixels(18 + long_as)}, {"y", pixels(height - 10)}},
                  decimal(length, 2, sheet_.language()) + "\u00a0km");
  }

  Html& html_;
  Sheet& sheet_;
  Window const& window_;
};

/// Of a count above zero: "t1" is the lightest.
std::string tint_of(std::size_t count) {
  auto const* const bound = std::ranges::lower_bound(tint_bounds, count);
  return "cell t" + std::to_string(bound - tint_bounds.begin() + 1);
}

/// A cell that leads to the search in it. One of all is in the order of the tabulator, and the
/// script goes from there to the others; without it the field of the search takes any box.
void write_cell(Sheet& sheet, std::size_t row, std::size_t column, std::size_t count,
                bool is_first) {
  constexpr auto wide = width / static_cast<double>(CellCounts::columns);
  constexpr auto high = height / static_cast<double>(CellCounts::rows);
  constexpr auto size = static_cast<int>(CellCounts::size);
  constexpr auto gap = 0.4; // so that one is told from the next
  auto const left_edge = static_cast<int>(column) * size - 180;
  auto const lower_edge = static_cast<int>(row) * size - 90;
  auto const text = [](int value) { return std::to_string(value); };
  auto const box = text(left_edge) + "," + text(lower_edge) + "," + text(left_edge + size) + "," +
                   text(lower_edge + size);
  auto const name = sheet.filled(
      in_cell,
      {place(Bbox::make(left_edge, lower_edge, left_edge + size, lower_edge + size).value(),
             sheet.language()),
       number(count, sheet.language())});
  auto& html = sheet.html;
  html.element("a",
               {{"href", sheet.page("/search?bbox=" + percent_encoded(box))},
                {"tabindex", is_first ? "0" : "-1"},
                {"aria-label", name}},
               [&] {
                 html.element("title", {}, name);
                 html.element("rect",
                              {{"class", tint_of(count)},
                               {"x", pixels(static_cast<double>(column) * wide + gap)},
                               {"y", pixels(height - static_cast<double>(row + 1) * high + gap)},
                               {"width", pixels(wide - 2 * gap)},
                               {"height", pixels(high - 2 * gap)}},
                              "");
               });
}

/// From the north-west on, as the map is read.
void write_cell_counts(Sheet& sheet, CellCounts const& cells) {
  std::size_t most = 0;
  for (auto const& row : cells.counts) most = std::max(most, std::ranges::max(row));
  bool has_first = false;
  for (std::size_t row = CellCounts::rows; row-- > 0;) {
    for (std::size_t column = 0; column < CellCounts::columns; ++column) {
      auto const count = cells.counts.at(row).at(column);
      if (count == 0) continue;
      bool const is_first = !has_first && count == most;
      has_first |= is_first;
      write_cell(sheet, row, column, count, is_first);
    }
  }
}

/// Writes what `draw` draws within a frame, with this label.
/// \param role  a picture, or a group if there is something to be chosen in it
template<class Draw>
void write_framed(Sheet& sheet, Window const& window, std::string_view role, std::string_view label,
                  Draw&& draw) {
  auto& html = sheet.html;
  auto const view = "0 0 " + pixels(left + width + right) + " " + pixels(top + height + bottom);
  html.element("svg", {{"class", "map"}, {"viewBox", view}, {"role", role}, {"aria-label", label}},
               [&] {
                 Drawing drawing(sheet, window);
                 html.element("svg",
                              {{"x", pixels(left)},
                               {"y", pixels(top)},
                               {"width", pixels(width)},
                               {"height", pixels(height)}},
                              [&] {
                                drawing.write_land();
                                drawing.write_grid();
                                draw(drawing);
                              });
                 html.element("g",
                              {{"transform", "translate(" + pixels(left) + " " + pixels(top) + ")"},
                               {"aria-hidden", "true"}},
                              [&] { drawing.write_frame(); });
               });
}

/// The areas as they are drawn: one with too many corners by its box.
std::vector<RawGeometry> geometries_of(model::Record const& record) {
  std::vector<RawGeometry> out;
  std::size_t positions = 0;
  for (auto const& extent : record->spatial) {
    if (!extent.geometry) continue;
    auto geometry = model::from_wkb(extent.geometry->wkb());
    std::size_t own = 0;
    model::for_each_position(geometry, [&own](Position const&) { ++own; });
    positions += own;
    if (positions > most_positions) {
      geometry = model::from_wkb(model::Geometry::box(extent.geometry->bbox()).wkb());
    }
    out.push_back(std::move(geometry));
  }
  return out;
}

} // namespace

void write_map(Sheet& sheet, model::Record const& record) {
  auto const box = record.bbox();
  if (!box) return;
  auto const window = window_around(*box);
  auto const words = where(record, sheet.language());
  auto const label = sheet.filled(map_of, {words.empty() ? sheet.in(unnamed_place) : words});
  write_framed(sheet, window, "img", label, [&](Drawing& drawing) {
    for (auto const& one : geometries_of(record)) drawing.write_geometry(one);
  });
}

void CellCounts::add(Bbox const& box) noexcept {
  if (is_global(box)) {
    ++global;
    return;
  }
  ++drawn;
  // What ends on the edge of a cell does not reach into the next one.
  auto const place = [](double cell, std::size_t cells) {
    return static_cast<std::size_t>(std::clamp(cell, 0.0, static_cast<double>(cells - 1)));
  };
  auto const first = [&](double degrees, std::size_t cells) {
    return place(std::floor(degrees / static_cast<double>(size)), cells);
  };
  auto const last = [&](double degrees, std::size_t cells) {
    return place(std::ceil(degrees / static_cast<double>(size)) - 1, cells);
  };
  // Both ends of what goes nearly round the Earth may lie in one column, which counts once.
  std::array<bool, columns> is_touched{};
  for (auto const& half : box.halves()) {
    auto const west_cell = first(half.west() + 180, columns);
    auto const east_cell = std::max(west_cell, last(half.east() + 180, columns));
    for (auto column = west_cell; column <= east_cell; ++column) is_touched.at(column) = true;
  }
  auto const south_cell = first(box.south() + 90, rows);
  auto const north_cell = std::max(south_cell, last(box.north() + 90, rows));
  for (auto row = south_cell; row <= north_cell; ++row) {
    for (std::size_t column = 0; column < columns; ++column) {
      if (is_touched.at(column)) ++counts.at(row).at(column);
    }
  }
}

void write_cells(Sheet& sheet, CellCounts const& cells, std::string_view label) {
  write_framed(sheet, world, "group", label, [&](Drawing&) { write_cell_counts(sheet, cells); });
}

} // namespace terracat::pages
