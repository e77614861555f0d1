#include "api/crs.hpp"

#include "api/media_types.hpp"

#include <algorithm>
#include <array>

namespace terracat::api {
namespace {

std::string known_uris() {
  std::string out;
  for (auto const& crs : geometry::known_crs()) {
    out += (out.empty() ? "" : ", ") + std::string(crs.uri);
  }
  return out;
}

/// Writes GeoJSON geometries in another CRS and learns their box.
class GeometryProjector {
 public:
  explicit GeometryProjector(geometry::Projection const& projection) : projection_(projection) {}

  void write(json::Writer& out, json::Value const& geometry) {
    if (!geometry.is_object()) {
      out.value(geometry);
      return;
    }
    out.begin_object();
    for (auto const [name, value] : geometry.members()) {
      if (name == "bbox") continue; // of degrees
      out.name(name);
      if (name == "coordinates") {
        write_coordinates(out, value);
      } else if (name == "geometries") {
        out.begin_array();
        for (auto const member : value.elements()) write(out, member);
        out.end_array();
      } else {
        out.value(value);
      }
    }
    out.end_object();
  }

  /// A position could not be told there: what was written is of no use.
  [[nodiscard]] bool has_failed() const noexcept { return has_failed_; }

  /// West, south, east, north in the order of the axes; nothing without a position.
  [[nodiscard]] std::optional<std::array<double, 4>> const& box() const noexcept { return box_; }

 private:
  void write_coordinates(json::Writer& out, json::Value const& value) {
    auto const elements = value.elements();
    bool const is_position = elements.begin() != elements.end() && (*elements.begin()).number();
    if (is_position) return write_position(out, value);
    out.begin_array();
    for (auto const element : elements) write_coordinates(out, element);
    out.end_array();
  }

  void write_position(json::Writer& out, json::Value const& value) {
    std::vector<double> numbers;
    for (auto const element : value.elements()) numbers.push_back(element.number().value_or(0));
    auto const there = numbers.size() < 2 ? std::nullopt : projection_.to({numbers[0], numbers[1]});
    if (!there) {
      has_failed_ = true;
      out.null();
      return;
    }
    note(*there);
    out.begin_array().number(there->x).number(there->y);
    for (std::size_t i = 2; i < numbers.size(); ++i) out.number(numbers[i]);
    out.end_array();
  }

  void note(model::Position const& position) {
    auto const& [x, y] = position;
    if (!box_) box_ = {x, y, x, y};
    auto& box = *box_;
    box = {std::min(box[0], x), std::min(box[1], y), std::max(box[2], x), std::max(box[3], y)};
  }

  geometry::Projection const& projection_;
  std::optional<std::array<double, 4>> box_;
  bool has_failed_ = false;
};

/// A box in degrees stays one, for it may cross the antimeridian; any other is that of the
/// geometry.
std::optional<std::array<double, 4>> projected_box(std::vector<double> const& numbers,
                                                   geometry::Projection const& projection,
                                                   GeometryProjector const& geometry) {
  if (projection.axes() == geometry::Axes::plane) return geometry.box();
  auto const east = numbers.size() / 2;
  return std::array{numbers[1], numbers[0], numbers[east + 1], numbers[east]};
}

void write_box(json::Writer& out, json::Value const& stated, geometry::Projection const& projection,
               GeometryProjector const& geometry) {
  std::vector<double> numbers;
  for (auto const number : stated.elements()) numbers.push_back(number.number().value_or(0));
  bool const has_heights = numbers.size() == 6;
  if (numbers.size() != 4 && !has_heights) return;
  auto const box = projected_box(numbers, projection, geometry);
  if (!box) return;
  out.name("bbox").begin_array().number((*box)[0]).number((*box)[1]);
  if (has_heights) out.number(numbers[2]);
  out.number((*box)[2]).number((*box)[3]);
  if (has_heights) out.number(numbers[5]);
  out.end_array();
}

void refuse(std::string const& where) {
  throw ProblemError({.kind = ProblemKind::invalid_filter,
                      .detail = "the coordinates mean no place on Earth in the CRS of the filter",
                      .where = where});
}

void from_crs(model::RawGeometry& geometry, geometry::Projection const& projection,
              std::string const& where) {
  for (auto& part : geometry.parts) {
    for (auto& path : part) {
      for (auto& position : path) {
        auto const here = projection.from(position);
        if (!here) refuse(where);
        position = *here;
      }
    }
  }
  for (auto& member : geometry.members) from_crs(member, projection, where);
}

void from_crs(std::vector<double>& box, geometry::Projection const& projection,
              std::string const& where) {
  auto const east = box.size() / 2;               // behind the heights, if there are any
  if (box.size() != 4 && box.size() != 6) return; // told later
  auto const here = projection.box_from(std::array{box[0], box[1], box[east], box[east + 1]});
  if (!here) refuse(where);
  box[0] = here->west();
  box[1] = here->south();
  box[east] = here->east();
  box[east + 1] = here->north();
}

} // namespace

geometry::Projection const* named_projection(Exchange const& exchange, SearchInput const& input,
                                             std::string_view parameter) {
  auto const given = input.text(parameter);
  if (!given) return nullptr;
  auto const* const crs = geometry::find_crs(*given);
  if (crs == nullptr) input.refuse("the CRS that can be named here are " + known_uris(), parameter);
  if (crs == &geometry::known_crs().front()) return nullptr;
  return &exchange.worker().projection(*crs);
}

void add_content_crs(Reply& reply, std::string_view crs) {
  reply.headers.emplace_back("Content-Crs", "<" + std::string(crs.empty() ? crs84 : crs) + ">");
}

std::string crs_members() {
  std::string out = R"("crs":[)";
  for (auto const& crs : geometry::known_crs()) {
    out += (&crs == &geometry::known_crs().front() ? "" : ",") + json::quoted(crs.uri);
  }
  return out + R"(],"storageCrs":)" + json::quoted(crs84) + ",";
}

std::string in_crs(json::Value const& feature, geometry::Projection const& projection) {
  GeometryProjector projector(projection);
  json::Writer geometry;
  if (auto const stated = feature.member("geometry")) projector.write(geometry, *stated);
  json::Writer out;
  out.begin_object();
  for (auto const [name, value] : feature.members()) {
    if (name == "geometry") {
      out.name(name);
      projector.has_failed() ? out.null() : out.raw(geometry.take());
    } else if (name == "bbox") {
      if (!projector.has_failed()) write_box(out, value, projection, projector);
    } else {
      out.name(name).value(value);
    }
  }
  return out.end_object().take();
}

void from_crs(query::Cql2& filter, geometry::Projection const& projection) {
  using query::Cql2;
  auto const each = [&](std::vector<Cql2>& parts) {
    for (auto& part : parts) from_crs(part, projection);
  };
  if (auto* const shape = std::get_if<Cql2::Shape>(&filter.node)) {
    from_crs(shape->geometry, projection, filter.where);
  } else if (auto* const box = std::get_if<Cql2::Box>(&filter.node)) {
    from_crs(box->numbers, projection, filter.where);
  } else if (auto* const call = std::get_if<Cql2::Call>(&filter.node)) {
    each(call->arguments);
  } else if (auto* const array = std::get_if<Cql2::Array>(&filter.node)) {
    each(array->elements);
  } else if (auto* const interval = std::get_if<Cql2::Interval>(&filter.node)) {
    each(interval->ends);
  }
}

} // namespace terracat::api
