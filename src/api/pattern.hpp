#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

/// Patterns of the route table: each segment behind a slash, where `{name}` stands for any one
/// segment, `{name}.end` for one that ends so, and `{name...}`, which is the last, for one or more.
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

/// \pre the segment is a place
constexpr std::string_view ending_of(std::string_view segment) noexcept {
  return segment.substr(segment.find('}') + 1);
}

constexpr std::size_t places_in(std::string_view pattern) noexcept {
  return static_cast<std::size_t>(std::ranges::count(pattern, '{'));
}

/// A pattern taken apart, once for all comparisons: compilers count the steps that a constant
/// takes.
struct Segments {
  static constexpr std::size_t most = 8;

  std::array<std::string_view, most> all{};
  std::array<bool, most> are_places{};
  std::size_t count = 0;
  bool has_rest = false;
};

/// \pre the pattern has no more segments than there is room for, else it is no constant
constexpr Segments segments_of(std::string_view pattern) {
  Segments out;
  for (; !pattern.empty(); ++out.count) {
    auto const segment = take_segment(pattern);
    out.all.at(out.count) = segment;
    out.are_places.at(out.count) = is_place(segment);
    out.has_rest = is_place(segment) && is_rest(segment);
  }
  return out;
}

/// True if every path that fits the second pattern fits the first one, too.
constexpr bool hides(Segments const& first, Segments const& second) noexcept {
  bool const fits_in_length =
      first.has_rest ? first.count <= second.count : first.count == second.count;
  if (!fits_in_length || (second.has_rest && !first.has_rest)) return false;
  for (auto i = first.count; i > 0; --i) { // from the end, where they differ most
    bool const is_any =
        first.are_places[i - 1] && (ending_of(first.all[i - 1]).empty() ||
                                    ending_of(first.all[i - 1]) == ending_of(second.all[i - 1]));
    if (!is_any && first.all[i - 1] != second.all[i - 1]) return false;
  }
  return true;
}

} // namespace terracat::api
