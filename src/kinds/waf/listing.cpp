#include "kinds/waf/listing.hpp"

#include "kinds/html.hpp"
#include "kinds/url.hpp"

#include <terracat/text.hpp>

#include <algorithm>

namespace terracat::kinds::waf {
namespace {

/// Short links in a folder with a long address take many times their bytes.
constexpr std::size_t longest_address = 2'000;
constexpr std::size_t most_bytes = std::size_t{32} << 20; ///< of all addresses

void sort_out(std::vector<std::string>& addresses) {
  std::ranges::sort(addresses);
  addresses.erase(std::unique(addresses.begin(), addresses.end()), addresses.end());
}

/// Lists offer to be sorted by links with a query.
/// \return  how many bytes it took; more than most_bytes if the address is too long to be kept
std::size_t add(std::string_view href, std::string_view folder, Listing& out) {
  if (href.find_first_of("?#") != std::string_view::npos) return 0;
  auto address = link_target(folder, href);
  if (address.empty() || address == folder) return 0;
  if (address.find("/../") != std::string::npos || address.ends_with("/..")) return 0;
  if (!address.starts_with(folder)) {
    out.has_parent = out.has_parent || (address.ends_with('/') && folder.starts_with(address));
    return 0;
  }
  if (address.size() > longest_address) return most_bytes + 1;
  auto const bytes = address.size();
  (address.ends_with('/') ? out.folders : out.files).push_back(std::move(address));
  return bytes;
}

} // namespace

std::string folder_of(std::string_view address) {
  return link_target(address, ".");
}

Listing read_listing(std::string_view page, std::string_view folder) {
  Listing out;
  html::Tags tags(page);
  std::size_t bytes = 0;
  while (auto const tag = tags.next()) {
    if (html::names(*tag, "/html") || html::names(*tag, "/body")) out.is_whole = true;
    if (!html::names(*tag, "a")) continue;
    auto const href = html::attribute(*tag, "href");
    if (href) bytes += add(trimmed(*href), folder, out);
    if (bytes > most_bytes) break;
  }
  if (bytes > most_bytes) out.is_whole = false;
  sort_out(out.files);
  sort_out(out.folders);
  return out;
}

} // namespace terracat::kinds::waf
