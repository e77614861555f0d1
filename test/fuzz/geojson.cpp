// Geometry in GeoJSON: read, written, made valid.

#include "fuzz/fuzz.hpp"

#include "geometry/normalise.hpp"
#include <terracat/json.hpp>

namespace terracat::fuzz {
namespace {

constexpr std::size_t positions = 1'000;

std::string written(model::RawGeometry const& geometry) {
  json::Writer out;
  json::write_geometry(out, geometry);
  return out.take();
}

model::RawGeometry read(std::string_view text) {
  auto const document = json::Document::parse(text);
  require(document.has_value(), "a geometry is written as JSON", text);
  auto out = json::read_geometry(document->root(), positions);
  require(out.has_value(), "a geometry that is written is read", text);
  return std::move(*out);
}

/// \return  false if the geometry was beyond what normalise() takes
bool check_normal_form(model::RawGeometry const& raw) {
  auto const geometry = geometry::normalise(raw);
  if (!geometry) return false;
  auto const& box = geometry->bbox();
  require(box.west() >= -180 && box.east() <= 180 && box.south() >= -90 && box.north() <= 90 &&
              box.south() <= box.north(),
          "a normal geometry lies on the plane", written(raw));
  auto const back = model::from_wkb(geometry->wkb());
  require(model::to_wkb(back) == geometry->wkb(), "well-known binary comes back", written(raw));
  model::for_each_position(back, [&](model::Position const& position) {
    require(position.x >= -180 && position.x <= 180 && position.y >= -90 && position.y <= 90,
            "a normal position lies on the plane", written(raw));
  });
  auto const again = geometry::normalise(back);
  require(again.has_value(), "a normal geometry can be made normal again", written(raw));
  require(again->bbox() == box, "a normal geometry reaches as far when it is read again",
          written(raw));
  return true;
}

} // namespace

void try_input(std::string_view input) {
  auto const document = json::Document::parse(input, {.bytes = std::size_t{1} << 20});
  if (!document) return;
  auto const geometry = json::read_geometry(document->root(), positions);
  if (!geometry) return;
  auto const text = written(*geometry);
  auto const again = read(text);
  require(written(again) == text, "a geometry survives being written", text);
  require(check_normal_form(*geometry) == check_normal_form(again),
          "a geometry that was written is as good as the one that was read", text);
}

} // namespace terracat::fuzz
