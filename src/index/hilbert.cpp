#include "index/hilbert.hpp"

#include <utility>

namespace terracat::index {

std::uint32_t along_curve(Cell column, Cell row) noexcept {
  constexpr std::uint32_t side = std::uint32_t{1} << (curve_bits / 2);
  std::uint32_t x = column / 4U;
  std::uint32_t y = row / 4U;
  std::uint32_t along = 0;
  for (auto half = side / 2; half > 0; half /= 2) {
    bool const is_east = (x & half) != 0;
    bool const is_north = (y & half) != 0;
    // The quarters in the order south-west, north-west, north-east, south-east.
    along = along * 4 + (is_east ? (is_north ? 2U : 3U) : (is_north ? 1U : 0U));
    if (is_north) continue;
    // The first and the last one are turned over, so that the curve goes on where it left off.
    if (is_east) {
      x = side - 1 - x;
      y = side - 1 - y;
    }
    std::swap(x, y);
  }
  return along;
}

} // namespace terracat::index
