#pragma once

#include "index/cells.hpp"

#include <cstdint>

namespace terracat::index {

/// Bits of what `along_curve` gives.
inline constexpr unsigned curve_bits = 28;

/// How far along a Hilbert curve a cell lies: cells that are near each other on it are neighbours
/// on the map. Four by four cells share a place.
[[nodiscard]] std::uint32_t along_curve(Cell column, Cell row) noexcept;

} // namespace terracat::index
