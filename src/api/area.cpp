#include "api/area.hpp"

#include "geometry/normalise.hpp"

#include <terracat/text.hpp>

#include <charconv>
#include <vector>

namespace terracat::api {
namespace {

constexpr std::size_t most_corners = 1'000;
constexpr std::size_t most_rings = 20;
constexpr std::string_view between_numbers = " ,_";

/// The next ring of the text, which is then without it.
std::string_view next_ring(std::string_view& text) noexcept {
  auto const typed = text.find(';');
  auto const written = text.find("__");
  auto const end = std::min({typed, written, text.size()});
  auto const ring = text.substr(0, end);
  auto const length = end == written ? 2U : 1U;
  text.remove_prefix(std::min(end + length, text.size()));
  return ring;
}

/// \return  nothing if something stands there that is no number
std::optional<std::vector<double>> numbers_in(std::string_view text) {
  std::vector<double> out;
  while (!(text = trimmed(text, between_numbers)).empty()) {
    auto const end = std::min(text.find_first_of(between_numbers), text.size());
    double value = 0;
    auto const [stop, error] = std::from_chars(text.data(), text.data() + end, value);
    if (error != std::errc{} || stop != text.data() + end) return std::nullopt;
    out.push_back(value);
    text.remove_prefix(end);
  }
  return out;
}

} // namespace

std::optional<model::Geometry> area_in(std::string_view text) {
  if (text.size() > longest_area || text.ends_with("__") || text.ends_with(';')) {
    return std::nullopt;
  }
  model::RawGeometry area{
      .type = model::GeometryType::multi_polygon, .parts = {}, .members = {}, .heights = {}};
  std::size_t corners = 0;
  while (!text.empty()) {
    auto const numbers = numbers_in(next_ring(text));
    if (!numbers || numbers->size() < 6 || numbers->size() % 2 != 0) return std::nullopt;
    corners += numbers->size() / 2;
    if (corners > most_corners || area.parts.size() == most_rings) return std::nullopt;
    model::Path ring;
    for (std::size_t place = 0; place < numbers->size(); place += 2) {
      ring.push_back({(*numbers)[place], (*numbers)[place + 1]});
    }
    area.parts.push_back({std::move(ring)});
  }
  if (area.parts.empty()) return std::nullopt;
  auto made = geometry::normalise(area);
  return made ? std::optional(std::move(*made)) : std::nullopt;
}

} // namespace terracat::api
