#pragma once

#include <string>
#include <string_view>

namespace terracat::formats {

/// A text without HTML, if there was any.
struct PlainText {
  std::string text;
  bool had_markup = false;
};

/// Takes HTML tags out of a text and reads character entities. Blocks become lines, a link keeps
/// its address in parentheses, scripts and styles go with their content. What only looks like a tag
/// (`a < b`, `<0.5 mm>`, `<name@host>`) stays.
[[nodiscard]] PlainText without_markup(std::string_view text);

} // namespace terracat::formats
