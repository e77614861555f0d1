#pragma once

#include <string>
#include <string_view>

namespace terracat::query {

/// LIKE of CQL2 (query::Like), character by character, in time proportional to the product of the
/// two lengths at worst.
[[nodiscard]] bool matches(std::string_view text, std::string_view pattern) noexcept;

/// What of a pattern stands before anything that is not itself: each text that matches begins so.
[[nodiscard]] std::string_view literal_beginning(std::string_view pattern) noexcept;

/// `text` as a pattern that matches only itself.
[[nodiscard]] std::string escaped_pattern(std::string_view text);

} // namespace terracat::query
