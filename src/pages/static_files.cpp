#include "pages/static_files.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace terracat::embedded {

/// portal/styles and portal/map, as CMakeLists.txt lists them.
[[nodiscard]] std::span<EmbeddedFile const> portal_files() noexcept;

} // namespace terracat::embedded

namespace terracat::pages {
namespace {

struct Type {
  std::string_view ending;
  std::string_view media_type;
};

constexpr std::array types{
    Type{".css", "text/css; charset=utf-8"},   Type{".js", "text/javascript; charset=utf-8"},
    Type{".json", "application/json"},         Type{".svg", "image/svg+xml"},
    Type{".txt", "text/plain; charset=utf-8"},
};

// The names of files that the script consists of, whose own names have a hash already: what a page
// refers to, what that imports, and the licences of what others wrote of it.
constexpr std::string_view entry = "entry/";
constexpr std::string_view imported = "script/";
constexpr std::string_view licences = "script/licences-";

/// Behind "/static/".
std::string_view address_of(EmbeddedFile const& file) noexcept {
  for (auto const folder : {entry, imported}) {
    if (file.name.starts_with(folder)) return file.name.substr(folder.size());
  }
  return file.address;
}

/// Empty if no file has such a name.
std::string path_with(std::string_view start) {
  auto const files = embedded::portal_files();
  auto const found = std::ranges::find_if(
      files, [&](EmbeddedFile const& file) { return file.name.starts_with(start); });
  return found == files.end() ? std::string() : "/static/" + std::string(address_of(*found));
}

} // namespace

std::string static_path(std::string_view name) {
  auto const files = embedded::portal_files();
  return "/static/" + std::string(std::ranges::find(files, name, &EmbeddedFile::name)->address);
}

EmbeddedFile const* static_file(std::string_view address) noexcept {
  auto const files = embedded::portal_files();
  auto const found = std::ranges::find(files, address, address_of);
  return found == files.end() ? nullptr : &*found;
}

std::string script_path() {
  return path_with(entry);
}

std::string licences_path() {
  return path_with(licences);
}

std::string_view media_type_of(EmbeddedFile const& file) noexcept {
  auto const* const found = std::ranges::find_if(
      types, [&](Type const& type) { return file.name.ends_with(type.ending); });
  return found == types.end() ? std::string_view("application/octet-stream") : found->media_type;
}

} // namespace terracat::pages
