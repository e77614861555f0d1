#include "helper/data_raster.hpp"

#include "helper/las.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstring>
#include <memory>
#include <system_error>
#include <vector>

namespace terracat::helper {
namespace {

using data::Band;
using data::Facts;

constexpr std::size_t steps = 32; ///< along a side of an outline
constexpr std::size_t most_bands = 256;
constexpr std::size_t most_metadata = 400;
constexpr std::size_t longest_text = 1'000;

std::optional<double> number_of(std::string const& text) {
  double value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

struct TypeName {
  std::string_view gdal;
  std::string_view stac;
};

constexpr std::array type_names{TypeName{"Byte", "uint8"},       TypeName{"UInt16", "uint16"},
                                TypeName{"Int16", "int16"},      TypeName{"UInt32", "uint32"},
                                TypeName{"Int32", "int32"},      TypeName{"UInt64", "uint64"},
                                TypeName{"Int64", "int64"},      TypeName{"Float32", "float32"},
                                TypeName{"Float64", "float64"},  TypeName{"CInt16", "cint16"},
                                TypeName{"CInt32", "cint32"},    TypeName{"CFloat32", "cfloat32"},
                                TypeName{"CFloat64", "cfloat64"}};

std::string type_of(gdal::Library const& library, gdal::Handle band) {
  auto const* const name = library->data_type_name(library->data_type(band));
  if (name == nullptr) return "other";
  if (std::string_view(name) == "Byte" &&
      value_of(library, band, "IMAGE_STRUCTURE", "PIXELTYPE") == "SIGNEDBYTE") {
    return "int8";
  }
  auto const* const row = std::ranges::find(type_names, std::string_view(name), &TypeName::gdal);
  return row == type_names.end() ? "other" : std::string(row->stac);
}

/// A function of a band that says whether there is anything to say.
using Asked = double (*)(gdal::Handle, int*);

std::optional<double> ask(Asked function, gdal::Handle band) {
  int is_there = 0;
  auto const value = function(band, &is_there);
  return is_there != 0 ? std::optional(value) : std::nullopt;
}

data::Statistics statistics_of(gdal::Library const& library, gdal::Handle band) {
  auto const number = [&](std::string_view name) {
    return number_of(value_of(library, band, nullptr, name));
  };
  return {.minimum = number("STATISTICS_MINIMUM"),
          .maximum = number("STATISTICS_MAXIMUM"),
          .mean = number("STATISTICS_MEAN"),
          .deviation = number("STATISTICS_STDDEV"),
          .valid_percent = number("STATISTICS_VALID_PERCENT")};
}

/// Its variable, what it is called, or its colour.
std::string band_name(gdal::Library const& library, gdal::Handle band) {
  auto name = value_of(library, band, nullptr, "NETCDF_VARNAME");
  if (name.empty()) name = text_of(library->description(band));
  if (!name.empty()) return name;
  auto const color = library->color_of(band);
  constexpr int first_color = 3; // red, green, blue, alpha: before it only "not known" and "grey"
  if (color < first_color) return {};
  name = text_of(library->color_name(color));
  std::ranges::transform(name, name.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return name;
}

Band band_of(gdal::Library const& library, gdal::Handle band) {
  Band out{.name = band_name(library, band),
           .description = value_of(library, band, nullptr, "long_name"),
           .type = type_of(library, band),
           .no_data = ask(library->no_data, band),
           .unit = text_of(library->unit(band)),
           .scale = ask(library->scale, band),
           .offset = ask(library->offset, band),
           .statistics = statistics_of(library, band)};
  // Which is what is said where nothing is said.
  if (out.scale == 1.0 && out.offset.value_or(0) == 0) out.scale.reset(), out.offset.reset();
  if (out.offset == 0.0 && !out.scale) out.offset.reset();
  return out;
}

/// Times and depths of one variable are bands to GDAL, and one to people.
void add_bands(gdal::Library const& library, gdal::Handle data_set, Facts& facts) {
  auto const count = library->band_count(data_set);
  std::string variable;
  for (int i = 1; i <= count && facts.bands.size() < most_bands; ++i) {
    auto* const band = library->band(data_set, i);
    if (band == nullptr) continue;
    auto const name = value_of(library, band, nullptr, "NETCDF_VARNAME");
    if (!name.empty() && name == variable) continue;
    variable = name;
    facts.bands.push_back(band_of(library, band));
  }
}

/// In the order of GDAL: x = [0] + column [1] + row [2], y likewise.
using Six = std::array<double, 6>;

model::Position place(Six const& six, double column, double row) {
  return {six[0] + column * six[1] + row * six[2], six[3] + column * six[4] + row * six[5]};
}

bool is_sound(Six const& six) {
  return std::ranges::all_of(six, [](double number) { return std::isfinite(number); }) &&
         six[1] * six[5] != six[2] * six[4];
}

struct Placed {
  Six six{};
  gdal::Handle crs = nullptr;
};

std::optional<Placed> placed(gdal::Library const& library, gdal::Handle data_set) {
  Placed out;
  out.crs = library->crs_of(data_set);
  if (library->transform_of(data_set, out.six.data()) == 0) return out;
  auto const count = library->control_point_count(data_set);
  if (count < 3 || library->transform_by_points(count, library->control_points(data_set),
                                                out.six.data(), 1) == 0) {
    return std::nullopt;
  }
  out.crs = library->control_point_crs(data_set);
  return out;
}

/// A grid of NetCDF by latitude and longitude that says no more, which is of WGS 84.
bool is_in_degrees(Facts const& facts) {
  constexpr double most_east = 540;
  constexpr double most_north = 91; // of cells that are centred on a pole
  auto const has_unit = [&](std::string_view unit) {
    return std::ranges::any_of(facts.metadata, [unit](auto const& pair) {
      return pair.first.ends_with("#units") && pair.second == unit;
    });
  };
  auto const& box = facts.box.value();
  return has_unit("degrees_north") && has_unit("degrees_east") && std::abs(box[0]) < most_east &&
         std::abs(box[2]) < most_east && std::abs(box[1]) < most_north &&
         std::abs(box[3]) < most_north;
}

void add_envelope(std::optional<gdal::Envelope>& all, gdal::Envelope const& one) {
  if (!all) {
    all = one;
    return;
  }
  all->min_x = std::min(all->min_x, one.min_x);
  all->max_x = std::max(all->max_x, one.max_x);
  all->min_y = std::min(all->min_y, one.min_y);
  all->max_y = std::max(all->max_y, one.max_y);
}

bool is_sound(gdal::Envelope const& box) {
  return std::isfinite(box.min_x) && std::isfinite(box.max_x) && std::isfinite(box.min_y) &&
         std::isfinite(box.max_y) && box.min_x <= box.max_x && box.min_y <= box.max_y;
}

data::Layer layer_of(gdal::Library const& library, gdal::Handle layer) {
  constexpr int no_geometry = 100; // wkbNone
  data::Layer out{
      .name = text_of(library->layer_name(layer)), .geometry = {}, .count = {}, .columns = {}};
  auto const type = library->geometry_type(layer);
  if (type != no_geometry) out.geometry = text_of(library->geometry_name(type));
  auto const count = library->feature_count(layer, 1);
  if (count >= 0) out.count = count;
  auto* const definition = library->definition(layer);
  auto const fields = std::min<int>(library->field_count(definition), most_bands);
  for (int i = 0; i < fields; ++i) {
    auto* const field = library->field(definition, i);
    auto const* const kind = library->field_type_name(library->field_type(field));
    out.columns.push_back({.name = text_of(library->field_name(field)), .type = text_of(kind)});
  }
  return out;
}

} // namespace

std::string text_of(char const* text) {
  if (text == nullptr) return {};
  return {text, ::strnlen(text, longest_text)};
}

std::string value_of(gdal::Library const& library, gdal::Handle thing, char const* domain,
                     std::string_view name) {
  auto** const lines = library->metadata(thing, domain);
  for (auto** line = lines; line != nullptr && *line != nullptr; ++line) { // NOLINT: ends with null
    std::string_view const text = *line;
    if (text.size() > name.size() && text[name.size()] == '=' && text.starts_with(name)) {
      return text_of(*line + name.size() + 1); // NOLINT: behind the sign
    }
  }
  return {};
}

void add_metadata(gdal::Library const& library, gdal::Handle thing, char const* domain,
                  Facts& facts) {
  auto** const lines = library->metadata(thing, domain);
  for (auto** line = lines; line != nullptr && *line != nullptr; ++line) { // NOLINT: ends with null
    if (facts.metadata.size() == most_metadata) return;
    std::string_view const text = *line;
    auto const sign = text.find('=');
    if (sign == std::string_view::npos || sign == 0) continue;
    std::string name(text.substr(0, sign));
    auto value = text.substr(sign + 1);
    // Of a long list its ends tell enough.
    auto const last = value.rfind(',');
    std::string ends;
    if (value.size() > longest_text && value.starts_with('{') && last != std::string_view::npos) {
      ends = std::string(value.substr(0, value.find(','))) + std::string(value.substr(last));
      value = ends;
    }
    bool const is_known = std::ranges::find(facts.metadata, name, [](auto const& pair) {
                            return pair.first;
                          }) != facts.metadata.end();
    if (name.size() > longest_text || is_known) continue;
    facts.metadata.emplace_back(std::move(name), value.substr(0, longest_text));
  }
}

void add_crs(gdal::Library const& library, gdal::Handle crs, Facts& facts) {
  if (crs == nullptr || !facts.crs_code.empty() || !facts.crs_wkt.empty()) return;
  auto const* const authority = library->authority(crs, nullptr);
  auto const* const code = library->code(crs, nullptr);
  if (authority != nullptr && code != nullptr) {
    facts.crs_code = text_of(authority) + ":" + text_of(code);
    return;
  }
  constexpr std::array<char const*, 2> options{"FORMAT=WKT2_2019", nullptr};
  constexpr std::size_t longest = 20'000;
  char* text = nullptr;
  if (library->export_wkt(crs, &text, options.data()) == 0 && text != nullptr &&
      std::strlen(text) < longest) {
    facts.crs_wkt = text;
  }
  library->free_text(text);
}

Outliner::Outliner(gdal::Library const& library)
    : library_(library), degrees_(library->new_crs(nullptr)) {
  constexpr int wgs84 = 4326;
  if (degrees_ == nullptr || library->import_epsg(degrees_, wgs84) != 0) {
    library->free_crs(degrees_);
    throw std::system_error(ELIBBAD, std::generic_category(), "WGS 84");
  }
  library->set_axes(degrees_, gdal::traditional_axes);
}

Outliner::~Outliner() {
  library_->free_crs(degrees_);
}

std::array<model::Path, 4> Outliner::outline(gdal::Handle crs, Corners const& corners) const {
  if (crs == nullptr) return {};
  auto* const to_degrees = library_->new_transformation(crs, degrees_);
  if (to_degrees == nullptr) return {};
  std::array<model::Path, 4> out;
  bool is_whole = true;
  for (std::size_t side = 0; side < corners.size() && is_whole; ++side) {
    auto const& from = corners.at(side);
    auto const& to = corners.at((side + 1) % corners.size());
    std::array<double, steps> x{};
    std::array<double, steps> y{};
    std::array<double, steps> z{};
    std::array<int, steps> done{};
    for (std::size_t i = 0; i < steps; ++i) {
      auto const share = static_cast<double>(i) / steps;
      x.at(i) = from.x + (to.x - from.x) * share;
      y.at(i) = from.y + (to.y - from.y) * share;
    }
    static_cast<void>(
        library_->transform(to_degrees, steps, x.data(), y.data(), z.data(), done.data()));
    for (std::size_t i = 0; i < steps; ++i) {
      is_whole &= done.at(i) != 0 && std::isfinite(x.at(i)) && std::isfinite(y.at(i));
      out.at(side).push_back({x.at(i), y.at(i)});
    }
  }
  library_->free_transformation(to_degrees);
  if (!is_whole) return {};
  return out;
}

void add_raster(gdal::Library const& library, Outliner const& outliner, gdal::Handle data_set,
                Facts& facts) {
  auto const columns = library->columns(data_set);
  auto const rows = library->rows(data_set);
  if (library->band_count(data_set) == 0 || columns <= 0 || rows <= 0) return;
  add_bands(library, data_set, facts);
  bool const has_place = !facts.sides.front().empty();
  if (facts.grid && has_place) return;
  auto const where = placed(library, data_set);
  data::Grid grid{.rows = rows, .columns = columns, .transform = {}};
  if (where && is_sound(where->six)) {
    auto const& six = where->six;
    grid.transform = {{six[1], six[2], six[0], six[4], six[5], six[3]}};
    Outliner::Corners const corners{place(six, 0, 0), place(six, 0, rows),
                                    place(six, columns, rows), place(six, columns, 0)};
    auto const [west, east] = std::ranges::minmax(corners, {}, &model::Position::x);
    auto const [south, north] = std::ranges::minmax(corners, {}, &model::Position::y);
    facts.box = {{west.x, south.y, east.x, north.y}};
    bool const lacks_crs = where->crs == nullptr && is_in_degrees(facts);
    auto* const crs = lacks_crs ? outliner.degrees() : where->crs;
    facts.sides = outliner.outline(crs, corners);
    add_crs(library, crs, facts);
  }
  if (!facts.grid || grid.transform) facts.grid = grid;
}

void add_layers(gdal::Library const& library, Outliner const& outliner, gdal::Handle data_set,
                Facts& facts) {
  constexpr int most_layers = 100;
  auto const count = std::min(library->layer_count(data_set), most_layers);
  gdal::Handle crs = nullptr;
  std::optional<gdal::Envelope> all;
  for (int i = 0; i < count; ++i) {
    auto* const layer = library->layer(data_set, i);
    if (layer == nullptr) continue;
    facts.layers.push_back(layer_of(library, layer));
    gdal::Envelope box{};
    if (facts.layers.back().geometry.empty() || library->layer_extent(layer, &box, 1) != 0 ||
        !is_sound(box)) {
      continue;
    }
    // Layers of other systems are listed; the place is told by those of the first one's.
    auto* const own = library->layer_crs(layer);
    if (crs == nullptr) crs = own;
    Facts mine;
    Facts first;
    add_crs(library, own, mine);
    add_crs(library, crs, first);
    if (mine == first) add_envelope(all, box);
  }
  if (!all || !facts.sides.front().empty()) return;
  Outliner::Corners const corners{{{all->min_x, all->max_y},
                                   {all->min_x, all->min_y},
                                   {all->max_x, all->min_y},
                                   {all->max_x, all->max_y}}};
  facts.box = {{all->min_x, all->min_y, all->max_x, all->max_y}};
  facts.sides = outliner.outline(crs, corners);
  add_crs(library, crs, facts);
}

bool add_points(gdal::Library const& library, Outliner const& outliner,
                std::span<unsigned char const> bytes, Facts& facts) {
  auto const header = read_las(bytes);
  if (!header) return false;
  facts.driver = header->is_packed ? "LAZ" : "LAS";
  facts.layers.push_back({.name = {},
                          .geometry = "3D Point",
                          .count = static_cast<std::int64_t>(header->points),
                          .columns = {}});
  facts.box = header->box;
  auto* crs = library->new_crs(header->wkt.empty() ? nullptr : header->wkt.c_str());
  if (crs == nullptr) return true;
  bool const is_known =
      !header->wkt.empty() || (header->epsg != 0 && library->import_epsg(crs, header->epsg) == 0);
  if (is_known) {
    library->set_axes(crs, gdal::traditional_axes);
    auto const& [west, south, east, north] = header->box;
    facts.sides =
        outliner.outline(crs, {{{west, north}, {west, south}, {east, south}, {east, north}}});
    add_crs(library, crs, facts);
  }
  library->free_crs(crs);
  return true;
}

} // namespace terracat::helper
