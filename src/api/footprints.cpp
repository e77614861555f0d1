#include "api/area.hpp"
#include "api/criteria_input.hpp"
#include "api/handlers.hpp"
#include "api/media_types.hpp"
#include "api/pages.hpp"
#include "api/record_parameters.hpp"
#include "api/tags.hpp"

#include <algorithm>
#include <array>
#include <cmath>

/// `/api/v1/footprints`: where the records of a search are, small enough for a map.
namespace terracat::api {
namespace {

/// More boxes than these are told by cells of a grid.
constexpr std::size_t most_boxes = 5'000;
constexpr int cell_size = 10; ///< degrees

enum class Extent : std::uint8_t { global, regional, point };

constexpr std::array<std::string_view, 3> names{"global", "regional", "point"};

/// Most of the circle and more than two thirds of the way from pole to pole is global; what is
/// smaller than a hundredth of a degree is a point on every map.
Extent extent_of(model::Bbox const& box) noexcept {
  auto const height = box.north() - box.south();
  if (box.width() >= 300 && height >= 120) return Extent::global;
  return box.width() < 0.01 && height < 0.01 ? Extent::point : Extent::regional;
}

std::vector<Extent> wanted_extents(SearchInput const& input) {
  auto const given = input.texts("classes");
  if (given.empty()) return {Extent::global, Extent::regional, Extent::point};
  std::vector<Extent> out;
  for (auto const& name : given) {
    auto const* const found = std::ranges::find(names, name);
    if (found == names.end()) input.refuse("expected global, regional or point", "classes");
    out.push_back(static_cast<Extent>(found - names.begin()));
  }
  return out;
}

/// As model::Geometry::box has it, which is made only where it is no plain rectangle.
void write_box(json::Writer& out, model::Bbox const& box) {
  bool const is_flat = box.west() == box.east() || box.south() == box.north();
  if (is_flat || box.crosses_antimeridian()) {
    json::write_geometry(out, model::from_wkb(model::Geometry::box(box).wkb()));
    return;
  }
  auto const corner = [&out](double x, double y) {
    out.begin_array().number(x).number(y).end_array();
  };
  out.begin_object().name("type").string("Polygon").name("coordinates").begin_array().begin_array();
  corner(box.west(), box.south());
  corner(box.east(), box.south());
  corner(box.east(), box.north());
  corner(box.west(), box.north());
  corner(box.west(), box.south());
  out.end_array().end_array().end_object();
}

void write_feature(json::Writer& out, Site const& site, catalogue::PlacedRecord const& record) {
  auto const extent = extent_of(record.bbox);
  out.begin_object().name("type").string("Feature").name("id").string(record.id).name("geometry");
  if (extent == Extent::point) {
    out.begin_object().name("type").string("Point").name("coordinates").begin_array();
    out.number(record.bbox.west()).number(record.bbox.south()).end_array().end_object();
  } else {
    write_box(out, record.bbox);
  }
  out.name("properties").begin_object().name("t").string(record.title);
  out.member("p", pole_name(site, std::string(record.source)));
  out.name("c").string(names.at(static_cast<std::size_t>(extent))).end_object().end_object();
}

constexpr int columns = 360 / cell_size;
constexpr int rows = 180 / cell_size;

/// How many records have their middle in each cell, column by column from the south-west corner.
using Grid = std::array<std::int64_t, std::size_t{columns} * rows>;

Grid grid_of(std::vector<catalogue::PlacedRecord> const& records) {
  Grid out{};
  for (auto const& record : records) {
    auto west = record.bbox.west() + record.bbox.width() / 2;
    if (west >= 180) west -= 360;
    auto const south = (record.bbox.south() + record.bbox.north()) / 2;
    auto const cell = [](double degrees, int cells) {
      auto const place = static_cast<int>(std::floor(degrees / cell_size)) + cells / 2;
      return static_cast<std::size_t>(std::min(place, cells - 1));
    };
    ++out.at(cell(west, columns) * rows + cell(south, rows));
  }
  return out;
}

void write_grid(json::Writer& out, std::vector<catalogue::PlacedRecord> const& records) {
  auto const grid = grid_of(records);
  for (int cell = 0; cell < columns * rows; ++cell) {
    auto const count = grid.at(static_cast<std::size_t>(cell));
    if (count == 0) continue;
    auto const west = cell / rows * cell_size - 180;
    auto const south = cell % rows * cell_size - 90;
    auto const box = model::Bbox::restored(west, south, west + cell_size, south + cell_size);
    out.begin_object().name("type").string("Feature").name("geometry");
    write_box(out, box);
    out.name("properties").begin_object().name("n").integer(count).end_object().end_object();
  }
}

/// The root of records of the pole that is asked for, or of all.
Root const& wanted_root(SearchInput const& input, Site const& site) {
  auto const pole = input.text("pole");
  if (!pole) return whole_root(site, Family::records);
  auto const* const root = root_of_pole(site, *pole);
  if (root == nullptr) input.refuse("there is no pole of that name here", "pole");
  return *root;
}

} // namespace

Reply get_footprints(Exchange& exchange) {
  ParameterInput const input(exchange);
  auto view = exchange.view(wanted_root(input, exchange.site()).scope);
  catalogue::RecordRequest request;
  read_words(input, exchange, request);
  for (auto& one : read_record_criteria(input, exchange, view, request.criteria)) {
    request.criteria.filters.push_back(std::move(one.condition));
  }
  if (auto const area = input.text("area")) {
    request.criteria.intersects = area_in(*area);
    if (!request.criteria.intersects) {
      input.refuse("expected longitude and latitude of each corner, such as 5_43_8_43_8_46",
                   "area");
    }
  }
  auto const wanted = wanted_extents(input);
  auto tag = record_list_tag(exchange, view, request);
  if (auto reply = not_modified(exchange, tag)) return std::move(*reply);
  auto records = view.placed(request);
  std::erase_if(records, [&](auto const& record) {
    return std::ranges::find(wanted, extent_of(record.bbox)) == wanted.end();
  });
  json::Writer out;
  out.begin_object().name("type").string("FeatureCollection").name("features").begin_array();
  if (records.size() > most_boxes) {
    write_grid(out, records);
  } else {
    for (auto const& record : records) write_feature(out, exchange.site(), record);
  }
  out.end_array().name("numberMatched").integer(static_cast<std::int64_t>(records.size()));
  return tagged(out.end_object().take(), geojson_type, std::move(tag));
}

} // namespace terracat::api
