#include "kinds/seen.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <charconv>
#include <vector>

namespace terracat::kinds {
namespace {

constexpr unsigned digits_each = 12;

} // namespace

std::uint64_t stable_hash(std::string_view text) noexcept {
  // FNV-1a, then the finaliser of SplitMix64, for the lower bits of FNV alone mix poorly.
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (auto const c : text) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3U;
  }
  hash = (hash ^ (hash >> 30U)) * 0xbf58476d1ce4e5b9U;
  hash = (hash ^ (hash >> 27U)) * 0x94d049bb133111ebU;
  return (hash ^ (hash >> 31U)) & 0xffffffffffffU;
}

std::optional<std::string> SeenIds::to_text() const {
  if (hashes_.size() > most_in_text) return std::nullopt;
  std::vector<std::uint64_t> sorted(hashes_.begin(), hashes_.end());
  std::ranges::sort(sorted);
  std::string out;
  out.reserve(sorted.size() * digits_each);
  for (auto const hash : sorted) out += hexadecimal(hash, digits_each);
  return out;
}

std::optional<SeenIds> SeenIds::from_text(std::string_view text) {
  if (text.size() % digits_each != 0) return std::nullopt;
  SeenIds seen;
  for (; !text.empty(); text.remove_prefix(digits_each)) {
    std::uint64_t hash = 0;
    auto const* const end = text.data() + digits_each;
    auto const [stop, error] = std::from_chars(text.data(), end, hash, 16);
    if (error != std::errc{} || stop != end) return std::nullopt;
    seen.hashes_.insert(hash);
  }
  return seen;
}

} // namespace terracat::kinds
