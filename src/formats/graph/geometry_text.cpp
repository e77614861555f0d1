#include "formats/graph/geometry_text.hpp"

#include "formats/words/text.hpp"

#include <terracat/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace terracat::formats::graph {
namespace {

using model::GeometryType;
using model::Part;
using model::Path;
using model::RawGeometry;

constexpr std::size_t most_positions = 500'000;

enum class Axes : std::uint8_t { longitude_first, latitude_first };

/// \return  nothing if the reference system is none of degrees
std::optional<Axes> axes_of(std::string_view crs) {
  auto const lower = lowered(crs);
  if (lower.find("crs84") != std::string::npos) return Axes::longitude_first;
  for (auto const* const number : {"4326", "4258", "4171"}) {
    if (lower.ends_with(std::string("/") + number) || lower.ends_with(std::string(":") + number)) {
      return Axes::latitude_first;
    }
  }
  return std::nullopt;
}

struct WktType {
  std::string_view name;
  GeometryType type;
  std::size_t depth; ///< of brackets around a position
};

/// Longer names first: one is looked for at the beginning of a text.
constexpr std::array wkt_types{WktType{"MULTIPOLYGON", GeometryType::multi_polygon, 3},
                               WktType{"MULTILINESTRING", GeometryType::multi_line_string, 2},
                               WktType{"MULTIPOINT", GeometryType::multi_point, 1},
                               WktType{"POLYGON", GeometryType::polygon, 2},
                               WktType{"LINESTRING", GeometryType::line_string, 1},
                               WktType{"POINT", GeometryType::point, 1}};

class WktReader {
 public:
  explicit WktReader(std::string_view text) noexcept : rest_(stripped(text)) {}

  std::optional<RawGeometry> read() {
    auto const* const type = type_at_beginning();
    if (type == nullptr) return std::nullopt;
    RawGeometry geometry{.type = type->type};
    bool const is_read = type->type == GeometryType::multi_polygon ? read_parts(geometry.parts)
                                                                   : read_simple(*type, geometry);
    skip_blanks();
    if (!is_read || !rest_.empty()) return std::nullopt;
    return geometry;
  }

 private:
  WktType const* type_at_beginning() {
    for (auto const& type : wkt_types) {
      if (!equal_ignoring_case(rest_.substr(0, type.name.size()), type.name)) continue;
      rest_.remove_prefix(type.name.size());
      skip_blanks();
      if (!rest_.empty() && (rest_[0] == 'Z' || rest_[0] == 'z')) rest_.remove_prefix(1);
      return &type;
    }
    return nullptr;
  }

  bool read_simple(WktType const& type, RawGeometry& geometry) {
    if (type.depth == 2) {
      Part part;
      if (!read_list([&] { return read_path(part.emplace_back()); })) return false;
      return is_multiple(type) ? each_alone(part, geometry) : keep(std::move(part), geometry);
    }
    Path path;
    if (!read_path(path)) return false;
    if (!is_multiple(type)) return keep({std::move(path)}, geometry);
    for (auto const& position : path) geometry.parts.push_back({{position}});
    return true;
  }

  static bool is_multiple(WktType const& type) noexcept { return type.name.starts_with("MULTI"); }

  static bool each_alone(Part& paths, RawGeometry& geometry) {
    for (auto& path : paths) geometry.parts.push_back({std::move(path)});
    return true;
  }

  static bool keep(Part part, RawGeometry& geometry) {
    geometry.parts.push_back(std::move(part));
    return true;
  }

  bool read_parts(std::vector<Part>& parts) {
    return read_list([&] {
      auto& part = parts.emplace_back();
      return read_list([&] { return read_path(part.emplace_back()); });
    });
  }

  bool read_path(Path& path) {
    return read_list([&] {
      // A position of a MULTIPOINT may have brackets of its own.
      bool const has_brackets = take('(');
      if (++count_ > most_positions || !read_position(path.emplace_back())) return false;
      return !has_brackets || take(')');
    });
  }

  template<class ReadOne>
  bool read_list(ReadOne const& read_one) {
    if (!take('(')) return false;
    do {
      if (!read_one()) return false;
    } while (take(','));
    return take(')');
  }

