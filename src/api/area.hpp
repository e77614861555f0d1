#pragma once

#include <terracat/geometry.hpp>

#include <optional>
#include <string_view>

namespace terracat::api {

/// More bytes than these are no area of an address.
inline constexpr std::size_t longest_area = 16'000;

/// An area as addresses of pages have it: longitude and latitude of each corner, ring by ring,
/// "5_43_8_43_8_46__…", or as people type it, "5 43, 8 43, 8 46; …". A ring is an area without
/// holes. \return  nothing for what is none: too many corners or rings, or too few
[[nodiscard]] std::optional<model::Geometry> area_in(std::string_view text);

} // namespace terracat::api
