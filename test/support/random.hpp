#pragma once

#include <cstdint>
#include <cstdlib>
#include <random>
#include <string_view>
#include <vector>

namespace terracat::test {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) // as g++ says it
inline constexpr bool is_sanitized = true;
#elif defined(__has_feature) // as clang does
inline constexpr bool is_sanitized =
    __has_feature(address_sanitizer) || __has_feature(thread_sanitizer);
#else
inline constexpr bool is_sanitized = false;
#endif

/// Seeds for tests with random input: the same every time, and one that nobody has tried yet, but
/// with `CI=true`, where what a change does not touch does not fail it by lot. A test names its
/// seed with INFO, so that a failure can be repeated. With a sanitizer, which takes ten times as
/// long and sees in one search what there is to see, the first alone.
inline std::vector<unsigned> seeds() {
  if (is_sanitized) return {1};
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
