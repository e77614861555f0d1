#include "kinds/seen.hpp"

#include <terracat/text.hpp>

#include <charconv>

namespace terracat::kinds {
namespace {

constexpr unsigned digits_each = 12;

/// The one that the text begins with. \pre it has so many digits
std::optional<std::uint64_t> hash_in(std::string_view text) {
  std::uint64_t hash = 0;
  auto const* const end = text.data() + digits_each;
  auto const [stop, error] = std::from_chars(text.data(), end, hash, 16);
  return error == std::errc{} && stop == end ? std::optional(hash) : std::nullopt;
}

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

bool SeenIds::insert(std::uint64_t hash) {
  if (!places_.try_emplace(hash, text_.size()).second) return false;
  text_ += hexadecimal(hash, digits_each);
  return true;
}

bool SeenIds::erase(std::string_view id) {
  auto const found = places_.find(stable_hash(id));
  if (found == places_.end()) return false;
  // The last one takes its place.
  auto const last = text_.size() - digits_each;
  auto const hash = hash_in(std::string_view(text_).substr(last));
  places_[hash.value()] = found->second;
  text_.replace(found->second, digits_each, text_, last, digits_each);
  text_.resize(last);
  places_.erase(found);
  return true;
}

std::optional<std::string_view> SeenIds::to_text() const {
  return size() > most_in_text ? std::nullopt : std::optional<std::string_view>(text_);
}

std::optional<SeenIds> SeenIds::from_text(std::string_view text) {
  if (text.size() % digits_each != 0) return std::nullopt;
  SeenIds seen;
  for (; !text.empty(); text.remove_prefix(digits_each)) {
    auto const hash = hash_in(text);
    if (!hash) return std::nullopt;
    seen.insert(*hash);
  }
  return seen;
}

} // namespace terracat::kinds
