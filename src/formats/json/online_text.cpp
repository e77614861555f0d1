#include "formats/json/online_text.hpp"

#include "formats/json/href.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace terracat::formats {
namespace {

using model::Asset;
using model::OnlineResource;

struct FunctionRow {
  std::string_view function; ///< ISO 19115 CI_OnLineFunctionCode
  OnlineUse use;
  std::string_view relation;
};

constexpr std::array asset_functions{
    FunctionRow{"download", OnlineUse::data, "enclosure"},
    FunctionRow{"fileAccess", OnlineUse::data, "enclosure"},
    FunctionRow{"completeMetadata", OnlineUse::metadata, "describedby"},
    FunctionRow{"browseGraphic", OnlineUse::picture, "preview"},
    FunctionRow{"information", OnlineUse::link, "about"},
    FunctionRow{"browsing", OnlineUse::link, "about"},
    FunctionRow{"search", OnlineUse::link, "related"},
    FunctionRow{"order", OnlineUse::link, "related"},
    FunctionRow{"offlineAccess", OnlineUse::link, "related"},
    FunctionRow{"upload", OnlineUse::link, "related"},
    FunctionRow{"emailService", OnlineUse::link, "related"},
};

FunctionRow const* row_of(std::string_view function) noexcept {
  auto const* const row = std::ranges::find(asset_functions, function, &FunctionRow::function);
  return row == asset_functions.end() ? nullptr : row;
}

/// A service, not a file, whatever its function says: "OGC:WMS", "OGC:WFS-1.1.0-http-get-feature".
bool is_service(OnlineResource const& resource) noexcept {
  return resource.protocol.starts_with("OGC:") || resource.protocol.starts_with("ESRI:");
}

/// "WWW:DOWNLOAD-1.0-http--download"
bool says_download(OnlineResource const& resource) noexcept {
  return resource.protocol.starts_with("WWW:DOWNLOAD");
}

bool is_page(std::string_view media_type) noexcept {
  return media_type.starts_with("text/html") || media_type.starts_with("application/xhtml");
}

// ---- Keys of assets

char key_character(char c) noexcept {
  bool const is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  bool const is_digit = c >= '0' && c <= '9';
  return is_letter || is_digit || c == '_' || c == '.' || c == '-' ? c : '-';
}

/// The name of the file, in characters that clients use as keys.
std::string key_from(std::string_view href) {
  auto path = href.substr(0, href.find_first_of("?#"));
  while (path.ends_with('/')) path.remove_suffix(1);
  path = path.substr(path.find_last_of('/') + 1);
  std::string key;
  for (auto const c : path) {
    auto const character = key_character(c);
    if (character != '-' || (!key.empty() && key.back() != '-')) key += character;
  }
  while (key.ends_with('-')) key.pop_back();
  return key.empty() ? "data" : key;
}

/// FNV-1a: the same on every machine and in every version.
std::string fingerprint(std::string_view text) {
  std::uint32_t hash = 2'166'136'261U;
  for (auto const c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 16'777'619U;
  return hexadecimal(hash, 8);
}

/// Assets that claim one key get it with a fingerprint of their hrefs behind.
void separate(std::vector<Asset>& assets) {
  std::vector<std::string> keys;
  keys.reserve(assets.size());
  for (auto const& asset : assets) keys.push_back(asset.key);
  for (auto& asset : assets) {
    if (std::ranges::count(keys, asset.key) > 1)
      asset.key.append("-").append(fingerprint(asset.href));
  }
}

std::vector<std::string> roles_of(OnlineUse use, bool is_first_picture) {
  switch (use) {
  case OnlineUse::metadata:
    return {"metadata"};
  case OnlineUse::picture:
    return {is_first_picture ? "thumbnail" : "overview"};
  default:
    return {"data"};
  }
}

} // namespace

OnlineUse use_of(OnlineResource const& resource) noexcept {
  if (is_service(resource)) return OnlineUse::link;
  if (auto const* const row = row_of(resource.function)) {
    // A page to download from is no file.
    bool const is_file = row->use != OnlineUse::data || !is_page(resource.media_type);
    return is_file ? row->use : OnlineUse::link;
  }
  bool const is_file =
      says_download(resource) || (!resource.media_type.empty() && !is_page(resource.media_type));
  return is_file ? OnlineUse::data : OnlineUse::link;
}

std::string_view relation_of(OnlineResource const& resource) noexcept {
  if (is_service(resource)) return "service";
  auto const* const row = row_of(resource.function);
  if (row == nullptr) return use_of(resource) == OnlineUse::data ? "enclosure" : "related";
  bool const is_page_to_download_from =
      row->use == OnlineUse::data && use_of(resource) == OnlineUse::link;
  return is_page_to_download_from ? "related" : row->relation;
}

std::string_view relation_of(Asset const& asset) noexcept {
  auto const has_role = [&asset](std::string_view role) {
    return std::ranges::find(asset.roles, role) != asset.roles.end();
  };
  if (has_role("thumbnail") || has_role("overview")) return "preview";
  return has_role("metadata") ? "describedby" : "enclosure";
}

std::vector<Asset> assets_of(model::RecordParts const& record,
                             std::span<std::string const> languages) {
  auto assets = record.assets;
  bool has_thumbnail = std::ranges::any_of(assets, [](Asset const& asset) {
    return std::ranges::find(asset.roles, "thumbnail") != asset.roles.end();
  });
  for (auto const& resource : record.online) {
    auto const use = use_of(resource);
    auto const href = answerable_href(resource.href);
    bool const is_known = std::ranges::find(assets, href, &Asset::href) != assets.end();
    if (use == OnlineUse::link || href.empty() || is_known) continue;
    bool const is_first_picture = use == OnlineUse::picture && !has_thumbnail;
    has_thumbnail |= is_first_picture;
    assets.push_back({.key = is_first_picture ? "thumbnail" : key_from(resource.href),
                      .href = href,
                      .title = std::string(resource.name.best(languages)),
                      .description = std::string(resource.description.best(languages)),
                      .type = resource.media_type,
                      .roles = roles_of(use, is_first_picture)});
  }
  separate(assets);
  return assets;
}

std::string_view relation_of(model::Relation const& relation) noexcept {
  if (relation.kind == "source") return "derived_from";
  if (relation.kind == "revisionOf") return "predecessor-version";
  return "related";
}

} // namespace terracat::formats
