#pragma once

#include <cstdint>
#include <cstdlib>
#include <random>
#include <string_view>
#include <vector>

namespace terracat::test {

/// Seeds for tests with random input: the same every time, and one that nobody has tried yet, but
/// with `CI=true`, where what a change does not touch does not fail it by lot. A test names its
/// seed with INFO, so that a failure can be repeated.
inline std::vector<unsigned> seeds() {
  auto const* const said = std::getenv("CI"); // NOLINT: nobody sets it meanwhile
  if (said != nullptr && std::string_view(said) == "true") return {1, 2, 3};
  return {1, 2, 3, std::random_device()()};
}

/// Random values that follow from a seed.
class Random {
 public:
  explicit Random(unsigned seed) : engine_(seed) {}

  /// Both ends included.
  std::int64_t between(std::int64_t lowest, std::int64_t highest) {
    return std::uniform_int_distribution<std::int64_t>(lowest, highest)(engine_);
  }

  bool once_in(std::int64_t times) { return between(1, times) == 1; }

  std::uint64_t bits() { return engine_(); }

 private:
  std::mt19937_64 engine_;
};

} // namespace terracat::test
