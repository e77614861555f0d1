#include "formats/json/href.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>

namespace terracat::formats {
namespace {

constexpr std::array<bool, 256> plain_characters() {
  std::array<bool, 256> plain{};
  for (unsigned c = '0'; c <= '9'; ++c) plain.at(c) = true;
  for (unsigned c = 'A'; c <= 'Z'; ++c) plain.at(c) = plain.at(c + 0x20) = true;
  for (auto const c : std::string_view("-._~:/?#@!$&'()*+,;=")) {
    plain.at(static_cast<unsigned char>(c)) = true;
  }
  return plain;
}

constexpr auto is_plain = plain_characters();

/// RFC 3986 3.1
bool has_scheme(std::string_view reference) noexcept {
  auto const end = reference.find_first_of(":/?#");
  return end != std::string_view::npos && end > 0 && reference[end] == ':';
}

bool is_base(std::string_view href) {
  return model::is_public_href(href) && href.find("://") != std::string_view::npos;
}

int hex_digit(char c) noexcept {
  if (c >= '0' && c <= '9') return c - '0';
  auto const lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    bool const is_escape = text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 &&
                           hex_digit(text[i + 2]) >= 0;
    out += is_escape ? static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]))
                     : text[i];
    if (is_escape) i += 2;
  }
  return out;
}

/// True if decoding the path gives what it does not show: a way up, another separator, an early
/// end.
bool hides_something(std::string_view path) {
  std::string decoded(1, '/');
  decoded += percent_decoded(path);
  decoded += '/';
  return decoded.find("/../") != std::string::npos || decoded.find("/./") != std::string::npos ||
         decoded.find_first_of(std::string_view("\\\0", 2)) != std::string::npos;
}

/// Keys of objects are no URLs: who fetches them takes `%20` for three characters.
bool is_object_key(std::string_view href) noexcept {
  constexpr std::string_view scheme = "s3://";
  return href.starts_with(scheme) && href.size() > scheme.size() && href[scheme.size()] != '/' &&
         std::ranges::none_of(href, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

/// http or https with nothing that a URL must encode.
bool is_plain_url(std::string_view href) noexcept {
  if (!href.starts_with("https://") && !href.starts_with("http://")) return false;
  auto const host = href.find("://") + 3;
  return host < href.size() && href[host] != '/' &&
         std::ranges::all_of(href, [](char c) { return is_plain[static_cast<unsigned char>(c)]; });
}

} // namespace

std::string answerable_href(std::string_view href) {
  if (is_plain_url(href) || is_object_key(href)) return std::string(href);
  return model::is_public_href(href) ? model::resolve_href({}, href) : std::string();
}

HrefReader::HrefReader(ReadContext const& context, std::string_view self)
    : local_assets_(context.local_assets), is_ours_(context.is_ours) {
  if (is_base(self)) {
    base_ = self;
  } else if (is_base(context.address)) {
    base_ = context.address;
  }
}

HrefReader::Href HrefReader::link(std::string_view href) const {
  auto const reference = trimmed(href);
  if (has_scheme(reference)) {
    auto answerable = answerable_href(reference);
    if (answerable.empty()) return FindingCode::href_refused;
    return answerable;
  }
  if (reference.empty()) return FindingCode::href_refused;
  if (base_.empty()) return FindingCode::href_relative;
  std::string relative(reference);
  std::ranges::replace(relative, '\\', '/');
  auto resolved = model::resolve_href(base_, relative);
  if (resolved.empty()) return FindingCode::href_refused;
  return resolved;
}

HrefReader::Href HrefReader::asset(std::string_view href) const {
  if (is_ours_ && href.starts_with(model::local_asset_scheme)) return std::string(href);
  std::string relative(trimmed(href));
  if (local_assets_.empty() || relative.empty() || has_scheme(relative)) return link(href);
  std::ranges::replace(relative, '\\', '/');
  return relative.front() == '/' ? link(href) : local(relative);
}

HrefReader::Href HrefReader::local(std::string const& relative) const {
  // Any base does whose path is that of the folder: resolving removes the dots.
  constexpr std::string_view root = "https://site/";
  auto const source = local_assets_.substr(0, local_assets_.find('/') + 1);
  auto const resolved =
      model::resolve_href(std::string(root) + std::string(local_assets_), relative);
  auto path = std::string_view(resolved);
  if (!path.starts_with(root)) return FindingCode::href_refused;
  path.remove_prefix(root.size());
  path = path.substr(0, path.find_first_of("?#"));
  if (!path.starts_with(source) || path.size() == source.size() || hides_something(path)) {
    return FindingCode::href_refused;
  }
  return std::string(model::local_asset_scheme) + std::string(path);
}

} // namespace terracat::formats