  bool read_position(model::Position& position) {
    if (!read_number(position.x) || !read_number(position.y)) return false;
    for (double ignored = 0; read_number(ignored);) { // heights, measures
    }
    return true;
  }

  bool read_number(double& number) {
    skip_blanks();
    auto const* const end = rest_.data() + rest_.size();
    auto const [stop, error] = std::from_chars(rest_.data(), end, number);
    if (error != std::errc{} || !std::isfinite(number)) return false;
    rest_.remove_prefix(static_cast<std::size_t>(stop - rest_.data()));
    return true;
  }

  bool take(char c) {
    skip_blanks();
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  void skip_blanks() {
    rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t\r\n"), rest_.size()));
  }

  std::string_view rest_;
  std::size_t count_ = 0;
};

void exchange_axes(RawGeometry& geometry) {
  for (auto& part : geometry.parts) {
    for (auto& path : part) {
      for (auto& position : path) std::swap(position.x, position.y);
    }
  }
}

bool has_latitudes_beyond(RawGeometry const& geometry) {
  constexpr double most = 90;
  bool found = false;
  for_each_position(geometry, [&](model::Position const& position) {
    found = found || std::abs(position.y) > most;
  });
  return found;
}

enum class Encoding : std::uint8_t { geojson, wkt, gml };

Encoding encoding_of(std::string_view text) noexcept {
  auto const content = stripped(text);
  if (content.starts_with('{')) return Encoding::geojson;
  bool const is_crs = content.starts_with("<http") || content.starts_with("<urn:");
  return content.starts_with('<') && !is_crs ? Encoding::gml : Encoding::wkt;
}

std::optional<model::Geometry> from_wkt(std::string_view text, gml::Allowance& allowance) {
  auto const raw = read_wkt(text);
  return raw ? gml::normalised(*raw, allowance) : std::nullopt;
}

std::optional<model::Geometry> from_geojson(std::string_view text, gml::Allowance& allowance) {
  auto const document = json::Document::parse(text);
  if (!document) return std::nullopt;
  auto const geometry = document->root().member("geometry"); // of a feature
  auto raw = json::read_geometry(geometry ? *geometry : document->root(), most_positions);
  return raw ? gml::normalised(*raw, allowance) : std::nullopt;
}

gml::GeometryReading from_gml(std::string_view text, gml::Allowance& allowance) {
  auto const document = xml::Document::parse(text);
  if (!document) return {};
  return gml::read_geometry(document->root(), std::nullopt, allowance);
}

} // namespace

std::optional<RawGeometry> read_wkt(std::string_view text) {
  auto rest = stripped(text);
  auto axes = Axes::longitude_first;
  if (rest.starts_with('<')) {
    auto const end = rest.find('>');
    if (end == std::string_view::npos) return std::nullopt;
    auto const named = axes_of(rest.substr(1, end - 1));
    if (!named) return std::nullopt;
    axes = *named;
    rest.remove_prefix(end + 1);
  }
  auto geometry = WktReader(rest).read();
  if (!geometry) return std::nullopt;
  if (axes == Axes::latitude_first) {
    exchange_axes(*geometry);
    if (has_latitudes_beyond(*geometry)) exchange_axes(*geometry);
  }
  return geometry;
}

gml::GeometryReading read_geometry(std::vector<Node> const& literals, gml::Allowance& allowance) {
  gml::GeometryReading reading;
  for (auto const encoding : {Encoding::geojson, Encoding::wkt, Encoding::gml}) {
    for (auto const literal : literals) {
      auto const& text = literal.text();
      if (!literal.is_literal() || encoding_of(text) != encoding) continue;
      if (encoding == Encoding::gml) {
        reading = from_gml(text, allowance);
      } else {
        reading.geometry =
            encoding == Encoding::wkt ? from_wkt(text, allowance) : from_geojson(text, allowance);
      }
      if (reading.geometry) return reading;
    }
  }
  reading.findings = {FindingCode::geometry_unreadable};
  return reading;
}

} // namespace terracat::formats::graph
