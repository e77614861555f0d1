#include "kinds/sitemap/site_map.hpp"

#include "formats/xml/xml.hpp"
#include "kinds/inflate.hpp"
#include "kinds/url.hpp"

#include <terracat/text.hpp>

#include <algorithm>

namespace terracat::kinds::sitemap {
namespace {

namespace xml = formats::xml;

/// The protocol has 50,000 addresses and 50 MB for a file.
constexpr std::size_t most_entries = 100'000;
constexpr std::size_t most_map_bytes = std::size_t{64} << 20;
constexpr std::size_t longest_address = 2'048;

constexpr xml::Limits limits{
    .bytes = most_map_bytes, .markup = 4'000'000, .depth = 20, .attributes = 64};

/// \return  false if there is no room for the entry
[[nodiscard]] bool add(std::string_view text, std::string_view changed, std::string const& base,
                       std::vector<Entry>& out) {
  text = trimmed(text);
  if (text.empty()) return true;
  if (text.size() > longest_address || out.size() >= most_entries) return false;
  auto address = link_target(base, text);
  address.resize(std::min(address.find('#'), address.size()));
  if (!address.empty()) out.push_back({std::move(address), std::string(trimmed(changed))});
  return true;
}

/// \return  false if entries were left out
[[nodiscard]] bool read_entries(xml::Node root, std::string_view name, std::string const& base,
                                std::vector<Entry>& out) {
  bool is_whole = true;
  for (auto const entry : root.children(name)) {
    is_whole = add(entry.child("loc").text(), entry.child("lastmod").text(), base, out) && is_whole;
  }
  return is_whole;
}

void sort_out(std::vector<Entry>& entries) {
  std::ranges::stable_sort(entries, {}, &Entry::address);
  auto const is_same = [](Entry const& a, Entry const& b) { return a.address == b.address; };
  entries.erase(std::unique(entries.begin(), entries.end(), is_same), entries.end());
}

Finding unexpected(std::string_view what) {
  return {.code = FindingCode::unexpected_root, .where = {}, .excerpt = excerpt(what)};
}

boost::system::result<SiteMap, Finding> read_xml(std::string_view body,
                                                 std::string const& address) {
  auto const document = xml::Document::parse(body, limits);
  if (!document) return document.error();
  auto const root = document->root();
  SiteMap out;
  if (root.name() == "sitemapindex") {
    out.is_whole = read_entries(root, "sitemap", address, out.maps);
  } else if (root.name() == "urlset") {
    out.is_whole = read_entries(root, "url", address, out.pages);
  } else {
    return unexpected(root.name());
  }
  sort_out(out.maps);
  sort_out(out.pages);
  return out;
}

/// One address on each line, and nothing else.
boost::system::result<SiteMap, Finding> read_lines(std::string_view body,
                                                   std::string const& address) {
  SiteMap out;
  for (auto rest = body; !rest.empty();) {
    auto const line = rest.substr(0, rest.find_first_of("\r\n"));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    auto const text = trimmed(line);
    if (text.empty()) continue;
    if (!text.starts_with("http://") && !text.starts_with("https://")) return unexpected(text);
    out.is_whole = add(text, {}, address, out.pages) && out.is_whole;
  }
  sort_out(out.pages);
  return out;
}

} // namespace

boost::system::result<SiteMap, Finding> read_site_map(std::string_view body,
                                                      std::string const& address) {
  std::string unpacked;
  if (starts_like_gzip(body)) {
    auto bytes = inflated(body, Deflated::gzip, most_map_bytes);
    if (!bytes) {
      return Finding{FindingCode::too_large, {}, "or the packed file is damaged"};
    }
    unpacked = std::move(*bytes);
    body = unpacked;
  }
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  auto text = body.starts_with(mark) ? body.substr(mark.size()) : body;
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  if (text.empty()) return unexpected("nothing");
  return text.starts_with('h') ? read_lines(text, address) : read_xml(body, address);
}

} // namespace terracat::kinds::sitemap
