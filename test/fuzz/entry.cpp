// What libFuzzer calls.

#include "fuzz/fuzz.hpp"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  // NOLINTNEXTLINE: bytes are characters
  terracat::fuzz::try_input({reinterpret_cast<char const*>(data), size});
  return 0;
}
