// How libFuzzer changes a token: mostly its bytes, under a checksum that fits, or nothing behind
// the checksum would ever be tried.

#include "fuzz/token_bytes.hpp"
#include "query/token.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace {

/// To begin with.
std::string example() {
  using namespace terracat::query;
  return encode({.epoch = 1,
                 .criteria = 2,
                 .sort = latest_first(),
                 .anchor = {{std::int64_t{1'700'000'000'000}}, terracat::ItemNumber{3}}});
}

} // namespace

/// libFuzzer's own.
extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most);

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t most, unsigned seed) {
  using namespace terracat::fuzz;
  constexpr unsigned raw_in = 8; // one in eight
  // NOLINTNEXTLINE: bytes are characters
  auto bytes = bytes_of_token({reinterpret_cast<char const*>(data), size});
  if (!bytes || !has_checksum(*bytes)) bytes = bytes_of_token(example());
  if (seed % raw_in == 0) return LLVMFuzzerMutate(data, size, most);
  bytes->resize(bytes->size() - 4);
  std::vector<std::uint8_t> content(bytes->begin(), bytes->end());
  content.resize(content.size() + 64);
  content.resize(LLVMFuzzerMutate(content.data(), bytes->size(), content.size()));
  auto const text = token_of_bytes(with_checksum(std::string(content.begin(), content.end())));
  auto const length = std::min(text.size(), most);
  std::copy_n(text.begin(), length, data);
  return length;
}
