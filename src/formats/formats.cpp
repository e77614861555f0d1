#include <terracat/format.hpp>

#include "formats/readers.hpp"

#include <algorithm>
#include <array>

namespace terracat::formats {
namespace {

constexpr std::array formats{
    Format{.name = "iso19139",
           .summary = "ISO 19115 metadata as XML of ISO 19139 (gmd) or 19115-2 (gmi)",
           .media_type = "application/vnd.iso.19139+xml",
           .recognises = recognises_iso19139,
           .read = read_iso19139,
           .write = nullptr},
    Format{.name = "iso19115-3",
           .summary = "ISO 19115-1 metadata as XML of ISO 19115-3 (mdb)",
           .media_type = "application/vnd.iso.19115-3+xml",
           .recognises = recognises_iso19115_3,
           .read = read_iso19115_3,
           .write = nullptr},
};

} // namespace

std::span<Format const> all() noexcept {
  return formats;
}

Format const* find(std::string_view name) noexcept {
  auto const* const found = std::ranges::find(formats, name, &Format::name);
  return found == formats.end() ? nullptr : found;
}

Format const* recognise(std::string_view document) noexcept {
  auto const* const found = std::ranges::find_if(
      formats, [&](Format const& format) { return format.recognises(document); });
  return found == formats.end() ? nullptr : found;
}

} // namespace terracat::formats
