#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

/// The public header of point clouds in LAS 1.0 to 1.4, packed (LAZ) or not. No point is read.
namespace terracat::helper {

struct LasHeader {
  std::array<double, 4> box{}; ///< west, south, east, north in the file's own system
  std::uint64_t points = 0;
  bool is_packed = false;
  std::string wkt; ///< of its reference system; empty: it says none so
  int epsg = 0;    ///< likewise, by number; 0: none
};

[[nodiscard]] bool is_las(std::span<unsigned char const> bytes) noexcept;

/// \return  nothing if the file ends before its header does, or that contradicts itself
[[nodiscard]] std::optional<LasHeader> read_las(std::span<unsigned char const> bytes);

} // namespace terracat::helper
