#pragma once

#include "json/outline.hpp"

#include <terracat/text.hpp>

namespace terracat::formats {

/// What tells formats of JSON apart. Only the first mebibyte is looked at: a geometry of that size
/// may stand before the member that tells.
[[nodiscard]] inline json::Outline outline_of(std::string_view document) {
  constexpr std::size_t longest_look = std::size_t{1} << 20;
  return json::Outline(trimmed(document).substr(0, longest_look));
}

} // namespace terracat::formats
