#include "geometry/crs.hpp"

#include <proj.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>
#include <string>

namespace terracat::geometry {
namespace {

// THE table. URI, name, axes
constexpr std::array table{
    Crs{"http://www.opengis.net/def/crs/OGC/1.3/CRS84", "OGC:CRS84", Axes::longitude_latitude},
    Crs{"http://www.opengis.net/def/crs/EPSG/0/4326", "EPSG:4326", Axes::latitude_longitude},
    Crs{"http://www.opengis.net/def/crs/EPSG/0/4258", "EPSG:4258", Axes::latitude_longitude},
    Crs{"http://www.opengis.net/def/crs/EPSG/0/3857", "EPSG:3857", Axes::plane}, // web maps
    Crs{"http://www.opengis.net/def/crs/EPSG/0/2154", "EPSG:2154", Axes::plane}, // France
    Crs{"http://www.opengis.net/def/crs/EPSG/0/3035", "EPSG:3035", Axes::plane}, // Europe
    Crs{"http://www.opengis.net/def/crs/EPSG/0/3413", "EPSG:3413", Axes::plane}, // the Arctic
    Crs{"http://www.opengis.net/def/crs/EPSG/0/3031", "EPSG:3031", Axes::plane}, // the Antarctic
};

/// Finer than 0.1 mm on the ground nobody measures.
double rounded(double number, Axes axes) noexcept {
  auto const grains = axes == Axes::plane ? 1e4 : 1e9; // in a metre, in a degree
  return std::round(number * grains) / grains;
}

/// Metres. What lies further away than the Earth is round is a place where the CRS cannot tell any,
/// as a pole in Mercator's.
constexpr double furthest = 1e8;

struct ContextEnd {
  void operator()(PJ_CONTEXT* context) const noexcept { proj_context_destroy(context); }
};

struct WayEnd {
  void operator()(PJ* way) const noexcept { proj_destroy(way); }
};

/// Points along each edge of a box that are taken along.
constexpr int edge_points = 21;

} // namespace

std::span<Crs const> known_crs() noexcept {
  return table;
}

Crs const* find_crs(std::string_view uri) noexcept {
  auto const* const found = std::ranges::find(table, uri, &Crs::uri);
  return found == table.end() ? nullptr : found;
}

struct Projection::Implementation {
  std::unique_ptr<PJ_CONTEXT, ContextEnd> context;
  std::unique_ptr<PJ, WayEnd> way;
  Axes axes = Axes::plane;

  [[nodiscard]] std::optional<model::Position> along(PJ_DIRECTION direction,
                                                     model::Position const& position) const {
    auto const there =
        proj_trans(way.get(), direction, proj_coord(position.x, position.y, 0, 0)).xy;
    bool const is_place = std::abs(there.x) <= furthest && std::abs(there.y) <= furthest;
    if (!is_place) return std::nullopt; // infinite or no number among them
    return model::Position{there.x, there.y};
  }
};

Projection::Projection(Crs const& crs) : implementation_(std::make_unique<Implementation>()) {
  auto& own = *implementation_;
  own.axes = crs.axes;
  own.context.reset(proj_context_create());
  auto* const context = own.context.get();
  proj_log_level(context, PJ_LOG_NONE);
  proj_context_set_enable_network(context, 0); // grids are never fetched
  auto const name = std::string(crs.name);
  own.way.reset(proj_create_crs_to_crs(context, table.front().name.data(), name.c_str(), nullptr));
  if (!own.way) throw std::runtime_error("PROJ has no way from CRS84 to " + name);
}

Projection::Projection(Projection&&) noexcept = default;
Projection& Projection::operator=(Projection&&) noexcept = default;
Projection::~Projection() = default;

Axes Projection::axes() const noexcept {
  return implementation_->axes;
}

std::optional<model::Position> Projection::to(model::Position const& position) const {
  auto const there = implementation_->along(PJ_FWD, position);
  if (!there) return std::nullopt;
  auto const axes = implementation_->axes;
  return model::Position{rounded(there->x, axes), rounded(there->y, axes)};
}

std::optional<model::Position> Projection::from(model::Position const& position) const {
  bool const is_place = std::abs(position.x) <= furthest && std::abs(position.y) <= furthest;
  return is_place ? implementation_->along(PJ_INV, position) : std::nullopt;
}

Result<model::Bbox> Projection::box_from(std::span<double const, 4> numbers) const {
  auto const& own = *implementation_;
  std::array<double, 4> box{numbers[0], numbers[1], numbers[2], numbers[3]};
  // In degrees a box may cross the antimeridian, which PROJ would not see with latitudes first.
  if (own.axes == Axes::latitude_longitude) box = {box[1], box[0], box[3], box[2]};
  if (own.axes != Axes::plane) return model::Bbox::make(box[0], box[1], box[2], box[3]);
  auto& [west, south, east, north] = box;
  bool const is_told =
      west <= east && south <= north &&
      proj_trans_bounds(own.context.get(), own.way.get(), PJ_INV, west, south, east, north, &west,
                        &south, &east, &north, edge_points) != 0;
  if (is_told) {
    auto made = model::Bbox::make(west, std::max(south, -90.0), east, std::min(north, 90.0));
    if (made) return made;
  }
  return Problem{.kind = ProblemKind::invalid_parameter,
                 .detail = "the box means no area on Earth in the CRS that is named",
                 .where = {}};
}

} // namespace terracat::geometry
