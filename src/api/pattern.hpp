#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

/// Patterns of the route table: each segment behind a slash, where `{name}` stands for any one
/// segment and `{name...}`, which is the last, for one or more.
namespace terracat::api {

/// Takes the first segment off a path that begins with a slash.
constexpr std::string_view take_segment(std::string_view& path) noexcept {
  path.remove_prefix(1);
  auto const segment = path.substr(0, path.find('/'));
  path.remove_prefix(segment.size());
  return segment;
}

constexpr bool is_place(std::string_view segment) noexcept {
  return segment.starts_with('{');
}

/// \pre the segment is a place
constexpr bool is_rest(std::string_view segment) noexcept {
  return segment.ends_with("...}");
}

constexpr std::size_t places_in(std::string_view pattern) noexcept {
  return static_cast<std::size_t>(std::ranges::count(pattern, '{'));
}

/// True if every path that fits the second pattern fits the first one, too.
constexpr bool hides(std::string_view first, std::string_view second) noexcept {
  while (!first.empty() && !second.empty()) {
    auto const a = take_segment(first);
    auto const b = take_segment(second);
    if (is_place(a) && is_rest(a)) return true;
    if (is_place(b) && is_rest(b)) return false;
    if (!is_place(a) && a != b) return false;
  }
  return first.empty() && second.empty();
}

} // namespace terracat::api
