#include "catalogue/cluster_keys.hpp"

#include "formats/words/identifiers.hpp"

#include <terracat/text.hpp>

#include <algorithm>

namespace terracat::catalogue {
namespace {

constexpr std::size_t most_keys = 16;
constexpr std::string_view handle_prefix = "hdl:";
constexpr std::string_view ark_prefix = "ark:";

/// In an ARK hyphens mean nothing, and what follows the prefix may begin with a slash (ARK 3.1).
std::optional<std::string> ark_key(std::string_view ark) {
  auto name = ark.substr(ark_prefix.size());
  while (name.starts_with('/')) name.remove_prefix(1);
  name = name.substr(0, name.find_first_of("?# "));
  while (name.ends_with('/') || name.ends_with('.')) name.remove_suffix(1);
  if (name.find('/') == std::string_view::npos) return std::nullopt; // of an authority, no resource
  std::string key(ark_prefix);
  std::ranges::copy_if(name, std::back_inserter(key), [](char c) { return c != '-'; });
  return key;
}

/// Handles are the same whatever the case of their letters; a DOI is one.
std::optional<std::string> handle_key(std::string_view handle) {
  if (auto doi = formats::read_doi(handle)) return doi;
  auto const name = handle.substr(0, handle.find_first_of("?# "));
  auto const slash = name.find('/');
  bool const is_whole = slash != std::string_view::npos && slash > 0 && slash + 1 < name.size();
  return is_whole ? std::optional(std::string(handle_prefix) + lowered(name)) : std::nullopt;
}

/// One that a template left behind is made of a single digit.
bool is_told(std::string_view uuid) noexcept {
  auto const first = uuid.front();
  return std::ranges::any_of(uuid, [first](char c) { return c != '-' && c != first; });
}

/// Of what was recognised.
std::optional<std::string> key_of(model::Identifier const& identifier) {
  auto const& [scheme, value] = identifier;
  if (scheme == "doi") return value;
  if (scheme == "hdl") return handle_key(value);
  if (scheme == "ark") return ark_key(value);
  if (scheme == "uuid" && is_told(value)) return value;
  return std::nullopt;
}

int rank_of(std::string_view key) noexcept {
  if (key.starts_with("10.")) return 0;
  if (key.starts_with(handle_prefix)) return 1;
  return key.starts_with(ark_prefix) ? 2 : 3;
}

} // namespace

std::optional<std::string> cluster_key(std::string_view text) {
  auto const read = formats::read_identifier(text, {});
  return read ? key_of(*read) : std::nullopt;
}

bool comes_before(std::string_view key, std::string_view other) noexcept {
  auto const one = rank_of(key);
  auto const two = rank_of(other);
  return one != two ? one < two : key < other;
}

std::vector<std::string> cluster_keys(model::Record const& record) {
  std::vector<std::string> out;
  auto const add = [&](std::optional<std::string> key) {
    if (key && std::ranges::find(out, *key) == out.end()) out.push_back(std::move(*key));
  };
  // A catalogue that is harvested here may have had to put "id-" before a digit (identity.hpp).
  constexpr std::string_view own_prefix = "id-";
  std::string_view native = record->native_id;
  if (auto key = cluster_key(native)) {
    add(std::move(key));
  } else if (native.starts_with(own_prefix)) {
    add(cluster_key(native.substr(own_prefix.size())));
  }
  for (auto const& identifier : record->identifiers) {
    auto key = cluster_key(identifier.value);
    auto const scheme = lowered(identifier.scheme);
    // What a source calls a handle need not say so itself.
    if (!key && (scheme == "hdl" || scheme == "handle")) key = handle_key(identifier.value);
    add(std::move(key));
  }
  std::ranges::sort(out, comes_before);
  if (out.size() > most_keys) out.resize(most_keys);
  return out;
}

} // namespace terracat::catalogue
