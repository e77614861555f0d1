// The list of a folder: what is read of it lies below the folder, and is found there again.

#include "fuzz/fuzz.hpp"

#include "kinds/waf/listing.hpp"
#include <terracat/json.hpp>

#include <algorithm>

namespace terracat::fuzz {
namespace {

constexpr std::string_view folder = "https://data.example/waf/";

void check(std::vector<std::string> const& addresses, std::string_view input) {
  require(std::ranges::is_sorted(addresses, std::ranges::less_equal{}), "each stands once", input);
  for (auto const& address : addresses) {
    require(address.starts_with(folder) && address != folder, "it lies below the folder", address);
    require(address.find("/../") == std::string::npos, "it does not lead up", address);
    if (json::is_utf8(input)) require(json::is_utf8(address), "it is UTF-8", input);
  }
}

void write(std::vector<std::string> const& addresses, std::string& html) {
  for (auto const& address : addresses) {
    html += "<a href=\"";
    for (auto const c : address) html += c == '&' ? "&amp;" : std::string(1, c);
    html += "\">";
  }
}

} // namespace

void try_input(std::string_view input) {
  auto const listing = kinds::waf::read_listing(input, folder);
  check(listing.files, input);
  check(listing.folders, input);
  std::string html;
  write(listing.files, html);
  write(listing.folders, html);
  auto const again = kinds::waf::read_listing(html, folder);
  require(again.files == listing.files, "files are found again", html);
  require(again.folders == listing.folders, "folders are found again", html);
}

} // namespace terracat::fuzz
