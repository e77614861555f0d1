#include "kinds/stac_static/document.hpp"

#include "kinds/url.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace terracat::kinds::stac_static {
namespace {

/// Short links in a list with a long address take many times their bytes.
constexpr std::size_t longest_address = 2'000;

/// Catalogues written under Windows have backslashes in paths.
std::string target(std::string_view url, std::string_view href) {
  std::string slashed(trimmed(href));
  if (slashed.empty()) return {};
  std::ranges::replace(slashed, '\\', '/');
  auto out = link_target(url, slashed);
  out.resize(std::min(out.find('#'), out.size()));
  return out;
}

bool may_be_json(json::Value const& link) {
  auto const type = link.string("type");
  return !type || type->empty() || type->find("json") != std::string_view::npos;
}

/// \return  nothing if the relation is none that is followed
std::optional<bool> leads_down(json::Value const& link, bool items) {
  auto const relation = link.string("rel").value_or("");
  if (relation == "child") return true;
  if (items && (relation == "item" || (relation == "items" && may_be_json(link)))) return false;
  return std::nullopt;
}

} // namespace

Part part_of(json::Value const& document) noexcept {
  auto const type = document.string("type").value_or("");
  if (type == "Feature") return Part::item;
  if (type == "FeatureCollection") return Part::items;
  if (type == "Collection") return Part::collection;
  if (type == "Catalog") return Part::catalogue;
  bool const is_old = type.empty() && document.string("stac_version") && document.string("id");
  if (!is_old) return Part::none;
  // Before 1.0.0-rc.1 a collection was a catalogue with an extent.
  return document.member("extent") ? Part::collection : Part::catalogue;
}

Steps steps_of(json::Value const& document, std::string_view url, Following const& following) {
  Steps out;
  auto const links = document.member("links");
  if (!links) return out;
  for (auto const link : links->elements()) {
    auto const down = leads_down(link, following.items);
    if (!down) continue;
    auto address = target(url, link.string("href").value_or(""));
    if (address.empty() || address.size() > longest_address) {
      out.is_whole = false;
    } else if (!following.host.empty() && host_of(address) != following.host) {
      if (out.elsewhere++ == 0) out.first_elsewhere = std::move(address);
    } else if (out.bytes + address.size() > following.most_bytes) {
      out.is_whole = false;
      break;
    } else {
      out.bytes += address.size();
      out.steps.push_back({.leads_down = *down, .address = std::move(address)});
    }
  }
  std::ranges::sort(out.steps);
  out.steps.erase(std::unique(out.steps.begin(), out.steps.end()), out.steps.end());
  return out;
}

std::string collection_link(json::Value const& item, std::string_view url,
                            Following const& following) {
  auto const links = item.member("links");
  if (!links) return {};
  for (auto const link : links->elements()) {
    if (link.string("rel") != "collection" || !may_be_json(link)) continue;
    auto address = target(url, link.string("href").value_or(""));
    bool const is_followed = address.size() <= longest_address &&
                             (following.host.empty() || host_of(address) == following.host);
    return is_followed ? address : std::string();
  }
  return {};
}

std::string host_of(std::string_view url) {
  auto const slashes = url.find("://");
  if (slashes == std::string_view::npos) return {};
  url.remove_prefix(slashes + 3);
  url = url.substr(0, url.find_first_of("/?#"));
  if (auto const at = url.rfind('@'); at != std::string_view::npos) url.remove_prefix(at + 1);
  return lowered(url);
}

} // namespace terracat::kinds::stac_static
