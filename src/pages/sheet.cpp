#include "pages/sheet.hpp"

namespace terracat::pages {
namespace {

/// The path of an absolute address, without a slash at its end: "/catalogue" or "".
std::string_view path_of(std::string_view url) noexcept {
  auto const authority = url.find("://");
  auto const path = url.find('/', authority == std::string_view::npos ? 0 : authority + 3);
  return path == std::string_view::npos ? std::string_view() : url.substr(path);
}

} // namespace

Url Sheet::own(std::string_view path) const {
  return Url::own(std::string(path_of(site_.url)) + std::string(path));
}

std::string Sheet::public_page(std::string_view path, Language language) const {
  return std::string(site_.url) + "/" + std::string(code(language)) +
         (path.empty() ? "/" : std::string(path));
}

std::optional<std::string_view> Sheet::lang(Shown const& shown) const noexcept {
  bool const is_same = shown.language.substr(0, 2) == code(language_);
  return shown.language.empty() || is_same ? std::nullopt : std::optional(shown.language);
}

} // namespace terracat::pages
