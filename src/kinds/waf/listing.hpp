#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace terracat::kinds::waf {

/// What a page for people says of a folder.
struct Listing {
  std::vector<std::string> files;   ///< addresses below the folder, sorted, each once
  std::vector<std::string> folders; ///< likewise; they end with a slash
  bool has_parent = false;          ///< it leads to the folder above, as lists do
  bool is_whole = false;            ///< the page came to its end
};

/// The address of a folder: what its names are relative to, without query and fragment.
/// \return  empty if the address is no URL of http or https
[[nodiscard]] std::string folder_of(std::string_view address);

/// Reads the links of a page, as Apache, nginx, IIS, lighttpd and others write them of a folder.
/// Those that lead out of it, and those that sort it anew, are passed by. With an address of more
/// than 2,000 bytes, or 32 MiB of them, it ends and is not whole.
/// \param folder  as of folder_of
[[nodiscard]] Listing read_listing(std::string_view page, std::string_view folder);

} // namespace terracat::kinds::waf
