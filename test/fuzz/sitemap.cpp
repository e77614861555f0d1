// What a site says: its robots.txt, its map, and the scripts of its pages.

#include "fuzz/fuzz.hpp"

#include "kinds/html.hpp"
#include "kinds/sitemap/page.hpp"
#include "kinds/sitemap/robots.hpp"
#include "kinds/sitemap/site_map.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace terracat::fuzz {
namespace {

namespace sitemap = kinds::sitemap;

void check(std::vector<sitemap::Entry> const& entries, std::string_view input) {
  for (auto const& [address, changed] : entries) {
    bool const is_web = address.starts_with("http://") || address.starts_with("https://");
    require(is_web, "an address is one of the web", address);
    require(address.find('#') == std::string::npos, "no address has a fragment", address);
  }
  require(std::ranges::is_sorted(entries, std::ranges::less_equal{}, &sitemap::Entry::address),
          "each stands once, in order", input);
}

} // namespace

void try_input(std::string_view input) {
  std::array<std::string, 1> const called{"terracat"};
  auto const robots = sitemap::Robots::read(input, called);
  (void)robots.allows("/");
  (void)robots.allows(input.substr(0, 2'000));
  if (auto const map = sitemap::read_site_map(input, "https://data.example/sitemap.xml")) {
    check(map->maps, input);
    check(map->pages, input);
  }
  for (auto const script : kinds::html::scripts_in(input, "application/ld+json")) {
    require(!script.empty(), "a script says something", input);
  }
  json::Parser json;
  for (auto const& found : sitemap::datasets_in(input, "https://data.example/page", json)) {
    require(found.format == "schema-org", "a data set is of its format", input);
  }
}

} // namespace terracat::fuzz
