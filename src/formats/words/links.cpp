#include "formats/words/links.hpp"

#include "formats/words/text.hpp"

#include <terracat/item.hpp>
#include <terracat/link.hpp>

#include <algorithm>
#include <vector>

namespace terracat::formats {
namespace {

/// `abc:` or `abc://`, not `C:\` and not `file name: x`.
bool has_scheme(std::string_view text) noexcept {
  auto const colon = text.find(':');
  if (colon == std::string_view::npos || colon < 2) return false;
  return std::ranges::all_of(text.substr(0, colon), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '+' || c == '-' || c == '.';
  });
}

/// The last part of the path has an ending and there is no query.
bool is_address_of_file(std::string_view address) noexcept {
  auto const scheme = address.find("://");
  auto const path = address.find('/', scheme == std::string_view::npos ? 0 : scheme + 3);
  if (path == std::string_view::npos || address.find('?') != std::string_view::npos) return false;
  auto const last = address.substr(address.find_last_of('/') + 1);
  auto const dot = last.find_last_of('.');
  return dot != std::string_view::npos && dot + 1 < last.size();
}

/// The path of a file below a folder; nothing if it leads out of it.
std::optional<std::string> path_within(std::string_view folder, std::string_view relative) {
  if (relative.starts_with('/')) return std::nullopt;
  std::vector<std::string_view> parts;
  for (auto const part : split(relative.substr(0, relative.find_first_of("?#")), "/")) {
    if (part == ".") continue;
    if (part == "..") {
      if (parts.empty()) return std::nullopt;
      parts.pop_back();
    } else {
      parts.push_back(part);
    }
  }
  if (parts.empty()) return std::nullopt;
  std::string path(folder);
  for (auto const part : parts) {
    if (!path.empty() && !path.ends_with('/')) path += '/';
    path += part;
  }
  return path;
}

LinkReading absolute(std::string_view text) {
  // doi: and mailto: hold nothing to encode and are no URLs that could be resolved.
  auto href = model::resolve_href({}, text);
  if (href.empty() || !model::is_public_href(href)) {
    return {.href = {}, .finding = FindingCode::href_refused};
  }
  LinkReading reading{.href = std::move(href), .finding = {}};
  // A user alone may be a name on a public server.
  if (model::credentials_in(reading.href).find(':') != std::string_view::npos)
    reading.finding = FindingCode::href_credentials;
  return reading;
}

LinkReading relative(std::string_view text, ReadContext const& context) {
  if (!context.local_assets.empty()) {
    auto const path = path_within(context.local_assets, text);
    if (!path) return {.href = {}, .finding = FindingCode::href_refused};
    return {.href = std::string(model::local_asset_scheme) + *path, .finding = {}};
  }
  if (is_address_of_file(context.address)) {
    auto href = model::resolve_href(context.address, text);
    if (!href.empty() && model::is_public_href(href)) {
      return {.href = std::move(href), .finding = {}};
    }
  }
  return {.href = {}, .finding = FindingCode::href_relative};
}

} // namespace

bool is_web_address(std::string_view href) noexcept {
  return href.starts_with("https://") || href.starts_with("http://");
}

LinkReading read_link(std::string_view text, ReadContext const& context) {
  auto const written = stripped(text);
  if (written.empty()) return {};
  if (is_placeholder(written)) return {.href = {}, .finding = FindingCode::text_placeholder};
  if (has_scheme(written)) return absolute(written);
  constexpr std::string_view web = "www.";
  // Sentences and paths of Windows are no links.
  if (written.find_first_of(" \t\r\n\\<>") != std::string_view::npos) {
    return {.href = {}, .finding = FindingCode::href_refused};
  }
  if (written.starts_with("//")) return absolute("https:" + std::string(written));
  if (equal_ignoring_case(written.substr(0, web.size()), web)) {
    auto reading = absolute("http://" + std::string(written));
    if (!reading.finding) reading.finding = FindingCode::href_completed;
    return reading;
  }
  if (written.starts_with('#')) return {.href = {}, .finding = FindingCode::href_relative};
  return relative(written, context);
}

} // namespace terracat::formats
