#include "kinds/files/data_item.hpp"

#include "formats/json/box_text.hpp"
#include "geometry/normalise.hpp"

#include <terracat/json.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <span>

namespace terracat::kinds::files {
namespace {

using data::Facts;
using json::Writer;
using model::Position;

// ---- Where

/// A hundredth of a metre is more than any file's place is known to.
double rounded(double degrees) noexcept {
  constexpr double parts = 1e7;
  return std::round(degrees * parts) / parts;
}

/// How far a position lies from the straight line between two others, in degrees.
double distance(Position const& at, Position const& from, Position const& to) noexcept {
  auto const x = to.x - from.x;
  auto const y = to.y - from.y;
  auto const length = std::hypot(x, y);
  if (length == 0) return std::hypot(at.x - from.x, at.y - from.y);
  return std::abs(x * (at.y - from.y) - y * (at.x - from.x)) / length;
}

/// Appends what is needed of a side so that no position of it lies farther than that from the line
/// (the way of Douglas and Peucker); not its end, which is the beginning of the next one.
void append_side(std::span<Position const> side, double tolerance, model::Path& ring) {
  auto const& from = side.front();
  auto const& to = side.back();
  std::size_t farthest = 0;
  double most = tolerance;
  for (std::size_t i = 1; i + 1 < side.size(); ++i) {
    auto const off = distance(side[i], from, to);
    if (off <= most) continue;
    most = off;
    farthest = i;
  }
  if (farthest == 0) {
    ring.push_back({rounded(from.x), rounded(from.y)});
    return;
  }
  append_side(side.first(farthest + 1), tolerance, ring);
  append_side(side.subspan(farthest), tolerance, ring);
}

std::optional<model::Geometry> normalised(model::GeometryType type, model::Path path) {
  auto made = geometry::normalise(
      {.type = type, .parts = {{std::move(path)}}, .members = {}, .heights = {}});
  return made ? std::optional(std::move(*made)) : std::nullopt;
}

struct Range {
  double least = 0;
  double most = 0;

  void add(double value) noexcept {
    least = std::min(least, value);
    most = std::max(most, value);
  }

