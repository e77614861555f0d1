#pragma once

#include <terracat/finding.hpp>

#include <boost/system/result.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace terracat::kinds::sitemap {

/// A page or a further map, with what the site says of its last change.
struct Entry {
  std::string address;
  std::string changed; ///< as written; empty if nothing is said
};

/// What a file of a site map says (sitemaps.org).
struct SiteMap {
  std::vector<Entry> maps;  ///< of an index
  std::vector<Entry> pages; ///< in the order of their addresses, each once

  /// False if entries were left out: there are more than are read, or one's address is too long.
  bool is_whole = true;
};

/// Reads a site map, an index of them, or a list with one address on each line; packed by gzip or
/// not. Addresses that are none are passed by.
/// \param address  of the file
/// \return         what makes it none: unexpected_root, too_large, xml_malformed …
[[nodiscard]] boost::system::result<SiteMap, Finding> read_site_map(std::string_view body,
                                                                    std::string const& address);

} // namespace terracat::kinds::sitemap
