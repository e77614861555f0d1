#pragma once

#include <terracat/record.hpp>

#include <optional>
#include <string_view>
#include <vector>

namespace terracat::formats {

/// The length on the ground; of an angle that at the equator. \return  nothing of a scale, which is
/// of a map and not of data, and of a unit that nobody knows
[[nodiscard]] std::optional<double> metres_of(model::Resolution const& resolution) noexcept;

/// The class of a resolution, of a closed set: 10 m is of "10m-30m", and 30 m of the next one.
/// Empty if it is no length.
[[nodiscard]] std::string_view resolution_class(double metres) noexcept;

/// The classes of several resolutions in metres, the finest first, each once.
[[nodiscard]] std::vector<std::string_view> resolution_classes(std::vector<double> metres);

} // namespace terracat::formats