  [[nodiscard]] double length() const noexcept { return most - least; }
};

using Sides = std::array<model::Path, 4>;

/// Without the jumps at the antimeridian: longitudes run on beyond 180. \return  false if they do
/// not come back to where they began, as around a pole
bool unwrap(Sides& sides) noexcept {
  constexpr double turn = 360;
  auto const first = sides.front().front().x;
  auto before = first;
  auto const follow = [&](double x) { return before + std::remainder(x - before, turn); };
  for (auto& side : sides) {
    for (auto& position : side) {
      // What is a half turn away lies where it was written.
      if (std::abs(position.x - before) > turn / 2) position.x = follow(position.x);
      before = position.x;
    }
  }
  return std::abs(first - before) <= turn / 2;
}

bool is_rectangle(model::Path const& ring, Range const& x, Range const& y) noexcept {
  constexpr double close = 1e-6;
  auto const is_end = [](double value, Range const& range) {
    return std::abs(value - range.least) < close || std::abs(value - range.most) < close;
  };
  return ring.size() == 4 && std::ranges::all_of(ring, [&](Position const& at) {
           return is_end(at.x, x) && is_end(at.y, y);
         });
}

std::optional<model::Geometry> outline_of(Sides sides) {
  if (sides.front().empty()) return std::nullopt;
  auto const written = sides;
  bool const is_closed = unwrap(sides);
  auto const& origin = sides.front().front();
  Range x{.least = origin.x, .most = origin.x};
  Range y{.least = origin.y, .most = origin.y};
  for (auto const& side : sides) {
    for (auto const& position : side) {
      x.add(position.x);
      y.add(position.y);
    }
  }
  if (!is_closed) {
    model::Path ring;
    for (auto const& side : written) ring.insert(ring.end(), side.begin(), side.end());
    ring.push_back(ring.front());
    return normalised(model::GeometryType::polygon, std::move(ring));
  }
  if (!(x.length() > 0) && !(y.length() > 0)) {
    return normalised(model::GeometryType::point, {origin});
  }
  if (!(x.length() > 0) || !(y.length() > 0)) {
    return normalised(model::GeometryType::line_string, {{x.least, y.least}, {x.most, y.most}});
  }
  constexpr double share = 5e-5;
  auto const tolerance = std::min(x.length(), y.length()) * share;
  model::Path ring;
  for (std::size_t i = 0; i < sides.size(); ++i) {
    auto side = sides.at(i);
    side.push_back(i + 1 < sides.size() ? sides.at(i + 1).front() : origin);
    append_side(side, tolerance, ring);
  }
  if (is_rectangle(ring, x, y)) {
    auto const box = formats::interpret({.west = rounded(x.least),
                                         .south = rounded(y.least),
                                         .east = rounded(x.most),
                                         .north = rounded(y.most),
                                         .heights = {}});
    return box ? std::optional(model::Geometry::box(box->plane)) : std::nullopt;
  }
  ring.push_back(ring.front());
  return normalised(model::GeometryType::polygon, std::move(ring));
}

std::optional<double> number_said(Metadata const& metadata, std::string_view name) {
  auto text = value_in(metadata, name);
  if (text.empty()) text = value_in(metadata, "NC_GLOBAL#" + std::string(name));
  double value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end == text.data() || !std::isfinite(value)) return std::nullopt;
  return value;
}

/// The attributes for data discovery (ACDD) of files that are no grid: profiles, tracks.
std::optional<model::Geometry> box_said(Metadata const& metadata) {
  auto const west = number_said(metadata, "geospatial_lon_min");
  auto const east = number_said(metadata, "geospatial_lon_max");
  auto const south = number_said(metadata, "geospatial_lat_min");
  auto const north = number_said(metadata, "geospatial_lat_max");
  if (!west || !east || !south || !north || *south > *north) return std::nullopt;
  auto const box = formats::interpret(
      {.west = *west, .south = *south, .east = *east, .north = *north, .heights = {}});
  if (!box || box->swapped) return std::nullopt;
  return model::Geometry::box(box->plane);
}

// ---- What

struct DriverType {
  std::string_view driver;
  std::string_view type;
};

constexpr std::array driver_types{DriverType{"GTiff", "image/tiff; application=geotiff"},
                                  DriverType{"JP2OpenJPEG", "image/jp2"},
                                  DriverType{"netCDF", "application/netcdf"},
                                  DriverType{"HDF5", "application/x-hdf5"},
                                  DriverType{"HDF5Image", "application/x-hdf5"},
                                  DriverType{"GPKG", "application/geopackage+sqlite3"},
                                  DriverType{"ESRI Shapefile", "application/vnd.shp"},
                                  DriverType{"LAS", "application/vnd.las"},
                                  DriverType{"LAZ", "application/vnd.laszip"},
                                  DriverType{"GeoJSON", "application/geo+json"},
                                  DriverType{"FlatGeobuf", "application/vnd.flatgeobuf"}};

void write_number(Writer& out, std::string_view name, std::optional<double> const& value) {
  if (value) out.name(name).number(*value);
}

void write_statistics(Writer& out, data::Statistics const& it) {
  if (it == data::Statistics()) return;
  out.name("statistics").begin_object();
  write_number(out, "minimum", it.minimum);
  write_number(out, "maximum", it.maximum);
  write_number(out, "mean", it.mean);
  write_number(out, "stddev", it.deviation);
  write_number(out, "valid_percent", it.valid_percent);
  out.end_object();
}

void write_band(Writer& out, data::Band const& band) {
  out.begin_object();
  out.member("name", band.name).member("description", band.description);
  out.member("data_type", band.type);
  if (band.no_data) {
    out.name("nodata");
    if (std::isnan(*band.no_data)) {
      out.string("nan");
    } else if (std::isinf(*band.no_data)) {
      out.string(*band.no_data > 0 ? "inf" : "-inf");
    } else {
      out.number(*band.no_data);
    }
  }
  out.member("unit", band.unit);
  write_statistics(out, band.statistics);
  write_number(out, "raster:scale", band.scale);
  write_number(out, "raster:offset", band.offset);
  out.end_object();
}

void write_bands(Writer& out, Facts const& facts) {
  if (facts.bands.empty()) return;
  out.name("bands").begin_array();
  for (auto const& band : facts.bands) write_band(out, band);
  out.end_array();
}

template<class Numbers>
void write_numbers(Writer& out, std::string_view name, Numbers const& numbers) {
  out.name(name).begin_array();
  for (auto const number : numbers) out.number(number);
  out.end_array();
}

void write_projection(Writer& out, Facts const& facts) {
  if (!facts.crs_code.empty()) out.member("proj:code", facts.crs_code);
  if (facts.crs_code.empty() && !facts.crs_wkt.empty()) {
    out.name("proj:code").null().member("proj:wkt2", facts.crs_wkt);
  }
  if (facts.grid) {
    out.name("proj:shape").begin_array();
    out.integer(facts.grid->rows).integer(facts.grid->columns).end_array();
    if (facts.grid->transform) write_numbers(out, "proj:transform", *facts.grid->transform);
  }
  if (facts.box) write_numbers(out, "proj:bbox", *facts.box);
}

/// Of one layer what its table holds; of several how many features there are in all.
void write_layers(Writer& out, Facts const& facts) {
  std::int64_t rows = 0;
  for (auto const& layer : facts.layers) rows += layer.count.value_or(0);
  if (facts.layers.empty()) return;
  out.name("table:row_count").integer(rows);
  if (facts.layers.size() > 1 || facts.layers.front().columns.empty()) return;
  out.name("table:columns").begin_array();
  for (auto const& column : facts.layers.front().columns) {
    out.begin_object().member("name", column.name).member("type", column.type).end_object();
  }
  out.end_array();
}

std::string description_of(DataFile const& file) {
  auto const& metadata = file.facts.metadata;
  for (auto const* const name : {"NC_GLOBAL#summary", "summary", "NC_GLOBAL#description"}) {
    if (auto const said = value_in(metadata, name); !said.empty()) return std::string(said);
  }
  if (file.facts.layers.size() < 2) return {};
  std::string out = "Layers: ";
  for (auto const& layer : file.facts.layers) {
    if (&layer != &file.facts.layers.front()) out += ", ";
    out += layer.name;
  }
  return out;
}

void write_properties(Writer& out, DataFile const& file) {
  auto const& facts = file.facts;
  out.name("properties").begin_object();
  auto const time = file.time.is_known() ? file.time : time_in(facts.metadata);
  out.name("datetime");
  if (time.datetime.empty()) {
    out.null();
  } else {
    out.string(time.datetime);
  }
  out.member("start_datetime", time.start).member("end_datetime", time.end);
  auto title = value_in(facts.metadata, "NC_GLOBAL#title");
  if (title.empty()) title = value_in(facts.metadata, "title");
  out.member("title", title.empty() ? std::string_view(file.name) : title);
  out.member("description", description_of(file));
  write_projection(out, facts);
  write_layers(out, facts);
  if (file.assets.empty()) write_bands(out, facts);
  out.end_object();
}

void write_asset(Writer& out, DataAsset const& asset, Facts const* facts) {
  out.name(asset.key).begin_object();
  out.member("href", asset.href).member("title", asset.title).member("type", asset.media_type);
  out.name("roles").begin_array().string(asset.role).end_array();
  out.name("file:size").integer(static_cast<std::int64_t>(asset.size));
  out.member("file:checksum", asset.checksum);
  if (facts != nullptr) write_bands(out, *facts);
  out.end_object();
}

} // namespace

