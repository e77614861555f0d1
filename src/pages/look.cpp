#include "pages/look.hpp"

#include "query/digest.hpp"

#include <terracat/text.hpp>

#include <algorithm>
#include <array>

namespace terracat::pages {
namespace {

struct Type {
  std::string_view ending;
  std::string_view media_type;
};

constexpr std::array types{
    Type{".css", "text/css; charset=utf-8"},
    Type{".svg", "image/svg+xml"},
    Type{".png", "image/png"},
    Type{".woff2", "font/woff2"},
};

constexpr std::array<std::string_view, 2> marks{"mark.svg", "mark.png"};

bool is_name(std::string_view text) noexcept {
  return !text.starts_with('.') && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
  });
}

} // namespace

LookFile const* Look::file(std::string_view name) const noexcept {
  auto const found = std::ranges::find(files, name, &LookFile::name);
  return found == files.end() ? nullptr : &*found;
}

std::string Look::path_of(std::string_view name) const {
  return file(name) == nullptr ? std::string() : address + "/" + std::string(name);
}

std::string_view Look::mark() const noexcept {
  auto const* const found =
      std::ranges::find_if(marks, [this](auto const name) { return file(name) != nullptr; });
  return found == marks.end() ? std::string_view() : *found;
}

Look look_of(std::vector<LookFile> files) {
  std::ranges::sort(files, {}, &LookFile::name);
  std::string all;
  for (auto const& one : files) {
    all += one.name + '\0' + std::to_string(one.bytes.size()) + '\0' + one.bytes;
  }
  if (files.empty()) return {};
  return {.address = "/look/" + hexadecimal(query::digest_of(all)), .files = std::move(files)};
}

std::optional<std::string_view> look_type(std::string_view name) noexcept {
  if (!is_name(name)) return std::nullopt;
  auto const* const found =
      std::ranges::find_if(types, [&](Type const& type) { return name.ends_with(type.ending); });
  return found == types.end() ? std::nullopt : std::optional(found->media_type);
}

} // namespace terracat::pages
