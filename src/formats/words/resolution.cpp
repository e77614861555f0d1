#include "formats/words/resolution.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace terracat::formats {
namespace {

struct ResolutionRow {
  double below; ///< metres
  std::string_view name;
};

// Sensors that people compare lie in one class: Sentinel-2 and Landsat are in neighbouring ones.
constexpr std::array resolution_rows{
    ResolutionRow{1, "below-1m"},       ResolutionRow{10, "1m-10m"},
    ResolutionRow{30, "10m-30m"},       ResolutionRow{100, "30m-100m"},
    ResolutionRow{1'000, "100m-1km"},   ResolutionRow{10'000, "1km-10km"},
    ResolutionRow{50'000, "10km-50km"},
};
constexpr std::string_view coarsest = "from-50km";
constexpr double metres_of_a_degree = 40'075'017.0 / 360; // at the equator

} // namespace

std::optional<double> metres_of(model::Resolution const& resolution) noexcept {
  auto const& [value, unit] = resolution;
  if (unit == "m") return value;
  if (unit == "degree") return value * metres_of_a_degree;
  return std::nullopt;
}

std::string_view resolution_class(double metres) noexcept {
  if (!(metres > 0) || !std::isfinite(metres)) return {};
  auto const* const row = std::ranges::find_if(
      resolution_rows, [metres](ResolutionRow const& one) { return metres < one.below; });
  return row == resolution_rows.end() ? coarsest : row->name;
}

std::vector<std::string_view> resolution_classes(std::vector<double> metres) {
  std::erase_if(metres, [](double one) { return !std::isfinite(one); });
  std::ranges::sort(metres);
  std::vector<std::string_view> out;
  for (auto const one : metres) {
    auto const name = resolution_class(one);
    if (!name.empty() && (out.empty() || out.back() != name)) out.push_back(name);
  }
  return out;
}

} // namespace terracat::formats