std::optional<model::Geometry> place_of(Facts const& facts) {
  auto place = outline_of(facts.sides);
  return place ? place : box_said(facts.metadata);
}

std::string item_text(DataFile const& file, std::optional<model::Geometry> const& place) {
  auto const& facts = file.facts;
  Writer out;
  out.begin_object().member("type", "Feature").member("stac_version", "1.1.0");
  out.name("stac_extensions").begin_array();
  out.string("https://stac-extensions.github.io/projection/v2.0.0/schema.json");
  if (!facts.bands.empty()) {
    out.string("https://stac-extensions.github.io/raster/v2.0.0/schema.json");
  }
  if (!facts.layers.empty()) {
    out.string("https://stac-extensions.github.io/table/v1.2.0/schema.json");
  }
  if (!file.assets.empty()) {
    out.string("https://stac-extensions.github.io/file/v2.1.0/schema.json");
  }
  out.end_array().member("id", file.id).member("collection", file.collection);
  out.name("geometry");
  if (place) {
    json::write_geometry(out, model::from_wkb(place->wkb()));
    out.name("bbox").raw(formats::box_text(place->bbox(), std::nullopt));
  } else {
    out.null();
  }
  write_properties(out, file);
  out.name("assets").begin_object();
  for (auto const& asset : file.assets) {
    write_asset(out, asset, &asset == &file.assets.front() ? &facts : nullptr);
  }
  return out.end_object().name("links").begin_array().end_array().end_object().take();
}

std::string data_collection_text(std::string const& id) {
  Writer out;
  out.begin_object().member("type", "Collection").member("stac_version", "1.1.0");
  out.member("id", id).member("title", id);
  out.name("links").begin_array().end_array();
  return out.end_object().take();
}

std::string media_type_of(Facts const& facts) {
  auto const* const row = std::ranges::find(driver_types, facts.driver, &DriverType::driver);
  if (row == driver_types.end()) return {};
  std::string out(row->type);
  if (value_in(facts.metadata, "LAYOUT") == "COG") out += "; profile=cloud-optimized";
  return out;
}

} // namespace terracat::kinds::files
