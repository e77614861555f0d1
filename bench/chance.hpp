#pragma once

#include <cstdint>

namespace terracat::bench {

/// Numbers that look random and are the same everywhere (SplitMix64).
class Chance {
 public:
  explicit Chance(std::uint64_t seed) noexcept : state_(seed) {}

  std::uint64_t next() noexcept {
    state_ += 0x9E3779B97F4A7C15;
    auto mixed = state_;
    mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EB;
    return mixed ^ (mixed >> 31U);
  }

  /// From 0 up to, but not, 1.
  double unit() noexcept { return static_cast<double>(next() >> 11U) * 0x1p-53; }

  double between(double least, double most) noexcept { return least + (most - least) * unit(); }

  /// From 0 up to, but not, `count`.
  std::uint32_t below(std::uint32_t count) noexcept {
    return static_cast<std::uint32_t>(unit() * count);
  }

 private:
  std::uint64_t state_;
};

} // namespace terracat::bench
